"""Invitations made for many at once: those that are missing, and others' only where that was said."""

from datetime import timedelta

from induction.records.people import history, invitations, one_time_links, people
from induction.records.people.history import PasswordOrigin
from induction.records.people.invitations import Link, Wanted
from induction.records.people.one_time_links import LinkKind
from induction.records.people.person import Details
from induction.records.store.database import transaction
from induction.rules.person_history import Way
from induction.rules.roles import Role
from induction.services import invitations as deeds
from induction.services.invitations import Outcome
from induction.services.people import make_link
from tests.records.making import NOW
from tests.services.test_people import SECRET, at_once

ALL = Wanted()
DAY = timedelta(days=1)
KIND = LinkKind.INVITATION


def make(db, by, told=None, wanted=ALL, now=NOW):
    return deeds.make_missing(db, wanted, by=by.id, now=now, told=told)


def standing(db, lead, wanted=ALL, now=NOW):
    count = invitations.count(db, wanted, lead.id, now)
    return count[Link.SHOWN], count[Link.HIDDEN], count[Link.NONE]


def tokens(db, lead, now=NOW):
    listed = invitations.listing(db, ALL, lead.id, now)
    return one_time_links.shown_again(db, one_time_links.kept(db, KIND, [each.id for each in listed]).values(), lead.id, now)


def test_those_that_are_missing_are_made_and_those_that_can_be_shown_stay(db, cast):
    mine = make_link(db, cast.tess.id, KIND, by=cast.lou.id, now=NOW)
    assert standing(db, cast.lou) == (1, 0, 4), "of five who are here; Ana has left"
    assert make(db, cast.lou) == Outcome(made=4, ended=0, left=0)
    assert standing(db, cast.lou) == (5, 0, 0) and tokens(db, cast.lou)[cast.tess.id] == mine
    before = tokens(db, cast.lou)
    assert make(db, cast.lou) == Outcome(0, 0, 0) and tokens(db, cast.lou) == before
    assert history.ways_in(db, cast.sam.id)[-1].by == cast.lou.id
    assert one_time_links.kept(db, KIND, [cast.ana.id]) == {}


def test_one_whose_time_is_over_is_missing(db, cast):
    make(db, cast.lou)
    assert standing(db, cast.lou, now=NOW + 14 * DAY) == (0, 0, 5)
    assert make(db, cast.lou, now=NOW + 14 * DAY) == Outcome(5, 0, 0)


def test_one_that_works_and_is_anothers_ends_only_where_who_asks_was_told_of_it(db, cast):
    nias = make_link(db, cast.tess.id, KIND, by=cast.nia.id, now=NOW)
    servers = make_link(db, cast.sam.id, KIND, by=None, now=NOW)
    assert standing(db, cast.lou) == (0, 2, 3)
    told = history.latest_way_of_all(db)
    assert make(db, cast.lou) == Outcome(made=3, ended=0, left=2)
    assert all(one_time_links.find(db, KIND, token, NOW) for token in (nias, servers))
    newer = make_link(db, cast.sam.id, KIND, by=None, now=NOW)  # after the page had been opened
    assert make(db, cast.lou, told) == Outcome(made=1, ended=1, left=1)
    assert one_time_links.find(db, KIND, nias, NOW) is None and one_time_links.find(db, KIND, newer, NOW)
    assert standing(db, cast.lou) == (4, 1, 0)


def test_whoever_chose_a_password_or_left_meanwhile_is_invited_no_more(db, cast):
    token = make_link(db, cast.tess.id, KIND, by=cast.lou.id, now=NOW)
    with transaction(db):
        one_time_links.use(db, KIND, token, NOW)
        people.set_password(db, cast.tess.id, SECRET, PasswordOrigin(Way.CHOSEN, kind=KIND), now=NOW)
        people.deactivate(db, cast.sam.id, now=NOW)
    assert make(db, cast.lou).made == 3
    assert one_time_links.kept(db, KIND, [cast.tess.id, cast.sam.id]) == {}


def test_another_email_ends_a_link_and_it_is_missing_then(db, cast):
    make(db, cast.lou)
    with transaction(db):
        people.update(db, cast.tess.id, email="t.okafor@school.example", now=NOW)
    assert standing(db, cast.lou) == (4, 0, 1) and make(db, cast.lou).made == 1


def test_of_two_leads_at_once_one_makes_them_and_the_other_leaves_them(db, cast):
    found = at_once(db, lambda: make(db, cast.lou), lambda: make(db, cast.nia))
    assert sorted((each.made, each.ended, each.left) for each in found) == [(0, 0, 5), (5, 0, 0)]
    assert sorted(standing(db, lead) for lead in (cast.lou, cast.nia)) == [(0, 5, 0), (5, 0, 0)]


def test_a_list_is_of_those_sought_added_lately_or_with_the_last_file(db, cast):
    def names(**wanted):
        return [each.name for each in invitations.listing(db, Wanted(**wanted), cast.lou.id, NOW)]

    with transaction(db):
        for number, at in enumerate((NOW + DAY, NOW + DAY, NOW + 2 * DAY)):
            people.add(db, Details(f"new{number}@school.example", f"New {number}", Role.TEACHER), now=at)
    assert names(search="okaf") == ["Tess Okafor"]
    assert names(since=NOW + DAY) == ["New 0", "New 1", "New 2"]
    assert names(last_file=True) == ["New 0", "New 1"], "the last who came by themself came with no file"
    assert names(search="NEW 1", since=NOW, last_file=True) == ["New 1"]
    assert [each.name for each in invitations.listing(db, ALL, cast.lou.id, NOW, page=2, per_page=3)] == [
        "New 1", "New 2", "Nia Évans",
    ]

"""What is done about people: each deed once, in one change, however many do it at the same instant."""

import threading
from datetime import date, timedelta

import pytest

from induction.records.people import history, one_time_links, people
from induction.records.people.one_time_links import LinkKind
from induction.records.people.person import Details
from induction.records.store.database import transaction
from induction.rules.person_history import Way
from induction.rules.roles import Role
from induction.services import people as deeds
from induction.services import sign_in
from induction.services.people import Change, ChangedMeanwhile, FirstLead, FollowerNotSaid, HasLeft, WayInMeanwhile
from tests.records.making import NOW

SECRET = "$argon2id$v=19$m=19456,t=2,p=1$salt$hash"


def details(person, **changes):
    present = {
        "email": person.email, "name": person.name, "role": person.role, "mentor_id": person.mentor_id, "due": person.due,
        "course": person.course,
    }
    return Details(**present | changes)


def change(db, person, saw=None, follower=None, **changes):
    saw = history.latest(db, person.id) if saw is None else saw
    return deeds.change(db, person.id, Change(details(person, **changes), saw, follower), by=1, now=NOW)


def at_once(db, *calls):
    """Each in a thread of its own; what came back, or what was raised."""
    ready, found = threading.Barrier(len(calls)), [None] * len(calls)

    def run(number, call):
        ready.wait()
        try:
            found[number] = call()
        except people.PeopleFault as fault:
            found[number] = fault
        db.close()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return found


def count(db, person):
    return len(history.entries(db, person.id))


def test_a_change_of_what_the_page_had_not_shown_is_refused_and_names_who(db, cast):
    saw = history.latest(db, cast.tess.id)
    assert change(db, cast.tess, name="Tess Brown").name == "Tess Brown"
    with pytest.raises(ChangedMeanwhile) as fault:
        change(db, cast.tess, saw, due=date(2027, 1, 8))
    assert (fault.value.latest.name, fault.value.latest.by_name) == ("Tess Brown", "Lou Adeyemi")
    assert change(db, people.find(db, cast.tess.id), saw) is None, "what it is already is no change, whatever was shown"
    assert count(db, cast.tess) == 2


def test_of_two_at_once_one_changes_and_the_other_is_told(db, cast):
    saw = history.latest(db, cast.tess.id)
    found = at_once(
        db, lambda: change(db, cast.tess, saw, role=Role.MENTOR), lambda: change(db, cast.tess, saw, due=None)
    )
    assert sorted(type(each).__name__ for each in found) == ["ChangedMeanwhile", "Person"] and count(db, cast.tess) == 2


def test_ending_and_bringing_back_are_done_once_however_many_press(db, cast):
    def end():
        return deeds.end(db, cast.sam.id, by=1, now=NOW, follower=None)

    assert sorted(at_once(db, end, end, end)) == [False, False, True]

    def back():
        return deeds.bring_back(db, cast.sam.id, by=1, now=NOW)

    assert sorted(at_once(db, back, back, back)) == [False, False, True]
    assert count(db, cast.sam) == 3


def test_of_two_leads_who_end_each_other_one_stays(db, cast):
    change(db, cast.nia, role=Role.LEAD)
    with transaction(db):
        for lead in (cast.lou, cast.nia):
            people.set_password(db, lead.id, SECRET, now=NOW)
    found = at_once(
        db, lambda: deeds.end(db, cast.lou.id, by=cast.nia.id, now=NOW, follower=deeds.NOBODY),
        lambda: deeds.end(db, cast.nia.id, by=cast.lou.id, now=NOW, follower=deeds.NOBODY),
    )
    assert sorted(type(each).__name__ for each in found) == ["LastLead", "bool"] and len(people.leads(db)) == 1


def test_who_follows_is_asked_before_a_mentor_ends(db, cast):
    for attempt in (
        lambda: deeds.end(db, cast.max.id, by=1, now=NOW, follower=None),
        lambda: change(db, cast.max, role=Role.TEACHER),
    ):
        with pytest.raises(FollowerNotSaid) as fault:
            attempt()
        assert fault.value.teachers == [cast.tess]
    assert change(db, cast.max, role=Role.TEACHER, follower=cast.nia.id)
    assert people.find(db, cast.tess.id).mentor_id == cast.nia.id
    assert deeds.end(db, cast.nia.id, by=1, now=NOW, follower=deeds.NOBODY)
    assert people.find(db, cast.tess.id).mentor_id is people.find(db, cast.sam.id).mentor_id is None


def test_whoever_has_left_is_changed_and_invited_by_nobody(db, cast):
    with pytest.raises(HasLeft):
        change(db, cast.ana, role=Role.LEAD)
    with pytest.raises(HasLeft):
        deeds.make_link(db, cast.ana.id, LinkKind.INVITATION, by=1, now=NOW)
    with pytest.raises(people.NoSuchPerson):
        deeds.end(db, 999, by=1, now=NOW, follower=None)


def test_of_two_links_at_once_one_is_made(db, cast):
    def make():
        return deeds.make_link(db, cast.tess.id, LinkKind.INVITATION, by=1, now=NOW, saw=0)

    found = at_once(db, make, make)
    token = next(each for each in found if isinstance(each, str))
    assert sum(isinstance(each, WayInMeanwhile) for each in found) == 1
    assert one_time_links.find(db, LinkKind.INVITATION, token, NOW) and len(history.ways_in(db, cast.tess.id)) == 1
    assert deeds.make_link(db, cast.tess.id, LinkKind.INVITATION, by=None, now=NOW), "the command line asks nobody"


def test_a_link_is_used_once_and_says_so(db, cast):
    token = deeds.make_link(db, cast.tess.id, LinkKind.INVITATION, by=1, now=NOW)

    def choose():
        return sign_in.choose_password(db, LinkKind.INVITATION, token, SECRET, device="Firefox on Windows", now=NOW)

    found = at_once(db, choose, choose)
    assert sorted(each is None for each in found) == [False, True]
    assert [each.what for each in history.ways_in(db, cast.tess.id)] == [Way.INVITATION, Way.CHOSEN]
    assert sign_in.choose_password(db, LinkKind.RESET, token, SECRET, device="", now=NOW + timedelta(days=1)) is None


def test_the_first_lead_is_made_once(db):
    with transaction(db):
        token = one_time_links.make(db, LinkKind.FIRST_RUN, None, NOW)
    about = {"name": "Wrenfield", "nation": "wales", "phase": "primary", "words": {}, "public_contacts": False}

    def begin(name):
        return deeds.set_up(db, token, about, FirstLead(name, f"{name}@school.example", SECRET, device=""), NOW)

    found = at_once(db, lambda: begin("lou"), lambda: begin("kit"))
    assert sorted(each is None for each in found) == [False, True] and len(people.leads(db)) == 1
    assert [each.what for each in history.ways_in(db, 1)] == [Way.SET]

"""People: added, changed, listed, and seen only by those who may."""

from dataclasses import replace
from datetime import date

import pytest

from induction.records.people import one_time_links, people, sessions
from induction.records.people.lists import PeopleFilter
from induction.records.people.one_time_links import LinkKind
from induction.records.people.person import Details
from induction.records.store.database import RuleBroken, transaction
from induction.rules.roles import Role
from tests.records.making import NOW, TODAY


def change(db, person, **changed):
    after = replace(person, **changed)
    with transaction(db):
        return people.update(
            db,
            person.id,
            email=after.email,
            name=after.name,
            role=after.role,
            mentor_id=after.mentor_id,
            due=after.due,
            now=NOW,
        )


def ways_in(db, person):
    """A session's token and a link's, for somebody who has both."""
    with transaction(db):
        return sessions.start(db, person.id, device="", now=NOW), one_time_links.make(db, LinkKind.RESET, person.id, NOW)


def which_work(db, session, link):
    return bool(sessions.find(db, session, NOW)), bool(one_time_links.find(db, LinkKind.RESET, link, NOW))


def test_who_is_added_is_found_however_the_email_is_typed(db, cast):
    with transaction(db):
        eve = people.add(
            db, Details("  Eve.Ｏ@School.EXAMPLE ", " Eve O’Neill ", Role.TEACHER, mentor_id=cast.nia.id, due=date(2027, 1, 8)),
            now=NOW,
        )
    assert (eve.email, eve.name, eve.due, eve.mentor_id) == (
        "eve.o@school.example", "Eve O’Neill", date(2027, 1, 8), cast.nia.id,
    )
    assert eve.active and not eve.has_password and eve.last_seen_at is None
    assert people.by_email(db, "EVE.O@SCHOOL.EXAMPLE") == people.find(db, eve.id) == eve
    assert eve.checklist_key != cast.tess.checklist_key
    assert people.by_email(db, "nobody@school.example") is None
    assert people.find(db, 999) is None


@pytest.mark.parametrize("email", ["tess@school.example", " TESS@school.example", "ana@school.example"])
def test_an_email_is_one_persons(db, cast, email):
    with pytest.raises(people.EmailTaken), transaction(db):
        people.add(db, Details(email, "Another", Role.TEACHER), now=NOW)
    if "ana" in email:
        with pytest.raises(people.EmailTaken):
            change(db, cast.sam, email=email)


@pytest.mark.parametrize("mentor", ["sam", "ana", "tess", None])
def test_a_mentor_is_an_active_mentor_or_lead_and_somebody_else(db, cast, mentor):
    change(db, cast.tess, mentor_id=cast.lou.id)
    with pytest.raises(people.NotAMentor):
        change(db, cast.tess, mentor_id=getattr(cast, mentor).id if mentor else 999)
    assert people.find(db, cast.tess.id).mentor_id == cast.lou.id


def test_a_change_is_kept_and_leaves_people_signed_in(db, cast):
    tokens = ways_in(db, cast.tess)
    changed = change(db, cast.tess, name="Tess Öztürk", due=None, mentor_id=cast.nia.id)
    assert people.find(db, cast.tess.id) == changed
    assert (changed.name, changed.due, changed.mentor_id) == ("Tess Öztürk", None, cast.nia.id)
    assert which_work(db, *tokens) == (True, True)
    assert [person.id for person in people.listing(db, PeopleFilter(search="ozturk")).people] == [cast.tess.id]


def test_another_role_signs_out_and_another_email_ends_links_too(db, cast):
    tokens = ways_in(db, cast.sam)
    change(db, cast.sam, role=Role.MENTOR)
    assert which_work(db, *tokens) == (False, True)
    tokens = ways_in(db, cast.tess)
    change(db, cast.tess, email="tess.okafor@school.example")
    assert which_work(db, *tokens) == (False, False)


def test_a_new_password_ends_every_session_and_link_of_theirs_alone(db, cast):
    tokens, sams = ways_in(db, cast.tess), ways_in(db, cast.sam)
    assert people.password_of(db, "nobody@school.example") is None
    assert people.password_of(db, "tess@school.example").password_hash is None
    with transaction(db):
        people.set_password(db, cast.tess.id, "$argon2id$v=19$m=19456,t=2,p=1$salt$hash", now=NOW)
    assert which_work(db, *tokens) == (False, False)
    assert which_work(db, *sams) == (True, True)
    stored = people.password_of(db, " Tess@School.example")
    assert (stored.person_id, stored.email, stored.role, stored.active) == (
        cast.tess.id, "tess@school.example", Role.TEACHER, True,
    )
    assert stored.password_hash.startswith("$argon2id$")
    assert people.find(db, cast.tess.id).has_password
    with pytest.raises(RuleBroken), transaction(db):
        people.set_password(db, cast.tess.id, "secret", now=NOW)


def test_who_leaves_is_out_at_once_and_may_come_back(db, cast):
    tokens = ways_in(db, cast.tess)
    with transaction(db):
        people.deactivate(db, cast.tess.id, now=NOW)
    assert which_work(db, *tokens) == (False, False)
    assert not people.find(db, cast.tess.id).active
    assert people.teachers_of(db, cast.max.id) == []
    with transaction(db):
        people.reactivate(db, cast.tess.id, now=NOW)
    assert people.find(db, cast.tess.id).active
    assert which_work(db, *tokens) == (False, False)  # they were ended, not only held back


def test_the_last_lead_stays_until_there_is_another(db, cast):
    with pytest.raises(people.LastLead), transaction(db):
        people.deactivate(db, cast.lou.id, now=NOW)
    with pytest.raises(people.LastLead):
        change(db, cast.lou, role=Role.TEACHER)
    assert people.has_lead(db)
    change(db, cast.nia, role=Role.LEAD)
    change(db, cast.lou, role=Role.TEACHER)
    assert people.has_lead(db)
    with pytest.raises(people.NoSuchPerson), transaction(db):
        people.deactivate(db, 999, now=NOW)


@pytest.mark.parametrize(
    "viewer, seen",
    [("max", {"tess"}), ("nia", {"sam"}), ("lou", {"tess", "max", "nia", "sam", "lou", "ana"}), ("tess", set()),
     ("sam", set()), ("ana", set())],
)
def test_who_may_see_whom(db, cast, viewer, seen):
    everyone = ("tess", "max", "nia", "sam", "lou", "ana")
    viewer_id = getattr(cast, viewer).id
    found = {name for name in everyone if people.visible_teacher(db, viewer_id, getattr(cast, name).id, TODAY)}
    assert found == seen
    assert people.visible_teacher(db, viewer_id, 999, TODAY) is None


def test_a_mentor_who_is_one_no_longer_sees_nobody(db, cast):
    assert people.visible_teacher(db, cast.max.id, cast.tess.id, TODAY)
    change(db, cast.max, role=Role.TEACHER)
    assert people.visible_teacher(db, cast.max.id, cast.tess.id, TODAY) is None
    change(db, cast.nia, role=Role.LEAD)
    with transaction(db):
        people.deactivate(db, cast.nia.id, now=NOW)
    assert people.visible_teacher(db, cast.nia.id, cast.sam.id, TODAY) is None


def test_lists_are_by_name_in_pages(db, cast):
    def names(page):
        return [person.name.split()[0] for person in page.people]

    assert names(people.listing(db)) == ["Lou", "Max", "Nia", "Sam", "Tess"]
    second = people.listing(db, page=2, per_page=2)
    assert (names(second), second.count, second.page, second.pages) == (["Nia", "Sam"], 5, 2, 3)
    past = people.listing(db, page=99, per_page=2)
    assert (names(past), past.page) == (["Tess"], 3)
    assert names(people.listing(db, PeopleFilter(role=Role.MENTOR))) == ["Max", "Nia"]
    assert names(people.listing(db, PeopleFilter(active=False))) == ["Ana"]
    assert names(people.listing(db, PeopleFilter(search="EVANS"))) == ["Nia"]
    assert names(people.listing(db, PeopleFilter(search="sam@"))) == ["Sam"]
    nothing = people.listing(db, PeopleFilter(search="100%_"))
    assert (names(nothing), nothing.count, nothing.page, nothing.pages) == ([], 0, 1, 1)
    assert [person.name for person in people.mentors(db)] == ["Lou Adeyemi", "Max Reid", "Nia Évans"]
    assert people.teachers_of(db, cast.max.id) == [cast.tess]
    assert people.by_ids(db, {cast.tess.id, cast.ana.id, 999}) == {cast.tess.id: cast.tess, cast.ana.id: cast.ana}

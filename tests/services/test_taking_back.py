"""The end of an account, undone within a week: as it was, but for what others have done meanwhile."""

from datetime import timedelta

import pytest

from induction.records.people import history, people
from induction.records.people.person import Details
from induction.records.store.database import transaction
from induction.rules.person_history import TAKEN_BACK_WITHIN, Way
from induction.rules.roles import Role
from induction.services import people as deeds
from induction.services.people import TooLate
from tests.records.making import NOW
from tests.services.test_people import SECRET, at_once

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def ended(db, cast):
    """Max has left; Tess went to Nia, and Ivy and Eve too."""
    with transaction(db):
        for name in ("Ivy", "Eve"):
            email = f"{name.lower()}@school.example"
            people.add(db, Details(email, name, Role.TEACHER, mentor_id=cast.max.id), now=NOW)
        people.set_password(db, cast.max.id, SECRET, now=NOW)
        people.update(db, cast.max.id, mentor_id=cast.lou.id, now=NOW)
    deeds.end(db, cast.max.id, by=1, now=LATER, follower=cast.nia.id)
    return cast


def mentor_of(db, email):
    return people.by_email(db, f"{email}@school.example").mentor_id


def take_back(db, cast, after=timedelta(days=1)):
    found = deeds.take_back(db, cast.max.id, by=1, now=LATER + after)
    return found and [each.name.split()[0] for each in found]


def test_everything_is_as_it_was_but_the_password(db, ended):
    assert take_back(db, ended) == ["Eve", "Ivy", "Tess"]
    back = people.find(db, ended.max.id)
    assert (back.active, back.role, back.mentor_id, back.has_password) == (True, Role.MENTOR, ended.lou.id, False)
    assert {mentor_of(db, each) for each in ("tess", "ivy", "eve")} == {ended.max.id} and mentor_of(db, "sam") == ended.nia.id
    assert history.ways_in(db, ended.max.id)[-1].what is Way.CLEARED
    for who in (ended.max, ended.tess):
        assert history.entries(db, who.id)[-1].by_name == "Lou Adeyemi", "each with an entry"


def test_whom_somebody_gave_to_another_meanwhile_stays_there(db, ended):
    with transaction(db):
        people.update(db, ended.tess.id, mentor_id=ended.lou.id, now=LATER)
        ivy = people.by_email(db, "ivy@school.example").id
        people.update(db, ivy, mentor_id=None, now=LATER)
        people.update(db, ivy, mentor_id=ended.nia.id, now=LATER)  # said once more, and meant
    assert take_back(db, ended) == ["Eve"]
    assert (mentor_of(db, "tess"), mentor_of(db, "ivy"), mentor_of(db, "eve")) == (ended.lou.id, ended.nia.id, ended.max.id)


def test_who_went_to_nobody_comes_back_and_who_left_does_not(db, cast):
    deeds.end(db, cast.max.id, by=1, now=LATER, follower=deeds.NOBODY)
    assert mentor_of(db, "tess") is None
    deeds.end(db, cast.tess.id, by=1, now=LATER + timedelta(minutes=1), follower=None)
    assert take_back(db, cast) == [] and people.find(db, cast.max.id).active and not people.find(db, cast.tess.id).active


def test_a_mentor_of_theirs_who_is_none_any_more_is_not_given_back(db, ended):
    with transaction(db):
        people.add(db, Details("kit@school.example", "Kit", Role.LEAD), now=NOW)
        people.update(db, ended.lou.id, role=Role.TEACHER, now=LATER)
    assert take_back(db, ended) and people.find(db, ended.max.id).mentor_id is None


def test_after_a_week_it_is_bringing_back(db, ended):
    assert deeds.what_came_of_the_end(db, ended.max.id, LATER + TAKEN_BACK_WITHIN) is None
    with pytest.raises(TooLate):
        take_back(db, ended, TAKEN_BACK_WITHIN)
    assert not people.find(db, ended.max.id).active, "nothing was done"
    assert take_back(db, ended, TAKEN_BACK_WITHIN - timedelta(seconds=1))


def test_it_is_undone_once_however_many_press(db, ended):
    found = at_once(db, *[lambda: take_back(db, ended)] * 3)
    assert sorted(map(str, found)) == ["None", "None", "['Eve', 'Ivy', 'Tess']"]
    assert len(history.entries(db, ended.tess.id)) == 3


def test_who_is_here_has_no_end(db, cast):
    assert deeds.what_came_of_the_end(db, cast.tess.id, NOW) is None and deeds.take_back(db, cast.tess.id, by=1, now=NOW) is None

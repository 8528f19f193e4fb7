"""Who stands in for a mentor: what the latest row says, as long as both are mentors who are here."""

from datetime import timedelta

import pytest

from induction.records.people import deputies, people
from induction.records.store.database import RuleBroken, transaction
from induction.rules.roles import Role
from tests.records.making import NOW, TODAY, make_so

TOMORROW, YESTERDAY = TODAY + timedelta(days=1), TODAY - timedelta(days=1)


def say(db, mentor, deputy, begins=TODAY, ends=None):
    with transaction(db):
        deputies.say(db, mentor.id, deputy and deputy.id, begins, ends, by=1, now=NOW)


def seen(db, viewer, today=TODAY):
    return [(each.person.name.split()[0], each.for_mentor) for each in deputies.teachers_seen(db, viewer.id, today)]


def stands_in(db, cast, today=TODAY):
    found = deputies.of_mentor(db, cast.max.id, today)
    return found and found[0].name.split()[0]


def test_a_deputy_sees_the_mentors_teachers_beside_their_own(db, cast):
    assert seen(db, cast.nia) == [("Sam", None)]
    say(db, cast.max, cast.nia)
    assert seen(db, cast.nia) == [("Sam", None), ("Tess", cast.max.id)] and seen(db, cast.max) == [("Tess", None)]
    assert people.visible_teacher(db, cast.nia.id, cast.tess.id, TODAY).id == cast.tess.id
    assert people.visible_teacher(db, cast.max.id, cast.sam.id, TODAY) is None, "it goes one way"
    assert people.visible_teacher(db, cast.nia.id, cast.ana.id, TODAY) is None, "not who has left"


@pytest.mark.parametrize(
    "begins, ends, holds", [(TODAY, TODAY, True), (YESTERDAY, YESTERDAY, False), (TOMORROW, None, False), (YESTERDAY, TOMORROW, True)]
)
def test_from_its_first_day_to_its_last(db, cast, begins, ends, holds):
    say(db, cast.max, cast.nia, begins, ends)
    assert (stands_in(db, cast) == "Nia") is holds
    assert (people.visible_teacher(db, cast.nia.id, cast.tess.id, TODAY) is not None) is holds
    assert (("Tess", cast.max.id) in seen(db, cast.nia)) is holds
    assert bool(deputies.stands_in(db, cast.nia.id, TODAY)) is (ends is None or ends >= TODAY), "or will be"


def test_the_latest_word_counts(db, cast):
    say(db, cast.max, cast.nia)
    say(db, cast.max, cast.lou)
    assert stands_in(db, cast) == "Lou" and seen(db, cast.nia) == [("Sam", None)]
    assert [name for name, _ in seen(db, cast.lou)] == ["Tess"]
    say(db, cast.max, None)
    assert stands_in(db, cast) is None and deputies.latest(db, cast.max.id).is_over(TODAY)
    assert [each.deputy_name for each in deputies.told_of(db, cast.max.id)] == ["Nia Évans", "Lou Adeyemi", None]
    assert [each.deputy_name for each in deputies.told_of(db, cast.nia.id)] == ["Nia Évans"]


@pytest.mark.parametrize("change", [{"active": False}, {"role": Role.TEACHER, "mentor_id": None}])
def test_whoever_leaves_or_loses_the_role_is_no_deputy_any_more_even_if_they_come_back(db, cast, change):
    say(db, cast.max, cast.nia)
    with transaction(db):
        make_so(db, cast.sam, mentor_id=None)
        make_so(db, cast.nia, **change)
    assert stands_in(db, cast) is None and [each.mentor_id for each in deputies.vacant(db, TODAY)] == [cast.max.id]
    with transaction(db):
        make_so(db, cast.nia, active=True, role=Role.MENTOR)
    assert stands_in(db, cast) is None and seen(db, cast.nia) == []
    assert people.visible_teacher(db, cast.nia.id, cast.tess.id, TODAY) is None
    assert deputies.vacant(db, TODAY), "until somebody else is named, or nobody"
    say(db, cast.max, None)
    assert deputies.vacant(db, TODAY) == []


def test_of_a_mentor_who_left_nobody_stands_in_and_nobody_is_missing(db, cast):
    say(db, cast.max, cast.nia)
    with transaction(db):
        make_so(db, cast.tess, mentor_id=cast.nia.id)
        make_so(db, cast.max, active=False)
    assert stands_in(db, cast) is None and deputies.vacant(db, TODAY) == [] and deputies.stands_in(db, cast.nia.id, TODAY) == []


def test_what_is_over_is_missed_by_nobody(db, cast):
    say(db, cast.max, cast.nia, YESTERDAY, TODAY)
    with transaction(db):
        make_so(db, cast.sam, mentor_id=None)
        make_so(db, cast.nia, active=False)
    assert deputies.vacant(db, TODAY) and deputies.vacant(db, TOMORROW) == []


def test_nobody_is_seen_through_themselves(db, cast):
    """A mentor who is mentored by the one for whom they stand in."""
    with transaction(db):
        make_so(db, cast.nia, mentor_id=cast.max.id)
    say(db, cast.max, cast.nia)
    assert [name for name, _ in seen(db, cast.nia)] == ["Sam", "Tess"]
    assert people.visible_teacher(db, cast.nia.id, cast.nia.id, TODAY) is None


@pytest.mark.parametrize("who", ["tess", "ana", "max"])
def test_a_deputy_is_a_mentor_and_somebody_else(db, cast, who):
    with pytest.raises(RuleBroken):
        say(db, cast.max, getattr(cast, who))

"""Many people at once: all of it or nothing, once, and nobody who was changed meanwhile unseen."""

from datetime import date, timedelta

import pytest

from induction.records.people import history, people
from induction.records.people.person import Details
from induction.records.store.database import transaction
from induction.rules.people_many import ManyDeed, Stays
from induction.rules.roles import Role
from induction.services import people as deeds
from induction.services.people import NOBODY
from induction.services.people_many import FollowersNotSaid, SomeChangedMeanwhile, Wanted, change_many, plan
from tests.records.making import NOW
from tests.services.test_people import SECRET, at_once

DAY = date(2027, 1, 8)


def do(db, who, wanted, saw=None):
    saw = history.newest(db) if saw is None else saw
    return [row.after.name.split()[0] for row in change_many(db, [each.id for each in who], wanted, saw=saw, by=1, now=NOW)]


def now(db, person):
    return people.find(db, person.id)


def count(db):
    return db.value("select count(*) from people_history")


@pytest.mark.parametrize(
    "wanted, fits",
    [
        (lambda cast: Wanted(ManyDeed.MENTOR, mentor_id=cast.lou.id), lambda cast, each: each.mentor_id == cast.lou.id),
        (lambda cast: Wanted(ManyDeed.MENTOR), lambda cast, each: each.mentor_id is None),
        (lambda cast: Wanted(ManyDeed.DUE, due=DAY), lambda cast, each: each.due == DAY),
        (lambda cast: Wanted(ManyDeed.COURSE, course="short"), lambda cast, each: each.course == "short"),
        (lambda cast: Wanted(ManyDeed.END), lambda cast, each: not each.active),
    ],
)
def test_each_is_changed_with_an_entry_and_pressed_twice_it_is_the_same(db, cast, wanted, fits):
    who, saw, before = [cast.tess, cast.sam], history.newest(db), count(db)
    assert do(db, who, wanted(cast), saw) == ["Tess", "Sam"]
    assert all(fits(cast, now(db, each)) for each in who) and count(db) == before + 2
    assert all(history.entries(db, each.id)[-1].by_name == "Lou Adeyemi" for each in who)
    assert do(db, who, wanted(cast), saw) == [] and count(db) == before + 2


def test_of_two_at_once_one_is_told(db, cast):
    saw = history.newest(db)
    found = at_once(
        db, lambda: do(db, [cast.tess, cast.sam], Wanted(ManyDeed.DUE, due=DAY), saw),
        lambda: do(db, [cast.tess, cast.sam], Wanted(ManyDeed.DUE), saw),
    )  # fmt: skip
    assert sorted(type(each).__name__ for each in found) == ["SomeChangedMeanwhile", "list"]


def test_whoever_was_changed_meanwhile_is_named_and_nothing_is_done(db, cast):
    saw = history.newest(db)
    with transaction(db):
        people.update(db, cast.sam.id, name="Sam Pryce", by=cast.lou.id, now=NOW)
    with pytest.raises(SomeChangedMeanwhile) as fault:
        do(db, [cast.tess, cast.sam], Wanted(ManyDeed.DUE, due=DAY), saw)
    assert [(each.name, each.by_name) for each in fault.value.entries] == [("Sam Pryce", "Lou Adeyemi")]
    assert now(db, cast.tess).due != DAY


def test_who_stays_as_they_are_is_said_for_each(db, cast):
    made = plan(db, [cast.tess.id, cast.max.id, cast.ana.id, cast.sam.id, 999], Wanted(ManyDeed.MENTOR, mentor_id=cast.max.id))
    assert [(row.before.name.split()[0], row.stays) for row in made.rows] == [
        ("Tess", Stays.SO_ALREADY), ("Max", Stays.OWN_MENTOR), ("Ana", Stays.HAS_LEFT), ("Sam", None),
    ]  # fmt: skip
    assert do(db, [cast.tess, cast.max, cast.ana, cast.sam], Wanted(ManyDeed.MENTOR, mentor_id=cast.max.id)) == ["Sam"]


def test_a_mentor_who_is_none_is_given_to_nobody(db, cast):
    before = count(db)
    for id in (cast.ana.id, cast.sam.id, 999):
        with pytest.raises(people.NotAMentor):
            do(db, [cast.tess, cast.nia], Wanted(ManyDeed.MENTOR, mentor_id=id))
    assert count(db) == before, "all or nothing"


# Ending


def followers(**said):
    return Wanted(ManyDeed.END, followers=said["of"])


def test_who_follows_each_mentor_that_leaves_is_asked_first(db, cast):
    made = plan(db, [cast.max.id, cast.nia.id, cast.sam.id], Wanted(ManyDeed.END))
    assert {mentor: [each.name for each in theirs] for mentor, theirs in made.teachers.items()} == {cast.max.id: ["Tess Okafor"]}
    with pytest.raises(FollowersNotSaid):
        do(db, [cast.max, cast.nia, cast.sam], Wanted(ManyDeed.END))
    assert do(db, [cast.max, cast.nia, cast.sam], followers(of={cast.max.id: cast.lou.id})) == ["Max", "Nia", "Sam"]
    assert now(db, cast.tess).mentor_id == cast.lou.id
    assert [now(db, each).active for each in (cast.max, cast.nia, cast.sam, cast.tess)] == [False, False, False, True]
    assert len(history.entries(db, cast.sam.id)) == 2, "who leaves too is handed to nobody first"


def test_nobody_is_handed_to_somebody_who_leaves_too(db, cast):
    with pytest.raises(people.NotAMentor):
        do(db, [cast.max, cast.nia], followers(of={cast.max.id: cast.nia.id, cast.nia.id: NOBODY}))
    assert now(db, cast.max).active


def test_a_teacher_given_to_them_meanwhile_is_not_handed_over_unseen(db, cast):
    saw = history.newest(db)
    with transaction(db):
        people.update(db, cast.sam.id, mentor_id=cast.max.id, by=cast.lou.id, now=NOW)
    with pytest.raises(SomeChangedMeanwhile):
        do(db, [cast.max], followers(of={cast.max.id: NOBODY}), saw)


def test_the_last_lead_stays_and_so_does_everybody_else(db, cast):
    with transaction(db):
        kit = people.add(db, Details("kit@school.example", "Kit", Role.LEAD), now=NOW)
        for lead in (cast.lou, kit):
            people.set_password(db, lead.id, SECRET, now=NOW)
    with pytest.raises(people.LastLead):
        do(db, [cast.tess, kit, cast.lou], Wanted(ManyDeed.END))
    assert now(db, cast.tess).active and now(db, kit).active
    assert do(db, [cast.tess, kit], Wanted(ManyDeed.END)) == ["Tess", "Kit"]


def test_whoever_mentors_each_other_can_leave_together_and_each_is_taken_back(db, cast):
    with transaction(db):
        people.update(db, cast.nia.id, mentor_id=cast.max.id, now=NOW)
        people.update(db, cast.max.id, mentor_id=cast.nia.id, now=NOW)
    who = {cast.max.id: NOBODY, cast.nia.id: NOBODY}
    assert sorted(do(db, [cast.max, cast.nia], followers(of=who))) == ["Max", "Nia"]
    again = deeds.take_back(db, cast.max.id, by=1, now=NOW + timedelta(days=1))
    assert [each.name for each in again] == ["Tess Okafor"]

"""All who have an induction to do, by group: what the school's picture is drawn from."""

from datetime import date, timedelta
from itertools import product

import pytest

from induction.records.people import people
from induction.records.policy import acknowledgements, versions
from induction.records.policy.acknowledgements import Signed
from induction.records.progress import groups
from induction.records.store.database import transaction
from induction.rules.groups import Group
from induction.rules.induction import Induction, Part, Required, Stage
from induction.rules.roles import Role
from tests.records.making import COURSE, LESSONS, NOW, TODAY, complete, make_so, publish, start_attempt
from tests.records.test_standings import asked, plans

WANTED = Required(tuple(LESSONS))


def where(db, required=WANTED) -> dict[str, Group]:
    """Everybody's group, by their first names."""
    return {each.person.name.split()[0]: each.group for each in groups.overview(db, required, TODAY).people}


def rule(role: Role, course: str | None, induction: Induction) -> Group | None:
    """The words of rules.groups, once more and slowly."""
    if role is not Role.TEACHER and not (course or induction.due or induction.begun):
        return None
    if induction.complete:
        return Group.COMPLETE
    if induction.due and induction.due < TODAY:
        return Group.OVERDUE
    return Group.ON_THE_WAY if induction.begun else Group.NOT_BEGUN


@pytest.mark.parametrize("days", [None, -30, -1, 0, 60])
@pytest.mark.parametrize("role", list(Role))
def test_the_groups_are_what_the_rules_say(db, cast, days, role):
    """Each way to have begun, with each date, for each role, with and without a course by name."""
    due = None if days is None else TODAY + timedelta(days=days)
    short = ("in-ten-minutes", "the-essentials")
    required = Required(tuple(LESSONS), {"in-ten-minutes": (short,)})
    expected = {}
    with transaction(db):
        for other in (cast.tess, cast.sam, cast.max, cast.nia, cast.lou):
            make_so(db, other, active=False)
        for number, (course, done, tried) in enumerate(product((None, "in-ten-minutes", "gone"), (0, 1, 3), (False, True))):
            details = people.Details(f"p{number}@school.example", f"P{number}", role, due=due, course=course)
            person = people.add(db, details, now=NOW)
            lessons = required.lessons(course)
            for each in lessons[:done]:
                complete(db, person.id, each[1], course=each[0])
            complete(db, person.id, "a-lesson-that-was-taken-out")
            if tried:
                start_attempt(db, person)
            stages = [Stage.DONE if place < done else Stage.TO_DO for place in range(len(lessons))]
            induction = Induction(tuple(map(Part, lessons, stages)), None, due, tried)
            expected[person.name] = rule(role, course, induction)
    assert where(db, required) == {name: group for name, group in expected.items() if group}
    assert len(set(expected.values())) > 1


def test_staff_without_an_induction_to_do_are_not_there(db, cast):
    assert where(db) == {"Tess": Group.NOT_BEGUN, "Sam": Group.NOT_BEGUN}
    with transaction(db):
        make_so(db, cast.max, due=TODAY)
        make_so(db, cast.nia, course="in-ten-minutes")
        start_attempt(db, cast.lou)
    assert where(db) == {
        "Tess": Group.NOT_BEGUN, "Sam": Group.NOT_BEGUN, "Max": Group.NOT_BEGUN, "Nia": Group.NOT_BEGUN, "Lou": Group.ON_THE_WAY,
    }


def test_the_policy_is_a_part_of_the_induction_until_it_is_read_or_the_course_was_done(db, cast):
    required = Required(tuple(LESSONS), asks_for=1)
    with transaction(db):
        publish(db, {}, cast.lou)
        for person in (cast.tess, cast.sam, cast.nia):
            for _, lesson in LESSONS:
                complete(db, person.id, lesson)
        acknowledgements.acknowledge(db, Signed(cast.tess.id, 1, versions.now(db).sha256, "Tess", NOW))
        complete(db, cast.nia.id, "")
    assert where(db, required) == {"Tess": Group.COMPLETE, "Nia": Group.COMPLETE, "Sam": Group.ON_THE_WAY}


def test_a_course_given_by_name_stands_in_place_of_the_others(db, cast):
    short = ("in-ten-minutes", "the-essentials")
    required = Required(tuple(LESSONS), {"in-ten-minutes": (short,)})
    with transaction(db):
        make_so(db, cast.tess, course="in-ten-minutes")
        make_so(db, cast.nia, course="a-course-that-is-gone")
        complete(db, cast.tess.id, short[1], course=short[0])
        complete(db, cast.sam.id, short[1], course=short[0])
        for _, lesson in LESSONS:
            complete(db, cast.nia.id, lesson)
    assert where(db, required) == {"Tess": Group.COMPLETE, "Nia": Group.COMPLETE, "Sam": Group.NOT_BEGUN}


def test_complete_is_who_has_done_every_lesson_and_not_the_last_alone(db, cast):
    with transaction(db):
        publish(db, {}, cast.lou)
        complete(db, cast.tess.id, LESSONS[-1][1])
        for _, lesson in LESSONS:
            complete(db, cast.sam.id, lesson)
        acknowledgements.acknowledge(db, Signed(cast.tess.id, 1, versions.now(db).sha256, "Tess", NOW))
    assert where(db) == {"Sam": Group.COMPLETE, "Tess": Group.ON_THE_WAY}
    alone = where(db, Required((), asks_for=1))
    assert (alone["Tess"], alone["Sam"]) == (Group.COMPLETE, Group.NOT_BEGUN), "where the policy is all there is to do"
    assert Group.COMPLETE not in where(db, Required(())).values()


def test_the_most_urgent_come_first_and_it_goes_by_page(db, cast):
    due = {
        cast.sam: date(2026, 11, 20), cast.tess: date(2026, 11, 23), cast.max: date(2026, 11, 30),
        cast.lou: date(2027, 1, 8), cast.nia: date(2026, 12, 1), cast.ana: None,
    }
    with transaction(db):
        for person, day in due.items():
            make_so(db, person, due=day, active=True)
        for _, lesson in LESSONS:
            complete(db, cast.sam.id, lesson)
        start_attempt(db, cast.nia)

    def names(page):
        return [shown.person.name.split()[0] for shown in page.people]

    whole = groups.overview(db, WANTED, TODAY)
    assert names(whole) == ["Tess", "Max", "Lou", "Ana", "Nia", "Sam"], "whoever has no date comes last of those who stand there"
    assert list(whole.groups) == [shown.group for shown in (whole.people[0], whole.people[1], whole.people[4], whole.people[5])] == [*Group]
    assert [len(ids) for ids in whole.groups.values()] == [1, 3, 1, 1]
    assert (whole.count, whole.page, whole.pages) == (6, 1, 1)
    for asked_for, page in ((2, 2), (3, 3), (99, 3)):
        part = groups.overview(db, WANTED, TODAY, page=asked_for, per_page=2)
        assert (names(part), part.page, part.pages) == (names(whole)[2 * page - 2 : 2 * page], page, 3)
        assert part.groups == whole.groups
    found = groups.overview(db, WANTED, TODAY, search="évans")
    assert (names(found), found.count, found.groups) == (["Nia"], 1, whole.groups)
    chosen = groups.overview(db, WANTED, TODAY, group=Group.NOT_BEGUN)
    assert (names(chosen), chosen.count) == (["Max", "Lou", "Ana"], 3)
    assert names(groups.overview(db, WANTED, TODAY, group=Group.NOT_BEGUN, search="lou")) == ["Lou"]
    nobody = groups.overview(db, WANTED, TODAY, search="nobody", page=4)
    assert (names(nobody), nobody.count, nobody.page, nobody.pages) == ([], 0, 1, 1)


def test_it_asks_the_same_however_many_lessons_there_are(db, cast):
    many = Required(tuple((COURSE, f"lesson-{number}") for number in range(50)))
    assert len(asked(db, lambda: groups.overview(db, WANTED, TODAY))) == 17
    assert len(asked(db, lambda: groups.overview(db, many, TODAY))) == 12, "who is here, and who has tried, are known"
    steps = plans(db, lambda: groups.groups(db, Required(tuple(LESSONS[:2])), TODAY))
    assert any(step.startswith("SEARCH completions ") and step.count("=?") == 3 for step in steps)
    assert not any(step.startswith(("SCAN c ", "SCAN completions", "SCAN a")) for step in steps), "no table of learning is read whole"


def test_it_is_counted_again_once_somebody_has_learnt_or_changed(db, cast):
    required = Required(tuple(LESSONS), asks_for=1)
    with transaction(db):
        publish(db, {}, cast.lou)

    def counts():
        return [len(ids) for ids in groups.groups(db, required, TODAY).values()]

    assert counts() == [0, 2, 0, 0] and len(asked(db, counts)) == 1, "unchanged: whether anything is new"
    with transaction(db):
        start_attempt(db, cast.sam)
    assert counts() == [0, 1, 1, 0]
    with transaction(db):
        for _, lesson in LESSONS:
            complete(db, cast.tess.id, lesson)
    assert counts() == [0, 0, 2, 0]
    with transaction(db):
        acknowledgements.acknowledge(db, Signed(cast.tess.id, 1, versions.now(db).sha256, "Tess", NOW))
    assert counts() == [0, 0, 1, 1]
    with transaction(db):
        make_so(db, cast.sam, due=TODAY - timedelta(days=1))
        assert counts() == [1, 0, 0, 1], "in the middle of a change too"
    assert counts() == [1, 0, 0, 1]
    assert [len(ids) for ids in groups.groups(db, required, TODAY - timedelta(days=9)).values()] == [0, 0, 1, 1], "another day"

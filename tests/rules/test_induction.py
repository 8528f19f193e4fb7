"""How somebody stands, what is left for them, and what is worth talking about."""

from datetime import UTC, date, datetime, timedelta

import pytest

from induction.content.model import Theme
from induction.rules import groups, induction
from induction.rules.cycles import Round
from induction.rules.induction import Induction, Part, Required, Stage, Standing
from induction.rules.roles import Role
from tests.rules.quizzes import BEST, BREACH, FINE, POOR

TODAY = date(2026, 11, 24)
NEXT = date(2026, 12, 4)
DONE, BEGUN, TO_DO = Stage


def of(*stages, policy=None, days=None, tried=False):
    """An induction of lessons that are so far, due in so many days."""
    parts = tuple(Part(("a-course", f"lesson-{number}"), stage) for number, stage in enumerate(stages, start=1))
    return Induction(parts, policy, None if days is None else TODAY + timedelta(days=days), tried)


@pytest.mark.parametrize(
    "days, standing",
    [
        (-1, Standing.OVERDUE),
        (0, Standing.DUE_SOON),  # the day itself is still in time
        (7, Standing.DUE_SOON),
        (8, Standing.ON_TRACK),
    ],
)
def test_standing_follows_from_the_days_left(days, standing):
    assert of(DONE, DONE, DONE, DONE, TO_DO, days=days).standing(TODAY) is standing


def test_whoever_has_done_all_is_complete_also_past_the_date():
    assert of(DONE, DONE, days=-30).standing(TODAY) is Standing.COMPLETE
    assert of(DONE, DONE, policy=DONE).standing(TODAY) is Standing.COMPLETE


def test_the_policy_is_a_part_as_the_lessons_are():
    unread = of(DONE, policy=TO_DO, days=-1)
    assert unread.standing(TODAY) is Standing.OVERDUE and unread.policy_left and not unread.left
    assert of(TO_DO, policy=DONE, days=-1).standing(TODAY) is Standing.OVERDUE


def test_without_a_date_nobody_is_late():
    assert of(TO_DO).standing(TODAY) is Standing.ON_TRACK


def test_where_there_is_nothing_to_do_nobody_has_completed_anything():
    assert of().standing(TODAY) is Standing.ON_TRACK
    assert of(policy=DONE).standing(TODAY) is Standing.COMPLETE


def test_what_is_done_begun_and_left_is_told_from_the_lessons():
    some = of(DONE, BEGUN, TO_DO, DONE, policy=TO_DO)
    assert (some.done, [part.lesson[1] for part in some.left]) == (2, ["lesson-2", "lesson-3"])
    assert some.stages == (DONE, BEGUN, TO_DO, DONE)


def test_a_start_is_made_by_a_lesson_that_is_done_or_scenarios_that_were_tried():
    assert of(DONE, TO_DO).begun and of(TO_DO, tried=True).begun
    assert not of(TO_DO, policy=DONE).begun


def test_what_comes_next_is_where_somebody_stopped_last_else_the_first_that_is_left():
    assert of(DONE, DONE).next is None
    assert of(DONE, TO_DO, TO_DO).next.lesson[1] == "lesson-2"
    stopped = [
        Part(("a-course", f"lesson-{hour}"), BEGUN, stopped=datetime(2026, 11, 24, hour, tzinfo=UTC)) for hour in (9, 11, 10)
    ]
    assert Induction((Part(("a-course", "first"), TO_DO), *stopped), None, None).next.lesson[1] == "lesson-11"


def test_a_lesson_is_done_begun_or_to_do_and_done_counts_for_more():
    a, b, c = (("a-course", name) for name in "abc")
    assert induction.stage(a, {a}, {a}) is DONE
    assert induction.stage(a, {b}, {a}) is BEGUN
    assert induction.stage(a, {b}, {c}) is TO_DO


@pytest.mark.parametrize(
    "acknowledged, asks_for, course_completed, stage",
    [
        (0, 0, False, None), (3, 0, False, None), (0, 2, False, TO_DO), (1, 2, False, TO_DO), (2, 2, False, DONE), (3, 2, False, DONE),
        (1, 2, True, DONE),  # a later version is a task of its own
    ],
)
def test_the_policy_is_read_in_the_version_asked_for_or_a_later_one(acknowledged, asks_for, course_completed, stage):
    assert induction.policy_stage(acknowledged, asks_for, course_completed) is stage


@pytest.mark.parametrize(
    "reading, scenarios, minutes", [(6, 5, 10), (6, 0, 6), (0, 5, 4), (0, 10, 8), (5, 3, 7), (0, 1, 1), (0, 0, 1)]
)
def test_minutes_are_those_of_reading_and_of_scenarios_and_at_least_one(reading, scenarios, minutes):
    assert induction.minutes_for(reading, scenarios) == minutes


def test_minutes_left_are_those_of_each_lesson_that_is_left_and_of_the_policy():
    lessons = (
        Part(("a-course", "done"), DONE, 6, 5),
        Part(("a-course", "begun"), BEGUN, 0, 5, 3),  # two of five answered: 2.4 minutes
        Part(("a-course", "to-do"), TO_DO, 6, 5, 5),
    )
    assert Induction(lessons, None, None).minutes_left == Induction(lessons, DONE, None).minutes_left == 2 + 10
    assert Induction(lessons, TO_DO, None).minutes_left == 2 + 10 + 10


def test_themes_worth_talking_about_are_those_that_went_poorly_most_frequent_first():
    themes = {name: Theme(name, f"Words of {name}", f"Why {name}?") for name in ("late", "parents", "known")}
    judged = [
        (("late",), POOR),
        (("parents", "late"), BREACH),
        (("known",), BEST),
        (("known",), FINE),
        (("of an older version",), BREACH),
    ]
    talks = induction.worth_talking_about(judged, themes)
    assert [(talk.theme, talk.scenarios) for talk in talks] == [("late", 2), ("parents", 1)]
    assert (talks[0].words, talks[0].question) == ("Words of late", "Why late?")


# Who has an induction to do


@pytest.mark.parametrize(
    "role, named, found, has",
    [
        (Role.TEACHER, None, Induction((), None, None), True),
        (Role.MENTOR, None, Induction((), None, None), False),
        (Role.LEAD, None, Induction((), None, TODAY), True),
        (Role.LEAD, "short", Induction((), None, None), True),
        (Role.MENTOR, None, Induction((), None, None, tried=True), True),
        (Role.MENTOR, None, Induction((), None, None, rounds=(Round("c"),)), False),
        (Role.MENTOR, None, Induction((), None, None, rounds=(Round("c", begins=TODAY),)), True),
        (Role.MENTOR, None, Induction((), None, None, rounds=(Round("c", given=TODAY),)), True),
    ],
)
def test_who_has_an_induction_to_do(role, named, found, has):
    assert groups.has_one_to_do(role, named, found) is has


# By when what is open is due


@pytest.mark.parametrize(
    "opened, policy_left, own, later, due",
    [
        ((), False, None, (), None), ((), False, TODAY, (), TODAY), ((None,), False, TODAY, (), None),
        ((NEXT, TODAY), False, None, (), TODAY), ((NEXT, None), False, None, (), NEXT), ((NEXT,), True, TODAY, (), TODAY),
        ((), False, TODAY, (NEXT,), NEXT), ((), False, None, (TODAY, NEXT), NEXT),
    ],
)  # fmt: skip
def test_the_earliest_of_what_is_open_is_due_else_the_last_there_was(opened, policy_left, own, later, due):
    assert induction.earliest_due(opened, policy_left, own, later) == due


@pytest.mark.parametrize("opened, since", [((), None), ((None,), None), ((TODAY, None), None), ((NEXT, TODAY), TODAY)])
def test_since_when_a_try_counts_as_a_start(opened, since):
    assert induction.asked_since(opened) == since


def test_what_is_required_of_whom():
    required = Required((("a", "1"), ("a", "2")), {"k": (("k", "1"),), "short": (("short", "1"),)})
    assert required.courses(None) == ("a",) and required.lessons(None) == (("a", "1"), ("a", "2"))
    assert required.courses("short") == ("short",) and required.courses("gone") == ("a",)
    assert required.courses(None, {"k", "gone"}) == ("a", "k") and required.lessons(None, {"k"})[-1] == ("k", "1")
    assert required.courses("short", {"k", "short"}) == ("short", "k")
    assert required.lessons("short", {"k", "short"}) == (("short", "1"), ("k", "1"))

"""How somebody stands, and what is worth talking about."""

from datetime import date, timedelta

import pytest

from induction.content.model import Theme
from induction.rules import induction
from induction.rules.induction import Stage, Standing
from tests.rules.quizzes import BEST, BREACH, FINE, POOR

TODAY = date(2026, 11, 24)


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
    assert induction.standing(5, 4, TODAY + timedelta(days=days), TODAY) is standing


def test_whoever_has_done_all_is_complete_also_past_the_date():
    assert induction.standing(5, 5, TODAY - timedelta(days=30), TODAY) is Standing.COMPLETE
    assert induction.standing(5, 6, None, TODAY) is Standing.COMPLETE


def test_without_a_date_nobody_is_late():
    assert induction.standing(5, 0, None, TODAY) is Standing.ON_TRACK


def test_where_there_are_no_lessons_nobody_has_completed_anything():
    assert induction.standing(0, 0, None, TODAY) is Standing.ON_TRACK


def test_a_lesson_is_done_begun_or_to_do_and_done_counts_for_more():
    assert induction.stage("a", {"a"}, {"a"}) is Stage.DONE
    assert induction.stage("a", {"b"}, {"a"}) is Stage.BEGUN
    assert induction.stage("a", {"b"}, {"c"}) is Stage.TO_DO


def test_minutes_left_are_reading_and_scenarios_and_at_least_one():
    assert induction.minutes_left(6, 5) == 10
    assert induction.minutes_left(0, 0) == 1


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

"""First and last days, as they are said to those whose days they are, and to leads."""

from datetime import date

import pytest

from induction.rules.days_here import Shut, When
from induction.wording import days_here

TODAY = date(2026, 12, 5)


@pytest.mark.parametrize(("shut", "words"), [
    (Shut(When.BEFORE, date(2027, 1, 4)),
     "Your account opens on Monday 4 January 2027, your first day here. If that is wrong, ask your induction lead."),
    (Shut(When.AFTER, date(2026, 12, 4)),
     "Your last day here was Friday 4 December, so your account is closed. What you did is kept."
     " If that is wrong, ask your induction lead."),
])  # fmt: skip
def test_why_somebody_is_not_signed_in(shut, words):
    assert days_here.not_signed_in(shut, TODAY) == words


@pytest.mark.parametrize(("starts", "ends", "words"), [
    (None, None, ""),
    (date(2026, 12, 5), None, ""),
    (date(2026, 12, 7), None, "begins on Monday 7 December"),
    (date(2026, 12, 7), date(2027, 7, 20), "begins on Monday 7 December, leaves after Tuesday 20 July 2027"),
    (None, date(2027, 7, 20), ""),
    (None, date(2026, 12, 18), "leaves after Friday 18 December"),
    (date(2026, 9, 1), date(2026, 12, 4), ""),
])  # fmt: skip
def test_what_a_list_says_of_days_that_are_near(starts, ends, words):
    assert days_here.in_a_list(starts, ends, TODAY) == words


def test_who_leaves_and_who_follows():
    day = date(2026, 12, 18)
    assert days_here.leaves("Max", day, 3, TODAY) == "Max leaves after Friday 18 December, in 13 days, and mentors three teachers."
    assert days_here.nobody_follows(None) == "Nobody is named to follow yet."
    assert days_here.nobody_follows("Nia Évans") == "Nia Évans was to follow, and is no mentor here any more."
    assert days_here.follows("Nia Évans", day, TODAY) == "Nia Évans mentors them after Friday 18 December."
    assert days_here.follows(None, day, TODAY) == "Nobody mentors them after Friday 18 December, until somebody is chosen."


def test_of_those_away_for_a_term():
    assert days_here.away_for_a_term(["Nia"], 1).startswith("Nia has not signed in for a term")
    assert days_here.away_for_a_term(["A", "B", "C", "D"], 30).startswith("A, B, C and 27 more have not signed in for a term")

"""Courses that come round, in words."""

from datetime import date

import pytest

from induction.rules.calendar import DayOfYear
from induction.rules.cycles import Cycle, Round
from induction.wording import cycles

TODAY = date(2027, 9, 10)
EVERY = Cycle(every=DayOfYear(9, 1), weeks=6)


@pytest.mark.parametrize(
    "cycle, words",
    [
        (Cycle(), "It does not come round: whoever has completed it is not asked again."),
        (EVERY, "It comes round every 1 September, with 6 weeks to do it."),
        (
            Cycle(every=DayOfYear(9, 1), joined_by=DayOfYear(5, 1), weeks=1),
            "It comes round every 1 September, with 1 week to do it. Whoever joined or completed it after 1 May is asked the year after.",
        ),
        (
            Cycle(every=DayOfYear(2, 29)),
            "It comes round every 29 February, with 6 weeks to do it. In a year without a 29 February it is the 28th.",
        ),
        (Cycle(months=1), "It comes round 1 month after somebody completed it, with 6 weeks to do it."),
        (Cycle(months=24, weeks=4), "It comes round 24 months after somebody completed it, with 4 weeks to do it."),
    ],
)
def test_when_it_comes_round(cycle, words):
    assert cycles.comes_round(cycle) == words


@pytest.mark.parametrize(
    "cycle, today, words",
    [
        (EVERY, date(2027, 9, 1), "Saved. The next round begins on Wednesday 1 September."),
        (EVERY, TODAY, "Saved. The next round begins on Friday 1 September 2028."),
        (Cycle(every=DayOfYear(2, 29)), TODAY, "Saved. The next round begins on Tuesday 29 February 2028."),
        (Cycle(every=DayOfYear(2, 29)), date(2026, 9, 10), "Saved. The next round begins on Sunday 28 February 2027."),
        (
            Cycle(months=12), TODAY,
            "Saved. Whoever completed it 12 months ago or earlier is asked from today on; everybody else once their time has come.",
        ),
        (Cycle(), TODAY, "Saved. Nobody is asked for it once more; what was done in each round stays on record."),
    ],
)  # fmt: skip
def test_what_follows_from_what_was_said(cycle, today, words):
    assert cycles.saved(cycle, today) == words


@pytest.mark.parametrize(
    "cycle, before, words",
    [
        (EVERY, date(2026, 12, 4),
         "This comes round each September. You did it last on 4 December 2026; begin with the scenarios."),
        (Cycle(months=12), date(2026, 9, 4), "This comes round each year. You did it last on 4 September 2026; begin with the scenarios."),
        (Cycle(months=24), date(2025, 9, 4),
         "This comes round every 24 months. You did it last on 4 September 2025; begin with the scenarios."),
        (EVERY, None, "This comes round each September."),
        (Cycle(), None, "This comes round again after a time."),
    ],
)  # fmt: skip
def test_why_somebody_is_asked_once_more(cycle, before, words):
    assert cycles.why(Round("c", date(2027, 9, 1), before=before), cycle) == words


@pytest.mark.parametrize(
    "due, words",
    [
        (None, ""), (date(2027, 10, 13), "There is time until Wednesday 13 October, in 33 days."),
        (TODAY, "There is time until Friday 10 September, today."),
        (date(2027, 9, 8), "It was to be done by Wednesday 8 September, 2 days ago."),
    ],
)  # fmt: skip
def test_until_when(due, words):
    assert cycles.until(Round("c", date(2027, 9, 1), due), TODAY) == words


@pytest.mark.parametrize(
    "counts, words",
    [
        ((0, 0, 0), "Nothing in it has changed since then."), ((1, 0, 0), "Since then 1 fact has changed."),
        ((0, 1, 0), "Since then 1 of our rules has changed."), ((0, 0, 1), "Since then 1 lesson has changed."),
        ((2, 1, 3), "Since then 2 facts, 1 of our rules and 3 lessons have changed."),
    ],
)  # fmt: skip
def test_how_much_changed(counts, words):
    assert cycles.how_much_changed(*counts) == words


def test_what_a_mentor_reads_of_a_later_round():
    found = Round("c", date(2027, 9, 1), before=date(2026, 12, 4))
    assert cycles.in_a_later_round("Ten minutes", found, TODAY) == (
        "Ten minutes has come round on Wednesday 1 September; done last on 4 December 2026. It begins with the scenarios."
    )


def test_when_it_comes_round_again():
    assert cycles.again(None, TODAY) == ""
    assert cycles.again(date(2028, 9, 1), TODAY) == "It comes round again on Friday 1 September 2028."


def test_what_of_a_lesson_changed():
    assert cycles.sections(("The rule", ""), False) == "The rule; what stands first"
    assert cycles.sections((), True) == "new"


@pytest.mark.parametrize(
    "begins, attempted, read, words",
    [
        (None, True, False, ""), (date(2027, 9, 1), False, True, "in the round of September 2027"),
        (date(2027, 9, 1), True, False, "in the round of September 2027, by its scenarios, without the reading"),
        (date(2027, 9, 1), True, True, "in the round of September 2027, by its scenarios, after opening it again"),
    ],
)  # fmt: skip
def test_how_a_lesson_was_done_in_a_later_round(begins, attempted, read, words):
    assert cycles.how_it_was_done(begins, attempted, read) == words

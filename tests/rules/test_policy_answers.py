"""How a question of the policy stands, and which is answered next."""

import pytest

from induction.content.clock import read_hours
from induction.content.model import Choice, Facet, Fill, Stance
from induction.rules.policy_answers import Standing, next_open, standing

TIMES = Fill("hours", "When?", "until then", times=read_hours("8am to 5pm"))
FACET = Facet(
    "hours", "When may staff write?", "It matters.",
    (
        Stance("day", "In the day", "In the day.", fill=TIMES),
        Stance("list", "On a list", "On a list.", fill=Fill("tools", "Which?", "those on it", several=True)),
        Stance("english", "Only here", "Here.", nations=("england",)),
        Stance("never", "Never", "Never."),
    ),
)  # fmt: skip
OPEN, ANOTHER, NO_TIMES, DRAFTED, CHOSEN = Standing


def choice(stance, words=""):
    return Choice("hours", stance, words)


@pytest.mark.parametrize(
    "in_force, drafted, expected",
    [
        (None, None, OPEN),
        (choice("never"), None, CHOSEN),
        (None, choice("never"), DRAFTED),
        (choice("never"), choice("list"), DRAFTED),
        (choice("list"), None, CHOSEN),
        (choice("day"), None, NO_TIMES),
        (None, choice("day"), NO_TIMES),
        (choice("day", "Tuesdays after school"), None, NO_TIMES),
        (choice("day", "8am to 4pm"), None, CHOSEN),
        (choice("day"), choice("day", "8am to 4pm"), DRAFTED),
        (choice("day", "8am to 4pm"), choice("day"), NO_TIMES),
        (choice("by-pigeon"), None, ANOTHER),
        (choice("by-pigeon"), choice("never"), DRAFTED),
        (choice("never"), choice("by-pigeon"), ANOTHER),
        (choice("english"), None, ANOTHER),
        (choice("english"), choice("never"), DRAFTED),
        (choice("never"), choice("english"), ANOTHER),
    ],
)
def test_how_a_question_stands(in_force, drafted, expected):
    assert standing(FACET, "wales", in_force, drafted) is expected


def test_what_the_law_of_a_nation_allows_stands_there():
    assert standing(FACET, "england", choice("english"), None) is CHOSEN


def test_without_clock_times_a_question_is_answered():
    assert [each for each in Standing if each.is_open] == [OPEN, ANOTHER]


@pytest.mark.parametrize(
    "standings, after, expected",
    [
        ([OPEN, OPEN, OPEN], "", "a"),
        ([CHOSEN, NO_TIMES, ANOTHER], "", "c"),
        ([DRAFTED, CHOSEN, NO_TIMES], "", None),
        ([OPEN, DRAFTED, OPEN], "a", "c"),
        ([OPEN, DRAFTED, OPEN], "b", "c"),
        ([OPEN, DRAFTED, DRAFTED], "b", "a"),
        ([OPEN, DRAFTED, DRAFTED], "c", "a"),
        ([OPEN, DRAFTED, DRAFTED], "a", "a"),
        ([DRAFTED, DRAFTED, DRAFTED], "a", None),
    ],
)
def test_which_is_open_next(standings, after, expected):
    assert next_open(dict(zip("abc", standings, strict=True)), after) == expected

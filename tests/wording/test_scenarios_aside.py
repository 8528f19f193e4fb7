"""What is said of scenarios that are put aside."""

import pytest

from induction.rules.selection import TooFew
from induction.wording.scenarios_aside import already, stands, stands_in, too_few


def test_what_stands():
    assert stands("Lou Hartley", "Thursday 26 November", "the year is wrong") == (
        "Put aside by Lou Hartley on Thursday 26 November: the year is wrong"
    )
    assert already("Kit Moran", "the year is wrong") == "Not kept: Kit Moran has put it aside already (the year is wrong)"


@pytest.mark.parametrize(
    ("twin", "words"),
    [("The lobby", "Its twin, “The lobby”, stands in."), (None, "Another of the lesson is asked in its place.")],
)
def test_what_is_asked_instead(twin, words):
    assert stands_in(twin) == words


@pytest.mark.parametrize(
    ("why", "begins", "ends"),
    [
        (TooFew.PAIR, "Its twin, “The lobby”, is put aside already, and one of the two stays", "or have both mended."),
        (TooFew.QUIZ, "Too few would be left: an attempt at “Friend requests” could no longer ask", "or have this one mended."),
    ],
)
def test_why_one_cannot_be(why, begins, ends):
    words = too_few(why, "Friend requests", "The lobby")
    assert words.startswith(begins) and words.endswith(ends)

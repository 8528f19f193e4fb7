"""What leads are told of how the site is looked after."""

from datetime import UTC, datetime

import pytest

from induction.wording.upkeep import aged_facts, aged_lessons, another_answer, put_back

AT, LATEST = datetime(2026, 12, 4, 10, 42, tzinfo=UTC), datetime(2026, 7, 24, 23, 30, tzinfo=UTC)
ALONE = " The backup held the records alone: if the school had lessons or scenarios of its own, look whether they are there."


@pytest.mark.parametrize(
    "latest, alone, words",
    [
        (
            LATEST, False,
            "On 4 December 2026, 10.42 am the records were put back from a backup: they go on to 25 July 2026, 12.30 am. "
            "What was done after that is not here.",
        ),
        (None, False, "On 4 December 2026, 10.42 am the records were put back from a backup: they are empty."),
        (None, True, f"On 4 December 2026, 10.42 am the records were put back from a backup: they are empty.{ALONE}"),
    ],
)
def test_after_a_restore_it_says_what_is_there(latest, alone, words):
    assert put_back(AT, latest, alone) == words


def test_an_answer_that_the_law_does_not_allow_is_asked_for_anew():
    assert another_answer("Who may?", "Staff", "The head") == (
        "“Who may?” asks for another answer: “Staff” can’t be chosen in your nation, so “The head” applies."
    )


def test_what_has_aged_is_named():
    assert aged_facts(["a", "b"]) == "Facts last checked over a year ago: a and b."
    assert aged_lessons(["Photos"]) == "Lessons last reviewed over a year ago: Photos."

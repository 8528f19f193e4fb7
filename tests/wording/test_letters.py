"""The letters that leads and mentors write."""

from dataclasses import replace

import pytest

from induction.rules.induction import Induction, Part, Stage
from induction.wording import letters

LESSONS = tuple(Part(("course", f"lesson-{n}"), Stage.TO_DO, reading=4, scenarios=5) for n in range(3))


def test_an_invitation_says_what_it_is_for_the_link_until_when_and_who_writes():
    letter = letters.invitation(
        "Tess", "Wrenfield School", "https://x/invitation/abc", "Saturday 12 December", "Friday 18 December", "Lou Hartley"
    )
    assert letter.subject == "Your staff induction at Wrenfield School"
    first, why, link, until, sender = letter.words.split("\n\n")
    assert (first, sender) == ("Hello Tess,", "Lou Hartley")
    assert why.endswith("It is to be done by Friday 18 December.")
    assert link.splitlines()[1] == "https://x/invitation/abc"
    assert "until Saturday 12 December" in until


def test_an_invitation_without_a_date_names_none():
    letter = letters.invitation("Tess", "Wrenfield School", "https://x/invitation/abc", "Saturday 12 December", "", "Lou Hartley")
    assert "to be done by" not in letter.words


def test_an_invitation_that_comes_early_says_from_when():
    letter = letters.invitation("Tess", "Wrenfield School", "https://x/a", "Monday 15 March", "", "Lou Hartley", "Monday 1 March")
    assert "From Monday 1 March on, your first day, open it, choose a password, and begin:\nhttps://x/a" in letter.words


def ben(due, late):
    return letters.reminder("Ben", "Wrenfield School", "Three lessons are left.", due, late, "https://x/", "Max")


def test_a_reminder_says_what_is_left_and_by_when_and_where():
    letter = ben("Friday 4 December, in 6 days", False)
    assert "Three lessons are left. It is to be done by Friday 4 December, in 6 days." in letter.words
    assert "https://x/" in letter.words
    late = ben("Thursday 26 November, 2 days ago", True)
    assert "It was to be done by Thursday 26 November, 2 days ago." in late.words
    dateless = ben("", False)
    assert "done by" not in dateless.words


def test_a_letter_to_several_says_of_nobody_how_far_they_are():
    letter = letters.reminder_to_several("Wrenfield School", "https://x/", "Max")
    assert "Max" in letter.words and "https://x/" in letter.words and "past" not in letter.words


def test_a_reminder_to_whoever_never_opened_the_invitation_speaks_of_that():
    letter = letters.reminder("Ben", "Wrenfield School", "3 lessons are left.", "", False, "", "Max")
    assert letters.UNOPENED in letter.words and "where you were" not in letter.words


DONE = tuple(replace(each, stage=Stage.DONE) for each in LESSONS)


@pytest.mark.parametrize(
    "lessons, policy, said",
    [
        (LESSONS, None, "3 lessons are left: about "),
        (LESSONS, Stage.TO_DO, "3 lessons are left, and our policy to read: about "),
        ((*DONE[:2], LESSONS[2]), Stage.DONE, "1 lesson of 3 is left: about "),
        (DONE, Stage.TO_DO, "What is left is to read our policy, and to say that you have."),
    ],
)  # fmt: skip
def test_what_is_left_in_a_sentence(lessons, policy, said):
    assert letters.what_is_left(Induction(lessons, policy, None)).startswith(said)


def test_nothing_is_left_in_no_sentence():
    assert letters.what_is_left(Induction(DONE, Stage.DONE, None)) == ""

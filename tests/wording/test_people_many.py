"""What is done to many at once: before it is done, and after."""

from datetime import date

import pytest

from induction.rules.people_many import ManyDeed
from induction.wording import people_many as words


@pytest.mark.parametrize(
    "deed, count, to, button, done",
    [
        (ManyDeed.MENTOR, 38, "Nia Rowlands", "Give 38 people Nia Rowlands as mentor", "Done. 38 people have Nia Rowlands as mentor."),
        (ManyDeed.MENTOR, 1, "", "Take the mentor from 1 person", "Done. 1 person has no mentor at present."),
        (
            ManyDeed.DUE, 2, "Friday 4 December 2026", "Set Friday 4 December 2026 for 2 people",
            "Done. 2 people have until Friday 4 December 2026.",
        ),
        (ManyDeed.DUE, 2, "", "Take the date from 2 people", "Done. 2 people have no date."),
        (ManyDeed.COURSE, 1, "Ten minutes", "Give 1 person this course", "Done. 1 person is given: Ten minutes."),
        (
            ManyDeed.END, 2, "", "End 2 accounts",
            "Done. 2 people can’t sign in any more. What they did stays on record. For a week each can be taken back on their page.",
        ),
    ],
)
def test_one_press_says_what_it_does_and_what_it_did(deed, count, to, button, done):
    assert (words.button(deed, count, to), words.done(deed, count, to)) == (button, done)


def test_what_a_page_is_called():
    assert words.title(ManyDeed.END, 1) == "End the account of 1 person"
    assert words.title(ManyDeed.DUE, 3) == "Set the date of 3 people"
    assert words.title(ManyDeed.MENTOR, 3, "Max Adeyemi") == "Hand Max Adeyemi’s teachers to another"


def test_who_was_changed_meanwhile_by_whom():
    assert words.meanwhile(["Ben"], ["Kit Osei", "Kit Osei"]).startswith("Kit Osei changed Ben after you had opened this page.")
    assert words.meanwhile(["Ben", "Tess"], ["You", "Kit Osei"]).startswith("You and Kit Osei changed Ben and Tess after")


def test_a_day_and_too_many():
    assert words.due(None, date(2026, 12, 4)) == "no date" and words.due(date(2026, 12, 4), date(2026, 12, 4)) == "Friday 4 December"
    assert words.too_many(1200) == "That is 1,200 people. Choose at most 1,000 at once: narrow the list first."

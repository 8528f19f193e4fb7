"""How all stand, and what waits for a lead, in words."""

from datetime import date, timedelta

import pytest

from induction.rules.groups import Group
from induction.wording import overview


@pytest.mark.parametrize(
    "overdue, not_begun, on_the_way, complete, words",
    [
        (0, 0, 0, 0, "Nobody has an induction to do yet."),
        (0, 1, 0, 0, "1 person takes the induction here."),
        (1, 2, 8, 1, "12 people take the induction here."),
        (1234, 0, 0, 2000, "3,234 people take the induction here."),
        (0, 0, 0, 1, "The one who takes the induction has completed it."),
        (0, 0, 0, 25, "All have completed the induction."),
    ],
)
def test_how_the_school_stands(overdue, not_begun, on_the_way, complete, words):
    counts = dict(zip(Group, (overdue, not_begun, on_the_way, complete), strict=True))
    assert overview.how_the_school_stands(counts) == words


@pytest.mark.parametrize(
    "days, begun, opened, words",
    [
        (-2, True, True, "Two days past the date"),
        (-1, False, True, "One day past the date; has not begun"),
        (-12, False, False, "12 days past the date; has not opened the invitation"),
        (0, False, True, "Has not begun; due today"),
        (1, False, True, "Has not begun; due tomorrow"),
        (3, False, True, "Has not begun; due on Friday"),
        (6, False, False, "Has not opened the invitation; due on Monday"),
        (7, False, True, "Has not begun; due on 1 December"),
        (60, False, True, "Has not begun; due on 23 January 2027"),
        (None, False, True, "Has not begun; no date"),
    ],
)
def test_why_somebody_needs_a_word(days, begun, opened, words):
    due = None if days is None else date(2026, 11, 24) + timedelta(days=days)
    group = Group.OVERDUE if days is not None and days < 0 else Group.NOT_BEGUN
    assert overview.why_a_word(group, due, begun, opened, date(2026, 11, 24)) == words


def test_how_many_more_need_a_word():
    assert [overview.more_need_a_word(Group.OVERDUE, count) for count in (1, 12, 1234)] == [
        "and 1 more past the date", "and 12 more past their date", "and 1,234 more past their date",
    ]
    assert [overview.more_need_a_word(Group.NOT_BEGUN, count) for count in (1, 2)] == [
        "and 1 more who has not begun", "and 2 more who have not begun",
    ]


def test_letters_to_all_who_are_overdue():
    assert overview.letters_to_the_overdue([3]) == ["Write to the 3 overdue"]
    assert overview.letters_to_the_overdue([38, 38, 4]) == ["Write to the first 38", "Write to the next 38", "Write to the next 4"]


@pytest.mark.parametrize(
    "unopened, beyond, words",
    [
        (0, 0, ""),
        (1, 0, " One has not opened the invitation and is left out."),
        (2, 0, " Two have not opened the invitation and are left out."),
        (0, 1200, " For 1,200 more, filter the list of people."),
        (1, 9, " One has not opened the invitation and is left out. For 9 more, filter the list of people."),
    ],
)
def test_who_gets_none_of_these_letters(unopened, beyond, words):
    assert overview.besides_the_letters(unopened, beyond) == f"In blind copy: nobody sees who else gets it.{words}"


def test_how_far_another_course_is():
    assert overview.given_by_name("In ten minutes", 0, 1) == "In ten minutes: 0 of 1 lesson done"
    assert overview.given_by_name("In ten minutes", 2, 3) == "In ten minutes: 2 of 3 lessons done"


def test_what_waits_for_a_lead():
    assert [overview.accounts_to_sign_off(count) for count in (0, 1, 2)] == [
        "", "1 account waits for you to sign it off.", "2 accounts wait for you to sign them off.",
    ]
    assert [overview.notes_to_answer(count) for count in (0, 1, 2)] == [
        "", "1 note on a scenario waits for an answer.", "2 notes on scenarios wait for an answer.",
    ]

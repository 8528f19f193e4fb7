"""How a try is spoken of: each sentence beside the numbers it is made of."""

from datetime import date

import pytest

from induction.wording.attempts import asks_in_its_words, heading, mark, what_it_takes, which_try

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("passed", "percent", "breaches", "words"),
    [
        (True, 100, 0, "Passed"),
        (True, 80, 0, "Passed"),
        (False, 79, 0, "Not yet"),
        (False, 0, 0, "Not yet"),
        (False, 79, 1, "Not yet: one choice crossed the line"),
        (False, 80, 1, "Nearly there: one choice crossed the line"),
        (False, 95, 1, "Nearly there: one choice crossed the line"),
        (False, 90, 2, "Nearly there: two choices crossed the line"),
        (False, 85, 3, "Nearly there: three choices crossed the line"),
    ],
)
def test_what_a_try_came_to(passed, percent, breaches, words):
    assert heading(passed, percent, 80, breaches) == words


def test_the_pass_mark_is_the_courses_own():
    assert heading(False, 85, 90, 1) == "Not yet: one choice crossed the line"


@pytest.mark.parametrize(
    ("passed", "course_done", "words"),
    [
        (True, False, "No choice crossed the line. It is on your record."),
        (True, True, "No choice crossed the line. That was the last lesson: the course is complete."),
        (
            False, False,
            "To pass you need 80 of 100, and no choice that crosses the line. Try as often as you need; the best try counts.",
        ),
    ],
)
def test_a_result_says_what_it_takes_and_the_mark_apart(passed, course_done, words):
    assert what_it_takes(passed, 80, course_done) == words
    assert mark(94) == "Your mark: 94 of 100."


@pytest.mark.parametrize(
    ("number", "finished_on", "words"),
    [
        (1, date(2026, 11, 24), "first try, Tuesday 24 November"),
        (2, date(2026, 11, 10), "second try, Tuesday 10 November"),
        (3, date(2026, 11, 10), "third try, Tuesday 10 November"),
        (10, date(2026, 11, 10), "tenth try, Tuesday 10 November"),
        (11, date(2026, 11, 10), "11th try, Tuesday 10 November"),
        (12, date(2025, 12, 1), "12th try, Monday 1 December 2025"),
    ],
)
def test_which_try_it_was(number, finished_on, words):
    assert which_try(number, finished_on, TODAY) == words


@pytest.mark.parametrize(
    ("html", "own"),
    [
        ("<p>It is late.</p>\n<p>What do you do?</p>\n", True),
        ("<p>What do you do?</p>", True),
        ("<p>Is it late? It is.</p>", False),
        ("<p>What now?</p>\n<div><p>Wait.</p></div>", False),
        ("<blockquote><p>Can you come?</p></blockquote>", False),  # somebody else asks that
        ("", False),
    ],
)
def test_a_scene_that_asks_in_its_own_words(html, own):
    assert asks_in_its_words(html) is own

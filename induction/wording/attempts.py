"""How a try at a lesson's scenarios is spoken of: what it came to, and which one it was."""

from __future__ import annotations

from datetime import date

from . import dates
from .numbers import counted

TRIES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def heading(passed: bool, percent: int, pass_mark: int, breaches: int) -> str:
    """What a finished try came to. `percent` is the mark as shown; `breaches` counts the choices that crossed the line."""
    if passed:
        return "Passed"
    if not breaches:
        return "Not yet"
    return f"{'Nearly there' if percent >= pass_mark else 'Not yet'}: {counted(breaches, 'choice')} crossed the line"


def what_it_takes(passed: bool, pass_mark: int, course_done: bool) -> str:
    """The first words of a result, without the mark."""
    if passed:
        done = "That was the last lesson: the course is complete." if course_done else "It is on your record."
        return f"No choice crossed the line. {done}"
    return f"To pass you need {pass_mark} of 100, and no choice that crosses the line. Try as often as you need; the best try counts."


def mark(percent: int) -> str:
    """The mark, said once and small."""
    return f"Your mark: {percent} of 100."


def which_try(number: int, finished_on: date, today: date) -> str:
    """*second try, Tuesday 10 November*"""
    ordinal = TRIES[number - 1] if number <= len(TRIES) else f"{number}th"
    return f"{ordinal} try, {dates.day(finished_on, today)}"


def asks_in_its_words(html: str) -> bool:
    """Whether a scene's words end in a question of their own, so that the page's needn't be read out as well."""
    return html.rstrip().endswith("?</p>")

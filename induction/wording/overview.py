"""How all stand, and what waits for a lead: the sentences of the overview."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from ..rules.groups import Group
from . import dates
from .numbers import counted, in_figures, number


def how_the_school_stands(counts: Mapping[Group, int]) -> str:
    """*12 people take the induction here.* `counts`: of all who have one to do."""
    everyone, complete = sum(counts.values()), counts[Group.COMPLETE]
    if not everyone:
        return "Nobody has an induction to do yet."
    if complete == everyone:
        return "All have completed the induction." if everyone > 1 else "The one who takes the induction has completed it."
    return f"{everyone:,} people take the induction here." if everyone > 1 else "1 person takes the induction here."


def why_a_word(group: Group, due: date | None, begun: bool, opened: bool, today: date) -> str:
    """*Two days past the date*, *Has not begun; due on Friday*. `opened`: the invitation."""
    idle = "" if begun else "has not begun" if opened else "has not opened the invitation"
    if group is Group.OVERDUE and due:
        words = f"{counted((today - due).days, 'day')} past the date{f'; {idle}' if idle else ''}"
    else:
        words = f"{idle}; {_due_on(due, today) if due else 'no date'}"
    return words[:1].upper() + words[1:]


def _due_on(due: date, today: date) -> str:
    """*due today*, *due on Friday*, *due on 4 December*."""
    days = (due - today).days
    if days < 2:
        return f"due {dates.from_now(due, today)}"
    return f"due on {dates.WEEKDAYS[due.weekday()] if days < 7 else dates.short_day(due, today)}"


def more_need_a_word(group: Group, count: int) -> str:
    """*and 12 more past their date*, *and 3 more who have not begun*: of those for whom there is no room."""
    if group is Group.OVERDUE:
        return f"and {count:,} more past {'the' if count == 1 else 'their'} date"
    return f"and {count:,} more who {'has' if count == 1 else 'have'} not begun"


def letters_to_the_overdue(sizes: Sequence[int]) -> list[str]:
    """*Write to the 3 overdue*; where one letter can't hold all: *Write to the first 38*, *Write to the next 20*."""
    if len(sizes) == 1:
        return [f"Write to the {sizes[0]} overdue"]
    return [f"Write to the {'next' if number else 'first'} {size}" for number, size in enumerate(sizes)]


def besides_the_letters(unopened: int, beyond: int) -> str:
    """Of those overdue to whom these letters don't go: who can't get in yet, and who are `beyond` what a page holds."""
    words = "In blind copy: nobody sees who else gets it."
    if unopened:
        left_out = "has not opened the invitation and is" if unopened == 1 else "have not opened the invitation and are"
        words += f" {number(unopened).capitalize()} {left_out} left out."
    if beyond:
        words += f" For {beyond:,} more, filter the list of people."
    return words


def given_by_name(course: str, done: int, lessons: int) -> str:
    """Of whoever is given another course than everybody: *Ten minutes: 1 of 3 lessons done*."""
    return f"{course}: {done} of {in_figures(lessons, 'lesson')} done"


def accounts_to_sign_off(count: int) -> str:
    """Of approved accounts that wait for whoever reads this; empty where none does."""
    return f"{_waiting(count, 'account')} for you to sign {'it' if count == 1 else 'them'} off." if count else ""


def notes_to_answer(count: int) -> str:
    """Of notes to the leads; empty where none waits."""
    return f"{_waiting(count, 'note on a scenario', 'notes on scenarios')} for an answer." if count else ""


def _waiting(count: int, one: str, several: str = "") -> str:
    return f"1 {one} waits" if count == 1 else f"{count} {several or one + 's'} wait"

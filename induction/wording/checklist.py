"""What a school has before it at its beginning, in words: each thing with how it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .notices import CourseState, PolicyState, courses_wait
from .numbers import counted, number


@dataclass(frozen=True, slots=True)
class SaidElsewhere:
    """That a copy of the backups lies on another machine."""

    by: str  # empty: the site itself copied it to a second folder
    day: str


def heading(left: int, of: int) -> str:
    """*Four things are left*, *three of four things are left*"""
    things = f"of {number(of)} things" if left < of else "things"
    return f"{number(left).capitalize()} {things} {'is' if left == 1 else 'are'} left"


def policy(state: PolicyState) -> str:
    if state.published:
        return "Published. Where you have not chosen, the cautious rule applies." if state.undecided else "Published."
    if not state.chosen:
        return "Until then the cautious rules apply, and lessons say so. Answer what you like, and publish it."
    applies = "What you have chosen applies"
    if state.undecided:
        applies += ", and the cautious rule where you have not"
    return f"{applies}; your policy’s text is not published yet. Look at it, and publish it."


def courses(known: Sequence[tuple[str, CourseState]]) -> str:
    return courses_wait(known) or "Approved as they stand."


def people(anybody: bool) -> str:
    """`anybody`: besides leads."""
    if anybody:
        return "People were brought in. Add more whenever you like."
    return "Nobody is here yet but leads. Add one, or bring in a list."


def backups(said: SaidElsewhere | None, here: bool = True) -> str:
    """`here`: a backup lies on this machine, which could have been copied."""
    if said and not said.by:
        return f"The site copied the last one to its second folder on {said.day}."
    if said:
        return f"{said.by} said on {said.day} that a copy lies elsewhere."
    if not here:
        return "The site makes its first backup in its first night. From then on, keep a copy on another machine, and say so."
    return "What harms this machine harms the backups on it too. Keep a copy on another one, and say so."


# Under settings

NO_BACKUP_YET = (
    "Nothing was kept: there is no backup yet of which a copy could lie elsewhere. The site makes the first in its first night."
)
NOT_SEEN = "The backups on this machine can’t be looked at."


def backups_here(count: int, days: int) -> str:
    """How many backups lie on the site's own machine, and how old the newest is."""
    if not count:
        return "No backup lies on this machine yet."
    age = "from today" if not days else f"{counted(days, 'day')} old"
    return f"{counted(count, 'backup').capitalize()} on this machine; the newest is {age}."


def backups_elsewhere(said: SaidElsewhere | None) -> str:
    return backups(said) if said else "Nobody has said yet that a copy lies elsewhere."


def said_of_backups(elsewhere: bool) -> str:
    """After a lead has said it."""
    return "Kept: a copy of the backups lies elsewhere." if elsewhere else "Kept: no copy of the backups lies elsewhere at present."

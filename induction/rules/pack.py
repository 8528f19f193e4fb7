"""The inspection pack: how somebody stood on a day to what was required of them, and how long a pack is kept."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from enum import StrEnum

KEPT_FOR = timedelta(days=1)  # after it was made: it holds everybody's names
LONGEST = timedelta(minutes=15)  # that making one may take


class Stood(StrEnum):
    """How somebody stood on a day. Each has one word in the pack."""

    OVERDUE = "overdue"
    DUE = "due"  # and still in time, or without a date
    DONE = "done"
    EXEMPT = "exempt"  # nothing was asked of them that day
    ERASED = "erased"  # since then: what they had done is not known any more


def of_one(*, done: bool, due: date | None, day: date) -> Stood:
    """How somebody stood to one thing that was asked of them. The due date itself was still in time."""
    if done:
        return Stood.DONE
    return Stood.OVERDUE if due is not None and due < day else Stood.DUE


def of_all(each: Collection[Stood]) -> Stood:
    """How they stood to all of it: overdue with anything that was, done where nothing was left."""
    for stood in (Stood.ERASED, Stood.OVERDUE, Stood.DUE, Stood.DONE):
        if stood in each:
            return stood
    return Stood.EXEMPT


def earliest(dues: Collection[date | None]) -> date | None:
    """The day by which the first of what was left was due; None where none of it had a date."""
    return min(filter(None, dues), default=None)

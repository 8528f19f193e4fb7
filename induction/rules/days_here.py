"""The days on which somebody is here: from the first to the last, both included, as the school's calendar has them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

HANDS_OVER = timedelta(weeks=4)  # so long before a last day it is said who leaves
A_TERM = timedelta(weeks=13)


class When(Enum):
    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Shut:
    """That somebody does not get in, and why: it is before their first day, or after their last one."""

    when: When
    day: date  # the first, or the last


def shut(starts: date | None, ends: date | None, today: date) -> Shut | None:
    """Why somebody with these days does not get in today; None where they do."""
    if starts is not None and today < starts:
        return Shut(When.BEFORE, starts)
    if ends is not None and today > ends:
        return Shut(When.AFTER, ends)
    return None


def leaves_soon(ends: date | None, today: date) -> bool:
    """Whether somebody's last day is within four weeks."""
    return ends is not None and today <= ends <= today + HANDS_OVER


class Fault(Enum):
    """Why two days can't be kept."""

    TURNED_ROUND = "turned round"  # the last is before the first
    PAST = "past"  # the last is past already


def fault(starts: date | None, ends: date | None, kept: date | None, today: date) -> Fault | None:
    """What is wrong with a first and a last day; `kept` is the last day that stands, which may be past by now."""
    if ends is None:
        return None
    if starts is not None and ends < starts:
        return Fault.TURNED_ROUND
    return Fault.PAST if ends < today and ends != kept else None

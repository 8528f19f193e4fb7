"""Dates and times as people say them, in the school's time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from ..rules.calendar import local
from .numbers import plural

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)

def day(when: date, today: date) -> str:
    """*Friday 4 December*, with the year where it isn't this one."""
    return f"{WEEKDAYS[when.weekday()]} {short_day(when, today)}"


def short_day(when: date, today: date) -> str:
    """*4 December*, with the year where it isn't this one."""
    words = f"{when.day} {MONTHS[when.month - 1]}"
    return words if when.year == today.year else f"{words} {when.year}"


def clock(moment: datetime) -> str:
    """*7.42 pm*, in the school's time."""
    there = local(moment)
    return f"{there.hour % 12 or 12}.{there:%M} {'am' if there.hour < 12 else 'pm'}"


def in_full(when: date) -> str:
    """*Friday 4 December 2026*: with the year whatever this one is, for what is printed."""
    return day(when, date.min)


def short_in_full(when: date) -> str:
    """*4 December 2026*: with the year whatever this one is."""
    return short_day(when, date.min)


def day_and_clock(moment: datetime, today: date) -> str:
    """*Friday 4 December, 10.42 am*, in the school's time."""
    return f"{day(local(moment).date(), today)}, {clock(moment)}"


def in_utc(moment: datetime) -> str:
    """*04/12/2026 10:42 UTC*, as whoever looks after the server reads it. The moment is one in UTC."""
    return f"{moment:%d/%m/%Y %H:%M} UTC"


def recently(moment: datetime, now: datetime) -> str:
    """*today*, *yesterday*, *Thursday* within the week, else *2 November*."""
    when, today = local(moment).date(), local(now).date()
    ago = (today - when).days
    if ago <= 0:
        return "today"
    if ago == 1:
        return "yesterday"
    return WEEKDAYS[when.weekday()] if ago < 7 else short_day(when, today)


def from_now(when: date, today: date) -> str:
    """*in 12 days*, *tomorrow*, *today*, *2 days ago*."""
    days = (when - today).days
    if days in (-1, 0, 1):
        return {-1: "yesterday", 0: "today", 1: "tomorrow"}[days]
    return f"in {days} days" if days > 0 else f"{-days} days ago"


def exactly(count: int) -> str:
    """*6 minutes*, *1 minute*."""
    return f"{count} {plural('minute', count)}"


def minutes(count: int) -> str:
    """*about 4 minutes*, *about 1 hour*, *about 1½ hours*, in words that don't claim more than we know."""
    if count < 60:
        return f"about {exactly(count)}"
    quarters = round(count / 15)
    return f"about {quarters // 4}{('', '¼', '½', '¾')[quarters % 4]} {plural('hour', quarters / 4)}"


def listed(names: Sequence[str], count: int | None = None, most: int = 4) -> str:
    """*Tess*, *Tess and Sam*, *Tess, Sam and Ivy*; beyond so many, how many more. `count`: of all, where some are given."""
    count = len(names) if count is None else count
    shown = list(names) if count <= most else [*names[: most - 1], f"{count - most + 1} more"]
    return f"{', '.join(shown[:-1])} and {shown[-1]}" if len(shown) > 1 else "".join(shown)

"""What the record says of reading: when a lesson's page was opened, and how its scenarios went by the clock. Never a mark."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from ..rules.calendar import local
from ..rules.openings import Opening
from .dates import clock, day
from .numbers import plural
from .sentences import sentence


def by_the_clock(opening: Opening | None, answered: Sequence[datetime], today: date) -> str:
    """*Lesson opened at 9.12 am; scenarios answered from 9.20 am to 9.31 am, 11 minutes.*"""
    pieces = [piece for piece in (_opened(opening, answered, today), _answered(answered, today)) if piece]
    words = "; ".join(pieces)
    return f"{sentence(words)}." if words else ""


def _opened(opening: Opening | None, answered: Sequence[datetime], today: date) -> str:
    if opening is None:
        return ""
    if opening.at is None:
        return "the lesson’s page was not opened before this try"
    same_day = bool(answered) and _day_of(opening.at) == _day_of(answered[0])
    return f"lesson opened {_at(opening.at) if same_day else _on(opening.at, today)}"


def _answered(answered: Sequence[datetime], today: date) -> str:
    if not answered:
        return "no scenario answered yet"
    first, last = answered[0], answered[-1]
    if _day_of(first) != _day_of(last):
        return f"scenarios answered from {_day_and_clock(first, today)}, to {_day_and_clock(last, today)}"
    if clock(first) == clock(last):
        return f"scenarios answered {_at(first)}, in less than a minute" if len(answered) > 1 else f"one answer {_at(first)}"
    return f"scenarios answered from {clock(first)} to {clock(last)}, {_minutes(first, last)}"


def _minutes(first: datetime, last: datetime) -> str:
    count = round((last - first).total_seconds() / 60)
    if count < 1:
        return "less than a minute"
    return f"{count} {plural('minute', count)}"


def _at(moment: datetime) -> str:
    return f"at {clock(moment)}"


def _on(moment: datetime, today: date) -> str:
    return f"on {day(_day_of(moment), today)} at {clock(moment)}"


def _day_and_clock(moment: datetime, today: date) -> str:
    return f"{day(_day_of(moment), today)}, {clock(moment)}"


def _day_of(moment: datetime) -> date:
    return local(moment).date()


def by_the_day(openings: Iterable[Opening | None], today: date) -> str:
    """The same for a mentor, of all tries at a lesson, by the day: *lesson opened on Monday 9 November*, *lesson not opened first*."""
    known = [opening.at for opening in openings if opening]
    days = [at for at in known if at]
    if days:
        return f"lesson opened on {day(_day_of(min(days)), today)}"
    return "lesson not opened first" if known else ""

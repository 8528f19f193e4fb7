"""School holidays as a calendar file (.ics) holds them, whose text a lead has pasted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from .calendar import FIRST_YEAR, LAST_YEAR, local
from .holiday_lines import LONGEST, MOST_LINES, UNNAMED, Line, checked
from .sending_days import Holiday
from .text import Unfit, line

BEGINS = "BEGIN:VCALENDAR"
BROKEN = "This calendar can’t be read. Copy all of it, from BEGIN:VCALENDAR to END:VCALENDAR, or write the days as lines."


def is_calendar(pasted: str) -> bool:
    return pasted.lstrip("\ufeff \n").upper().startswith(BEGINS)


def read(pasted: str, today: date) -> tuple[Line, ...]:
    """What each entry says, numbered as they come; at most 150 of them."""
    from icalendar import Calendar  # loaded when it is wanted: it takes a tenth of a second

    try:
        entries = list(Calendar.from_ical(pasted.lstrip("\ufeff \n")).walk("VEVENT"))
    except Exception:  # whatever a text does to the package that reads it: a broken line, a time zone that is a folder, a loop
        return (Line(1, "", problem=BROKEN),)
    found = [_entry(number, each, today) for number, each in enumerate(entries[:MOST_LINES], start=1)]
    if len(entries) > MOST_LINES:
        found.append(Line(MOST_LINES + 1, "", problem=f"Paste {MOST_LINES} entries at most, and the rest after them."))
    return tuple(found) or (Line(1, "", problem="No days stand in this calendar."),)


def _entry(number: int, entry: Any, today: date) -> Line:
    try:
        words = line(str(entry.get("SUMMARY", ""))[:500], 500)[:LONGEST].strip() or UNNAMED
    except Unfit:
        words = UNNAMED
    if "RRULE" in entry:
        return Line(number, words, left_out="It comes round. Write its days as a line of their own.")
    try:
        days = list(_days(entry))
    except Exception:  # as above: a date is read when it is asked for
        days = []
    if len(days) != 2 or not all(FIRST_YEAR <= each.year <= LAST_YEAR for each in days):
        return Line(number, words, problem="Its days can’t be read. Write them as a line of their own.")
    return checked(number, words, Holiday(words, *days), today)


def _days(entry: Any) -> Iterator[date]:
    """The first and the last day. Where days are given the end is the day after the last."""
    first, end = (getattr(entry.get(name), "dt", None) for name in ("DTSTART", "DTEND"))
    if not isinstance(first, date):
        return
    whole = not isinstance(first, datetime)
    yield _day(first)
    if not isinstance(end, date):
        yield _day(first)
    elif isinstance(end, datetime):
        yield _day(end - timedelta(seconds=1))  # what ends at midnight ends the day before
    else:
        yield end - timedelta(days=1) if whole and end > first else end


def _day(moment: date) -> date:
    if not isinstance(moment, datetime):
        return moment
    return local(moment).date() if moment.tzinfo else moment.date()

"""Days as people and spreadsheets write them: one reader for pages, files and the command line."""

from __future__ import annotations

import re
from datetime import date, timedelta

FIRST_YEAR, LAST_YEAR = 2020, 2100
WRITE_A_DAY = "Write the date as 4 December 2026 or 04/12/2026."
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FULL = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
_FIGURES = re.compile(r"([0-9]{1,2})[/. -]([0-9]{1,2})[/. -]([0-9]{4}|[0-9]{2})")
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[ T]00:00(?::00)?)?")
_WORDS = re.compile(r"(?:[a-z]{3,9},? )?([0-9]{1,2})(?:st|nd|rd|th)?[ -]([a-z]{3,9})\.?(?:,?[ -]([0-9]{4}|[0-9]{2}))?")
_SERIAL = re.compile(r"[45][0-9]{4}(?:\.0+)?")  # Excel's number of a day: 1 is 1 January 1900, which it takes for a leap year


class NotADay(ValueError):
    """What was written is no day that can be kept; `str` is a sentence that says how to write one."""


def read_day(text: str, today: date) -> date:
    """The day that a text names. A day without its year is the next one to come, from `today` on. Raises NotADay."""
    if len(text) > 100:
        raise NotADay(WRITE_A_DAY)
    plain = " ".join(text.split()).casefold()
    if _SERIAL.fullmatch(plain):
        return _kept(date(1899, 12, 30) + timedelta(days=int(plain.partition(".")[0])))
    if found := _FIGURES.fullmatch(plain):
        return _day(_year(found[3]), int(found[2]), int(found[1]))
    if found := _ISO.fullmatch(plain):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    found = _WORDS.fullmatch(plain)
    month = _month(found[2]) if found else None
    if not found or month is None:
        raise NotADay(WRITE_A_DAY)
    return _day(_year(found[3]), month, int(found[1])) if found[3] else _next(month, int(found[1]), today)


def _month(word: str) -> int | None:
    if word == "sept":
        return 9
    names = _MONTHS if len(word) == 3 else _FULL
    return names.index(word) + 1 if word in names else None


def _year(figures: str) -> int:
    return int(figures) + (2000 if len(figures) == 2 else 0)


def _next(month: int, day: int, today: date) -> date:
    """The next such day from `today` on; 29 February waits for a leap year."""
    for year in range(today.year, today.year + 9):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found >= today:
            return _kept(found)
    raise NotADay("There is no such day. " + WRITE_A_DAY)


def _day(year: int, month: int, day: int) -> date:
    try:
        return _kept(date(year, month, day))
    except ValueError as fault:
        if isinstance(fault, NotADay):
            raise
        raise NotADay("There is no such day. " + WRITE_A_DAY) from None


def _kept(day: date) -> date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise NotADay(f"Write a day between {FIRST_YEAR} and {LAST_YEAR}, such as 4 December 2026.")
    return day

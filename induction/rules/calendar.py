"""The school's calendar: its own time, and days as people and spreadsheets write them, read in one place."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from ..content import signs

SCHOOL_TIME = ZoneInfo("Europe/London")  # all four nations keep it
DUE_SOON = 7  # days
FIRST_YEAR, LAST_YEAR = 2020, 2100
WRITE_A_DAY = "Write the date as 4 December 2026 or 04/12/2026."
WRITE_A_DAY_OF_YEAR = "Write a day of the year, such as 1 September."
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
)
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MIDNIGHT = r"(?:[ t]00:00(?::00(?:\.0+)?)?)?"  # as spreadsheets write it after a day
_FIGURES = re.compile(rf"([0-9]{{1,2}})[/. -]([0-9]{{1,2}})[/. -]([0-9]{{4}}|[0-9]{{2}}){_MIDNIGHT}")
_ISO = re.compile(rf"([0-9]{{4}})-([0-9]{{1,2}})-([0-9]{{1,2}}){_MIDNIGHT}")
_WEEKDAY = r"(?:(?P<weekday>[a-z]{3,9}),? )?"
_YEAR = r"(?:,?[ -](?P<year>[0-9]{4}|[0-9]{2}))?"
_WORDS = (
    re.compile(rf"{_WEEKDAY}(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?(?: of)?[ -](?P<month>[a-z]{{3,9}})\.?{_YEAR}"),
    re.compile(rf"{_WEEKDAY}(?P<month>[a-z]{{3,9}})\.? (?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?{_YEAR}"),
)
_SERIAL = re.compile(r"[4-7][0-9]{4}(?:\.0+)?")  # Excel's number of a day: 1 is 1 January 1900, which it takes for a leap year


class NotADay(ValueError):
    """What was written is no day that can be kept; `str` is a sentence that says how to write one."""


class LongAgo(NotADay):
    """It is a day, before the years of which days are kept."""


class FarOff(NotADay):
    """It is a day, after those years."""


@dataclass(frozen=True, slots=True)
class DayOfYear:
    """A day that each year has; 29 February is the 28th in most."""

    month: int
    day: int

    def in_year(self, year: int) -> date:
        return date(year, self.month, min(self.day, monthrange(year, self.month)[1]))

    @property
    def written(self) -> str:
        """*1 September*, which `read_day_of_year` reads."""
        return f"{self.day} {_MONTHS[self.month - 1].capitalize()}"


def local(moment: datetime) -> datetime:
    """A UTC moment in the school's time."""
    return moment.astimezone(SCHOOL_TIME)


def midnight(day: date) -> datetime:
    """The moment at which a day begins at the school."""
    return datetime.combine(day, time(), SCHOOL_TIME)


def months_later(day: date, months: int) -> date:
    """The same day so many months on, or the month's last one where it has fewer; back where they are below nothing."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def read_day(text: str, today: date, *, past: bool = False) -> date:
    """The day that a text names. Raises NotADay.

    A day without its year is the next one to come, from `today` on; where what is asked for has been (`past`), the last
    one up to `today`.
    """
    if len(text) > 100:
        raise NotADay(WRITE_A_DAY)
    plain = " ".join(signs.UNSEEN.sub("", text).split()).casefold()
    if _SERIAL.fullmatch(plain):
        return _kept(date(1899, 12, 30) + timedelta(days=int(plain.partition(".")[0])))
    if found := _FIGURES.fullmatch(plain):
        return _day(_year(found[3]), int(found[2]), int(found[1]))
    if found := _ISO.fullmatch(plain):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    found = next(filter(None, (form.fullmatch(plain) for form in _WORDS)), None)
    if not found:
        raise NotADay(WRITE_A_DAY)
    return _in_words(found, today, past)


def read_day_of_year(text: str) -> DayOfYear:
    """The day of the year that a text names: *1 September*, *September 1st*, *01/09*. Raises NotADay."""
    plain = " ".join(signs.UNSEEN.sub("", text[:100]).split()).casefold().removeprefix("every ")
    if figures := re.fullmatch(r"([0-9]{1,2})[/.-]([0-9]{1,2})\.?", plain):
        day, month = int(figures[1]), int(figures[2])
    else:
        found = next(filter(None, (form.fullmatch(plain) for form in _WORDS)), None)
        if not found or found["weekday"] or found["year"] or not (named := _number(found["month"], _MONTHS)):
            raise NotADay(WRITE_A_DAY_OF_YEAR)
        day, month = int(found["day"]), named
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(2024, month)[1]:
        raise NotADay(f"There is no such day. {WRITE_A_DAY_OF_YEAR}")
    return DayOfYear(month, day)


def written(day: date) -> str:
    """A day in the one form that fields are filled with, which `read_day` reads."""
    return f"{day:%d/%m/%Y}"


def _in_words(found: re.Match[str], today: date, past: bool) -> date:
    """*4 December 2026*, *Fri 4 Dec*, *December 4*. A day of the week that is another one is a slip in one of the two."""
    month, number, year = _number(found["month"], _MONTHS), int(found["day"]), found["year"]
    weekday = _number(found["weekday"], _DAYS) if found["weekday"] else 0
    if not month or weekday is None:
        raise NotADay(WRITE_A_DAY)
    day = _day(_year(year), month, number) if year else _nearest(month, number, today, past)
    if weekday and day.isoweekday() != weekday:
        raise NotADay(f"{day.day} {day:%B %Y} is a {day:%A}. {WRITE_A_DAY}")
    return day


def _number(word: str, names: tuple[str, ...]) -> int | None:
    """Which of the names a word is, from 1, whole or shortened to three letters or more."""
    return next((at for at, name in enumerate(names, start=1) if name.startswith(word)), None)


def _year(figures: str) -> int:
    return int(figures) + (2000 if len(figures) == 2 else 0)


def _nearest(month: int, day: int, today: date, past: bool) -> date:
    """The next such day from `today` on, or the last one up to it; 29 February waits for a leap year."""
    step = -1 if past else 1
    for year in range(today.year, today.year + 9 * step, step):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found == today or (found < today) == past:
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
        raise (LongAgo if day.year < FIRST_YEAR else FarOff)(f"Write a day between {FIRST_YEAR} and {LAST_YEAR}, such as 4 December 2026.")
    return day

"""When the site may write to staff by itself: on school days, between seven in the morning and six in the evening."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from . import bank_holidays
from .calendar import SCHOOL_TIME, local

OPENS, CLOSES = time(7), time(18)  # in the school's time
A_DAY, A_YEAR = timedelta(days=1), 365
FARTHEST = 400  # days that are looked through for one on which letters go: holidays of a whole year are refused


@dataclass(frozen=True, slots=True)
class Holiday:
    """Days on which the school is closed, the first and the last among them."""

    name: str
    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def meets(self, other: Holiday) -> bool:
        """Whether the two have a day in common."""
        return self.first <= other.last and other.first <= self.last


class SendingDays:
    """The days on which letters go at a school of this nation, with the holidays that its leads have entered."""

    def __init__(self, nation: str, holidays: Iterable[Holiday] = ()) -> None:
        self._nation = nation
        self._holidays = tuple(holidays)
        self._known: dict[date, str] = {}

    def why_quiet(self, day: date) -> str:
        """Why nothing goes on a day: *Saturday*, *Good Friday*, *Autumn half term*; empty where letters go."""
        if day not in self._known:
            self._known[day] = self._why_quiet(day)
        return self._known[day]

    def _why_quiet(self, day: date) -> str:
        if day.isoweekday() > 5:
            return f"{day:%A}"
        bank = bank_holidays.of_year(self._nation, day.year).get(day)
        return bank or next((each.name for each in self._holidays if day in each), "")

    def sends(self, day: date) -> bool:
        return not self.why_quiet(day)

    def first_from(self, day: date) -> date | None:
        """The first sending day from a day on, itself counted."""
        return next((each for each in (day + n * A_DAY for n in range(FARTHEST)) if self.sends(each)), None)

    def last_before(self, day: date) -> date | None:
        """The last sending day before a day."""
        return next((each for each in (day - n * A_DAY for n in range(1, FARTHEST)) if self.sends(each)), None)

    def begins_the_week(self, day: date) -> bool:
        """Whether it is the first sending day of its week, which begins on Monday."""
        monday = day - day.weekday() * A_DAY
        return self.first_from(monday) == day

    def next_open(self, now: datetime) -> datetime:
        """The moment itself where letters go then, else when they go next; itself too where no day is left for a year."""
        day = local(now).date()
        if self.sends(day) and is_open(now):
            return now
        first = self.first_from(day if now < hours(day)[0] else day + A_DAY)
        return hours(first)[0] if first else now

    def in_a_year(self, first: date) -> tuple[int, int]:
        """Of the year that begins on a day: how many of its days letters go on, and how many are Mondays to Fridays."""
        days = [first + n * A_DAY for n in range(A_YEAR)]
        return sum(map(self.sends, days)), sum(day.isoweekday() < 6 for day in days)


def hours(day: date) -> tuple[datetime, datetime]:
    """From when until when letters go on a sending day: moments in UTC, whatever the clock does that night."""
    opens, closes = (datetime.combine(day, each, SCHOOL_TIME).astimezone(UTC) for each in (OPENS, CLOSES))
    return opens, closes


def is_open(now: datetime) -> bool:
    """Whether letters go at this hour of a sending day."""
    return OPENS <= local(now).time() < CLOSES


def joined(added: Holiday, stored: Iterable[Holiday]) -> tuple[Holiday, tuple[Holiday, ...]]:
    """A holiday with those stored that it overlaps, as one under its name; and which those are."""
    whole, taken = added, []
    left = list(stored)
    while meeting := [each for each in left if each.meets(whole)]:
        taken += meeting
        left = [each for each in left if each not in meeting]
        whole = Holiday(added.name, min(whole.first, *(e.first for e in meeting)), max(whole.last, *(e.last for e in meeting)))
    return whole, tuple(taken)

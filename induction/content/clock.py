"""Clock times as people write them, and the hours between two of them."""

from __future__ import annotations

import re
from dataclasses import dataclass

DAY = 24 * 60
MIDDAY = DAY // 2
LONGEST = 60  # characters of two clock times, generously
NAMED = {"midday": MIDDAY, "noon": MIDDAY, "midnight": 0}
BETWEEN = re.compile(r"\s*(?:\bto\b|\buntil\b|\btill\b|[-–—])\s*")
TIME = re.compile(r"(?P<hour>[0-9]{1,2})(?:[.:]?(?P<minute>[0-9]{2}))?\s?(?:(?P<half>[ap])\.?m\.?)?")
INSTEAD = "write two clock times, such as 8.30am to 3.30pm"


class NotHours(ValueError):
    """Words that are not the hours between two clock times. The message says why, and what to write instead."""


@dataclass(frozen=True, slots=True)
class Hours:
    """From one time of a day to a later one, in minutes from midnight."""

    begin: int
    end: int

    def __str__(self) -> str:
        """*8.30am to 3.30pm*"""
        return f"{in_words(self.begin)} to {in_words(self.end)}"


@dataclass(frozen=True, slots=True)
class _Written:
    """A clock time as it was written. `half`: it says which half of the day; `full`: it can only be one of 24 hours."""

    minutes: int
    half: bool
    full: bool


def read_hours(words: str) -> Hours:
    """The hours that words say: *8.30am to 3.30pm*, *08:30-15:30*. Raises NotHours."""
    tidy = " ".join(words.split()).lower().removeprefix("from ").removesuffix(".")
    times = BETWEEN.split(tidy) if len(tidy) <= LONGEST else []
    if len(times) != 2:
        raise NotHours(f"These are not two clock times alone; {INSTEAD}.")
    begin, end = (_time(each) for each in times)
    by_24 = begin.full or end.full
    if not all(each.half or by_24 for each in (begin, end)):
        raise NotHours("Morning or afternoon? Write am or pm beside both times, such as 8.30am to 3.30pm.")
    hours = Hours(begin.minutes, end.minutes or DAY)
    if hours.begin >= hours.end:
        said = "end before they begin" if hours.begin > hours.end else "end as soon as they begin"
        raise NotHours(f"Hours from {hours} {said}; write the earlier time first, such as 8.30am to 3.30pm.")
    return hours


def _time(words: str) -> _Written:
    if words in NAMED:
        return _Written(NAMED[words], half=True, full=False)
    match = TIME.fullmatch(words)
    hour, minute = (int(match["hour"]), int(match["minute"] or 0)) if match else (-1, 0)
    half = match["half"] if match else None
    if match is None or minute > 59 or not (1 <= hour <= 12 if half else hour <= 23):
        raise NotHours(f"“{words}” is no clock time; {INSTEAD}.")
    if half:
        return _Written(hour % 12 * 60 + minute + (MIDDAY if half == "p" else 0), half=True, full=False)
    return _Written(hour * 60 + minute, half=False, full=hour > 12 or words.startswith("0"))


def in_words(minutes: int) -> str:
    """A time of day: *8am*, *3.30pm*, *midday*."""
    if minutes % MIDDAY == 0:
        return "midday" if minutes == MIDDAY else "midnight"
    hour, minute = divmod(minutes, 60)
    return f"{hour % 12 or 12}{f'.{minute:02}' if minute else ''}{'am' if minutes < MIDDAY else 'pm'}"


def on_a_clock(minutes: int) -> str:
    """The same as a telephone shows it: *15:30*."""
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"

"""The days on which the site writes to staff by itself, and the school's holidays, in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ..rules.sending_days import Holiday
from . import dates
from .numbers import counted

HOURS = "Letters go on school days, between 7 in the morning and 6 in the evening."
ALL_YEAR = "With this no letter could go for a whole year. Write each holiday by itself."
NAMELESS = "School holiday"


def from_to(first: date, last: date, today: date) -> str:
    """*Monday 26 October to Friday 30 October*, *Monday 3 May*."""
    return dates.day(first, today) if first == last else f"{dates.day(first, today)} to {dates.day(last, today)}"


def became_one(whole: Holiday, joined: Sequence[Holiday], today: date) -> str:
    """Of a holiday that overlapped others."""
    named = dates.listed([each.name for each in joined])
    return f"It overlaps {named}, so they are one now: {whole.name}, {from_to(whole.first, whole.last, today)}."


def stood_so(around: Holiday, today: date) -> str:
    return f"Those days are holidays already: {around.name}, {from_to(around.first, around.last, today)}."


def few_left(sending: int, weekdays: int) -> str:
    """A warning where more than half of a year's Mondays to Fridays are quiet; else empty."""
    if sending * 2 >= weekdays:
        return ""
    return f"In the year from then letters go on {counted(sending, 'day')} of {weekdays} Mondays to Fridays. Look whether that is meant."


def quiet_today(why: str, today: date, next_day: date | None) -> str:
    """Whether letters go today, and when they go next."""
    if not why:
        return "Letters go today."
    again = f" They go again on {dates.day(next_day, today)}." if next_day else ""
    return f"None go today: {why}.{again}"

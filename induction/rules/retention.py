"""How long each kind of record is kept: the school's choice, and which moments are over on a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from .calendar import local, midnight, months_later


class Kind(StrEnum):
    """What is removed. A school sets a time for all of them but an erasure, which somebody asks for."""

    ANSWERS = "answers"
    NOTES = "notes"
    CONFIDENCE = "confidence"
    THEMES = "themes"
    LETTERS = "letters"
    BROWSERS = "browsers"
    LEFT = "left"
    ERASED = "erased"


@dataclass(frozen=True, slots=True)
class Span:
    """Months that are proposed, and between which the school may choose."""

    proposed: int
    least: int
    most: int


SPANS: Mapping[Kind, Span] = {
    Kind.ANSWERS: Span(12, 1, 120),
    Kind.NOTES: Span(24, 1, 120),
    Kind.CONFIDENCE: Span(12, 1, 120),
    Kind.THEMES: Span(24, 1, 120),
    Kind.LETTERS: Span(12, 1, 84),
    Kind.BROWSERS: Span(13, 1, 13),
    Kind.LEFT: Span(72, 12, 1200),
}
ACTS = 84  # months: what leads did, for every school


@dataclass(frozen=True, slots=True)
class Said:
    """That a lead has said how long a kind is kept."""

    kind: Kind
    months: int
    at: datetime


def in_force(said: Iterable[Said], today: date) -> dict[Kind, int]:
    """Months by kind, as they count on a day; `said` runs from the oldest. A kind of which nothing was said is not there.

    A longer time counts at once, a shorter one and the first one from the next day: so that nothing goes on the day on
    which somebody may see that it was a slip.
    """
    before: dict[Kind, int] = {}
    on_the_day: dict[Kind, list[int]] = {}
    for each in said:
        if local(each.at).date() < today:
            before[each.kind] = each.months
        else:
            on_the_day.setdefault(each.kind, []).append(each.months)
    return {kind: max(months, *on_the_day.get(kind, [months])) for kind, months in before.items()}


def latest(said: Iterable[Said]) -> dict[Kind, int]:
    """Months by kind, as they were said last."""
    return {each.kind: each.months for each in said}


def goes_on(since: date, months: int) -> date:
    """The day on which something of that day goes: it is kept until its time is over, and all of that day."""
    return months_later(since, months) + timedelta(days=1)


def over_before(today: date, months: int) -> datetime:
    """What is from before this moment has had its time today: the start of a day in the school's time."""
    day = months_later(today, -months)
    while goes_on(day, months) > today:
        day -= timedelta(days=1)
    while goes_on(day + timedelta(days=1), months) <= today:
        day += timedelta(days=1)
    return midnight(day + timedelta(days=1))

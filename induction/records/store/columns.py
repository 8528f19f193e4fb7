"""How values stand in the database: text that sorts as the values do, and reads back exactly."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from fractions import Fraction


def moment_text(moment: datetime) -> str:
    """An aware datetime as UTC, always with microseconds, so that text sorts as time does.

    Raises ValueError for a naive one.
    """
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    there = moment if moment.tzinfo is UTC else moment.astimezone(UTC)
    return there.isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def maybe_moment(text: str | None) -> datetime | None:
    return None if text is None else moment(text)


def maybe_day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def maybe_day_text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def fraction_text(mark: Fraction) -> str:
    """Marks are kept as `4/5`, never as a float: a mark of exactly the pass mark passes for ever."""
    return f"{mark.numerator}/{mark.denominator}"


def maybe_fraction(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)


def list_text(items: Sequence[str] | Sequence[int]) -> str:
    return json.dumps(list(items), ensure_ascii=False, separators=(",", ":"))


def items(text: str) -> tuple:
    return tuple(json.loads(text))

"""How values stand in the database: text that sorts as the values do, and reads back exactly."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from enum import Enum
from fractions import Fraction
from functools import lru_cache
from operator import itemgetter
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from ...rules.calendar import local, midnight

T = TypeVar("T")
Row = Mapping[str, Any]


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


def local_day(text: str) -> date:
    """The day at the school of a moment as it stands in the database: the same for all of an hour."""
    return _local_day(text[:13])


@lru_cache(maxsize=50_000)
def _local_day(hour: str) -> date:
    return local(moment(f"{hour}:00:00+00:00")).date()


@lru_cache(maxsize=10_000)
def day_begins(day: date) -> str:
    """The moment at which a day begins at the school, as it stands in the database."""
    return moment_text(midnight(day))


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


def items(text: str) -> tuple[Any, ...]:
    return tuple(json.loads(text))


_READINGS: dict[type, Callable[[Any], Any]] = {
    bool: bool, datetime: moment, date: date.fromisoformat, Fraction: Fraction, tuple: items, Mapping: json.loads,
}  # fmt: skip


def mapper(kind: type[T], **otherwise: str | Callable[[Row], Any]) -> Callable[[Row], T]:
    """What makes a `kind`, a dataclass, out of a row: each field from the column of its name, read by the field's type.

    `mentor_id` stands in the column `mentor`. What is `otherwise` is said: the column, or a function of the row.
    """
    make: Callable[..., T] = kind
    columns: list[str] = []
    readings: list[tuple[int, Callable[[Any], Any]]] = []
    functions: list[tuple[int, Callable[[Row], Any]]] = []
    for place, (name, hint) in enumerate(get_type_hints(kind).items()):
        said = otherwise.pop(name, name.removesuffix("_id"))
        if callable(said):
            functions.append((place, said))
            continue
        if read := _reading(hint):
            readings.append((len(columns), read))
        columns.append(said)
    if otherwise:
        raise TypeError(f"{kind.__name__} has no {', '.join(otherwise)}")
    taken = itemgetter(*columns)  # as fast as a mapper by hand

    def from_row(row: Row) -> T:
        values = list(taken(row))
        for place, read in readings:
            values[place] = read(values[place])
        for place, function in functions:
            values.insert(place, function(row))
        return make(*values)

    return from_row


def _reading(hint: Any) -> Callable[[Any], Any] | None:
    """How a value of this type is read; None where it stands in the database as it is."""
    kinds = [kind for kind in get_args(hint) if kind is not NoneType] if isinstance(hint, UnionType) else [hint]
    if len(kinds) != 1:
        raise TypeError(f"say how {hint} is read")
    kind = get_origin(kinds[0]) or kinds[0]
    if kind in (int, str):
        return None
    convert = _READINGS.get(kind) or (kind if issubclass(kind, Enum) else None)
    if convert is None:
        raise TypeError(f"say how {hint} is read")
    return convert if kinds == [hint] else lambda value: None if value is None else convert(value)

"""A row becomes an object by the types of its fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from induction.records.store.columns import mapper
from induction.rules.roles import Role


@dataclass(frozen=True, slots=True)
class Everything:
    number: int
    words: str | None
    person_id: int
    at: datetime
    later: datetime | None
    day: date
    role: Role
    mark: Fraction
    passed: bool | None
    is_kept: bool
    chosen: tuple[int, ...]
    ties: Mapping[str, str]


ROW = {
    "number": 3, "words": "It is 9.40 pm.", "person": 4, "at": "2026-11-24T09:30:00.000000Z", "later": "2026-11-25T09:30:00.000000Z",
    "day": "2026-12-04", "role": "mentor", "mark": "4/5", "passed": 1, "kept_at": "2026-11-24", "chosen": "[2,3]",
    "ties": '{"a":"b"}', "another": "column",
}  # fmt: skip
AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
READ = Everything(
    3, "It is 9.40 pm.", 4, AT, AT.replace(day=25), date(2026, 12, 4), Role.MENTOR, Fraction(4, 5), True, True, (2, 3), {"a": "b"}
)


def test_each_field_is_read_by_its_type_from_the_column_of_its_name():
    assert mapper(Everything, is_kept="kept_at")(ROW) == READ


def test_nothing_stays_nothing_but_for_what_is_true_or_not():
    read = mapper(Everything, is_kept="kept_at")(ROW | {"words": None, "later": None, "passed": None, "kept_at": None})
    assert (read.words, read.later, read.passed, read.is_kept) == (None, None, None, False)


def test_what_is_otherwise_is_a_column_or_a_function_of_the_row():
    read = mapper(Everything, number=lambda row: len(row["another"]), is_kept="number", ties=lambda row: {})(ROW)
    assert (read.number, read.words, read.is_kept, read.ties) == (6, "It is 9.40 pm.", True, {})


def test_a_field_that_is_not_there_and_a_type_that_nobody_reads_are_found_at_once():
    with pytest.raises(TypeError, match="no shoe_size"):
        mapper(Everything, shoe_size="words")

    @dataclass
    class Unclear:
        id: int
        what: int | str
        other: complex

    with pytest.raises(TypeError, match="say how"):
        mapper(Unclear, other=str)
    with pytest.raises(TypeError, match="say how"):
        mapper(Unclear, what=str)

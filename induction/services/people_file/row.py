"""What a file says of people, once it is read: rows, what is wrong with them by line and cell, and what a lead mends there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from ...rules.roles import Role
from .cell_values import Clear, Doubt
from .headings import Column

Said = Mapping[Column, str]  # what the cells of a line say, without what spreadsheets put round it


@dataclass(frozen=True, slots=True)
class Row:
    """What the file says of one person, by the line on which the record begins; the first line is 1."""

    line: int
    email: str
    name: str = ""
    role: Role | Clear | None = None  # cleared: none but teacher
    mentor: str | Clear | None = None  # an email, or the name of a mentor
    due: date | Clear | None = None
    typed: str = field(default="", compare=False)  # the name as the file has it
    doubts: tuple[Doubt, ...] = ()
    starts: date | Clear | None = None
    ends: date | Clear | None = None
    groups: tuple[str, ...] | Clear | None = None  # of staff, by name


@dataclass(frozen=True, slots=True)
class LineProblem:
    """What is wrong with a line; where it is one cell that is, its column."""

    line: int
    words: str
    column: Column | None = None
    meant: str = ""  # what probably should stand there
    leave_out: bool = False  # whether nothing else than leaving the line out would mend it

    def __str__(self) -> str:
        return f"line {self.line}: {self.words}"


@dataclass(frozen=True, slots=True)
class Sheet:
    rows: tuple[Row, ...]
    problems: tuple[LineProblem, ...]
    notes: tuple[str, ...] = ()  # how the file was understood, for whoever brings it in to see
    said: Mapping[int, Said] = field(default_factory=dict)  # by line, as it was read


@dataclass(frozen=True, slots=True)
class Mends:
    """What a lead has written in place of cells, and which lines are left out. A line beyond the last is one more person."""

    cells: Mapping[int, Said] = field(default_factory=dict)
    left_out: frozenset[int] = frozenset()


AS_IT_IS = Mends()

"""A file of people as people's systems write it: read into rows, or into problems by line.

What a row does not say (a column that is not there, an empty cell) is left empty here and changes nothing; `-` clears.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import TypeVar

from ...rules.damaged_letters import Damage, as_from_an_old_mac, damage
from ...rules.roles import Role
from ...rules.text import folded
from ..spreadsheet import tables, workbooks
from ..spreadsheet.tables import Unreadable
from . import cell_values, headings, sheet
from .cell_values import Clear, Doubt, Unfit
from .headings import Column
from .sheet import Found, short

T = TypeVar("T")
LARGEST = 6 * 1024 * 1024  # bytes; 20,000 people have half of that
MOST_PEOPLE = 20_000
MOST_PROBLEMS = 1_000

_MADE_TEXT = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")  # our export puts one apostrophe before what would run as a formula
_ABOUT_DAMAGE = (
    "Letters are damaged where a list is saved as plain CSV. Save it as “CSV UTF-8” or as an Excel workbook, or write those "
    "names anew. Somebody whose name is right as it stands you add by hand."
)


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


@dataclass(frozen=True, slots=True)
class LineProblem:
    line: int
    words: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.words}"


@dataclass(frozen=True, slots=True)
class Sheet:
    rows: tuple[Row, ...]
    problems: tuple[LineProblem, ...]
    notes: tuple[str, ...] = ()  # how the file was understood, for whoever brings it in to see


def read(data: bytes, today: date) -> Sheet:
    """Read a file of people. Nothing is raised: what can't be read is a problem with its line.

    A day without its year is the next one to come, from `today` on.
    """
    try:
        if len(data) > LARGEST:
            raise Unreadable(f"the file has more than {LARGEST // 1024 // 1024} MB, too many for a list of people.")
        sheets = workbooks.sheets(data)
        found = sheet.choose(tables.of_text(data) if sheets is None else sheets)
    except Unreadable as problem:
        return Sheet((), (LineProblem(problem.line, str(problem)),))
    reading = _Reading(found, today)
    reading.read()
    others = _several([short(name) for name in found.others])
    notes = [f"Read the sheet {short(found.table.name)}; left alone: {others}."] if others else []
    return Sheet(tuple(reading.rows), tuple(reading.problems), (*notes, *reading.notes()))


class _Reading:
    """One table on its way into rows and problems."""

    def __init__(self, found: Found, today: date) -> None:
        self._table, self._line, self._today = found.table, found.line, today
        self._head = [cell.strip() for cell in found.head]
        self._headings = headings.headings(found.head)
        self.rows: list[Row] = []
        self.problems: list[LineProblem] = []
        self._jobs: dict[str, None] = {}
        self._met: dict[str, int] = {}

    def read(self) -> None:
        for column, (one, other) in self._headings.twice.items():
            words = f"two columns could be the {column}: {short(self._head[one])} ({_letters(one)}) and "
            words += f"{short(self._head[other])} ({_letters(other)}). Take one out, or call it something else."
            self.problems.append(LineProblem(self._line, words))
        if self.problems:
            return
        try:
            self._read_lines()
        except Unreadable as problem:
            self.problems.append(LineProblem(problem.line, str(problem)))
        self._suspect_an_old_mac()

    def _read_lines(self) -> None:
        for line, cells in self._filled():
            if line <= self._line:
                continue
            if len(self.rows) == MOST_PEOPLE:
                raise Unreadable(f"more than {MOST_PEOPLE:,} people; bring them in with several files.", line)
            if len(self.problems) == MOST_PROBLEMS:
                raise Unreadable("so many problems stand above that nothing after this line was looked at.", line)
            try:
                self._take(line, cells)
            except Unfit as problem:
                self.problems.append(LineProblem(line, str(problem)))

    def _filled(self) -> Iterator[tuple[int, list[str]]]:
        """The lines, with what stands once beside several people said of each of them."""
        shared = {place for column in (Column.ROLE, Column.MENTOR, Column.DUE) for place in self._headings.at.get(column, ())}
        over = {(top, place): end for top, end, place in self._table.merged if place in shared}
        said: dict[int, tuple[int, str]] = {}
        for line, cells in self._table.lines():
            for place in shared:
                if (line, place) in over and place < len(cells):
                    said[place] = (over[line, place], cells[place])
                elif place in said and line <= said[place][0] and any(cells[at : at + 1] for at in self._headings.at[Column.EMAIL]):
                    cells = cells + [""] * (place + 1 - len(cells))
                    cells[place] = said[place][1]
            yield line, cells

    def _take(self, line: int, cells: list[str]) -> None:
        cell = {column: self._cell(cells, column) for column in self._headings.at}
        if not any(cell.values()):
            return
        if "@" not in cell[Column.EMAIL] and headings.headings(cells).suffice:
            raise Unfit("the headings stand here once more. Take this line out.")
        if not self._table.further_cells and any(extra.strip() for extra in cells[len(self._head) :]):
            raise Unfit("more cells than headings; a name with a comma in it needs quotation marks.")
        if (left := cell.get(Column.LEFT, "")) and cell_values.has_left(left, self._today):
            where = short(self._head[self._headings.at[Column.LEFT][0]])
            raise Unfit(f"the file says that they have left ({where}: {short(left)}). Take this line out.")
        email, doubt = cell_values.email(cell[Column.EMAIL])
        if email in self._met:
            raise Unfit(f"{email} stands on line {self._met[email]} already; keep one of the two.")
        whole = self._whole_name(cell)
        name, name_doubt = cell_values.name(whole)
        doubts = [Doubt(Column.EMAIL, email, doubt), Doubt(Column.NAME, whole, name_doubt)]
        role = self._said(Column.ROLE, cell, doubts, cell_values.role)
        mentor = self._said(Column.MENTOR, cell, doubts, cell_values.mentor)
        due = self._said(Column.DUE, cell, doubts, partial(cell_values.due, today=self._today))
        if mentor == email:
            raise Unfit("nobody is their own mentor; name somebody else, or leave the cell empty.")
        self._met[email] = line
        self.rows.append(Row(line, email, name, role, mentor, due, whole, tuple(each for each in doubts if each.words)))

    def _said(self, column: Column, cells: Mapping[Column, str], doubts: list[Doubt], read: Callable[[str], T]) -> T | None:
        """What a cell says of a role, mentor or date; None where it says nothing, or nothing that can be kept."""
        cell = cells.get(column, "")
        if not cell:
            return None
        try:
            said = read(cell)
        except Unfit as fault:
            doubts.append(Doubt(column, cell, str(fault)))
            return None
        if said is None:
            self._jobs[cell] = None
        return said

    def _cell(self, cells: list[str], column: Column) -> str:
        """What a line says in a column, without what spreadsheets put round it; empty where it says nothing."""
        found = next((cells[place] for place in self._headings.at[column] if place < len(cells) and cells[place].strip()), "")
        if len(found) > cell_values.LONGEST:
            raise Unfit(f"the {column} has more than {cell_values.LONGEST:,} characters.")
        return " ".join((found[1:] if _MADE_TEXT.match(found) else found).split())

    def _whole_name(self, cell: dict[Column, str]) -> str:
        """Their name: as it stands in one column, or as they are called and their surname."""
        whole, called, surname = (cell.get(column, "") for column in (Column.NAME, Column.CALLED, Column.SURNAME))
        if whole:
            alone = Column.FORENAME in self._headings.at or _has_surname(whole, surname)
            return whole if alone else f"{whole} {surname}"
        if called and not cell_values.says_nothing(called):
            return called if _has_surname(called, surname) else f"{called} {surname}".strip()
        return f"{cell.get(Column.FORENAME, '')} {surname}".strip()

    def _suspect_an_old_mac(self) -> None:
        """Where one name comes from an old Mac, the others do that might be names either way: *Bjšrn*, who is Björn."""
        if not self._table.is_guess or not any(row.doubts and as_from_an_old_mac(row.typed) for row in self.rows):
            return
        for at, row in enumerate(self.rows):
            meant = "" if row.doubts else as_from_an_old_mac(row.typed)
            if meant:
                words = cell_values.asked("name", row.typed, Damage("others here come from an old Mac", meant))
                self.rows[at] = replace(row, doubts=(Doubt(Column.NAME, row.typed, words),))

    def notes(self) -> list[str]:
        """How the file was understood."""
        notes = []
        if left := [short(self._head[place]) for place in self._headings.left_alone]:
            notes.append(f"Left alone: {_several(left)}.")
        if self._jobs:
            titles = _several([short(each) for each in self._jobs])
            notes.append(f"Job titles say nothing of a role here, so whoever is new with one comes in as a teacher: {titles}.")
        if any(row.typed == doubt.typed and damage(row.typed) for row in self.rows for doubt in row.doubts):
            notes.append(_ABOUT_DAMAGE)
        if self._table.is_guess and (guessed := [short(row.name) for row in self.rows if not row.name.isascii()]):
            notes.append(f"The file is not UTF-8, so its letters are a guess. See that these are right: {_several(guessed)}.")
        return notes


def _several(words: Sequence[str]) -> str:
    return ", ".join(words[:20]) + (f" and {len(words) - 20} more" if len(words) > 20 else "")


def _letters(column: int) -> str:
    """A column as spreadsheets call it: A, B … Z, AA."""
    return (_letters(column // 26 - 1) if column >= 26 else "") + chr(ord("A") + column % 26)


def _has_surname(name: str, surname: str) -> bool:
    """Whether a name of several words has the surname in it, or a part of it: *Ann Lee-May*, who is Lee in another column."""
    words, parts = (set(re.split(r"[ -]+", folded(each.replace(",", " ")).strip())) for each in (name, surname))
    return not surname or (len(words) > 1 and bool(words & parts))

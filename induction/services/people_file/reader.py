"""A file of people as people's systems write it: read into rows, or into problems by line.

What a row does not say (a column that is not there, an empty cell) is left empty here and changes nothing; `-` clears.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any, TypeVar

from ...rules.damaged_letters import Damage, as_from_an_old_mac, damage
from ...rules.text import folded
from ..spreadsheet import tables, workbooks
from ..spreadsheet.tables import Table, Unreadable
from . import cell_values, headings, sheet
from .cell_values import Doubt, Unfit
from .headings import Column
from .row import AS_IT_IS, LineProblem, Mends, Row, Sheet
from .sheet import Found, letters, short

T = TypeVar("T")
LARGEST = 6 * 1024 * 1024  # bytes; 20,000 people have half of that
MOST_PEOPLE = 20_000
MOST_PROBLEMS = 1_000
TOO_LARGE = f"the file has more than {LARGEST // 1024 // 1024} MB, too many for a list of people."

_MADE_TEXT = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")  # our export puts one apostrophe before what would run as a formula
_OF_SEVERAL = (Column.ROLE, Column.MENTOR, Column.DUE, Column.START, Column.LEFT)  # may stand once beside several people
_PARTS = (Column.FORENAME, Column.SURNAME, Column.CALLED)  # of a name
_ABOUT_DAMAGE = (
    "Letters are damaged where a list is saved as plain CSV. Save it as “CSV UTF-8” or as an Excel workbook, or write those "
    "names anew. Somebody whose name is right as it stands you add by hand."
)


def read(data: bytes, today: date) -> Sheet:
    """Read a file of people. Nothing is raised: what can't be read is a problem with its line.

    A day without its year is the next one to come, from `today` on.
    """
    try:
        found = sheet.choose(opened(data))
    except Unreadable as problem:
        return Sheet((), (LineProblem(problem.line, str(problem)),))
    return read_sheet(found, today)


def opened(data: bytes) -> list[Table]:
    """The sheets of a file, or the ways in which a text may be cut into one. Raises Unreadable."""
    if len(data) > LARGEST:
        raise Unreadable(TOO_LARGE)
    sheets = workbooks.sheets(data)
    return tables.of_text(data) if sheets is None else sheets


def read_sheet(found: Found, today: date, mends: Mends = AS_IT_IS) -> Sheet:
    """Read the sheet that is the list of people, with what a lead has mended in it."""
    reading = _Reading(found, today, mends)
    reading.read()
    others = _several([short(name) for name in found.others])
    notes = [f"Read the sheet {short(found.table.name)}; left alone: {others}."] if others else []
    return Sheet(tuple(reading.rows), tuple(reading.problems), (*notes, *reading.notes()), reading.said)


class _Reading:
    """One table on its way into rows and problems."""

    def __init__(self, found: Found, today: date, mends: Mends) -> None:
        self._table, self._line, self._today, self._mends = found.table, found.line, today, mends
        self._head = [cell.strip() for cell in found.head]
        self._headings = found.headings
        self.rows: list[Row] = []
        self.problems: list[LineProblem] = []
        self.said: dict[int, dict[Column, str]] = {}
        self._jobs: dict[str, None] = {}
        self._met: dict[str, int] = {}
        self._known: dict[tuple[Column, str], Any] = {}  # what cells were found to say: most say the same as others

    def read(self) -> None:
        for column, (one, other) in self._headings.twice.items():
            words = f"two columns could be the {column}: {short(self._head[one])} ({letters(one)}) and "
            words += f"{short(self._head[other])} ({letters(other)}). Take one out, or call it something else."
            self.problems.append(LineProblem(self._line, words))
        if self.problems:
            return
        try:
            self._read_lines()
        except Unreadable as problem:
            self.problems.append(LineProblem(problem.line, str(problem)))
        if not (self.rows or self.problems or self._mends.left_out):
            self.problems.append(LineProblem(self._line, "nobody stands below the headings."))
        self._suspect_an_old_mac()

    def _read_lines(self) -> None:
        last = self._line
        for line, cells in self._filled():
            if line > self._line:
                last = line
                self._take_or_tell(line, cells)
        for line in sorted(each for each in self._mends.cells if each > last):
            self._take_or_tell(line, [])

    def _take_or_tell(self, line: int, cells: list[str]) -> None:
        if len(self.rows) == MOST_PEOPLE:
            raise Unreadable(f"more than {MOST_PEOPLE:,} people; bring them in with several files.", line)
        if len(self.problems) == MOST_PROBLEMS:
            raise Unreadable("so many problems stand above that nothing after this line was looked at.", line)
        try:
            self._take(line, cells)
        except Unfit as problem:
            if line in self._mends.left_out:
                self.said[line] = {}
            else:
                self.problems.append(LineProblem(line, str(problem), problem.column, leave_out=problem.leave_out))

    def _filled(self) -> Iterator[tuple[int, list[str]]]:
        """The lines, with what stands once beside several people said of each of them."""
        shared = {place for column in _OF_SEVERAL for place in self._headings.at.get(column, ())}
        over = {(top, place): end for top, end, place in self._table.merged if place in shared}
        said: dict[int, tuple[int, str]] = {}
        for line, cells in self._table.lines():
            for place in shared if over else ():
                if (line, place) in over and place < len(cells):
                    said[place] = (over[line, place], cells[place])
                elif place in said and line <= said[place][0] and any(cells[at : at + 1] for at in self._headings.at[Column.EMAIL]):
                    cells = cells + [""] * (place + 1 - len(cells))
                    cells[place] = said[place][1]
            yield line, cells

    def _take(self, line: int, cells: list[str]) -> None:
        cell = self._cells(line, cells)
        if not any(cell.values()):
            return
        self.said[line] = cell
        if line in self._mends.left_out:
            return
        self._check(line, cells, cell)
        email, doubt = cell_values.email(cell.get(Column.EMAIL, ""))
        if email in self._met:
            raise Unfit(f"{email} stands on line {self._met[email]} already; keep one of the two.", Column.EMAIL, leave_out=True)
        name, name_doubt = cell_values.name(cell[Column.NAME])
        doubts = [self._doubt(Column.EMAIL, email, doubt), self._doubt(Column.NAME, cell[Column.NAME], name_doubt)]
        role = self._said(Column.ROLE, cell, doubts, cell_values.role)
        mentor = self._said(Column.MENTOR, cell, doubts, cell_values.mentor)
        due = self._said(Column.DUE, cell, doubts, partial(cell_values.due, today=self._today))
        groups = self._said(Column.GROUPS, cell, doubts, cell_values.groups)
        starts = self._said(Column.START, cell, doubts, partial(cell_values.starts, today=self._today))
        ends = self._said(Column.LEFT, cell, doubts, partial(cell_values.ends, today=self._today))
        if mentor == email:
            raise Unfit("nobody is their own mentor; name somebody else, or leave the cell empty.", Column.MENTOR)
        self._met[email] = line
        self.rows.append(
            Row(line, email, name, role, mentor, due, cell[Column.NAME], tuple(each for each in doubts if each.words), starts, ends, groups)
        )

    def _check(self, line: int, cells: list[str], cell: Mapping[Column, str]) -> None:
        """Raises Unfit for a line that is nobody's, or of somebody who has left."""
        if "@" not in cell.get(Column.EMAIL, "") and headings.headings(cells).suffice:
            raise Unfit("the headings stand here once more. Take this line out.", leave_out=True)
        if not self._table.further_cells and line not in self._mends.cells and any(map(str.strip, cells[len(self._head) :])):
            raise Unfit("more cells than headings; a name with a comma in it needs quotation marks.")
        if (left := cell.get(Column.LEFT, "")) and cell_values.has_left(left, self._today):
            where = short(self._head[self._headings.at[Column.LEFT][0]])
            words = f"the file says that they have left ({where}: {short(left)}). Take this line out."
            raise Unfit(words, Column.LEFT, leave_out=True)

    def _said(self, column: Column, cells: Mapping[Column, str], doubts: list[Doubt], read: Callable[[str], T]) -> T | None:
        """What a cell says of a role, mentor or day; None where it says nothing, or nothing that can be kept."""
        cell = cells.get(column, "")
        if not cell:
            return None
        if (column, cell) not in self._known:
            try:
                said: T | Doubt = read(cell)
            except Unfit as fault:
                said = Doubt(column, cell, str(fault))
            self._known[column, cell] = said
            if said is None and column is Column.ROLE:
                self._jobs[cell] = None
        found: T | Doubt = self._known[column, cell]
        if isinstance(found, Doubt):
            doubts.append(found)
            return None
        return found

    def _doubt(self, column: Column, typed: str, words: str) -> Doubt:
        found = damage(typed) if words else None
        return Doubt(column, typed, words, found.meant if found else "")

    def _cells(self, line: int, cells: list[str]) -> dict[Column, str]:
        """What a line says, with the whole name, and what a lead has written in place of its cells."""
        mended = self._mends.cells.get(line, {})
        aside = {*mended, *(_PARTS if Column.NAME in mended else ())}
        said = {
            column: self._cell(cells, column, places) for column, places in self._headings.at.items() if column not in aside
        }
        if Column.NAME not in mended:
            said[Column.NAME] = self._whole_name(said)
        return {**said, **mended}

    def _cell(self, cells: list[str], column: Column, places: tuple[int, ...]) -> str:
        """What a line says in a column, without what spreadsheets put round it; empty where it says nothing."""
        found = ""
        for place in places:
            if place < len(cells) and (found := cells[place].strip()):
                break
        if len(found) > cell_values.LONGEST:
            raise Unfit(f"the {column} has more than {cell_values.LONGEST:,} characters.", column)
        return " ".join((found[1:] if found[:1] == "'" and _MADE_TEXT.match(found) else found).split())

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
            meant = "" if row.doubts or row.line in self._mends.cells else as_from_an_old_mac(row.typed)
            if meant:
                words = cell_values.asked("name", row.typed, Damage("others here come from an old Mac", meant))
                self.rows[at] = replace(row, doubts=(Doubt(Column.NAME, row.typed, words, meant),))

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


def _has_surname(name: str, surname: str) -> bool:
    """Whether a name of several words has the surname in it, or a part of it: *Ann Lee-May*, who is Lee in another column."""
    words, parts = (set(re.split(r"[ -]+", folded(each.replace(",", " ")).strip())) for each in (name, surname))
    return not surname or (len(words) > 1 and bool(words & parts))

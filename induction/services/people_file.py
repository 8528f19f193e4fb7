"""A file of people as people's systems write it: read into rows, or into problems by line.

What a row does not say (a column that is not there, an empty cell) is left empty here and changes nothing; `-` clears.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ..content import signs
from ..learning.people import Role
from ..rules import email_address, text
from ..rules.calendar import NotADay, read_day
from ..rules.damaged import Damage, as_from_an_old_mac, damage
from . import people_headings, people_table, spreadsheets, tables
from .people_headings import Column
from .people_table import Found, short
from .tables import Unreadable

LARGEST = 6 * 1024 * 1024  # bytes; 20,000 people have half of that
MOST_PEOPLE = 20_000
MOST_PROBLEMS = 1_000
CLEAR = "-"

_LONGEST_CELL = 1_000  # characters
_MADE_TEXT = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")  # our export puts one apostrophe before what would run as a formula
_CLEARS = ("-", "–", "—")
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
    role: Role | str | None = None  # CLEAR: none but teacher
    mentor: str = ""  # an email, the name of a mentor, or CLEAR
    due: date | str | None = None  # or CLEAR
    doubt: str = ""  # a sentence, where letters of the name or the email look damaged


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


class _Unfit(Exception):
    """Something about one line; the words say what to write instead."""


def read(data: bytes, today: date) -> Sheet:
    """Read a file of people. Nothing is raised: what can't be read is a problem with its line.

    A day without its year is the next one to come, from `today` on.
    """
    try:
        if len(data) > LARGEST:
            raise Unreadable(f"the file has more than {LARGEST // 1024 // 1024} MB, too many for a list of people.")
        sheets = spreadsheets.sheets(data)
        found = people_table.choose(tables.of_text(data) if sheets is None else sheets)
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
        self._headings = people_headings.headings(found.head)
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
            except (_Unfit, text.Unfit) as problem:
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
        if "@" not in cell[Column.EMAIL] and people_headings.headings(cells).suffice:
            raise _Unfit("the headings stand here once more. Take this line out.")
        if not self._table.further_cells and any(extra.strip() for extra in cells[len(self._head) :]):
            raise _Unfit("more cells than headings; a name with a comma in it needs quotation marks.")
        email, doubt = self._email(cell[Column.EMAIL])
        name, name_doubt = self._name(cell)
        if email in self._met:
            raise _Unfit(f"{email} stands on line {self._met[email]} already; keep one of the two.")
        mentor = _mentor(cell.get(Column.MENTOR, ""))
        if mentor == email:
            raise _Unfit("nobody is their own mentor; name somebody else, or leave the cell empty.")
        role, due = self._role(cell.get(Column.ROLE, "")), self._due(cell.get(Column.DUE, ""))
        self._met[email] = line
        self.rows.append(Row(line, email, name, role, mentor, due, name_doubt or doubt))

    def _cell(self, cells: list[str], column: Column) -> str:
        """What a line says in a column, without what spreadsheets put round it; empty where it says nothing."""
        found = next((cells[place] for place in self._headings.at[column] if place < len(cells) and cells[place].strip()), "")
        if len(found) > _LONGEST_CELL:
            raise _Unfit(f"the {column} has more than {_LONGEST_CELL:,} characters.")
        return " ".join((found[1:] if _MADE_TEXT.match(found) else found).split())

    def _email(self, cell: str) -> tuple[str, str]:
        """The email, and a doubt about it."""
        if not cell:
            raise _Unfit("the email is missing.")
        doubt = _doubt("email", cell)
        try:
            return email_address.normal(cell), doubt
        except text.Unfit:
            raise _Unfit(doubt or f"the email is {short(cell)}; write one such as tess.okafor@school.example.") from None

    def _name(self, cell: dict[Column, str]) -> tuple[str, str]:
        """The name, empty where the line has none, and a doubt about it."""
        whole = self._whole_name(cell)
        doubt = _doubt("name", whole)
        try:
            name = text.line(whole, text.LONGEST_NAME)
        except text.Unfit as fault:
            raise _Unfit(doubt or f"the name is {short(whole)}. {fault}") from None
        if whole and not signs.has_a_letter(name):
            raise _Unfit(f"the name is {short(name)}, without a letter that can be seen. Type it again.")
        return name, doubt

    def _whole_name(self, cell: dict[Column, str]) -> str:
        first = cell.get(Column.NAME) or cell.get(Column.CALLED) or cell.get(Column.FORENAME, "")
        surname = cell.get(Column.SURNAME, "")
        if cell.get(Column.NAME) and Column.FORENAME in self._headings.at:
            return first
        there = f" {text.folded(first.replace(',', ' '))} "
        return first if f" {text.folded(surname)} " in there else f"{first} {surname}".strip()

    def _role(self, cell: str) -> Role | str | None:
        if not cell or cell in _CLEARS:
            return CLEAR if cell else None
        try:
            role = people_headings.role(cell)
        except ValueError:
            raise _Unfit(
                f"the role is {short(cell)}; write teacher, mentor or lead, or nothing. "
                "A column of job titles is left alone where it is called Job title."
            ) from None
        if role is None:
            self._jobs[cell] = None
        return role

    def _due(self, cell: str) -> date | str | None:
        if not cell or cell in _CLEARS:
            return CLEAR if cell else None
        try:
            return read_day(cell, self._today)
        except NotADay as fault:
            raise _Unfit(f"the due date is {short(cell)}. {fault}") from None

    def _suspect_an_old_mac(self) -> None:
        """Where one name comes from an old Mac, the others do that might be names either way: *Bjšrn*, who is Björn."""
        if not self._table.is_guess or not any(row.doubt and as_from_an_old_mac(row.name) for row in self.rows):
            return
        for at, row in enumerate(self.rows):
            meant = "" if row.doubt else as_from_an_old_mac(row.name)
            if meant:
                self.rows[at] = replace(row, doubt=_asked("name", row.name, Damage("others here come from an old Mac", meant)))

    def notes(self) -> list[str]:
        """How the file was understood."""
        notes = []
        if left := [short(self._head[place]) for place in self._headings.left_alone]:
            notes.append(f"Left alone: {_several(left)}.")
        if self._jobs:
            titles = _several([short(each) for each in self._jobs])
            notes.append(f"Job titles say nothing of a role here, so whoever is new with one comes in as a teacher: {titles}.")
        if any(row.doubt for row in self.rows):
            notes.append(_ABOUT_DAMAGE)
        if self._table.is_guess and (guessed := [short(row.name) for row in self.rows if not row.name.isascii()]):
            notes.append(f"The file is not UTF-8, so its letters are a guess. See that these are right: {_several(guessed)}.")
        return notes


def _mentor(cell: str) -> str:
    """An email, somebody's name, CLEAR or nothing."""
    if not cell or cell in _CLEARS:
        return CLEAR if cell else ""
    if "@" not in cell:
        return text.line(cell, text.LONGEST_NAME)
    try:
        return email_address.normal(cell)
    except text.Unfit:
        raise _Unfit(f"the mentor’s email is {short(cell)}; write one such as max.reid@school.example.") from None


def _doubt(what: str, words: str) -> str:
    found = damage(words)
    return _asked(what, words, found) if found else ""


def _asked(what: str, words: str, found: Damage) -> str:
    question = f"Did you mean {short(found.meant)}?" if found.meant else "Write it anew."
    return f"the {what} is {short(words)}: {found.words}. {question}"


def _several(words: Sequence[str]) -> str:
    return ", ".join(words[:20]) + (f" and {len(words) - 20} more" if len(words) > 20 else "")


def _letters(column: int) -> str:
    """A column as spreadsheets call it: A, B … Z, AA."""
    return (_letters(column // 26 - 1) if column >= 26 else "") + chr(ord("A") + column % 26)

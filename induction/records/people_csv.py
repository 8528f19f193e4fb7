"""A file of people, as schools' spreadsheets save it: read into rows, or into problems by line."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ..learning.people import Role
from .person import normal_email

COLUMNS = ("name", "email", "role", "mentor", "due")
MOST_PEOPLE = 20_000
_EMAIL = re.compile(r"[^\s@,;:<>()\"']+(?:'[^\s@,;:<>()\"']+)*@[^\s@,;:<>()\"'.]+(?:\.[^\s@,;:<>()\"'.]+)*")
_MADE_TEXT = re.compile(r"'+[=+\-@\t\r]")  # our export puts one apostrophe before what would run as a formula
_DAY_FIRST = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


@dataclass(frozen=True, slots=True)
class Row:
    """One person of the file, by its own line, on which the record begins; the header is line 1."""

    line: int
    name: str
    email: str
    role: Role | None  # empty: the role they have, or teacher
    mentor: str | None  # an email
    due: date | None


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


class _Unfit(Exception):
    """Something about one line; the words say what to write instead."""


def read(data: bytes) -> Sheet:
    """Read a CSV file of people. Nothing is raised: what can't be read is a problem with its line."""
    try:
        records = _records(_decode(data))
        header = next(records, None)
        order = _columns(header)
    except _Unfit as problem:
        return Sheet((), (LineProblem(1, str(problem)),))
    rows: list[Row] = []
    problems: list[LineProblem] = []
    met: dict[str, int] = {}
    for line, cells in _guarded(records, problems):
        if len(rows) == MOST_PEOPLE:
            problems.append(LineProblem(line, f"more than {MOST_PEOPLE:,} people; bring them in with several files."))
            break
        try:
            row = _row(line, dict(zip(order, _fitting(cells, len(order)), strict=True)))
            if row.email in met:
                raise _Unfit(f"{row.email} stands on line {met[row.email]} already; keep one of the two.")
        except _Unfit as problem:
            problems.append(LineProblem(line, str(problem)))
        else:
            met[row.email] = line
            rows.append(row)
    return Sheet(tuple(rows), tuple(problems))


def _decode(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _Unfit("the file is UTF-16; save it as “CSV UTF-8”.")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _Unfit("the file is no text that can be read; save it as “CSV UTF-8”.")


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line on which it begins; blank ones are left out."""
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise _Unreadable(line) from error
        if any(cell.strip() for cell in cells):
            yield line, cells


class _Unreadable(_Unfit):
    """A record that CSV can't make sense of; what follows it can't be trusted either."""

    def __init__(self, line: int) -> None:
        super().__init__(
            "this line can't be read: a quotation mark is left open, or a cell is far too long. "
            "Nothing after it was read."
        )
        self.line = line


def _guarded(
    records: Iterator[tuple[int, list[str]]], problems: list[LineProblem]
) -> Iterator[tuple[int, list[str]]]:
    try:
        yield from records
    except _Unreadable as problem:
        problems.append(LineProblem(problem.line, str(problem)))


def _columns(header: tuple[int, list[str]] | None) -> list[str]:
    names = [cell.strip().casefold() for cell in header[1]] if header else []
    while names and not names[-1]:
        names.pop()
    if sorted(names) != sorted(COLUMNS):
        shown = ", ".join(_short(name) for name in names[:10]) or "nothing"
        raise _Unfit(f"the first line must name the columns {', '.join(COLUMNS)}, in any order; it has {shown}.")
    return names


def _fitting(cells: list[str], number: int) -> list[str]:
    extra = [cell for cell in cells[number:] if cell.strip()]
    if len(cells) < number or extra:
        raise _Unfit(f"{len(cells)} cells instead of {number}; a name with a comma in it needs quotation marks.")
    return [_plain(cell) for cell in cells[:number]]


def _plain(cell: str) -> str:
    """A cell without what a spreadsheet put around it."""
    cell = cell[1:] if _MADE_TEXT.match(cell) else cell
    words = " ".join(cell.split())
    if any(unicodedata.category(letter) in ("Cc", "Cs") for letter in words):
        raise _Unfit("a character that can't be seen stands in this line; type the line again.")
    return words


def _row(line: int, cells: dict[str, str]) -> Row:
    if not cells["name"]:
        raise _Unfit("the name is missing.")
    if len(cells["name"]) > 200:
        raise _Unfit("the name is longer than 200 characters.")
    email = _email(cells["email"], "the email")
    mentor = _email(cells["mentor"], "the mentor’s email") if cells["mentor"] else None
    if mentor == email:
        raise _Unfit("nobody is their own mentor; name somebody else, or leave the cell empty.")
    return Row(line, cells["name"], email, _role(cells["role"]), mentor, _due(cells["due"]))


def _email(text: str, what: str) -> str:
    email = normal_email(text)
    if not email:
        raise _Unfit(f"{what} is missing.")
    if len(email) > 254 or not _EMAIL.fullmatch(email):
        raise _Unfit(f"{what} is {_short(text)}; write one such as tess@school.example.")
    return email


def _role(text: str) -> Role | None:
    if not text:
        return None
    try:
        return Role(text.casefold())
    except ValueError:
        raise _Unfit(f"the role is {_short(text)}; write {', '.join(Role)} or nothing.") from None


def _due(text: str) -> date | None:
    if not text:
        return None
    day_first = _DAY_FIRST.fullmatch(text)
    try:
        if day_first:
            day, month, year = (int(part) for part in day_first.groups())
            return date(year, month, day)
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
            return date.fromisoformat(text)
    except ValueError:
        raise _Unfit(f"there is no day {_short(text)}.") from None
    raise _Unfit(f"the due date is {_short(text)}; write it as 2026-12-04 or 04/12/2026.")


def _short(text: str) -> str:
    return f"“{text if len(text) <= 60 else text[:57] + '…'}”"

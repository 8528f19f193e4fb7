"""Which sheet of a file is the list of people, on which line its headings stand (titles may stand above), and what they say.

Where the headings don't say it, whoever brings the file in may say which column is what.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice, pairwise

from ..spreadsheet.tables import Table, Unreadable
from . import headings
from .headings import Column, Headings

FIRST_LINES = 20  # the headings stand on one of them

Line = tuple[int, list[str]]


@dataclass(frozen=True, slots=True)
class Found:
    table: Table
    line: int  # of the headings; what stands up to it is no person. 0: there are none
    head: list[str]
    headings: Headings
    others: list[str]  # names of the other sheets


def choose(several: Sequence[Table]) -> Found:
    """The first sheet with a line of headings, or the way to cut a text that finds most. Raises Unreadable without one."""
    beginnings = [first_lines(table) for table in several]
    best: Found | None = None
    for table, lines in zip(several, beginnings, strict=True):
        for line, cells in lines:
            found = headings.headings(cells)
            if found.suffice:
                if best is None or (not table.name and len(found.at) > len(best.headings.at)):
                    best = Found(table, line, cells, found, _others(several, table))
                break
    if best is None or not best.headings.name_people:
        _check_for_two_lines(beginnings)
    if best is None:
        _check_for_anything(several)
        raise Unreadable(_no_headings(beginnings))
    return best


def most_like_a_list(several: Sequence[Table]) -> Found:
    """The sheet with most emails in its first lines, or the way to cut a text that finds most; nobody said what its columns are."""
    _check_for_anything(several)
    beginnings = [(first_lines(table), table) for table in several]
    lines, table = max(beginnings, key=lambda each: (_emails(each[0]), max((len(cells) for _, cells in each[0]), default=0)))
    width = max((len(cells) for _, cells in lines), default=0)
    begin = next((at for at, each in enumerate(lines) if _emails([each])), 0)
    above = lines[begin - 1][1] if begin else []
    named = {place: cell.strip() for place, cell in enumerate(above) if cell.strip()}
    head = [named.get(place, f"column {letters(place)}") for place in range(width)]
    return Found(table, 0, head, Headings({}, (), {}), _others(several, table))


def with_columns(found: Found, chosen: Mapping[int, Column]) -> Found:
    """The same sheet, its columns as somebody has chosen them. People begin on the first line with an email in its place."""
    at: dict[Column, tuple[int, ...]] = {}
    for place, column in sorted(chosen.items()):
        at[column] = (*at.get(column, ()), place)
    emails = at.get(Column.EMAIL, ())
    begin = next((line for line, cells in found.table.lines() if any("@" in cell for p in emails for cell in cells[p : p + 1])), 0)
    above = [line for line, _ in first_lines(found.table) if line < begin]
    left = tuple(place for place in range(len(found.head)) if place not in chosen and found.head[place].strip())
    return replace(found, line=max([found.line, *above]), headings=Headings(at, left, {}))


def has_emails(found: Found) -> bool:
    return _emails(first_lines(found.table)) > 0


def first_lines(table: Table) -> list[Line]:
    """The lines among which the headings may stand, as far as they can be read."""
    lines = []
    with suppress(Unreadable):  # told of once the table is read
        for each in islice(table.lines(), FIRST_LINES):
            lines.append(each)
    return lines


def _others(several: Sequence[Table], table: Table) -> list[str]:
    return [each.name for each in several if each.name != table.name]


def _emails(lines: list[Line]) -> int:
    """How many cells hold an email and nothing else."""
    return sum(cell.count("@") == 1 and not set(cell.strip()) & set(" ,;\t|") for _, cells in lines for cell in cells)


def _check_for_anything(several: Sequence[Table]) -> None:
    """Raises Unreadable where no line of any sheet says anything, or the first can't be read."""
    if all(next(table.lines(), None) is None for table in several):
        raise Unreadable("the file is empty.")


def _check_for_two_lines(beginnings: list[list[Line]]) -> None:
    """Raises Unreadable where the headings stand on two lines, some on the one and some on the other."""
    for lines in beginnings:
        for (above, upper), (below, lower) in pairwise(lines):
            one, other = headings.headings(upper), headings.headings(lower)
            if one.at and other.at and Column.EMAIL in one.at | other.at and one.name_people is not other.name_people:
                raise Unreadable(f"the headings stand on two lines, {above} and {below}. Put them on one.", below)


def _no_headings(beginnings: list[list[Line]]) -> str:
    first = max((lines[0][1] for lines in beginnings if lines), key=len, default=[])
    shown = ", ".join(short(cell) for cell in first[:10] if cell.strip()) or "nothing"
    return f"no line names the columns; name and email must be there, and role, mentor and due may be. The first has {shown}."


def letters(column: int) -> str:
    """A column as spreadsheets call it: A, B … Z, AA."""
    return (letters(column // 26 - 1) if column >= 26 else "") + chr(ord("A") + column % 26)


def short(words: str) -> str:
    """A cell in a sentence."""
    plain = "".join(sign if sign.isprintable() else "�" for sign in words[:60])
    return f"“{plain}{'…' if len(words) > 60 else ''}”"

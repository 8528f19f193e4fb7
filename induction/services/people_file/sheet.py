"""Which sheet of a file is the list of people, and on which line its headings stand: titles may stand above."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice, pairwise

from ..spreadsheet.tables import Table, Unreadable
from . import headings
from .headings import Column

_FIRST_LINES = 20  # the headings stand on one of them


@dataclass(frozen=True, slots=True)
class Found:
    table: Table
    line: int  # of the headings
    head: list[str]
    others: list[str]  # names of the other sheets


def choose(several: Sequence[Table]) -> Found:
    """The first sheet with a line of headings, or the way to cut a text that finds most. Raises Unreadable without one."""
    beginnings = [_first_lines(table) for table in several]
    best, most = None, 0
    for table, lines in zip(several, beginnings, strict=True):
        for line, cells in lines:
            found = headings.headings(cells)
            if found.suffice:
                if best is None or (not table.name and len(found.at) > most):
                    others = [each.name for each in several if each.name != table.name]
                    best, most = Found(table, line, cells, others), len(found.at)
                break
    if best is None or not headings.headings(best.head).name_people:
        _check_for_two_lines(beginnings)
    if best is None:
        raise Unreadable(_no_headings(beginnings))
    return best


def _first_lines(table: Table) -> list[tuple[int, list[str]]]:
    """The lines among which the headings may stand, as far as they can be read."""
    lines = []
    with suppress(Unreadable):  # told of once the table is read
        for each in islice(table.lines(), _FIRST_LINES):
            lines.append(each)
    return lines


def _check_for_two_lines(beginnings: list[list[tuple[int, list[str]]]]) -> None:
    """Raises Unreadable where the headings stand on two lines, some on the one and some on the other."""
    for lines in beginnings:
        for (above, upper), (below, lower) in pairwise(lines):
            one, other = headings.headings(upper), headings.headings(lower)
            if one.at and other.at and Column.EMAIL in one.at | other.at and one.name_people is not other.name_people:
                raise Unreadable(f"the headings stand on two lines, {above} and {below}. Put them on one.", below)


def _no_headings(beginnings: list[list[tuple[int, list[str]]]]) -> str:
    first = max((lines[0][1] for lines in beginnings if lines), key=len, default=[])
    shown = ", ".join(short(cell) for cell in first[:10] if cell.strip()) or "nothing"
    return f"no line names the columns; name and email must be there, and role, mentor and due may be. The first has {shown}."


def short(words: str) -> str:
    """A cell in a sentence."""
    plain = "".join(sign if sign.isprintable() else "�" for sign in words[:60])
    return f"“{plain}{'…' if len(words) > 60 else ''}”"

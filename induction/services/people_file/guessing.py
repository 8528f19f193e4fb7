"""Which column of a sheet may be what, where its headings don't say it: a first answer for whoever is asked."""

from __future__ import annotations

from collections.abc import Callable

from . import headings
from .headings import Column
from .sheet import Found, first_lines

_NAMES = (Column.NAME, Column.FORENAME, Column.SURNAME, Column.CALLED)


def guess(found: Found) -> dict[int, Column]:
    """By what headings say, and what stands below them; at most one column for the email, and one for the name."""
    lines = [cells for _, cells in first_lines(found.table)]
    begin = next((at for at, cells in enumerate(lines) if any(map(_is_email, cells))), len(lines))
    read = [found.headings, *(headings.headings(cells) for cells in lines[:begin])]
    best = max(read, key=lambda each: len(each.at))
    chosen = {place: column for column, places in best.at.items() if column not in best.twice for place in places}
    for column, fits, unless in ((Column.EMAIL, _is_email, (Column.EMAIL,)), (Column.NAME, _is_name, _NAMES)):
        place = _most(lines[begin:], fits, set(chosen))
        if place is not None and not set(unless) & set(chosen.values()) and not set(unless) & set(best.twice):
            chosen[place] = column
    return chosen


def _most(lines: list[list[str]], fits: Callable[[str], bool], taken: set[int]) -> int | None:
    """The first of the columns in which most cells fit; None where fewer than half of the lines have one."""
    count: dict[int, int] = {}
    for cells in lines:
        for place, cell in enumerate(cells):
            if place not in taken and fits(cell):
                count[place] = count.get(place, 0) + 1
    best = max(count, key=lambda place: (count[place], -place), default=None)
    return best if best is not None and 2 * count[best] >= len(lines) else None


def _is_email(cell: str) -> bool:
    return cell.count("@") == 1 and " " not in cell.strip()


def _is_name(cell: str) -> bool:
    return 1 < len(cell.split()) < 5 and not any(sign.isdigit() or sign in "@/" for sign in cell)

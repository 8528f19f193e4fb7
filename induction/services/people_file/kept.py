"""A sheet of people as text, to be kept while its lead looks at what it would do; and which column they say is what."""

from __future__ import annotations

import json
from collections.abc import Mapping

from ..spreadsheet.tables import Table, Unreadable
from . import cell_values, headings
from .headings import Column
from .row import Mends
from .sheet import Found

MOST = 8 * 1024 * 1024  # characters; 20,000 people in ten columns have half of that
MOST_LINES = 21_000  # more than people, since some may be left out
_TOO_MUCH = (
    "this list holds far too much. Leave in it only the columns that are needed, and bring more than 20,000 people in with several."
)


def written(found: Found) -> str:
    """The sheet as text. Raises Unreadable."""
    lines: list[tuple[int, list[str]]] = []
    size = 0
    for line, cells in found.table.lines():
        short = [cell[: cell_values.LONGEST + 1] for cell in cells]
        while short and not short[-1]:
            short.pop()
        size += sum(map(len, short))
        if size > MOST or len(lines) == MOST_LINES:
            raise Unreadable(_TOO_MUCH, line)
        lines.append((line, short))
    of = found.table
    about = {"name": of.name, "merged": of.merged, "further_cells": of.further_cells, "is_guess": of.is_guess}
    return json.dumps([lines, about, found.line, found.head, found.others], ensure_ascii=False, separators=(",", ":"))


def read(text: str) -> Found:
    """The sheet that was written."""
    lines, about, line, head, others = json.loads(text)
    about["merged"] = tuple(map(tuple, about["merged"]))
    table = Table(lambda: ((number, cells) for number, cells in lines), **about)
    return Found(table, line, head, headings.headings(head if line else ()), others)


def columns_written(chosen: Mapping[int, Column]) -> str:
    return json.dumps(chosen)


def columns_read(text: str) -> dict[int, Column]:
    return {int(place): Column(name) for place, name in json.loads(text or "{}").items()}


def mends_written(mends: Mends) -> str:
    return json.dumps([mends.cells, sorted(mends.left_out)], ensure_ascii=False)


def mends_read(text: str) -> Mends:
    cells, left_out = json.loads(text or "[{}, []]")
    said = {int(line): {Column(name): words for name, words in each.items()} for line, each in cells.items()}
    return Mends(said, frozenset(left_out))

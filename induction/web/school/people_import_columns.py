"""What the columns of a list are, where its headings don't say it or say something else."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from flask import redirect, render_template
from werkzeug.wrappers import Response

from ...records.people.imports import Import
from ...services import people_preview
from ...services.people_file import guessing, kept, sheet
from ...services.people_file.headings import Column
from ...wording import people_import as wording
from ..incoming_request import all_like
from ..site import db
from .people_import import find
from .room import blueprint

SHOWN = 3  # cells of each column
MOST = 60  # columns that are asked about
FIELD = re.compile("column-([0-9]{1,3})")


@dataclass(frozen=True, slots=True)
class AskedColumn:
    place: int
    letters: str
    heading: str
    cells: tuple[str, ...]
    chosen: str


@dataclass(frozen=True, slots=True)
class ColumnsPage:
    id: int
    columns: tuple[AskedColumn, ...]
    choices: Mapping[str, str]
    trouble: str


@blueprint.get("/people/import/<id:import_id>/columns", endpoint="import_columns")
def ask(import_id: int) -> Response | str:
    list_kept = find(import_id)
    if list_kept.done is not None:
        return redirect(f"/school/people/import/{import_id}", 303)
    found = kept.read(list_kept.sheet)
    return _page(list_kept, kept.columns_read(list_kept.columns) or guessing.guess(found))


@blueprint.post("/people/import/<id:import_id>/columns", endpoint="choose_columns")
def choose(import_id: int) -> Response | str:
    list_kept = find(import_id)
    if list_kept.done is not None:
        return redirect(f"/school/people/import/{import_id}", 303)
    chosen = {int(field[1]): Column(column) for field, column in all_like(FIELD) if column in wording.COLUMNS}
    if trouble := _trouble(chosen):
        return _page(list_kept, chosen, trouble)
    people_preview.choose_columns(db(), list_kept, chosen)
    return redirect(f"/school/people/import/{import_id}", 303)


def _trouble(chosen: Mapping[int, Column]) -> str:
    """Why these columns make no list; empty where they do."""
    count = Counter(chosen.values())
    twice = next((column for column, times in count.items() if times > 1 and column.value not in wording.SEVERAL), None)
    if twice:
        return wording.column_twice(twice.value)
    if not count[Column.EMAIL]:
        return wording.NO_EMAIL
    return "" if len(count) > 1 else wording.EMAIL_ALONE


def _page(list_kept: Import, chosen: Mapping[int, Column], trouble: str = "") -> str:
    found = kept.read(list_kept.sheet)
    lines = [cells for line, cells in sheet.first_lines(found.table) if line > found.line]
    width = max([len(found.head), *map(len, lines)])
    columns = tuple(
        AskedColumn(place, sheet.letters(place), found.head[place] if place < len(found.head) else "", _cells(lines, place),
                    chosen[place].value if place in chosen else "")
        for place in range(min(width, MOST)) if _cells(lines, place)
    )  # fmt: skip
    page = ColumnsPage(list_kept.id, columns, {"": "Leave it alone", **wording.COLUMNS}, trouble)
    return render_template("school/people-import-columns.html", page=page)


def _cells(lines: list[list[str]], place: int) -> tuple[str, ...]:
    """The first cells of a column that say something."""
    said = [cell.strip() for cells in lines for cell in cells[place : place + 1] if cell.strip()]
    return tuple(f"{cell[:40]}…" if len(cell) > 40 else cell for cell in said[:SHOWN])

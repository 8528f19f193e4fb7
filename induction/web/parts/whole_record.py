"""Everything held about somebody, as they take it along themselves and as a lead makes it for them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from ...records import own_record
from ...records.people.people import Person
from ...records.progress import attempts
from ...rules import calendar
from ...services.spreadsheet.csv_file import csv_text
from ...wording.own_record import sheets
from ..site import current_programme, db, now
from .past_attempts import attempt_shown, lesson_titles


def everything(person: Person) -> dict[str, Any]:
    """All that is held, with the words of what was chosen beside the numbers."""
    programme = current_programme()
    held = own_record.of_person(db(), person.id) or {}
    tried, titles = attempts.history(db(), person.id, answers=True), lesson_titles(programme)
    for kept, attempt in zip(held["attempts"], tried, strict=True):
        for answer, shown in zip(kept["answers"], attempt_shown(programme, attempt, titles).answers, strict=True):
            answer["words"] = [option.label for option in shown.chosen]
    return held


def as_json(held: Mapping[str, Any]) -> str:
    return json.dumps(held, ensure_ascii=False, indent=2)


def files_of(held: Mapping[str, Any]) -> dict[str, str | bytes]:
    """All of it as sheets, with the data beside them: the texts of files by their names."""
    files = {f"{each.name}.csv": csv_text(each.columns, each.rows) for each in sheets(held)}
    return files | {"my-induction-record.json": as_json(held)}


def packed(files: Mapping[str, str | bytes]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = ZipInfo(name, calendar.local(now()).timetuple()[:6])
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, content.encode() if isinstance(content, str) else content)
    return out.getvalue()

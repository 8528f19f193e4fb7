"""My record taken along: a page to print, sheets, and data. All three hold everything."""

from __future__ import annotations

import json
import logging
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from flask import Response

from ...records import own_record
from ...records.progress import attempts
from ...rules import calendar
from ...services.spreadsheet.csv_file import csv_text
from ...wording.own_record import TITLES, sheets, told
from ..parts.past_attempts import attempt_shown, lesson_titles
from ..site import current_programme, db, now, today, viewer
from .record import record_page
from .room import blueprint

log = logging.getLogger("induction.record")
SHOWN = {  # by My record itself
    "person", "who_you_were", "deputies", "ways_in", "completions", "done_elsewhere", "attempts", "conversations", "confidence", "notes",
    "acknowledgements",
}
BESIDES = tuple(name for name in TITLES if name not in SHOWN)


@blueprint.get("/record/whole", endpoint="whole_record")
def whole() -> str:
    """All of it on one page, to read and to print."""
    return record_page(told(_everything(), BESIDES, lesson_titles(current_programme()), today()))


@blueprint.get("/record/export", endpoint="export_record")
def export_mine() -> Response:
    """All of it as data. The shape is promised: what joins it is added."""
    return _file(_as_json(_everything()), "application/json; charset=utf-8", "json")


@blueprint.get("/record/sheets", endpoint="record_sheets")
def sheets_of_mine() -> Response:
    """All of it as sheets, with the data beside them, in one file."""
    everything, packed = _everything(), BytesIO()
    files = {f"{each.name}.csv": csv_text(each.columns, each.rows) for each in sheets(everything)}
    files["my-induction-record.json"] = _as_json(everything)
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, text in files.items():
            entry = ZipInfo(name, calendar.local(now()).timetuple()[:6])
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, text.encode())
    return _file(packed.getvalue(), "application/zip", "zip")


def _file(body: str | bytes, kind: str, ending: str) -> Response:
    log.info("Record exported: person %s, %s", viewer().id, ending)
    answer = Response(body, content_type=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="my-induction-record-{calendar.local(now()):%Y-%m-%d}.{ending}"'
    return answer


def _as_json(everything: dict[str, Any]) -> str:
    return json.dumps(everything, ensure_ascii=False, indent=2)


def _everything() -> dict[str, Any]:
    """All that is held, with the words of what was chosen beside the numbers."""
    person, programme = viewer(), current_programme()
    everything = own_record.of_person(db(), person.id) or {}
    tried, titles = attempts.history(db(), person.id, answers=True), lesson_titles(programme)
    for kept, attempt in zip(everything["attempts"], tried, strict=True):
        for answer, shown in zip(kept["answers"], attempt_shown(programme, attempt, titles).answers, strict=True):
            answer["words"] = [option.label for option in shown.chosen]
    return everything

"""My record taken along: a page to print, sheets, and data. All three hold everything."""

from __future__ import annotations

import logging

from flask import Response

from ...rules import calendar
from ...wording.own_record import TITLES, told
from ..parts.handed_out import download
from ..parts.past_attempts import lesson_titles
from ..parts.whole_record import as_json, everything, files_of, packed
from ..site import current_programme, now, today, viewer
from .record import record_page
from .room import blueprint

log = logging.getLogger("induction.record")
SHOWN = {  # by My record itself
    "person", "who_you_were", "deputies", "ways_in", "completions", "certificates", "done_elsewhere", "attempts", "conversations",
    "confidence", "notes",
    "acknowledgements", "sign_offs", "corrections",
}
BESIDES = tuple(name for name in TITLES if name not in SHOWN)


@blueprint.get("/record/whole", endpoint="whole_record")
def whole() -> str:
    """All of it on one page, to read and to print."""
    return record_page(told(everything(viewer()), BESIDES, lesson_titles(current_programme()), today()))


@blueprint.get("/record/export", endpoint="export_record")
def export_mine() -> Response:
    """All of it as data. The shape is promised: what joins it is added."""
    return _file(as_json(everything(viewer())), "application/json; charset=utf-8", "json")


@blueprint.get("/record/sheets", endpoint="record_sheets")
def sheets_of_mine() -> Response:
    """All of it as sheets, with the data beside them, in one file."""
    return _file(packed(files_of(everything(viewer()))), "application/zip", "zip")


def _file(body: str | bytes, kind: str, ending: str) -> Response:
    log.info("Record exported: person %s, %s", viewer().id, ending)
    return download(body, kind, f"my-induction-record-{calendar.local(now()):%Y-%m-%d}.{ending}")

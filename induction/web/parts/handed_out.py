"""What is taken out of the site, as a file; by a lead it is noted among the acts of leads, before it is handed out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask import Response, request

from ...rules.acts import Act, What
from ...rules.roles import Role
from ...services import acts
from ...services.spreadsheet.csv_file import csv_text
from ..site import db, now, today, viewer


def note_download(about: str, person_id: int | None = None) -> None:
    """Note that a lead downloads something that is not their own; of anybody else, and of who only asks what it would be,
    nothing is noted. `person_id`: whom it concerns."""
    me = viewer()
    if request.method == "GET" and me.role is Role.LEAD and me.id != person_id:
        acts.note_alone(db(), Act(What.DOWNLOADED, me.id, now(), person_id, about))


def download(body: str | bytes | Iterable[bytes], kind: str, name: str) -> Response:
    """A file that the browser saves, under that name."""
    answer = Response(body, content_type=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def sheet(called: str, columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> Response:
    """A sheet, called so and by the day."""
    return download(csv_text(columns, rows), "text/csv; charset=utf-8", f"{called}-{today().isoformat()}.csv")

"""Bringing people in from a sheet: pasted or uploaded, looked at, mended, and done whole or not at all."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from flask import abort, flash, redirect, render_template
from werkzeug.wrappers import Response

from ...records.people import imports
from ...records.people.imports import Import
from ...records.people.people import PeopleFault
from ...rules import text
from ...services import people_mentors, people_preview
from ...services.letters import office
from ...services.people_file import cell_values, reader
from ...services.people_preview import Answers, Busy, ChangedMeanwhile, NotAgreed, Preview
from ...services.spreadsheet.tables import Unreadable
from ...wording import people_import as wording
from ..incoming_request import all_like, asked, every, number, sent, sent_file, takes_a_file
from ..security.confirm import ask_again
from ..site import db, now, today, viewer
from .people_import_page import CELL, FIELDS, Trouble, preview_page
from .room import blueprint

log = logging.getLogger("induction.school")
BUSY = "Another list is being read at this moment. Nothing is lost: send it again in a few seconds."
NOTHING = "Paste the list, or choose a file."
BOTH = "There is a pasted list and a file. Send one of the two."


@dataclass(frozen=True, slots=True)
class BringPage:
    under_way: list[Import]
    largest: int = reader.LARGEST
    too_large: str = wording.sentence(reader.TOO_LARGE)
    pasted: str = ""
    trouble: str = ""
    of_file: bool = False  # whether it is about the file


@blueprint.get("/people/import", endpoint="people_import")
def bring() -> str:
    return _bring()


def _bring(pasted: str = "", trouble: str = "", of_file: bool = False) -> str:
    page = BringPage(imports.under_way(db(), viewer().id, now()), pasted=pasted, trouble=trouble, of_file=of_file)
    return render_template("school/people-import.html", page=page)


@blueprint.post("/people/import", endpoint="begin_import")
@takes_a_file(reader.LARGEST)
def begin() -> Response | str:
    """Read a list, and show what it would do. Nothing is done yet."""
    pasted, (called, data) = sent("list", reader.LARGEST), sent_file("file")
    if pasted.strip() and data:
        return _bring(pasted, BOTH)
    if not pasted.strip() and not data:
        return _bring("", "The file is empty." if called else NOTHING, bool(called))
    try:
        made = people_preview.begin(db(), data or pasted.encode(), _tidy(called), by=viewer().id, now=now())
    except Unreadable as fault:
        words = f"line {fault.line}: {fault}" if fault.line > 1 else str(fault)
        return _bring(pasted, wording.sentence(words), bool(data))
    except Busy:
        return _bring(pasted, BUSY, bool(data))
    return redirect(f"/school/people/import/{made}", 303)


def _tidy(called: str) -> str:
    try:
        return text.line(called)
    except text.Unfit:
        return ""


def find(import_id: int) -> Import:
    return imports.find(db(), import_id, viewer().id, now()) or abort(404)


def _look(kept: Import) -> Preview | None:
    """What it would do; None where it has to be said first what its columns are."""
    return None if people_preview.needs_columns(kept) else Preview(db(), kept, today())


@blueprint.get("/people/import/<id:import_id>", endpoint="import_preview")
def look(import_id: int) -> Response | str:
    kept = find(import_id)
    if kept.done is not None:
        return render_template("school/people-import-done.html", done=kept.done, title=wording.done(kept.done),
                               besides=wording.done_besides(kept.done), mailed=office(db()).open)  # fmt: skip
    preview = _look(kept)
    if preview is None:
        return redirect(f"/school/people/import/{kept.id}/columns", 303)
    return _page(preview)


def _page(preview: Preview, trouble: Trouble | None = None, agreed: bool = False) -> str:
    page = preview_page(preview, asked("show"), trouble, agreed)
    return render_template("school/people-import-preview.html", page=page, wording=wording)


@blueprint.post("/people/import/<id:import_id>", endpoint="mend_import")
def mend_or_bring_in(import_id: int) -> Response | str:
    """Keep what was mended and look again; or, where nothing was, do what the page had shown."""
    kept, bring_in = find(import_id), sent("then") == "bring"
    preview = _look(kept) if kept.done is None else None
    if preview is None:
        return redirect(f"/school/people/import/{kept.id}", 303)
    if people_preview.mend(db(), preview, _answers(preview), now()):
        if bring_in:
            flash(wording.LOOK_FIRST, "wait")
        return redirect(f"/school/people/import/{kept.id}", 303)
    return _bring_in(preview) if bring_in else redirect(f"/school/people/import/{kept.id}", 303)


def _answers(preview: Preview) -> Answers:
    """What was written on the page: cells, lines to leave out, and who stands for somebody named as a mentor."""
    named = zip(every("named"), every("mentor"), strict=False)
    cells = people_mentors.cells(preview, {number(line): answer for line, answer in named})
    lines = {*preview.sheet.said, *(problem.line for problem in preview.plan.problems)}
    for field, typed in all_like(CELL, cell_values.LONGEST):
        if field[2] in FIELDS and int(field[1]) in lines:
            cells.setdefault(int(field[1]), {})[FIELDS[field[2]]] = " ".join(typed.split())
    offered = {number(each) for each in every("offered")} & lines
    return Answers(cells, {number(each) for each in every("out")} & offered, offered)


def _bring_in(preview: Preview) -> Response | str:
    agreed = bool(sent("agreed"))
    if agreed and preview.plan.weighty:
        ask_again()
    try:
        done = people_preview.bring_in(db(), preview, saw=sent("saw"), agreed=agreed, by=viewer().id, now=now())
    except ChangedMeanwhile:
        kept = find(preview.kept.id)
        latest = _look(kept) if kept.done is None else None
        if latest is None:
            return redirect(f"/school/people/import/{kept.id}", 303)
        return _page(latest, Trouble("Nothing was done", wording.CHANGED_MEANWHILE))
    except NotAgreed:
        return _page(preview, Trouble("Nothing was done yet", wording.NOT_AGREED, wording.agreed(len(preview.plan.weighty))))
    except PeopleFault as fault:
        return _page(preview, Trouble("Nothing was done", str(fault)), agreed)
    log.info("List %s brought in by person %s: %s", preview.kept.id, viewer().id, dict(done))
    return redirect(f"/school/people/import/{preview.kept.id}", 303)


@blueprint.post("/people/import/<id:import_id>/put-away")
def put_away_import(import_id: int) -> Response:
    if not people_preview.put_away(db(), find(import_id), by=viewer().id, now=now()):
        flash("The list had been brought in before, and that stands. Nothing more was changed.", "done")
        return redirect(f"/school/people/import/{import_id}", 303)
    flash("The list was put away. Nothing of it was done.", "done")
    return redirect("/school/people/import", 303)



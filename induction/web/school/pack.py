"""The inspection pack: asked for, how far it is, and handed out."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from ...records.people import people
from ...records.people.people import Person
from ...records.school.packs import Kept, Wanted
from ...rules.pack import KEPT_FOR
from ...services import packs
from ...wording import pack as wording
from ..parts.fields import CalmForm, DayField
from ..parts.handed_out import download
from ..security.confirm import ask_again
from ..site import db, now, today, viewer
from .room import blueprint

PIECE = 2**16  # bytes

log = logging.getLogger("induction.school")


class PackForm(CalmForm):
    day = DayField("As at the end of", hint="Today if you leave it empty, or any day before, such as 4 September 2026.", past=True)


@dataclass(frozen=True, slots=True)
class PackRow:
    """A pack on its way, or one that lies there."""

    id: int
    called: str
    link: str
    asked: str
    how_far: str  # empty once it is made
    trouble: str
    size: str  # empty until it is made
    kept: str  # until when


@dataclass(frozen=True, slots=True)
class PackPage:
    form: PackForm
    person: Person | None  # None: everybody
    rows: list[PackRow]

    @property
    def under_way(self) -> bool:
        return any(each.how_far for each in self.rows)


def pack_page(form: PackForm | None = None, person: Person | None = None) -> PackPage:
    """What the section on the pack shows."""
    form = form or PackForm(formdata=None)
    return PackPage(form, person, [_row(each) for each in packs.listing(db(), now())])


def _row(kept: Kept) -> PackRow:
    return PackRow(
        id=kept.id,
        called=wording.called(kept.person_name, kept.wanted.day, today()),
        link=wording.link(kept.person_name, kept.wanted.day, today()),
        asked=wording.asked(kept.by_name, kept.at),
        how_far=wording.how_far(kept.step) if kept.under_way else "",
        trouble=kept.trouble,
        size=wording.size(kept.bytes) if kept.bytes else "",
        kept=wording.kept_until(kept.made_at + KEPT_FOR, today()) if kept.made_at else "",
    )


@blueprint.get("/evidence/pack")
def pack() -> str:
    return _shown(pack_page())


@blueprint.post("/evidence/pack", endpoint="ask_for_pack")
def ask() -> Response | str:
    return _asked(None)


@blueprint.route("/people/<id:person_id>/pack", methods=["GET", "POST"], endpoint="person_pack")
def of_person(person_id: int) -> Response | str:
    """The same of one person, reached from their page."""
    found = people.find(db(), person_id)
    if found is None or found.erased_at:
        abort(404)
    return _asked(found)


def _asked(person: Person | None) -> Response | str:
    form = PackForm()
    if form.validate_on_submit():
        ask_again()
        try:
            number = packs.ask(db(), Wanted(form.day.day or today(), person.id if person else None), by=viewer().id, now=now())
        except packs.PackFault as fault:
            form.day.errors = [str(fault)]
        else:
            log.info("Pack %s asked for by person %s", number, viewer().id)
            return redirect(url_for("school.pack"), 303)
    return _shown(pack_page(form, person))


@blueprint.get("/evidence/pack/<id:pack_id>.zip", endpoint="download_pack")
def hand_out(pack_id: int) -> Response:
    """That it is downloaded is kept before it is handed out; of who only asks what it would be, nothing is."""
    if request.method != "GET":
        return download(b"", "application/zip", "inspection-pack.zip")
    ask_again()
    found = packs.download(db(), pack_id, by=viewer().id, now=now())
    if found is None:
        flash(wording.GONE, "wait")
        return redirect(url_for("school.pack"), 303)
    log.info("Pack %s downloaded by person %s", pack_id, viewer().id)
    return download(_pieces(found.file), "application/zip", found.name)


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(PIECE):
            yield piece


def _shown(page: PackPage) -> str:
    return render_template("school/pack.html", page=page)

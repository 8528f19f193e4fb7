"""Everything held about somebody in one file, which a lead makes when they ask the school for it."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from flask import abort, render_template
from werkzeug.wrappers import Response

from ...records.people import people
from ...records.people.people import Person
from ...rules import calendar
from ...services import record_copies
from ..parts.fields import CalmForm, Line
from ..parts.handed_out import download
from ..parts.person_history import told
from ..parts.whole_record import as_json, everything, files_of, packed
from ..security.confirm import ask_again
from ..site import db, now, viewer
from .person import how_they_stand
from .room import blueprint

log = logging.getLogger("induction.school")


class CopyForm(CalmForm):
    why = Line(
        "What it is for", "Write who asked for it, and when.",
        "They read this with your name: on their home page for two weeks, and in all that My record holds.", longest=500,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class CopyPage:
    person: Person
    form: CopyForm


@blueprint.route("/people/<id:person_id>/copy", methods=["GET", "POST"])
def copy(person_id: int) -> Response | str:
    """What it holds is said first. That it was made is kept before it is handed out."""
    found = people.find(db(), person_id)
    if found is None or found.erased_at:
        abort(404)
    form = CopyForm()
    if not form.validate_on_submit():
        return render_template("school/person-copy.html", page=CopyPage(found, form))
    ask_again()
    record_copies.note(db(), found.id, by=viewer().id, why=form.why.data, now=now())
    log.info("Record of person %s copied by person %s", found.id, viewer().id)
    files = files_of(everything(found)) | {"as-leads-see-them.json": as_json(_as_leads_see(found))}
    return download(packed(files), "application/zip", f"induction-record-{found.id}-{calendar.local(now()):%Y-%m-%d}.zip")


def _as_leads_see(person: Person) -> dict[str, object]:
    """What stands on their page under People."""
    stands = how_they_stand(person) if person.active else None
    return {
        "how_they_stand": stands and {
            "state": stands.group and str(stands.group), "lessons_passed": stands.lessons, "last_here": stands.last_here,
            "due": stands.due[0],
        },
        "who_they_were_and_ways_in": [{"when": each.when, "by": each.by, "words": each.words} for each in told(person.id)],
    }

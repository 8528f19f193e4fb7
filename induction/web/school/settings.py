"""What the school says of itself: its name, nation, phase and contacts."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from flask import flash, redirect, render_template
from werkzeug.wrappers import Response

from ...records import school
from ...records.database import transaction
from ..forms import SchoolForm
from ..site import db, site, viewer
from .lists import blueprint
from .policy import is_stale

log = logging.getLogger("induction.school")


@dataclass(frozen=True, slots=True)
class SettingsPage:
    form: SchoolForm


@blueprint.route("/settings", methods=["GET", "POST"])
def settings() -> Response | str:
    kept = school.details(db())
    form = SchoolForm.filled_in(kept.name, kept.nation, kept.phase, kept.words, kept.public_contacts)
    if not form.validate_on_submit():
        return render_template("school/settings.html", page=SettingsPage(form))
    with transaction(db()):
        school.save(
            db(),
            name=form.name.data,
            nation=form.nation.data,
            phase=form.phase.data,
            words=form.words(),
            public_contacts=form.public_contacts.data,
        )
    log.info("School settings changed by person %s", viewer().id)
    flash("Saved. The lessons and Help now say so from this moment.", "done")
    if is_stale(site().shelf.teaching(None)):
        flash("Your policy’s text still says what it said: look under Policy, and publish it again.", "wait")
    return redirect("/school/settings", 303)

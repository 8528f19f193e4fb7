"""What the school says of itself: its name, nation, phase and contacts."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template
from werkzeug.wrappers import Response
from wtforms import BooleanField, RadioField

from ...records.school import school
from ...records.school.school import SchoolDetails
from ...records.store.database import transaction
from ..parts import seen
from ..parts.school_form import SchoolForm
from ..parts.seen import KEPT_ALREADY, Shown, Theirs
from ..site import db, site, viewer
from .policy_questions import is_stale
from .room import blueprint

log = logging.getLogger("induction.school")


@dataclass(frozen=True, slots=True)
class SettingsPage:
    form: SchoolForm
    saw: str  # what the page shows, by `seen.fingerprint`
    theirs: Theirs | None = None  # what another lead has saved meanwhile


@blueprint.route("/settings", methods=["GET", "POST"])
def settings() -> Response | str:
    """What the school says of itself; saved where it is still what the page had shown."""
    kept = school.details(db())
    form = SchoolForm.filled_in(_about(kept))
    if not form.validate_on_submit():
        return _page(SettingsPage(form, seen.sent() if form.is_submitted() else seen.fingerprint(_about(kept))))
    with transaction(db()):
        kept = school.details(db())
        same, shown = form.about() == _about(kept), seen.fingerprint(_about(kept))
        if not same and seen.sent() == shown:
            school.save(db(), **form.about())
    if not same and seen.sent() != shown:
        stored = SchoolForm.filled_in(_about(kept), formdata=None)
        theirs = Theirs("The settings were changed", seen.differing(_in_words(form), _in_words(stored)))
        return _page(SettingsPage(form, shown, theirs))
    if same:
        flash(KEPT_ALREADY, "done")
        return redirect("/school/settings", 303)
    log.info("School settings changed by person %s", viewer().id)
    flash("Saved. The lessons and Help now say so from this moment.", "done")
    if is_stale(site().shelf.programme(None)):
        flash("Your policy’s text still says what it said: look under Policy, and publish it again.", "wait")
    return redirect("/school/settings", 303)


def _page(page: SettingsPage) -> str:
    return render_template("school/settings.html", page=page)


def _about(kept: SchoolDetails) -> dict[str, Any]:
    """What is stored, as the form says it."""
    return {
        "name": kept.name, "nation": kept.nation, "phase": kept.phase, "words": dict(kept.words),
        "public_contacts": kept.public_contacts,
    }


def _in_words(form: SchoolForm) -> Shown:
    """What stands in each field, by its label."""

    def words(field: Any) -> str:
        if isinstance(field, BooleanField):
            return "Yes" if field.data else "No"
        return dict(field.choices).get(field.data, "") if isinstance(field, RadioField) else field.data or ""

    return {str(field.label.text): words(field) for field in form}

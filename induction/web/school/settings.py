"""What the school says of itself: its name, nation, phase and contacts."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template
from werkzeug.wrappers import Response
from wtforms import BooleanField, RadioField

from ...records.school import school
from ...services import policy_publication, school_settings
from ...services.school_settings import About, SettingsMeanwhile
from ..parts import seen
from ..parts.school_form import SchoolForm
from ..parts.seen import KEPT_ALREADY, Shown, Theirs
from ..site import current_programme, db, now, site, viewer
from .checklist import Backups, known_of_backups
from .room import blueprint
from .sign_in import how_people_sign_in

log = logging.getLogger("induction.school")


@dataclass(frozen=True, slots=True)
class SettingsPage:
    form: SchoolForm
    backups: Backups
    saw: str  # what the page shows, by `seen.fingerprint`
    signing_in: str  # how people do
    theirs: Theirs | None = None  # what another lead has saved meanwhile


@blueprint.route("/settings", methods=["GET", "POST"])
def settings() -> Response | str:
    """What the school says of itself; saved where it is still what the page had shown."""
    stored = school_settings.about(school.details(db()))
    form = _speaking(SchoolForm.filled_in(stored))
    if not form.validate_on_submit():
        return _page(_shown(form, seen.sent() if form.is_submitted() else seen.fingerprint(stored)))
    page = school_settings.Page(lambda then: seen.sent() == seen.fingerprint(then), _in_words_of)
    try:
        new = school_settings.change(db(), form.about(), page, by=viewer().id, now=now())
    except SettingsMeanwhile as meanwhile:
        theirs = seen.differing(_in_words(form), _in_words_of(meanwhile.stored))
        saw = seen.fingerprint(meanwhile.stored)
        return _page(_shown(form, saw, Theirs("The settings were changed", theirs)))
    if not new:
        flash(KEPT_ALREADY, "done")
        return redirect("/school/settings", 303)
    log.info("School settings changed by person %s", viewer().id)
    flash("Saved. The lessons and Help now say so from this moment.", "done")
    if policy_publication.reads_otherwise(db(), site().programmes.current(), now()):
        flash("Your policy’s text still says what it said: look under Policy, and publish it again.", "wait")
    return redirect("/school/settings", 303)


def _shown(form: SchoolForm, saw: str, theirs: Theirs | None = None) -> SettingsPage:
    return SettingsPage(form, known_of_backups(), saw, how_people_sign_in(), theirs)


def _page(page: SettingsPage) -> str:
    return render_template("school/settings.html", page=page)


def _speaking(form: SchoolForm) -> SchoolForm:
    programme = current_programme()
    return form.speak_as(programme.school, programme.library)


def _in_words_of(about: About) -> Shown:
    """The same of what is stored."""
    return _in_words(_speaking(SchoolForm.filled_in(about, formdata=None)))


def _in_words(form: SchoolForm) -> Shown:
    """What stands in each field, by its label."""

    def words(field: Any) -> str:
        if isinstance(field, BooleanField):
            return "Yes" if field.data else "No"
        if isinstance(field, RadioField) and isinstance(field.choices, dict):
            return str(field.choices.get(field.data, ""))
        return field.data or ""

    return {str(field.label.text): words(field) for field in form}

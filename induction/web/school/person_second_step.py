"""The reset of somebody's second step: asked for by one lead, agreed to or refused by a second."""

from __future__ import annotations

import logging
from datetime import UTC, datetime

from flask import abort, flash, redirect
from werkzeug.wrappers import Response

from ...records.people import people
from ...records.people.person import Person
from ...services import factor_resets as deeds
from ...services.factor_resets import NotReset
from ...wording import second_factor as wording
from ..incoming_request import sent
from ..security.confirm import ask_again
from ..site import db, now, viewer
from .person import person_page
from .person_form import PersonForm
from .room import blueprint
from .second_step_form import ResetForm

log = logging.getLogger("induction.school")


@blueprint.post("/people/<id:person_id>/second-step")
def reset_second_step(person_id: int) -> Response | str:
    """Ask for it, or answer what another lead has asked for."""
    person = people.find(db(), person_id) or abort(404)
    do, form = sent("do"), ResetForm()
    if not person.active or do not in ("ask", "agree", "refuse"):
        abort(404)
    if do == "ask" and not form.validate():
        return person_page(person, PersonForm.of(person, formdata=None), reset=form)
    ask_again()
    try:
        said = _do(person, do, form)
    except NotReset as fault:
        return person_page(person, PersonForm.of(person, formdata=None), trouble=str(fault))
    log.info("Reset of the second step of person %s: %s, by person %s", person.id, do, viewer().id)
    flash(said, "done")
    return redirect(f"/school/people/{person.id}", 303)


def _do(person: Person, do: str, form: ResetForm) -> str:
    """What was done, in a sentence. Raises NotReset."""
    if do == "ask":
        deeds.ask(db(), person.id, form.why.data, by=viewer().id, now=now())
        return wording.reset_asked(person.name)
    answer = deeds.agree if do == "agree" else deeds.refuse
    answer(db(), person.id, _asked_at(), by=viewer().id, now=now())
    return wording.reset_agreed(person.name) if do == "agree" else wording.reset_refused(person.name)


def _asked_at() -> datetime:
    """When it was asked for what they answer, as the page had it."""
    try:
        return datetime.fromisoformat(sent("asked_at")).astimezone(UTC)
    except (ValueError, OverflowError):
        return datetime.min.replace(tzinfo=UTC)

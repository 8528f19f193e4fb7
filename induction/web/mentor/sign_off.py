"""Signing off what a teacher has completed: what can be, the form, and what was."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from flask import flash, redirect
from werkzeug.wrappers import Response
from wtforms import RadioField
from wtforms.validators import ValidationError

from ...records.people.people import Person
from ...records.progress import sign_offs
from ...rules import calendar
from ...services import sign_offs as deeds
from ...wording import sign_offs as wording
from ..incoming_request import number
from ..parts.done_elsewhere import title_of
from ..parts.fields import CalmForm
from ..parts.seen import KEPT_ALREADY
from ..parts.sign_off import signed
from ..parts.signature import Signature
from ..site import db, now, today, viewer

log = logging.getLogger("induction.mentoring")


class SignOffForm(CalmForm):
    completion = RadioField("What you sign off", choices=(), validate_choice=False)  # the deed knows what can be
    name = Signature()

    def validate_completion(self, field: RadioField) -> None:
        if not number(field.data or ""):
            raise ValidationError("Choose what you sign off.")


@dataclass(frozen=True, slots=True)
class SignOffShown:
    signed: list[str]  # *Professional boundaries online, completed on …: signed off by …*
    form: SignOffForm | None  # None where nothing can be signed off, or not by whoever is asking
    means: str

    @property
    def one(self) -> tuple[str, str] | None:
        """The number and the words of what can be signed off, where it is one thing."""
        choices = [each[:2] for each in self.form.completion.iter_choices()] if self.form else []
        return choices[0] if len(choices) == 1 else None


def shown(person: Person, form: SignOffForm | None = None) -> SignOffShown:
    """What was signed off of somebody's, and what can be: never by themselves, who may be a lead that looks at this page."""
    found = [] if person.id == viewer().id else sign_offs.open_of(db(), person.id)
    given = None
    if found:
        given = form or SignOffForm(formdata=None)
        given.completion.choices = [
            (str(each.id), wording.what(title_of(each.course), calendar.local(each.completed_at).date(), each.round, today()))
            for each in found
        ]
    return SignOffShown(signed(person.id), given, wording.means(person.name.split()[0]))


def sign(person: Person, form: SignOffForm) -> Response:
    """Keep a signature that is typed; pressed twice, it is kept once."""
    try:
        new = deeds.sign(
            db(), person.id, number(form.completion.data or ""), typed_name=form.name.data or "", by=viewer().id, now=now()
        )
    except deeds.NotToSign:
        flash(wording.NOT_TO_SIGN, "wait")
        return redirect(f"/mentor/{person.id}", 303)
    if new:
        log.info("Completion %s of person %s signed off by person %s", form.completion.data, person.id, viewer().id)
    flash(wording.kept(person.name.split()[0]) if new else KEPT_ALREADY, "done")
    return redirect(f"/mentor/{person.id}", 303)

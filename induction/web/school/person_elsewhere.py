"""What somebody has done elsewhere: recorded by a lead with the certificate, taken back with a reason, and the file handed over."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field

from flask import Response as Answer
from flask import abort, flash, redirect, render_template
from werkzeug.wrappers import Response
from wtforms import SelectField
from wtforms.validators import ValidationError

from ...records.people import people
from ...records.people.people import Person
from ...records.progress import done_elsewhere as records
from ...records.store.faults import NoRoom
from ...rules import documents
from ...rules.done_elsewhere import Certificate
from ...services import done_elsewhere as deeds
from ...services.done_elsewhere import NotElsewhere, Said
from ...wording import done_elsewhere as wording
from ..incoming_request import number, sent, sent_file, takes_a_file
from ..parts import done_elsewhere as parts
from ..parts.done_elsewhere import Shown
from ..parts.fields import CalmForm, DayField, Line, Paragraph
from ..parts.seen import KEPT_ALREADY
from ..site import current_programme, db, now, site, today, viewer
from .room import blueprint

log = logging.getLogger("induction.school")
NOT_WRITTEN = "The file could not be kept on the server. Nothing was changed; tell whoever looks after it."
NO_FILE = "Choose the certificate: a PDF, or a picture of it."


class CertificateForm(CalmForm):
    course = SelectField("It counts for", default="")
    provider = Line("Who gave it", "Write who gave it.", "For example, Kent Safeguarding Partnership.")
    title = Line("What it is called", "Write what it is called.", "As it stands on the certificate.")
    done_on = DayField("When it was done", "Write the day.", "For example, 01/09/2026.", past=True)
    expires_on = DayField("Until when it counts", hint="The last day. Leave it empty where it does not expire.")

    def offer(self) -> None:
        self.course.choices = {"": "Choose"} | {each.slug: each.title for each in current_programme().courses}

    def validate_course(self, field: SelectField) -> None:
        if not field.data:
            raise ValidationError("Choose the course for which it counts.")

    def validate_done_on(self, field: DayField) -> None:
        if field.day and field.day > today():
            raise ValidationError("That day is still to come. Write the day that stands on the certificate.")

    def validate_expires_on(self, field: DayField) -> None:
        if field.day and self.done_on.day and field.day < self.done_on.day:
            raise ValidationError("That is before it was made. Mend one of the two days.")

    def said(self) -> Said:
        """What a sound form says."""
        assert self.done_on.day is not None
        return Said(self.course.data, self.provider.data, self.title.data, self.done_on.day, self.expires_on.day)


class BackForm(CalmForm):
    why = Paragraph("Why it is taken back", "Write why.", "It stays on record, with this.", longest=1000)


@dataclass(frozen=True, slots=True)
class ElsewherePage:
    person: Person
    form: CertificateForm
    kept: Sequence[Shown]
    trouble: str = ""  # with the file
    back: BackForm = field(default_factory=lambda: BackForm(formdata=None))
    back_of: int = 0  # the certificate that is being taken back
    largest: int = documents.LARGEST
    too_large: str = documents.TOO_LARGE

    @property
    def links(self) -> list[tuple[str, str]]:
        """What is wrong, and where: of the words, and of the file."""
        found = [(str(each.errors[0]), f"#{each.id}") for each in self.form if each.errors]
        return [*found, *([(self.trouble, "#file")] if self.trouble else [])]


def _page(person: Person, form: CertificateForm | None = None, **outcome: object) -> str:
    if form is None:
        form = CertificateForm(formdata=None)
        form.offer()
    page = ElsewherePage(person, form, parts.of_person(person.id), **outcome)  # type: ignore[arg-type]
    return render_template("school/person-elsewhere.html", page=page)


def _person(person_id: int) -> Person:
    """Of who was erased nothing is recorded any more."""
    found = people.find(db(), person_id)
    return found if found and not found.erased_at else abort(404)


@blueprint.get("/people/<id:person_id>/elsewhere", endpoint="elsewhere")
def read(person_id: int) -> str:
    return _page(_person(person_id))


@blueprint.post("/people/<id:person_id>/elsewhere", endpoint="record_elsewhere")
@takes_a_file(documents.LARGEST)
def record(person_id: int) -> Response | str:
    """Keep a certificate with its file. Pressed twice, it is kept once."""
    person, form, file = _person(person_id), CertificateForm(), sent_file("file")
    form.offer()
    sound, trouble = form.validate(), _trouble(file)
    if not sound or trouble:
        return _page(person, form, trouble=trouble)
    try:
        kept = deeds.record(db(), site().settings.data, person.id, form.said(), file, by=viewer().id, now=now())
    except (documents.Unfit, NotElsewhere, NoRoom) as fault:
        return _page(person, form, trouble=str(fault))
    except people.NoSuchPerson:  # erased a moment ago
        abort(404)
    except OSError as fault:
        log.error("A document can't be kept: %s", fault)
        return _page(person, form, trouble=NOT_WRITTEN)
    if kept is None:
        flash(KEPT_ALREADY, "done")
    else:
        log.info("Certificate %s of person %s recorded by person %s", kept.id, person.id, viewer().id)
        flash(f"Kept. {wording.of_course(parts.title_of(kept.course), kept)}.", "done")
    return redirect(f"/school/people/{person.id}/elsewhere", 303)


def _trouble(file: tuple[str, bytes]) -> str:
    """What is wrong with the file, said beside what is wrong with the words."""
    called, content = file
    if not called and not content:
        return NO_FILE
    try:
        documents.kind(content)
    except documents.Unfit as fault:
        return str(fault)
    return ""


def _find(person_id: int, certificate_id: int) -> tuple[Person, Certificate]:
    person, found = people.find(db(), person_id), records.find(db(), certificate_id)
    if person is None or found is None or found.person_id != person.id:
        abort(404)
    return person, found


@blueprint.post("/people/<id:person_id>/elsewhere/take-back", endpoint="take_elsewhere_back")
def take_back(person_id: int) -> Response | str:
    """It was recorded by mistake. It stays on record, with the reason. Pressed twice, it is taken back once."""
    person, found = _find(person_id, number(sent("certificate")))
    form = BackForm()
    if found.taken_back_at is None and not form.validate():
        return _page(person, back=form, back_of=found.id)
    if deeds.take_back(db(), found.id, form.why.data, by=viewer().id, now=now()):
        log.info("Certificate %s of person %s taken back by person %s", found.id, person.id, viewer().id)
        flash("Taken back. It counts no more, and stays on record.", "done")
    else:
        flash("It was taken back before. Nothing more was changed.", "done")
    return redirect(f"/school/people/{person.id}/elsewhere", 303)


@blueprint.get("/people/<id:person_id>/elsewhere/<id:certificate_id>", endpoint="certificate")
def download(person_id: int, certificate_id: int) -> Answer:
    _, found = _find(person_id, certificate_id)
    log.info("Certificate %s of person %s taken along by person %s", found.id, found.person_id, viewer().id)
    return parts.download(found)

"""The badge of another school: read from its file, shown with what its signature proves, and counted as done elsewhere."""

from __future__ import annotations

import base64
import logging
from dataclasses import dataclass

from flask import abort, flash, redirect, render_template
from werkzeug.wrappers import Response
from wtforms import BooleanField, SelectField
from wtforms.validators import ValidationError

from ...records.people import people
from ...records.people.people import Person
from ...records.store.faults import NoRoom
from ...rules.badge_reading import LARGEST
from ...services import badges as deeds
from ...services.badges import NotTaken, Read
from ...wording import badges as wording
from ...wording import done_elsewhere as elsewhere
from ..incoming_request import sent, sent_file, takes_a_file
from ..parts import badges as parts
from ..parts import done_elsewhere
from ..parts.fields import CalmForm
from ..site import current_programme, db, now, site, today, viewer
from .person_elsewhere import NOT_WRITTEN
from .room import blueprint

log = logging.getLogger("induction.school")
LONGEST = 4 * LARGEST // 3 + 4  # of a file in base 64
MOST = 1024 * 1024  # bytes that may come, so that a file that is too large is told of in words


class BadgeForm(CalmForm):
    """A badge that was read, on its way to be counted. The file goes along, and is read again."""

    course = SelectField("It counts for", default="")
    theirs = BooleanField("")

    def offer(self, read: Read, person: Person) -> None:
        self.course.choices = {"": "Choose"} | {each.slug: each.title for each in current_programme().courses}
        self.theirs.label.text = f"I have looked: the badge of {read.claims.name} is {person.name}’s"
        self.is_theirs = read.is_theirs

    def validate_course(self, field: SelectField) -> None:
        if not field.data:
            raise ValidationError(wording.CHOOSE)

    def validate_theirs(self, field: BooleanField) -> None:
        if not (field.data or self.is_theirs):
            raise ValidationError(wording.SAY_WHOSE)


@dataclass(frozen=True, slots=True)
class BadgePage:
    """A file is asked for; or what stands in one is shown."""

    person: Person
    trouble: str = ""
    read: Read | None = None
    form: BadgeForm | None = None
    facts: list[tuple[str, str]] | None = None
    whose: str = ""
    known: str = ""
    see: str = ""
    proves: str = wording.PROVES
    file: str = ""  # in base 64
    largest: int = LARGEST
    too_large: str = wording.TOO_LARGE


def _person(person_id: int) -> Person:
    """Of who was erased nothing is recorded any more."""
    found = people.find(db(), person_id)
    return found if found and not found.erased_at else abort(404)


def _page(person: Person, trouble: str = "") -> str:
    return render_template("school/person-badge.html", page=BadgePage(person, trouble))


@blueprint.get("/people/<id:person_id>/badge", endpoint="badge")
def choose(person_id: int) -> str:
    return _page(_person(person_id))


@blueprint.post("/people/<id:person_id>/badge", endpoint="read_badge")
@takes_a_file(MOST)
def read(person_id: int) -> str:
    """What stands in a badge, and what its signature proves. Nothing is kept yet."""
    person, (called, content) = _person(person_id), sent_file("file")
    if not called and not content:
        return _page(person, wording.NO_FILE)
    try:
        found = deeds.look_at(db(), content, person.id, parts.own_school(), today())
    except NotTaken as fault:
        return _page(person, str(fault))
    form = BadgeForm(formdata=None)
    form.offer(found, person)
    if found.claims.course in form.course.choices:
        form.course.data = found.claims.course
    return _shown(person, found, form, content)


def _shown(person: Person, found: Read, form: BadgeForm, content: bytes, trouble: str = "") -> str:
    page = BadgePage(
        person, trouble, found, form, wording.facts(found.claims), wording.whose(found.claims, person.name, found.is_theirs),
        wording.known_key(found.earlier, found.public_key), wording.see_for_yourself(found.claims),
        file=base64.urlsafe_b64encode(content).decode(),
    )  # fmt: skip
    return render_template("school/person-badge.html", page=page)


@blueprint.post("/people/<id:person_id>/badge/count", endpoint="count_badge")
@takes_a_file(MOST)
def count(person_id: int) -> Response | str:
    """Count it as done elsewhere. Pressed twice, it counts once."""
    person = _person(person_id)
    try:
        content = base64.b64decode(sent("badge", LONGEST), altchars=b"-_", validate=True)
        found = deeds.look_at(db(), content, person.id, parts.own_school(), today())
    except NotTaken as fault:
        return _page(person, str(fault))
    except ValueError:  # no page of ours sends that
        return _page(person, wording.NO_FILE)
    form = BadgeForm()
    form.offer(found, person)
    if not form.validate():
        return _shown(person, found, form, content)
    try:
        kept = deeds.count(
            db(), site().settings.data, person.id, form.course.data, content, parts.own_school(), confirmed=form.theirs.data,
            by=viewer().id, now=now(),
        )  # fmt: skip
    except (NotTaken, NoRoom) as fault:
        return _shown(person, found, form, content, str(fault))
    except people.NoSuchPerson:  # erased a moment ago
        abort(404)
    except OSError as fault:
        log.error("A badge can't be kept: %s", fault)
        return _shown(person, found, form, content, NOT_WRITTEN)
    if kept is None:
        flash(wording.KEPT_ALREADY, "done")
    else:
        log.info("Badge %s of person %s recorded by person %s", kept.id, person.id, viewer().id)
        flash(f"Kept. {elsewhere.of_course(done_elsewhere.title_of(kept.course), kept)}.", "done")
    return redirect(f"/school/people/{person.id}/elsewhere", 303)

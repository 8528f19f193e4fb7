"""Correcting what is on record of somebody: their entries, and a correction of one, which stands beside it."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from flask import abort, flash, redirect, render_template
from werkzeug.wrappers import Response
from wtforms import RadioField
from wtforms.validators import ValidationError

from ...records.people import people
from ...records.people.people import Person
from ...services import corrections as deeds
from ...services.corrections import CorrectedMeanwhile, Follows, NotToCorrect, Said
from ...wording import corrections as wording
from ..parts import seen
from ..parts.corrections import EntryShown, entries
from ..parts.fields import CalmForm, Paragraph
from ..parts.paging import list_address, within
from ..parts.past_attempts import lesson_titles
from ..parts.seen import KEPT_ALREADY
from ..site import current_programme, db, now, viewer
from .room import blueprint

log = logging.getLogger("induction.school")
PER_PAGE = 20
NOTE, NO, YES = "note", "no", "yes"  # what is said of an entry, as the form sends it
SAYS = {NOTE: None, NO: False, YES: True}


class CorrectionForm(CalmForm):
    counts = RadioField("What is to be said of it")
    why = Paragraph("Why", "Write why.", "It stays on record.", longest=1000)
    rightly = Paragraph("What is right", hint="As far as you know it: who it was, or which day. Needed for a note.", longest=1000)

    def offer(self, entry: EntryShown) -> None:
        may = deeds.may_say(entry.corrected)
        self.counts.choices = [(word, wording.CHOICES[counts]) for word, counts in SAYS.items() if counts in may]

    def validate_rightly(self, field: Paragraph) -> None:
        if self.counts.data == NOTE and not field.data and not field.process_errors:
            raise ValidationError("Write what is right.")


@dataclass(frozen=True, slots=True)
class EntriesPage:
    person: Person
    entries: Sequence[EntryShown]
    own: bool  # it is the lead's own record
    page: int
    pages: int

    def address(self, page: int) -> str:
        return list_address(f"/school/people/{self.person.id}/corrections", page, "", "")


@dataclass(frozen=True, slots=True)
class CorrectionPage:
    person: Person
    entry: EntryShown
    form: CorrectionForm
    follows: str  # what else happens where it does not count; empty where that can't be said
    saw: int
    trouble: str = ""  # why nothing was kept, where no field is wrong
    stands_with_another: bool = False


def _person(person_id: int) -> Person:
    """Of who was erased nothing is corrected any more."""
    found = people.find(db(), person_id)
    return found if found and not found.erased_at else abort(404)


@blueprint.get("/people/<id:person_id>/corrections", endpoint="corrections")
def read(person_id: int) -> str:
    person = _person(person_id)
    every = entries(person.id)
    page, pages = within(len(every), PER_PAGE)
    shown = every[(page - 1) * PER_PAGE : page * PER_PAGE]
    return render_template(
        "school/person-corrections.html", page=EntriesPage(person, shown, person.id == viewer().id, page, pages)
    )


@blueprint.route("/people/<id:person_id>/corrections/<kind>/<id:entry_id>", methods=["GET", "POST"], endpoint="correction")
def correct(person_id: int, kind: str, entry_id: int) -> Response | str:
    """Keep a correction. Pressed twice, it is kept once; one that another lead made meanwhile is shown first."""
    person = _person(person_id)
    entry = _entry(person, kind, entry_id)
    form = CorrectionForm()
    form.offer(entry)
    if not form.is_submitted():
        return _page(person, entry, form)
    saw = seen.number() if entry.corrected else 0
    sound = form.validate()
    if not sound and saw == _latest(entry):  # else it is said first that another was faster
        return _page(person, entry, form)
    counts = SAYS.get(form.counts.data or "")
    said = Said(kind=entry.kind, entry=entry.id, counts=counts, why=form.why.data or "", rightly=form.rightly.data or "", saw=saw)
    try:
        follows = deeds.correct(db(), current_programme(), said, by=viewer().id, now=now())
    except CorrectedMeanwhile as fault:
        entry = _entry(person, kind, entry_id)
        form.offer(entry)
        return _page(person, entry, form, wording.meanwhile(seen.who(fault.latest.by, fault.latest.by_name)))
    except NotToCorrect:
        abort(404)
    if follows is None:
        flash(KEPT_ALREADY, "done")
    else:
        log.info("%s %s of person %s corrected by person %s", entry.kind, entry.id, person.id, viewer().id)
        flash(wording.done(counts, *_titles(follows)), "done")
    return redirect(f"/school/people/{person.id}/corrections", 303)


def _entry(person: Person, kind: str, entry_id: int) -> EntryShown:
    """An entry of theirs; a lead corrects nothing of their own."""
    found = next((each for each in entries(person.id) if (each.kind, each.id) == (kind, entry_id)), None)
    return found if found and person.id != viewer().id else abort(404)


def _latest(entry: EntryShown) -> int:
    return entry.corrected[-1].id if entry.corrected else 0


def _page(person: Person, entry: EntryShown, form: CorrectionForm, trouble: str = "") -> str:
    may = deeds.may_say(entry.corrected)
    follows = ""
    if False in may:
        courses, lessons = _titles(deeds.follows(db(), person.id, entry.kind, entry.id, False))
        follows = wording.what_follows(entry.kind, entry.lesson, person.name.split()[0], lessons, courses)
    page = CorrectionPage(person, entry, form, follows, _latest(entry), trouble, not entry.counts and True not in may)
    return render_template("school/person-correction.html", page=page)


def _titles(follows: Follows) -> tuple[list[str], list[str]]:
    """The titles of the courses and of the lessons that do not count with an entry, or count again."""
    titles = lesson_titles(current_programme())
    courses = [titles.get((each.course, ""), each.course) for each in follows.courses]
    return courses, list(dict.fromkeys(titles.get((each.course, each.lesson), each.lesson) for each in follows.lessons))

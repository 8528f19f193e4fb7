"""Somebody's record is erased on request: asked first, with what goes, what stays and why. It can't be taken back."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from flask import abort, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from ...records import erasure as records
from ...records.erasure import Erasure
from ...records.people import people
from ...records.people.people import Person
from ...records.progress import completions
from ...rules.calendar import local
from ...services import erasure as deeds
from ...services.erasure import Copy, NoReason, NotTheName, ReasonNamesThem, StillHere
from ...wording import dates
from ...wording import erasure as wording
from ...wording.history import THE_SERVER
from ..parts.fields import CalmForm, Line
from ..parts.past_attempts import lesson_titles
from ..security.confirm import ask_again
from ..site import current_programme, db, now, site, today, viewer
from .room import blueprint

log = logging.getLogger("induction.school")


class EraseForm(CalmForm):
    why = Line("Why", hint="Who asked for it and when, without the name: this stays.", longest=500)
    typed = Line("Their name, as it stands above", longest=200)


@dataclass(frozen=True, slots=True)
class ErasePage:
    person: Person
    form: EraseForm
    goes: list[str]
    stays: list[tuple[str, str]]
    written: list[str]  # where the school's own words name them
    backups: str
    copies: list[Copy]


@dataclass(frozen=True, slots=True)
class ErasedPage:
    person: Person
    erasure: Erasure
    what: str
    by: str  # who did it
    completed: list[tuple[str, str]]  # a course, and the day


@blueprint.route("/people/<id:person_id>/erase", methods=["GET", "POST"])
def erase(person_id: int) -> Response | str:
    """Whoever is still here is told to end their account first. Pressed twice, they are erased once."""
    found = people.find(db(), person_id) or abort(404)
    if found.erased_at:
        if request.method == "POST":
            flash("It was erased before, as it stands below. Nothing more was changed.", "done")
        return redirect(f"/school/people/{found.id}", 303)
    form = EraseForm()
    if found.active or not form.validate_on_submit():
        return _page(found, form)
    ask_again()
    try:
        deeds.erase(db(), found.id, typed=form.typed.data, why=form.why.data, by=viewer().id, now=now())
    except NotTheName:
        form.typed.errors = [f"Type {found.name}, as it stands above."]
    except (NoReason, ReasonNamesThem) as fault:
        form.why.errors = [str(fault)]
    except StillHere:
        return _page(people.find(db(), person_id) or abort(404), form)
    if form.errors:
        return _page(found, form)
    log.info("Record of person %s erased by person %s", found.id, viewer().id)
    flash(wording.done(found.id, deeds.finish(db())), "done")
    return redirect(f"/school/people/{found.id}", 303)


def _page(person: Person, form: EraseForm) -> str:
    outlook, (told, copies) = deeds.outlook(db(), person), backups()
    page = ErasePage(person, form, wording.goes(outlook.goes), wording.stays(outlook.stays), outlook.written, told, copies)
    return render_template("school/person-erase.html", page=page)


def until_when_backups_stay() -> str:
    """The same of no one record: until when those that lie here stay. Empty where none does, or they can't be looked at."""
    try:
        copies = deeds.copies(site().settings.data)
    except OSError:
        return ""
    going = [each.goes_by for each in copies if each.goes_by]
    return wording.backups_go(max(going, default=None), len(copies) - len(going), today()).strip()


def backups() -> tuple[str, list[Copy]]:
    """The copies in which a record still stands, in a sentence and by name."""
    try:
        copies = deeds.copies(site().settings.data)
    except OSError:
        return "The backups on this machine can’t be looked at.", []
    going = [each.goes_by for each in copies if each.goes_by]
    return wording.backups(len(copies), max(going, default=None), len(copies) - len(going), today()), copies


def erased_page(person: Person) -> str:
    """What is left of somebody who was erased."""
    done = records.of_person(db(), person.id) or abort(404)
    titles, itself = lesson_titles(current_programme()), "The site, since the time for which it is kept was over"
    page = ErasedPage(
        person,
        done,
        wording.was_erased(person.id, done.at),
        done.by_name or (itself if done.by_itself else THE_SERVER),
        [
            (titles.get((each.course, ""), each.course), dates.short_in_full(local(each.completed_at).date()))
            for each in completions.of_person(db(), person.id)
        ],
    )
    return render_template("school/person-erased.html", page=page)

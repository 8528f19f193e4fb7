"""Somebody leaves: asked first, with what stays and what goes; taken back within a week, or brought back later."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from flask import abort, flash, redirect, render_template
from markupsafe import Markup
from werkzeug.wrappers import Response

from ...records.people import people
from ...records.people.people import LastLead, NotAMentor, Person
from ...rules.roles import Role
from ...services import people as deeds
from ...services import vacancies
from ...services.people import FollowerNotSaid, TooLate
from ...services.vacancies import Held
from ..security.confirm import ask_again
from ..site import current_programme, db, now, today, viewer
from .person import ONLY_LEAD, person_page
from .person_form import GONE, BackForm, EndForm, PersonForm, follower, named
from .room import blueprint

log = logging.getLogger("induction.school")
INVITE = "They need a new invitation: the password of before has ended."


@dataclass(frozen=True, slots=True)
class EndPage:
    person: Person
    held: Held
    teachers: str  # whom they mentor, in words
    form: EndForm
    trouble: str
    me: bool


@blueprint.route("/people/<id:person_id>/deactivate", methods=["GET", "POST"])
def deactivate(person_id: int) -> Response | str:
    """Somebody has left. What they did stays on record. Pressed twice, they have left once."""
    found = people.find(db(), person_id) or abort(404)
    held = vacancies.held_by(db(), found, current_programme().school.words, today())
    form = EndForm()
    form.offer(found, held.teachers)
    if found.active and not form.validate_on_submit():
        return _page(found, held, form)
    following = follower(form.follower)
    if found.active and found.role is Role.LEAD:
        ask_again()
    try:
        ended = found.active and deeds.end(db(), found.id, by=viewer().id, now=now(), follower=following)
    except FollowerNotSaid:
        form.follower.errors = ["Choose who follows, or nobody at present."]
        return _page(found, held, form)
    except NotAMentor:
        form.follower.errors = [GONE]
        return _page(found, held, form)
    except LastLead:
        return _page(found, held, form, ONLY_LEAD)
    if not ended:
        flash(f"{found.name} had left before. Nothing was changed.", "done")
        return redirect(f"/school/people/{found.id}", 303)
    log.info("Person %s deactivated by person %s", found.id, viewer().id)
    _say_who_follows(found, held, following)
    return redirect("/school/people", 303)


def _page(person: Person, held: Held, form: EndForm, trouble: str = "") -> str:
    page = EndPage(person, held, named(held.teachers), form, trouble, person.id == viewer().id)
    return render_template("school/person-end.html", page=page)


def _say_who_follows(left: Person, held: Held, following: int | None) -> None:
    """What was done, whom it leaves, how it is undone, and where else the one who left is named."""
    words = f"{left.name} can’t sign in any more. What they did stays on record."
    if held.teachers:
        theirs, one = named(held.teachers), len(held.teachers) == 1
        new = people.find(db(), following) if following else None
        if new:
            words += f" {new.name} mentors {theirs} now."
        else:
            words += f" {theirs} {'has' if one else 'have'} no mentor at present."
    flash(Markup('{} <a href="/school/people/{}#take-back">Take it back</a>').format(words, left.id), "done")
    elsewhere = [f"{each.latest.said.title}, which rests until somebody else looks after it" for each in held.accounts]
    elsewhere += [f"Settings, as {word}" for word in held.contacts]
    elsewhere += [f"deputy for {each.mentor_name}, for whom nobody stands in now" for each in held.stands_in]
    if elsewhere:
        flash(f"{left.name} is still named elsewhere: {'; '.join(elsewhere)}. Say there who follows.", "wait")


@blueprint.post("/people/<id:person_id>/take-back")
def take_back(person_id: int) -> Response:
    """The end of an account is undone whole, within a week. Pressed twice, it is undone once."""
    found = _not_erased(person_id)
    _ask_again_of_a_lead(found)
    try:
        teachers = deeds.take_back(db(), found.id, by=viewer().id, now=now())
    except TooLate as fault:
        flash(f"Nothing was changed. {fault}", "wait")
        return redirect(f"/school/people/{found.id}", 303)
    if teachers is None:
        flash(f"{found.name} is here already. Nothing was changed.", "done")
    else:
        log.info("End of person %s taken back by person %s", found.id, viewer().id)
        again = f", and mentors {named(teachers)} again" if teachers else ""
        flash(f"{found.name} is back, as {found.role}, with all they had done{again}. {INVITE}", "done")
    return redirect(f"/school/people/{found.id}", 303)


@blueprint.post("/people/<id:person_id>/reactivate")
def reactivate(person_id: int) -> Response | str:
    """Somebody is back, from a day until a day where these are given, and needs an invitation. Pressed twice, they are back once."""
    found = _not_erased(person_id)
    form = BackForm()
    if not found.active and not form.validate_on_submit():
        return person_page(found, PersonForm.of(found, formdata=None), back=form)
    _ask_again_of_a_lead(found)
    if deeds.bring_back(db(), found.id, by=viewer().id, now=now(), starts=form.starts.day, ends=form.ends.day):
        log.info("Person %s brought back by person %s", found.id, viewer().id)
        flash(f"{found.name} is back, with all they had done and without a password. Make a new invitation.", "done")
    else:
        flash(f"{found.name} is here already. Nothing was changed.", "done")
    return redirect(f"/school/people/{found.id}", 303)


def _ask_again_of_a_lead(found: Person) -> None:
    """A lead who comes back sees everybody's record."""
    if not found.active and found.role is Role.LEAD:
        ask_again()


def _not_erased(person_id: int) -> Person:
    """Somebody who can come back: as if they were not there, who was erased."""
    found = people.find(db(), person_id)
    return found if found and not found.erased_at else abort(404)

"""The school's people: find, add, change, invite, and end an account."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from flask import abort, flash, redirect, render_template, request
from werkzeug.wrappers import Response
from wtforms import RadioField, SelectField
from wtforms.validators import InputRequired

from ...learning import dates
from ...learning.people import Role
from ...records import links, people
from ...records.database import transaction
from ...records.links import LinkKind
from ...records.people import EmailTaken, LastLead, NotAMentor, PeoplePage, Person
from ...rules.names import told_apart
from ..forms import CalmForm, DayField, EmailLine, Name
from ..incoming import asked
from ..site import db, now, site, teaching, today, viewer
from .lists import blueprint, list_address, page_number, tidy_search

log = logging.getLogger("induction.school")
ROLE_CHOICES = {Role.TEACHER.value: "Teacher", Role.MENTOR.value: "Mentor", Role.LEAD.value: "Lead"}


class PersonForm(CalmForm):
    name = Name("Name", "Write the name.")
    email = EmailLine("Email")
    role = RadioField("Role", choices=ROLE_CHOICES, validators=[InputRequired("Choose a role.")], default=Role.TEACHER.value)
    mentor = SelectField("Mentor")
    course = SelectField("Course", default="")
    due = DayField("To be done by", hint="For example, 04/12/2026. Leave it empty where there is no date.")

    def offer_mentors(self, but: int | None = None) -> None:
        offered = {str(id): called for id, called in told_apart(people.mentors(db())).items() if id != but}
        self.mentor.choices = {"": "No mentor yet"} | offered
        self.course.choices = {"": "What everyone is given"} | {each.word: each.title for each in teaching().by_name}


@dataclass(frozen=True, slots=True)
class PeopleListPage:
    listing: PeoplePage
    mentors: dict[int, str]  # what they are called
    search: str
    show: str
    due: dict[int, str]
    last_here: dict[int, str]

    def address(self, page: int) -> str:
        return list_address("/school/people", page, self.show, self.search)


@blueprint.get("/people", endpoint="people")
def people_list() -> str:
    show = asked("show")
    search = tidy_search()
    role = Role(show) if show in list(Role) else None
    listing = people.listing(db(), search=search, role=role, active=show != "left", page=page_number())
    mentors = people.some(db(), {each.mentor_id for each in listing.people if each.mentor_id})
    due = {each.id: dates.short_day(each.due, today()) for each in listing.people if each.due}
    here = {each.id: dates.recently(each.last_seen_at, now()) for each in listing.people if each.last_seen_at}
    page = PeopleListPage(listing, told_apart(mentors.values(), people.shared_names(db())), search, show, due, here)
    return render_template("school/people.html", page=page)


@dataclass(frozen=True, slots=True)
class PersonPage:
    person: Person | None  # None: somebody new
    form: PersonForm
    link: str | None  # an invitation or a reset, to copy
    link_kind: LinkKind | None
    is_me: bool


@blueprint.route("/people/add", methods=["GET", "POST"])
def add_person() -> Response | str:
    form = PersonForm()
    form.offer_mentors()
    if not form.validate_on_submit():
        return _person_page(None, form)
    try:
        with transaction(db()):
            person = people.add(
                db(),
                email=form.email.data,
                name=form.name.data,
                role=Role(form.role.data),
                mentor_id=_mentor(form),
                due=form.due.day,
                now=now(),
                course=form.course.data or None,
            )
            token = links.make(db(), LinkKind.INVITATION, person.id, now())
    except EmailTaken:
        form.email.errors = ["Somebody with that email is here already; search for them under People."]
        return _person_page(None, form)
    except NotAMentor:
        return _person_page(None, _mentor_gone(form))
    log.info("Person %s added as %s by person %s", person.id, person.role, viewer().id)
    return _show_link(person, LinkKind.INVITATION, token)


@blueprint.route("/people/<id:person_id>", methods=["GET", "POST"])
def person(person_id: int) -> Response | str:
    found = people.find(db(), person_id) or abort(404)
    form = PersonForm(data={"name": found.name, "email": found.email, "due": found.due})
    form.offer_mentors(but=found.id)
    if request.method == "GET":
        form.name.data, form.email.data, form.role.data = found.name, found.email, found.role.value
        form.mentor.data, form.course.data = str(found.mentor_id or ""), found.course or ""
        form.due.data = f"{found.due:%d/%m/%Y}" if found.due else ""
    if not form.validate_on_submit():
        return _person_page(found, form)
    try:
        with transaction(db()):
            changed = people.update(
                db(),
                found.id,
                email=form.email.data,
                name=form.name.data,
                role=Role(form.role.data),
                mentor_id=_mentor(form),
                due=form.due.day,
            )
            people.give_course(db(), found.id, form.course.data or None)
    except EmailTaken:
        form.email.errors = ["Somebody else has that email."]
        return _person_page(found, form)
    except NotAMentor:
        return _person_page(found, _mentor_gone(form))
    except LastLead:
        form.role.errors = ["This is the only lead. Make somebody else a lead first."]
        return _person_page(found, form)
    if changed.role is not found.role:
        log.info("Role of person %s: %s to %s, by person %s", found.id, found.role, changed.role, viewer().id)
    flash(f"Saved. {changed.name} is up to date.", "done")
    return redirect(f"/school/people/{found.id}", 303)


def _mentor(form: PersonForm) -> int | None:
    return int(form.mentor.data) if form.mentor.data else None


def _mentor_gone(form: PersonForm) -> PersonForm:
    """Between the page and the sending, that person stopped being a mentor."""
    form.mentor.errors = ["That person is no mentor any more; choose another."]
    return form


def _person_page(person: Person | None, form: PersonForm, link: str | None = None, kind: LinkKind | None = None) -> str:
    is_me = person is not None and person.id == viewer().id
    page = PersonPage(person, form, link, kind, is_me)
    return render_template("school/person.html", page=page)


def _show_link(person: Person, kind: LinkKind, token: str) -> str:
    """The person's page with a link to copy. It is shown this once: only its hash is stored."""
    form = PersonForm(formdata=None)
    form.offer_mentors(but=person.id)
    form.name.data, form.email.data, form.role.data = person.name, person.email, person.role.value
    form.mentor.data, form.course.data = str(person.mentor_id or ""), person.course or ""
    form.due.data = f"{person.due:%d/%m/%Y}" if person.due else ""
    return _person_page(person, form, f"{site().settings.address}/{kind.value}/{token}", kind)


@blueprint.post("/people/<id:person_id>/invitation")
def invite(person_id: int) -> str:
    return _new_link(person_id, LinkKind.INVITATION)


@blueprint.post("/people/<id:person_id>/reset")
def reset_link(person_id: int) -> str:
    return _new_link(person_id, LinkKind.RESET)


def _new_link(person_id: int, kind: LinkKind) -> str:
    found = people.find(db(), person_id) or abort(404)
    if not found.active:
        abort(404)
    with transaction(db()):
        token = links.make(db(), kind, found.id, now())
    log.info("New %s link for person %s by person %s", kind, found.id, viewer().id)
    return _show_link(found, kind, token)


@blueprint.post("/people/<id:person_id>/deactivate")
def deactivate(person_id: int) -> Response:
    """Somebody has left, or comes back: one button each. What they did stays on record."""
    found = people.find(db(), person_id) or abort(404)
    try:
        with transaction(db()):
            if found.active:
                people.deactivate(db(), found.id)
            else:
                people.reactivate(db(), found.id)
    except LastLead:
        flash("Nothing was changed: this is the only lead. Make somebody else a lead first.", "wait")
        return redirect(f"/school/people/{found.id}", 303)
    log.info("Person %s %s by person %s", found.id, "deactivated" if found.active else "reactivated", viewer().id)
    flash(
        f"{found.name} can't sign in any more. What they did stays on record."
        if found.active
        else f"{found.name} is back, with all they had done. Make a new invitation.",
        "done",
    )
    return redirect(f"/school/people/{found.id}" if not found.active else "/school/people", 303)

"""Ways in and out: first run, invitations, signing in and out, passwords, devices."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, abort, flash, g, make_response, redirect, render_template, request, session
from flask_login import logout_user
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from ..records import links, people, school, sessions, throttle
from ..records.database import DatabaseFault, transaction
from ..records.links import LinkKind
from ..records.people import Person
from ..records.sessions import OpenSession
from ..services import people as deeds
from . import carrying
from .devices import words_for
from .door import LONGEST_PLACE, safe_next
from .forms import CalmForm, EmailLine, Name, NewPassword, Password, SchoolForm
from .incoming import asked, sent
from .sign_in import DEVICE_COOKIE, SignInForm, begin_session, sign_in_page
from .site import db, now, site, viewer

log = logging.getLogger("induction.account")
blueprint = Blueprint("account", __name__)


class NewPasswordForm(CalmForm):
    password = NewPassword()

    def __init__(self, *of: str) -> None:
        super().__init__()
        self._of = of

    def own_words(self) -> tuple[str, ...]:
        return self._of


class ChangePasswordForm(NewPasswordForm):
    present = Password("Your present password", "Write your present password.")
    password = NewPassword("The new password")
    field_order = ("present", "password")


class FirstRunForm(SchoolForm):
    lead_name = Name("Your name", "Write your name.")
    lead_email = EmailLine("Your email")
    lead_password = NewPassword()

    def own_words(self) -> tuple[str, ...]:
        return (self.name.data or "", self.lead_name.data or "", self.lead_email.data or "")

    def not_words(self) -> set[str]:
        return {"lead_name", "lead_email", "lead_password"}


@blueprint.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> Response | str | tuple[str, int]:
    form = SignInForm()
    where = safe_next(sent("next", LONGEST_PLACE + 1) or asked("next", LONGEST_PLACE + 1))
    carried = sent(carrying.FIELD, carrying.LONGEST)
    if request.method == "GET":
        return redirect(where, 303) if "viewer" in g else sign_in_page(form, where)
    if not form.validate_on_submit():
        return sign_in_page(form, where, carried)
    person_id, wait = _check(form.email.data, form.password.data)
    if wait:
        return sign_in_page(form, where, carried, wait=wait), 429
    if person_id is None:
        log.info("Sign-in refused")
        return sign_in_page(form, where, carried, refused=True)
    answer = begin_session(person_id, where)
    kept = carrying.unpack(carried, person_id)
    return answer if kept is None else _offer_again(answer, *kept)


def _check(email: str, password: str) -> tuple[int | None, int]:
    """(the person's id where email and password fit, seconds to wait). The try is counted before it is judged."""
    mark = request.cookies.get(DEVICE_COOKIE)
    with transaction(db()):
        wait = throttle.note_try(db(), email, mark, now())
    if wait:
        return None, wait
    stored = people.password_of(db(), email)
    usable, known = stored is not None and stored.active, throttle.knows_device(db(), email, mark)
    fits = site().hashing.verify(stored.password_hash if usable else None, password, known_device=known)
    return (stored.person_id if stored is not None and fits else None), 0


def _offer_again(answer: Response, path: str, fields: MultiDict[str, str]) -> Response:
    """Signed in again: what this person had typed, to be sent with one press."""
    page = render_template("account/typed-before.html", path=path, fields=list(fields.items(multi=True)))
    offered = make_response(page, 200)
    for name, value in answer.headers:
        if name == "Set-Cookie":
            offered.headers.add(name, value)
    return offered


@blueprint.post("/sign-out")
def sign_out() -> Response:
    """Ends the session; where the records can't be written the cookie is cleared all the same."""
    if "token" in g:
        try:
            with transaction(db()):
                sessions.end(db(), g.token)
            log.info("Signed out: person %s", g.viewer.id)
        except DatabaseFault as fault:
            log.error("Signed out in the browser alone: %s", fault)
    return _gone("/sign-in")


def _gone(where: str) -> Response:
    logout_user()
    session.clear()
    answer = redirect(where, 303)
    answer.headers["Clear-Site-Data"] = '"cache"'  # not "storage": that would wipe private checklists
    return answer


@blueprint.get("/forgotten")
def forgotten() -> str:
    details = school.details(db())
    return render_template("account/forgotten.html", page=details)


@dataclass(frozen=True, slots=True)
class FirstRunPage:
    form: FirstRunForm


@blueprint.route("/first-run/<token>", methods=["GET", "POST"])
def first_run(token: str) -> Response | str:
    link = links.find(db(), LinkKind.FIRST_RUN, token, now())
    if link is None or people.has_lead(db()):
        abort(404)
    form = FirstRunForm()
    if not form.validate_on_submit():
        if request.method == "GET":
            form.nation.data = "england"
        return render_template("account/first-run.html", page=FirstRunPage(form))
    secret = site().hashing.hash(form.lead_password.data)
    try:
        lead = deeds.set_up(
            db(), token, form.about(), name=form.lead_name.data, email=form.lead_email.data, password_hash=secret,
            device=words_for(request.user_agent.string), now=now(),
        )
    except people.EmailTaken:
        form.lead_email.errors = ["Somebody with that email is here already. Use another, or make them a lead on the server."]
        return render_template("account/first-run.html", page=FirstRunPage(form))
    if lead is None:
        abort(404)
    log.info("First run: the school is set up by person %s", lead.id)
    answer = begin_session(lead.id, "/school/people")
    flash("Your school is set up. Next: add the people who are new.", "done")
    return answer


@dataclass(frozen=True, slots=True)
class LinkPage:
    """A page with a button: opening it changes nothing, since mail scanners open links."""

    form: NewPasswordForm
    person: Person
    invited: bool


@blueprint.route("/invitation/<token>", methods=["GET", "POST"])
def invitation(token: str) -> Response | str | tuple[str, int]:
    return _choose_password(LinkKind.INVITATION, token)


@blueprint.route("/reset/<token>", methods=["GET", "POST"])
def reset(token: str) -> Response | str | tuple[str, int]:
    return _choose_password(LinkKind.RESET, token)


def _choose_password(kind: LinkKind, token: str) -> Response | str | tuple[str, int]:
    link = links.find(db(), kind, token, now())
    person = people.find(db(), link.person_id) if link and link.person_id else None
    if person is None:
        return render_template("account/link-ended.html", page=kind), 404
    form = NewPasswordForm(person.name, person.email, school.details(db()).name)
    if not form.validate_on_submit():
        page = LinkPage(form, person, kind is LinkKind.INVITATION)
        return render_template("account/choose-password.html", page=page)
    secret = site().hashing.hash(form.password.data)
    device = words_for(request.user_agent.string)
    if deeds.choose_password(db(), kind, token, secret, device=device, now=now()) is None:
        return render_template("account/link-ended.html", page=kind), 404  # another press was first
    log.info("Password chosen by a link: person %s", person.id)
    return begin_session(person.id, "/")


@dataclass(frozen=True, slots=True)
class PasswordPage:
    form: ChangePasswordForm


@blueprint.route("/account/password", methods=["GET", "POST"])
def password() -> Response | str:
    person = viewer()
    form = ChangePasswordForm(person.name, person.email, school.details(db()).name)
    if form.validate_on_submit():
        _, wait = None, 0
        person_id, wait = _check(person.email, form.present.data)
        if person_id == person.id:
            return _change_password(person, form.password.data)
        form.present.errors = [
            f"Wait {wait} seconds and try again." if wait else "That is not your present password; type it again."
        ]
    return render_template("account/password.html", page=PasswordPage(form))


def _change_password(person: Person, new: str) -> Response:
    secret = site().hashing.hash(new)
    deeds.change_password(db(), person.id, secret, device=words_for(request.user_agent.string), now=now())
    log.info("Password changed: person %s", person.id)
    answer = begin_session(person.id, "/account/devices")
    flash("Your password is changed. Everywhere else you have been signed out.", "done")
    return answer


@dataclass(frozen=True, slots=True)
class DevicesPage:
    sessions: list[OpenSession]
    here: int  # the id of the session in this browser
    now: datetime


@blueprint.get("/account/devices")
def devices() -> str:
    mine = sessions.mine(db(), viewer().id, now())
    return render_template("account/devices.html", page=DevicesPage(mine, g.signed_in.session_id, now()))


@blueprint.post("/account/devices")
def sign_out_everywhere() -> Response:
    with transaction(db()):
        sessions.end_all(db(), viewer().id)
    log.info("Signed out everywhere: person %s", viewer().id)
    return _gone("/sign-in")

"""Ways in and out: first run, invitations, signing in and out, passwords, devices."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, flash, g, make_response, redirect, render_template, request, session
from flask_login import logout_user
from werkzeug.wrappers import Response

from ...records.people import one_time_links, people, sessions
from ...records.people.one_time_links import LinkKind
from ...records.people.people import Person, StoredPassword
from ...records.people.sessions import OpenSession
from ...records.school import school
from ...records.store.database import DatabaseFault, transaction
from ...rules import addresses
from ...rules.addresses import safe_next
from ...services import people as deeds
from ...services.people import FirstLead
from ..incoming_request import asked, sent
from ..parts.fields import CalmForm, EmailLine, Name, NewPassword, Password
from ..parts.school_form import SchoolForm
from ..security import carried_fields
from ..security.browser_names import words_for
from ..security.carried_fields import Carried
from ..security.sign_in import SignInForm, begin_session, check_password, sign_in_page
from ..site import contacts, db, now, site, viewer
from . import ended_links

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
    where = safe_next(sent("next", addresses.LONGEST_PLACE + 1) or asked("next", addresses.LONGEST_PLACE + 1))
    carried = sent(carried_fields.FIELD, carried_fields.LONGEST)
    if request.method == "GET":
        return redirect(where, 303) if "viewer" in g else sign_in_page(form, where)
    if not form.validate_on_submit():
        return sign_in_page(form, where, carried=carried)
    verified, wait = check_password(form.email.data, form.password.data)
    if wait:
        return _told_to_wait(sign_in_page(form, where, carried=carried, wait=wait), wait)
    answer = begin_session(verified, where) if verified else None
    if verified is None or answer is None:
        log.info("Sign-in refused")
        return sign_in_page(form, where, carried=carried, refused=True)
    kept = carried_fields.unpack(carried, verified.person_id)
    return answer if kept is None else _show_again(answer, kept)


def _told_to_wait(page: str, wait: int) -> Response:
    answer = make_response(page, 429)
    answer.headers["Retry-After"] = str(wait)
    return answer


def _show_again(answer: Response, kept: Carried) -> Response:
    """Signed in again: the words that this person had typed, to take along to the page where they belong."""
    page = make_response(render_template("account/typed-before.html", page=kept))
    for cookie in answer.headers.getlist("Set-Cookie"):
        page.headers.add("Set-Cookie", cookie)
    return page


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
    return render_template("account/forgotten.html", page=contacts())


@dataclass(frozen=True, slots=True)
class FirstRunPage:
    form: FirstRunForm


@blueprint.route("/first-run/<token>", methods=["GET", "POST"])
def first_run(token: str) -> Response | str:
    token = ended_links.token_within(token)
    if one_time_links.find(db(), LinkKind.FIRST_RUN, token, now()) is None or people.has_lead(db()):
        return ended_links.page(LinkKind.FIRST_RUN, token)
    form = FirstRunForm()
    if not form.validate_on_submit():
        if request.method == "GET":
            form.nation.data = "england"
        return render_template("account/first-run.html", page=FirstRunPage(form))
    secret = site().hashing.hash(form.lead_password.data)
    try:
        first = FirstLead(form.lead_name.data, form.lead_email.data, secret, words_for(request.user_agent.string))
        lead = deeds.set_up(db(), token, form.about(), first, now())
    except people.EmailTaken:
        form.lead_email.errors = ["Somebody with that email is here already. Use another, or make them a lead on the server."]
        return render_template("account/first-run.html", page=FirstRunPage(form))
    if lead is None:
        return ended_links.page(LinkKind.FIRST_RUN, token)
    log.info("First run: the school is set up by person %s", lead.id)
    answer = _begin_with(lead.email, secret, "/school/people")
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
    token = ended_links.token_within(token)
    link = one_time_links.find(db(), kind, token, now())
    person = people.find(db(), link.person_id) if link and link.person_id else None
    if person is None:
        return ended_links.page(kind, token)
    form = NewPasswordForm(person.name, person.email, school.details(db()).name)
    if not form.validate_on_submit():
        page = LinkPage(form, person, kind is LinkKind.INVITATION)
        return render_template("account/choose-password.html", page=page)
    secret = site().hashing.hash(form.password.data)
    device = words_for(request.user_agent.string)
    if deeds.choose_password(db(), kind, token, secret, device=device, now=now()) is None:
        return ended_links.page(kind, token)  # another press was first
    log.info("Password chosen by a link: person %s", person.id)
    return _begin_with(person.email, secret, "/")


@dataclass(frozen=True, slots=True)
class PasswordPage:
    form: ChangePasswordForm


@blueprint.route("/account/password", methods=["GET", "POST"])
def password() -> Response | str:
    person = viewer()
    form = ChangePasswordForm(person.name, person.email, school.details(db()).name)
    if form.validate_on_submit():
        verified, wait = check_password(person.email, form.present.data)
        if verified and verified.person_id == person.id:
            return _change_password(verified, form.password.data)
        form.present.errors = [
            f"Wait {wait} seconds and try again." if wait else "That is not your present password; type it again."
        ]
    return render_template("learner/password.html", page=PasswordPage(form))


def _change_password(verified: StoredPassword, new: str) -> Response:
    """Nothing is changed where the account, or this session, is no longer what it was when the present one was verified."""
    secret = site().hashing.hash(new)
    device = words_for(request.user_agent.string)
    if not deeds.change_password(db(), verified, secret, token=g.token, device=device, now=now()):
        return to_sign_in()
    log.info("Password changed: person %s", verified.person_id)
    answer = _begin_with(verified.email, secret, "/account/devices")
    flash("Your password is changed. Everywhere else you have been signed out.", "done")
    return answer


def _begin_with(email: str, secret: str, where: str) -> Response:
    """Begin a session with a password that was kept this moment, while it is the one that counts."""
    stored = people.password_of(db(), email)
    answer = begin_session(stored, where) if stored and stored.password_hash == secret else None
    return answer or to_sign_in()


def to_sign_in() -> Response:
    """The account was changed at this very moment: whoever knows the password that counts now signs in with it."""
    return redirect("/sign-in", 303)


@dataclass(frozen=True, slots=True)
class DevicesPage:
    sessions: list[OpenSession]
    here: int  # the id of the session in this browser
    now: datetime


@blueprint.get("/account/devices")
def devices() -> str:
    mine = sessions.mine(db(), viewer().id, now())
    return render_template("learner/devices.html", page=DevicesPage(mine, g.signed_in.session_id, now()))


@blueprint.post("/account/devices")
def sign_out_everywhere() -> Response:
    with transaction(db()):
        sessions.end_all(db(), viewer().id)
    log.info("Signed out everywhere: person %s", viewer().id)
    return _gone("/sign-in")

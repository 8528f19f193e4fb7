"""Signing in: the page, as the account room and the door both show it, and what begins a session."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from flask import abort, g, redirect, render_template, request, session
from flask_login import UserMixin, login_user
from werkzeug.wrappers import Response

from ..records import people, school, sessions, throttle
from ..records.database import transaction
from ..records.sessions import SignedIn
from ..rules import email_address
from .devices import words_for
from .forms import CalmForm, Line, Password
from .site import db, now, site

log = logging.getLogger("induction.account")
DEVICE_COOKIE = "induction_device"  # says that somebody signed in here before: a lane and a count of its own
YEAR = 365 * 24 * 3600  # seconds


class Visitor(UserMixin):
    """Somebody signed in, as Flask-Login knows them: by the token of the session, never by the person's id."""

    def __init__(self, token: str, signed_in: SignedIn) -> None:
        self.token = token
        self.signed_in = signed_in

    def get_id(self) -> str:
        return self.token


class SignInForm(CalmForm):
    email = Line("Email", "Write your email.", longest=email_address.LONGEST)
    password = Password("Password", "Write your password.")


@dataclass(frozen=True, slots=True)
class SignInPage:
    form: SignInForm
    next: str
    carried: str | None  # typed fields of a session that ended, packed
    refused: bool
    wait: int  # seconds
    set_up: bool
    switchboard: str
    induction_lead: str


def sign_in_page(
    form: SignInForm, next: str = "/", carried: str | None = None, refused: bool = False, wait: int = 0
) -> str:
    """The page, with what was wrong with the last try said the same way whoever it was."""
    words = school.details(db()).words
    page = SignInPage(
        form,
        next,
        carried,
        refused,
        wait,
        people.has_lead(db()),
        words.get("switchboard", ""),
        words.get("induction lead", ""),
    )
    return render_template("account/sign-in.html", page=page)


def begin_session(person_id: int, where: str) -> Response:
    """Start a session in this browser and go to `where`. What Flask's cookie held before is dropped, and its session."""
    answer = redirect(where, 303)
    mark = request.cookies.get(DEVICE_COOKIE)
    with transaction(db()):
        if "token" in g:
            sessions.end(db(), g.token)
        token = sessions.start(db(), person_id, device=words_for(request.user_agent.string), now=now())
        found = sessions.find(db(), token, now()) or abort(404)
        throttle.clear(db(), found.person.email, mark)
        known = throttle.knows_device(db(), found.person.email, mark)
        mark = mark if known and mark else throttle.know_device(db(), found.person.email, now())
    session.clear()
    g.pop("csrf_token", None)  # it belonged to what was cleared; forms of this answer need one of the new session
    login_user(Visitor(token, found))
    g.signed_in, g.viewer, g.token = found, found.person, token
    answer.set_cookie(
        DEVICE_COOKIE, mark, max_age=YEAR, httponly=True, samesite="Lax", secure=site().settings.secure, path="/sign-in"
    )
    log.info("Signed in: person %s", person_id)
    return answer

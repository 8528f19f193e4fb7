"""Signing in: the page, as the account room and the door both show it, and what begins a session."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import abort, g, redirect, render_template, request, session
from flask_login import UserMixin, login_user, logout_user
from werkzeug.wrappers import Response

from ...records.people import people, sessions, sign_in_tries
from ...records.people.people import StoredPassword
from ...records.people.sessions import SignedIn
from ...records.store.database import transaction
from ...rules import email_address, turns
from ..parts.school_form import CalmForm, Line, Password
from ..site import contacts, db, now, site
from .browser_names import words_for

log = logging.getLogger("induction.account")
TURN = "turn"  # in the session's cookie: (account, when) a stranger's browser was told to come back


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
    ended: bool  # the session ended while somebody was writing
    carried: str | None  # the long words of it, packed
    refused: bool
    wait: int  # seconds
    set_up: bool
    switchboard: str
    induction_lead: str


def sign_in_page(
    form: SignInForm, next: str = "/", *, ended: bool = False, carried: str | None = None, refused: bool = False,
    wait: int = 0,
) -> str:
    """The page, with what was wrong with the last try said the same way whoever it was."""
    known = contacts()
    page = SignInPage(
        form,
        next,
        ended or bool(carried),
        carried,
        refused,
        wait,
        people.has_lead(db()),
        known.get("switchboard", ""),
        known.get("induction lead", ""),
    )
    return render_template("account/sign-in.html", page=page)


def check_password(email: str, password: str) -> tuple[StoredPassword | None, int]:
    """(what was verified where email and password fit, seconds to wait). The try is counted before it is judged."""
    mark = site().marks.of(request)
    account = sign_in_tries.account_of(email)
    with transaction(db()):
        wait = sign_in_tries.note_try(db(), email, mark=mark, browser=_browser(), asked=_asked(account), now=now())
    if wait:
        if _asked(account) is None:
            session[TURN] = [account, now().timestamp()]
        return None, wait
    found, known = people.password_of(db(), email), sign_in_tries.knows_device(db(), email, mark)
    fits = site().hashing.verify(found.password_hash if found and found.active else None, password, known_device=known)
    return (found if fits else None), 0


def _browser() -> str:
    """What tells a stranger's browser from others: the random part of its session, which it got with the page."""
    return str(session.get("csrf_token", ""))


def _asked(account: str) -> datetime | None:
    """When this browser was told to come back for an account."""
    told = session.get(TURN)
    if not told or told[0] != account:
        return None
    return turns.still_asked(datetime.fromtimestamp(told[1], UTC), now())


def begin_session(verified: StoredPassword, where: str) -> Response | None:
    """Start a session in this browser and go to `where`; None where what was verified is no longer so.

    What Flask's cookie held before is dropped, and its session.
    """
    mark = site().marks.of(request)
    with transaction(db()):
        if people.password_of(db(), verified.email) != verified or not verified.active:
            log.info("Sign-in refused: the account was changed meanwhile")
            return None
        if "token" in g:
            sessions.end(db(), g.token)
        token = sessions.start(db(), verified.person_id, device=words_for(request.user_agent.string), now=now())
        found = sessions.find(db(), token, now()) or abort(404)
        sign_in_tries.clear(db(), verified.email, mark, _browser())
        known = sign_in_tries.knows_device(db(), verified.email, mark)
        mark = mark if known and mark else sign_in_tries.know_device(db(), verified.email, now())
    answer = redirect(where, 303)
    session.clear()
    g.pop("csrf_token", None)  # it belonged to what was cleared; forms of this answer need one of the new session
    login_user(Visitor(token, found))
    g.signed_in, g.viewer, g.token = found, found.person, token
    site().marks.give(answer, mark)
    log.info("Signed in: person %s", verified.person_id)
    return answer


def leave() -> Response:
    """To the sign-in page, with nothing of the session left in the browser. The session itself is ended before."""
    logout_user()
    session.clear()
    answer = redirect("/sign-in", 303)
    answer.headers["Clear-Site-Data"] = '"cache"'  # not "storage": that would wipe private checklists
    return answer

"""Signing in: the page, as the account room and the door both show it, and what begins a session."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import flash, g, make_response, redirect, render_template, request, session
from flask_login import UserMixin, login_user, logout_user
from werkzeug.wrappers import Response

from ...records.people import kept_forms, people
from ...records.people.people import StoredPassword
from ...records.people.sessions import SignedIn
from ...rules import email_address
from ...rules.openid import Provider
from ...rules.passkeys import Place
from ...rules.roles import Role
from ...services import kept_forms as kept_deeds
from ...services import providers, sign_in_rules
from ...services import sign_in as deeds
from ...services.sign_in import WITH_THEIR_PASSWORD, Begun, Browser, Entrance, Turn, Wait
from ..parts import passkeys
from ..parts.fields import CalmForm, Line, Password
from ..parts.own_phone import own_phone as own_phone_tick
from ..site import contacts, db, now, site
from . import carried_fields, form_token
from .browser_names import device
from .form_token import browser_secret

log = logging.getLogger("induction.account")
WELCOME = "/welcome"
FIRST_HOME = "first_home"  # in the session's cookie: home comes after that page, once
TURN = "turn"  # in the session's cookie: (account, when) a stranger's browser was told to come back
NOT_FOR_THIRTY_DAYS = (
    "You are signed in as usual. Staying signed in for thirty days is for teachers: you see how others are doing, and a phone can get lost."
)


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
    own_phone = own_phone_tick()


@dataclass(frozen=True, slots=True)
class SignInPage:
    form: SignInForm
    next: str
    ended: bool  # the session ended while somebody was writing
    carried: str | None  # the long words of it, packed
    refused: bool
    wait: int  # seconds
    shut: str  # why somebody whose password fits does not get in today; else empty
    set_up: bool
    switchboard: str
    induction_lead: str
    passkeys: bool  # whether the site can have any
    elsewhere: list[Provider]  # where people can sign in beside
    teachers_elsewhere: bool  # and teachers no other way


def sign_in_page(
    form: SignInForm, next: str = "/", *, ended: bool = False, carried: str | None = None, refused: bool = False,
    wait: int = 0, shut: str = "",
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
        shut,
        people.has_lead(db()),
        known.get("switchboard", ""),
        known.get("induction lead", ""),
        isinstance(passkeys.place(), Place),
        providers.configured(db(), site().settings),
        sign_in_rules.shut_for(db(), site().settings, Role.TEACHER),
    )
    return render_template("account/sign-in.html", page=page)


def check_password(email: str, password: str) -> StoredPassword | Wait | None:
    """What was verified where email and password fit; how long to wait where there were too many tries."""
    browser = browser_asking()
    found = deeds.check(db(), site().hashing, email, password, browser, now())
    if isinstance(found, Wait) and found.turn != browser.turn:
        session[TURN] = [found.turn.account, found.turn.told_at.timestamp()]
    return found


def browser_asking() -> Browser:
    """The browser of this request. The secret of its session came with the page that was sent."""
    told = session.get(TURN)
    turn = Turn(told[0], datetime.fromtimestamp(told[1], UTC)) if told else None
    return Browser(device(), site().marks.of(request), browser_secret(), turn)


def begin_session(verified: StoredPassword, where: str, by: Entrance = WITH_THEIR_PASSWORD) -> Response | None:
    """Begin a session in this browser and go to `where`; None where what was verified is no longer so.

    What Flask's cookie held before is dropped, and its session. Where something is due in it, the door asks for that first. Whoever
    comes in for the first time reads first who sees what.
    """
    begun = deeds.begin(db(), verified, browser_asking(), now(), ends=g.get("token"), by=by, settings=site().settings)
    if begun is None:
        log.info("Sign-in refused: the account was changed meanwhile")
        return None
    return welcome(begun, where, by.own_phone)


def welcome(begun: Begun, where: str, own_phone: bool = False) -> Response:
    """To `where`, in the session that has begun. The first time home comes after the page that says who sees what; a page that
    was asked for comes at once. `own_phone`: they said that this is theirs."""
    first = begun.first and not site().settings.demo and not where.startswith("/first-run/")
    answer = redirect(WELCOME if first and where == "/" else where, 303)
    session.clear()
    seat(begun.token, begun.signed_in)
    if first and where != "/":
        session[FIRST_HOME] = True
    site().marks.give(answer, begun.mark)
    if own_phone and not begun.signed_in.own_phone:
        flash(NOT_FOR_THIRTY_DAYS, "wait")
    log.info("Signed in: person %s", begun.signed_in.person.id)
    return answer


def seat(token: str, signed_in: SignedIn) -> None:
    """Give this browser a session from here on; where something is due in it, nobody is signed in yet."""
    session.permanent = signed_in.own_phone  # else the cookie goes when the browser is closed
    g.pop("form_token", None)  # of the session before
    login_user(Visitor(token, signed_in))
    g.token = token
    if signed_in.due:
        g.half = signed_in
    else:
        g.pop("half", None)
        g.signed_in, g.viewer = signed_in, signed_in.person


def go_on(proved: tuple[str, SignedIn] | None, where: str) -> Response:
    """To `where`, in the session in which it was proved anew who it is; to sign in where it has ended meanwhile.

    Words that were typed in a session before, and waited until then, are shown first.
    """
    if proved is None:
        return redirect("/sign-in", 303)
    if "half" not in g:
        form_token.stays()
    seat(*proved)
    return typed_before() or redirect(where, 303)


def typed_before() -> Response | None:
    """A page of the words that whoever has proved now who they are had typed before; None where none are kept."""
    kept = carried_fields.unpack(kept_forms.find(db(), g.token, g.viewer.id, now()), g.viewer.id)
    if kept is None:
        return None
    kept_deeds.drop(db(), g.token)
    return make_response(render_template("account/typed-before.html", page=kept))


def begin_or_sign_in(kept: StoredPassword, where: str, by: Entrance) -> Response:
    """Begin a session with a password kept this moment. Where the account was changed again meanwhile, sign in is what to do."""
    return begin_session(kept, where, by) or redirect("/sign-in", 303)


def leave() -> Response:
    """To the sign-in page, with nothing of the session left in the browser. The session itself is ended before."""
    logout_user()
    session.clear()
    answer = redirect("/sign-in", 303)
    answer.headers["Clear-Site-Data"] = '"cache"'  # not "storage": that would wipe private checklists
    return answer

"""Signing in and out, and one's own password: what is checked, what is counted, and what is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ..records.people import (
    days_here,
    one_time_links,
    people,
    second_factors,
    sessions,
    sign_in_rules,
    sign_in_tries,
)
from ..records.people.history import PasswordOrigin
from ..records.people.new_devices import NewDevice
from ..records.people.one_time_links import LinkKind
from ..records.people.people import Person, StoredPassword
from ..records.people.sessions import Beginning, SignedIn
from ..records.store.database import Database, transaction
from ..rules import second_factor, session_life, turns
from ..rules.days_here import Shut
from ..rules.person_history import Way
from ..rules.roles import Role
from ..rules.second_factor import Due, SessionWay
from ..settings import Settings
from . import letters, new_devices
from . import sign_in_rules as sign_in_rules_of
from .password_hashing import Hashing


@dataclass(frozen=True, slots=True)
class Turn:
    """That a browser was told to come back, for which account and when."""

    account: str
    told_at: datetime


@dataclass(frozen=True, slots=True)
class Browser:
    """What is known of the browser from which a password comes."""

    device: str  # a few words, such as *Firefox on Windows*
    mark: str | None  # given to it when somebody signed in with it
    secret: str  # what tells a stranger's browser from others
    turn: Turn | None


@dataclass(frozen=True, slots=True)
class Wait:
    """There were too many tries; the browser keeps its turn."""

    seconds: int
    turn: Turn


@dataclass(frozen=True, slots=True)
class Begun:
    """A session that began: its token for the cookie, who is signed in, and the mark of the browser from now on."""

    token: str
    signed_in: SignedIn
    mark: str
    first: bool = False  # nobody had signed in to this account before


def check(
    db: Database, hashing: Hashing, email: str, password: str, browser: Browser, now: datetime
) -> StoredPassword | Wait | None:
    """What was verified, where email and password fit. The try is counted before it is judged. Raises TooBusy."""
    account = sign_in_tries.account_of(email)
    told = browser.turn if browser.turn and browser.turn.account == account else None
    asked = turns.still_asked(told.told_at, now) if told else None
    with transaction(db):
        wait = sign_in_tries.note_try(db, email, mark=browser.mark, browser=browser.secret, asked=asked, now=now)
    if wait:
        return Wait(wait, told if told and asked else Turn(account, now))
    found, known = people.password_of(db, email), sign_in_tries.knows_device(db, email, browser.mark)
    stored = found.password_hash if found and found.active else None
    return found if hashing.verify(stored, password, known_device=known) else None


def shut_for(db: Database, verified: StoredPassword, now: datetime) -> Shut | None:
    """Why somebody whose password fits does not get in today; None where they do."""
    person = people.find(db, verified.person_id)
    return days_here.shut(db, person, now) if person else None


@dataclass(frozen=True, slots=True)
class Entrance:
    """By what somebody comes in, and how."""

    way: SessionWay = SessionWay.PASSWORD
    account_id: int | None = None  # theirs at a provider
    own_phone: bool = False  # they say that nobody else uses it
    just_linked: bool = False  # that account became theirs this moment
    proved: bool = False  # in the session before, which this one goes on from
    proved_at: datetime | None = None  # when it was, last


WITH_THEIR_PASSWORD = Entrance()


def begin(
    db: Database, verified: StoredPassword, browser: Browser, now: datetime, ends: str | None = None,
    by: Entrance = WITH_THEIR_PASSWORD, settings: Settings | None = None,
) -> Begun | None:  # fmt: skip
    """Begin a session; None where what was verified is no longer so. `ends` is the token of the browser's session before.

    What is due in it before anything else stands in it. On their own phone it lasts longer for those who may stay.
    """
    with transaction(db):
        if people.password_of(db, verified.email) != verified:
            return None
        if by.way in second_factor.WITH_A_PASSWORD and passwords_are_closed_to(db, verified.role, settings):
            return None
        return begin_inside(db, verified, browser, now, ends, by)


def begin_inside(
    db: Database, verified: StoredPassword, browser: Browser, now: datetime, ends: str | None, by: Entrance
) -> Begun | None:
    """Inside a change: begin a session for somebody as they are at this moment; None where they may not come in so."""
    who = people.find(db, verified.person_id)
    if who is None or not verified.active or shut_for(db, verified, now):
        return None
    if ends:
        sessions.end(db, ends)
    standing, rules = second_factors.standing(db, verified.person_id, verified.role), sign_in_rules.now(db)
    due = second_factor.due(by.way, standing, rules.grace_days, now, just_linked=by.just_linked)
    how = Beginning(
        by.way, by.account_id, None if by.proved else due, by.own_phone and session_life.may_stay(verified.role),
    )  # fmt: skip
    token = sessions.start(db, verified.person_id, device=browser.device, now=now, how=how)
    if by.proved and standing.has_one:  # a password is not the second step
        sessions.proved_then(db, token, by.proved_at)
    signed_in = sessions.find(db, token, now)
    sign_in_tries.clear(db, verified.email, browser.mark, browser.secret)
    known = sign_in_tries.knows_device(db, verified.email, browser.mark)
    mark = browser.mark if known and browser.mark else sign_in_tries.know_device(db, verified.email, now)
    first = who.last_seen_at is None
    if not (known or first or by.proved or by.way is SessionWay.LINK):
        new_devices.tell(db, who, NewDevice(who.id, now, browser.device, by.way), half=how.due is Due.FACTOR)
    return Begun(token, signed_in, mark, first) if signed_in else None


def passwords_are_closed_to(db: Database, role: Role, settings: Settings | None) -> bool:
    """Whether no password opens anything for somebody of that role. `settings` know of a provider that is set up on the server."""
    if settings:
        return sign_in_rules_of.shut_for(db, settings, role)
    return role is Role.TEACHER and not sign_in_rules.now(db).teachers_by_password


def may_stay(db: Database, settings: Settings, signed_in: SignedIn) -> bool:
    """Whether they may say that the phone is their own: not in a session that a password began which opens nothing any more."""
    role, closed = signed_in.person.role, signed_in.way in second_factor.WITH_A_PASSWORD
    return session_life.may_stay(role) and not (closed and passwords_are_closed_to(db, role, settings))


def stay_on_own_phone(db: Database, settings: Settings, token: str, now: datetime) -> bool:
    """They say, once they are in, that the phone is their own; False for whoever may not stay, or is not in any more."""
    with transaction(db):
        signed_in = sessions.find(db, token, now)
        if signed_in is None or not may_stay(db, settings, signed_in):
            return False
        sessions.stay(db, token)
        return True


def sign_out(db: Database, token: str) -> None:
    """End the session of a token."""
    with transaction(db):
        sessions.end(db, token)


def sign_out_there(db: Database, person_id: int, session_id: int) -> None:
    """End one of somebody's sessions, wherever it is; what is none of theirs stays."""
    with transaction(db):
        sessions.end_one(db, person_id, session_id)


def sign_out_everywhere(db: Database, person_id: int) -> None:
    """End all of somebody's sessions."""
    with transaction(db):
        sessions.end_all(db, person_id)


def choose_password(
    db: Database, kind: LinkKind, token: str, password_hash: str, *, device: str, now: datetime,
    settings: Settings | None = None,
) -> StoredPassword | None:  # fmt: skip
    """Choose a password through a link, and use it up; what a session may begin with.

    None where the link doesn't work, or another press was first, or it is not their day.
    """
    with transaction(db):
        link = one_time_links.find(db, kind, token, now)
        who = people.find(db, link.person_id) if link and link.person_id else None
        if who and (days_here.shut(db, who, now) or passwords_are_closed_to(db, who.role, settings)):
            return None  # the link stays as it is: its day is to come, or the account is about to end, or it opens elsewhere
        link = one_time_links.use(db, kind, token, now)
        if link is None or link.person_id is None:
            return None
        people.set_password(db, link.person_id, password_hash, PasswordOrigin(Way.CHOSEN, None, device, kind), now=now)
        person = people.find(db, link.person_id)
        if person is None:
            return None
        if kind is LinkKind.RESET:
            letters.put_password_changed(db, person, now)
        return people.password_of(db, person.email)


def set_at_the_server(db: Database, person: Person, password_hash: str, now: datetime) -> None:
    """Whoever has the server sets somebody's password; they are told by letter."""
    with transaction(db):
        people.set_password(db, person.id, password_hash, now=now)
        letters.put_password_changed(db, person, now, on_the_server=True)


def change_password(
    db: Database, verified: StoredPassword, password_hash: str, *, token: str, device: str, now: datetime,
    settings: Settings | None = None,
) -> StoredPassword | None:  # fmt: skip
    """Change one's own password, in the session of `token`, knowing the one before; what a session may begin with.

    None, and nothing changed, where what was verified, or that session, is no longer so.
    """
    with transaction(db):
        if people.password_of(db, verified.email) != verified or sessions.find(db, token, now) is None:
            return None
        if passwords_are_closed_to(db, verified.role, settings):
            return None
        who = verified.person_id
        people.set_password(db, who, password_hash, PasswordOrigin(Way.CHANGED, who, device), now=now)
        if person := people.find(db, who):
            letters.put_password_changed(db, person, now)
        return people.password_of(db, verified.email)

"""Sessions are rows: delete one and the next click meets the door."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from ...rules import session_life
from ...rules.roles import Role
from ...rules.second_factor import Due, SessionWay
from ..store.columns import maybe_moment, moment, moment_text
from ..store.database import Database, DatabaseFault, transaction
from ..store.tokens import digest, new_token
from . import days_here, imports, kept_forms
from .person import Person, from_row

TOUCH = timedelta(minutes=5)
SWEEP = timedelta(days=30)  # until then, what was typed in a session that ran out can be carried over


@dataclass(frozen=True, slots=True)
class SignedIn:
    session_id: int
    person: Person
    school_revision: int
    last_used_at: datetime
    own_phone: bool
    way: SessionWay
    account_id: int | None  # at a provider
    due: Due | None  # until that is done, they are nobody here
    confirmed_at: datetime | None  # when it was last proved who it is


@dataclass(frozen=True, slots=True)
class Beginning:
    """How a session begins."""

    way: SessionWay = SessionWay.PASSWORD
    account_id: int | None = None  # at a provider
    due: Due | None = None
    own_phone: bool = False


@dataclass(frozen=True, slots=True)
class OpenSession:
    id: int
    device: str
    started_at: datetime
    last_used_at: datetime
    own_phone: bool
    way: SessionWay
    due: Due | None

    @property
    def until(self) -> datetime:
        """When a session on somebody's own phone ends by itself."""
        return self.started_at + session_life.OWN_PHONE


PLAIN = Beginning()


def start(db: Database, person_id: int, *, device: str, now: datetime, how: Beginning = PLAIN) -> str:
    """Sign somebody in; the token for their cookie. `device` is a few words such as *Firefox on Windows*.

    What is kept for a time alone goes here once its time is over.
    """
    token = new_token()
    at = moment_text(now)
    imports.sweep(db, now)
    db.execute("delete from sessions where last_used_at < ?", [moment_text(now - SWEEP)])
    db.execute(
        "insert into sessions (token_sha256, person, device, started_at, last_used_at, own_phone, way, provider_account, due,"
        " confirmed_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [digest(token), person_id, device[:200], at, at, how.own_phone, how.way, how.account_id, how.due, None if how.due else at],
    )
    db.execute("update people set last_seen_at = ? where id = ?", [at, person_id])
    return token


def find(db: Database, token: str, now: datetime) -> SignedIn | None:
    """Who holds this token: somebody active, whose session still stands and whose days are not over. One query."""
    row = db.row(
        "select s.id as session, s.started_at, s.last_used_at, s.own_phone, s.way, s.provider_account, s.due as is_due, s.confirmed_at,"
        " (select revision from school) as revision, p.*"
        " from sessions s join people p on p.id = s.person where s.token_sha256 = ? and p.active",
        [digest(token)],
    )
    if row is None or not _is_open(row, now):
        return None
    person = from_row(row)
    if days_here.shut(db, person, now):
        return None  # at once, by the day itself; what is left of the session goes with the account
    return SignedIn(
        row["session"], person, row["revision"], moment(row["last_used_at"]), bool(row["own_phone"]), SessionWay(row["way"]),
        row["provider_account"], Due(row["is_due"]) if row["is_due"] else None, maybe_moment(row["confirmed_at"]),
    )  # fmt: skip


def proved(db: Database, token: str, now: datetime) -> str:
    """It was proved anew whose session it is, and nothing is due in it any more; its new token, so that one that was copied
    before is worth nothing."""
    new = new_token()
    db.execute(
        "update sessions set token_sha256 = ?, due = null, confirmed_at = ?, last_used_at = ? where token_sha256 = ?",
        [digest(new), moment_text(now), moment_text(now), digest(token)],
    )
    kept_forms.move(db, token, new)
    return new


def ask_for_it(db: Database, person_id: int) -> None:
    """Somebody has a second step: where a session of theirs waits for them to set one up, it has to be given."""
    db.execute("update sessions set due = ? where person = ? and due = ?", [Due.FACTOR, person_id, Due.SET_UP])


def ask_for_the_first(db: Database, person_id: int, but_token: str) -> None:
    """Somebody has their first second step, set up in the session of that token: every other that a password began gives it now,
    since whoever is in it may be another.
    """
    db.execute(
        "update sessions set due = ?, confirmed_at = null where person = ? and token_sha256 <> ? and way in ('password', 'link')",
        [Due.FACTOR, person_id, digest(but_token)],
    )


def proved_then(db: Database, token: str, at: datetime | None) -> None:
    """A session goes on from one before: it was last proved then whose it is, or not yet."""
    db.execute("update sessions set confirmed_at = ? where token_sha256 = ?", [at and moment_text(at), digest(token)])


def touch(db: Database, signed_in: SignedIn, now: datetime) -> bool:
    """Note that a session is in use, at most every five minutes; whether it was noted.

    The one write while reading. It has its own transaction, waits for nobody, and where it can't
    be made the page goes on without it.
    """
    if abs(now - signed_in.last_used_at) < TOUCH:
        return False
    at = moment_text(now)
    try:
        with transaction(db, wait=0):
            db.execute("update sessions set last_used_at = ? where id = ?", [at, signed_in.session_id])
            db.execute("update people set last_seen_at = ? where id = ?", [at, signed_in.person.id])
    except DatabaseFault:
        return False
    return True


def end(db: Database, token: str) -> None:
    """Sign out."""
    db.execute("delete from sessions where token_sha256 = ?", [digest(token)])


def end_one(db: Database, person_id: int, session_id: int) -> None:
    """Sign out in one place: somebody's own, and nobody else's."""
    db.execute("delete from sessions where id = ? and person = ?", [session_id, person_id])


def end_all(db: Database, person_id: int, but_token: str | None = None) -> None:
    """Sign out everywhere, or everywhere else."""
    kept = digest(but_token) if but_token else ""
    db.execute("delete from sessions where person = ? and token_sha256 <> ?", [person_id, kept])


def mine(db: Database, person_id: int, now: datetime) -> list[OpenSession]:
    """Where somebody is signed in, the latest use first."""
    rows = db.rows(
        "select s.*, p.role from sessions s join people p on p.id = s.person where s.person = ?"
        " order by s.last_used_at desc, s.id desc",
        [person_id],
    )
    return [
        OpenSession(
            row["id"], row["device"], moment(row["started_at"]), moment(row["last_used_at"]), bool(row["own_phone"]),
            SessionWay(row["way"]), Due(row["due"]) if row["due"] else None,
        )
        for row in rows
        if _is_open(row, now)
    ]  # fmt: skip


def stay(db: Database, token: str) -> None:
    """It is on a phone of their own."""
    db.execute("update sessions set own_phone = 1 where token_sha256 = ?", [digest(token)])


def by_accounts(db: Database, now: datetime) -> set[int]:
    """The accounts at providers by which somebody is signed in."""
    rows = db.rows(
        "select s.provider_account, s.started_at, s.last_used_at, s.own_phone, p.role from sessions s join people p on p.id = s.person"
        " where s.provider_account is not null and p.active"
    )
    return {row["provider_account"] for row in rows if _is_open(row, now)}


def find_ended(db: Database, token: str, now: datetime) -> int | None:
    """Whose session ran out, so that what they typed can be kept for them alone. None if it was ended on purpose."""
    row = db.row(
        "select s.person, s.started_at, s.last_used_at, s.own_phone, p.role from sessions s join people p on p.id = s.person"
        " where s.token_sha256 = ? and p.active",
        [digest(token)],
    )
    return row["person"] if row and not _is_open(row, now) else None


def _is_open(row: Mapping[str, Any], now: datetime) -> bool:
    begun, used = moment(row["started_at"]), moment(row["last_used_at"])
    return session_life.stands(begun, used, now, own_phone=bool(row["own_phone"]), role=Role(row["role"]))

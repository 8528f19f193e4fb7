"""Accounts with which people sign in elsewhere, and by what the provider is asked later whether they still may.

One is known by who issued it and its subject. It stays when it has ended, so that its address links it to nobody again.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ..store.columns import list_text, mapper, maybe_moment, moment, moment_text
from ..store.database import Database
from ..store.sealed import Secret, open_sealed, seal


class How(StrEnum):
    """By what it became somebody's."""

    ADDRESS = "address"
    INVITATION = "invitation"
    LET_IN = "let in"


@dataclass(frozen=True, slots=True)
class ProviderAccount:
    id: int
    person_id: int
    at: datetime
    issuer: str
    subject: str
    address: str
    how: How


@dataclass(frozen=True, slots=True)
class Token:
    """By which a provider is asked whether an account is still good."""

    account: ProviderAccount
    sealed: str
    looked_at: datetime
    failing_since: datetime | None  # since when the provider doesn't answer


_account = mapper(ProviderAccount)


def of_subject(db: Database, issuer: str, subject: str) -> ProviderAccount | None:
    """The account with that subject, where it is somebody's now."""
    row = db.row("select * from provider_accounts where issuer = ? and subject = ? and ended_at is null", [issuer, subject])
    return None if row is None else _account(row)


def was_linked(db: Database, issuer: str, subject: str) -> bool:
    """Whether it is, or ever was, somebody's."""
    return bool(db.value("select exists (select 1 from provider_accounts where issuer = ? and subject = ?)", [issuer, subject]))


def find(db: Database, person_id: int, account_id: int) -> ProviderAccount | None:
    """One of somebody's own; None where it is none of theirs, or has ended."""
    row = db.row("select * from provider_accounts where id = ? and person = ? and ended_at is null", [account_id, person_id])
    return None if row is None else _account(row)


def of_person(db: Database, person_id: int) -> list[ProviderAccount]:
    """Those with which somebody signs in now."""
    rows = db.rows("select * from provider_accounts where person = ? and ended_at is null order by id", [person_id])
    return [_account(row) for row in rows]


def linked_by_invitation(db: Database, person_id: int) -> list[datetime]:
    """When an account became theirs by an invitation, each that is or was; the oldest first."""
    rows = db.rows("select at from provider_accounts where person = ? and how = ? order by id", [person_id, How.INVITATION])
    return [moment(row["at"]) for row in rows]


def link(
    db: Database, person_id: int, issuer: str, subject: str, address: str, how: How, now: datetime
) -> ProviderAccount:  # fmt: skip
    """It is theirs from now on. Raises RuleBroken where it is somebody's, or they have one there."""
    [row] = db.rows(
        "insert into provider_accounts (person, at, issuer, subject, address, how) values (?, ?, ?, ?, ?, ?) returning *",
        [person_id, moment_text(now), issuer, subject, address, how],
    )
    return _account(row)


def unlink(db: Database, account_id: int, now: datetime) -> None:
    """It is nobody's from now on, and whoever is signed in by it no longer is."""
    end_sessions(db, account_id)
    forget_token(db, account_id)
    db.execute("update provider_accounts set ended_at = ? where id = ? and ended_at is null", [moment_text(now), account_id])


def unlink_those_since(db: Database, person_id: int, since: datetime, now: datetime) -> None:
    """Those that became somebody's since then are theirs no more: somebody else was in their account."""
    rows = db.rows(
        "select id from provider_accounts where person = ? and ended_at is null and at >= ?", [person_id, moment_text(since)]
    )
    for row in rows:
        unlink(db, row["id"], now)


def end_sessions(db: Database, account_id: int) -> int:
    """End the sessions that began by it; how many there were."""
    return db.execute("delete from sessions where provider_account = ?", [account_id])


# Whether they still may


def keep_token(db: Database, account_id: int, token: str, now: datetime) -> None:
    db.execute(
        "insert or replace into provider_tokens (account, token, looked_at) values (?, ?, ?)",
        [account_id, seal(db.path, Secret.REFRESH_TOKEN, token), moment_text(now)],
    )


def opened(db: Database, sealed: str) -> str | None:
    """None where it was sealed with a key that isn't here any more."""
    return open_sealed(db.path, Secret.REFRESH_TOKEN, sealed)


def has_token(db: Database, account_id: int) -> bool:
    return bool(db.value("select exists (select 1 from provider_tokens where account = ?)", [account_id]))


def forget_token(db: Database, account_id: int) -> None:
    db.execute("delete from provider_tokens where account = ?", [account_id])


def has_gone(db: Database, token: Token) -> bool:
    """The account has ended at the provider: whoever is signed in by it no longer is. False where they proved meanwhile that
    they still have it."""
    if not db.execute("delete from provider_tokens where account = ? and token = ?", [token.account.id, token.sealed]):
        return False
    end_sessions(db, token.account.id)
    return True


def with_token(db: Database, issuers: Collection[str]) -> set[int]:
    """The accounts at these providers that can be asked after."""
    rows = db.rows(
        "select a.id from provider_tokens t join provider_accounts a on a.id = t.account"
        " where a.issuer in (select value from json_each(?))",
        [list_text(sorted(issuers))],
    )
    return {row["id"] for row in rows}


def to_ask(db: Database, accounts: Collection[int], before: datetime, most: int) -> list[Token]:
    """The tokens of these accounts that were last asked with before a moment, those first that nothing is wrong with."""
    rows = db.rows(
        "select a.*, t.token, t.looked_at, t.failing_since from provider_tokens t join provider_accounts a on a.id = t.account"
        " where a.id in (select value from json_each(?)) and a.ended_at is null and t.looked_at < ?"
        " order by t.failing_since is not null, t.looked_at, a.id limit ?",
        [list_text(sorted(accounts)), moment_text(before), most],
    )
    return [Token(_account(row), row["token"], moment(row["looked_at"]), maybe_moment(row["failing_since"])) for row in rows]


def still_good(db: Database, token: Token, new: str | None, now: datetime) -> None:
    """It was asked with, and is good. `new`: with which to ask next time. A token that took its place meanwhile stays."""
    db.execute(
        "update provider_tokens set token = ?, looked_at = ?, failing_since = null where account = ? and token = ?",
        [seal(db.path, Secret.REFRESH_TOKEN, new) if new else token.sealed, moment_text(now), token.account.id, token.sealed],
    )


def not_answered(db: Database, token: Token, now: datetime) -> None:
    db.execute(
        "update provider_tokens set failing_since = ifnull(failing_since, ?) where account = ?", [moment_text(now), token.account.id]
    )


def had_one(db: Database, person_id: int, issuer: str) -> bool:
    """Whether an account of that issuer was somebody's before, and is no longer."""
    ended = "select exists (select 1 from provider_accounts where person = ? and issuer = ? and ended_at is not null)"
    return bool(db.value(ended, [person_id, issuer]))


def any_token(db: Database) -> bool:
    """Whether there is somebody of whom a provider can be asked."""
    return bool(db.value("select exists (select 1 from provider_tokens)"))


def failing_since(db: Database) -> datetime | None:
    """Since when a provider could not be asked after somebody who is signed in by it."""
    return maybe_moment(db.value(
        "select min(failing_since) from provider_tokens t where exists (select 1 from sessions where provider_account = t.account)"
    ))  # fmt: skip


def end_what_nobody_can_ask_for(db: Database, accounts: Collection[int], before: datetime) -> int:
    """End the sessions by these accounts in which it was last proved before a moment who it is; how many there were."""
    return db.execute(
        "delete from sessions where provider_account in (select value from json_each(?)) and ifnull(confirmed_at, started_at) < ?",
        [list_text(sorted(accounts)), moment_text(before)],
    )

"""What the school has decided of signing in: each decision is a row, and the last counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from ...rules.roles import Role
from ...rules.sign_in_rules import SignInRules
from ..store.columns import list_text, mapper, moment, moment_text
from ..store.database import Database


@dataclass(frozen=True, slots=True)
class WaysIn:
    """How many people of a role are here, and what they can sign in with."""

    role: Role
    people: int
    password: int
    elsewhere: int  # an account at a provider is known to be theirs
    second_step: int


# Whether somebody, {0}, has a second step.
HAS_ONE = "(exists (select 1 from passkeys where person = {0}) or exists (select 1 from code_apps where person = {0}))"

_rules, _ways_in = mapper(SignInRules), mapper(WaysIn)


def now(db: Database) -> SignInRules:
    return _rules(db.rows("select * from sign_in_rules order by id desc limit 1")[0])


def began(db: Database) -> datetime:
    """Since when there are any: the days without a second step count from then on."""
    return moment(db.value("select at from sign_in_rules order by id limit 1"))


def asked_from(db: Database) -> datetime:
    """When the days are over in which nobody here needs a second step yet."""
    row = db.rows(
        "select grace_days, (select at from sign_in_rules order by id limit 1) as began from sign_in_rules order by id desc limit 1"
    )[0]
    return moment(row["began"]) + timedelta(days=row["grace_days"])


def add(db: Database, rules: SignInRules, *, by: int | None, at: datetime) -> None:
    db.execute(
        'insert into sign_in_rules (at, "by", grace_days, teachers_by_password, strangers) values (?, ?, ?, ?, ?)',
        [moment_text(at), by, rules.grace_days, int(rules.teachers_by_password), rules.strangers],
    )


def said_by(db: Database, person_id: int) -> list[dict[str, Any]]:
    """What somebody decided of it, for their own record."""
    rows = db.rows(
        'select at, grace_days, teachers_by_password, strangers from sign_in_rules where "by" = ? order by id', [person_id]
    )
    return [{**row, "teachers_by_password": bool(row["teachers_by_password"])} for row in rows]


def ways_in(db: Database, issuers: Sequence[str]) -> list[WaysIn]:
    """Of each role that somebody has; an account counts where it is with one of these issuers."""
    rows = db.rows(
        "select role, count(*) as people, sum(password_hash is not null) as password,"
        " sum(exists (select 1 from provider_accounts a where a.person = p.id and a.ended_at is null"
        " and a.issuer in (select value from json_each(?)))) as elsewhere,"
        f" sum{HAS_ONE.format('p.id')} as second_step"
        " from people p where active = 1 group by role",
        [list_text(issuers)],
    )
    return [_ways_in(row) for row in rows]


def teachers(db: Database, issuers: Sequence[str]) -> tuple[int, int]:
    """How many teachers are here, and how many of them have an account with one of these issuers."""
    row = db.rows(
        "select count(*) as here, coalesce(sum(exists (select 1 from provider_accounts a where a.person = p.id and a.ended_at is null"
        " and a.issuer in (select value from json_each(?)))), 0) as linked from people p where active = 1 and role = 'teacher'",
        [list_text(issuers)],
    )[0]
    return row["here"], row["linked"]


def without_a_way_in(db: Database, gone: str, issuers: Sequence[str]) -> list[str]:
    """The names of those who have an account with the issuer that is gone, and nothing else to sign in with: no account with one of
    these, no passkey, and no password that opens anything for them.
    """
    rows = db.rows(
        "select name from people p where active = 1"
        " and exists (select 1 from provider_accounts a where a.person = p.id and a.ended_at is null and a.issuer = ?)"
        " and not exists (select 1 from provider_accounts a where a.person = p.id and a.ended_at is null"
        " and a.issuer in (select value from json_each(?)))"
        " and not exists (select 1 from passkeys k where k.person = p.id)"
        " and (password_hash is null or (role = 'teacher' and ? = 0)) order by name, id",
        [gone, list_text(issuers), int(now(db).teachers_by_password or not issuers)],
    )
    return [row["name"] for row in rows]


def a_lead_gets_in(db: Database, issuers: Sequence[str]) -> bool:
    """Whether some lead has a password, or an account with one of these issuers."""
    return bool(
        db.value(
            "select exists (select 1 from people p where active = 1 and role = 'lead' and (password_hash is not null or exists"
            " (select 1 from provider_accounts a where a.person = p.id and a.ended_at is null"
            " and a.issuer in (select value from json_each(?)))))",
            [list_text(issuers)],
        )
    )


def end_own_phones(db: Database) -> None:
    """End the sessions of thirty days that teachers have begun with a password; the others end by themselves."""
    db.execute(
        "delete from sessions where own_phone = 1 and way in ('password', 'link')"
        " and person in (select id from people where role = 'teacher')"
    )

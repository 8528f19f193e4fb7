"""Whether somebody has a second step, since when they are to have one, and the end of all that they sign in with."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ...rules.roles import Role
from ...rules.second_factor import Standing
from ..store.columns import maybe_moment, moment_text
from ..store.database import Database
from . import sign_in_rules
from .history import PASSWORD_ENDED, then
from .sign_in_rules import HAS_ONE as _HAS_ONE


def has_one(db: Database, person_id: int) -> bool:
    return bool(db.value(f"select {_HAS_ONE.format(':person')}", {"person": person_id}))


def standing(db: Database, person_id: int, role: Role) -> Standing:
    """What the second step of somebody hangs on. Who becomes a mentor or a lead has the same days from then on as everybody
    has had since there are second steps here."""
    row = db.row(
        f"select {_HAS_ONE.format(':person')} as has_one, (select max(at) from sign_in_events where person = :person"
        " and what in ('reset agreed', 'reset')) as reset, (select min(at) from people_history where person = :person and id > ifnull("
        "(select max(id) from people_history where person = :person and (role = 'teacher' or active = 0)), 0)) as since",
        {"person": person_id},
    )
    began = sign_in_rules.began(db)
    if row is None:
        return Standing(role, False, began)
    here, reset = maybe_moment(row["since"]), maybe_moment(row["reset"])
    if reset and (here is None or reset >= here):
        return Standing(role, bool(row["has_one"]), reset, was_reset=True)
    return Standing(role, bool(row["has_one"]), max(began, here) if here else began)


def without_one(db: Database) -> list[int]:
    """The mentors and leads who are here, have a password, or had one until they said that a sign-in was not theirs, and no
    second step."""
    rows = db.rows(
        "select id from people p where active = 1 and role <> 'teacher' and (password_hash is not null"
        f" or exists (select 1 from ways_in w where w.id = p.password_entry and {PASSWORD_ENDED}))"
        f" and not {_HAS_ONE.format('p.id')} order by id"
    )
    return [row["id"] for row in rows]


def how_many(db: Database, person_id: int) -> int:
    """Of passkeys that open something, and apps. Recovery codes stand in for one of them, and are none by themselves."""
    return int(db.value(
        "select (select count(*) from passkeys where person = :person and stopped_at is null)"
        " + (select count(*) from code_apps where person = :person)",
        {"person": person_id},
    ))  # fmt: skip


def end_all(db: Database, person_id: int) -> None:
    """It was lost, and is reset: nothing of theirs is a second step any more. Whoever leaves and comes back still has to give theirs,
    else one lead alone could take it away."""
    for table in ("passkeys", "code_apps", "recovery_codes", "factor_resets"):
        db.execute(f"delete from {table} where person = ?", [person_id])


def end_those_since(db: Database, person_id: int, since: datetime) -> None:
    """Somebody else was in their account since then: what was set up meanwhile is no second step of theirs. Recovery codes that
    were made meanwhile end as well, and all of them where nothing is left for which they stand in.
    """
    for table in ("passkeys", "code_apps", "recovery_codes"):
        db.execute(f"delete from {table} where person = ? and at >= ?", [person_id, moment_text(since)])
    if not has_one(db, person_id):
        db.execute("delete from recovery_codes where person = ?", [person_id])


def unlink_all(db: Database, person_id: int, now: datetime) -> None:
    """Somebody has left: their account at a provider is nobody's here any more, and is not linked by its address again. That
    their second step be reset waits no longer."""
    db.execute("delete from factor_resets where person = ?", [person_id])
    db.execute("delete from provider_tokens where account in (select id from provider_accounts where person = ?)", [person_id])
    db.execute("update provider_accounts set ended_at = ? where person = ? and ended_at is null", [moment_text(now), person_id])


# For their own record


def told_of(db: Database, person_id: int) -> dict[str, list[dict[str, Any]]]:
    """What somebody signs in with beside a password. Secrets are left out."""
    return {
        "accounts_elsewhere": db.rows(
            "select at, issuer, subject, address, how, ended_at from provider_accounts where person = ? order by id", [person_id]
        ),
        "passkeys": db.rows("select at, name, used_at, stopped_at from passkeys where person = ? order by id", [person_id]),
        "app_for_codes": db.rows("select at from code_apps where person = ?", [person_id]),
        "recovery_codes_left": db.rows("select at, count(*) as count from recovery_codes where person = ? group by at", [person_id]),
        "new_devices": db.rows("select at, device, way from new_devices where person = ? order by id", [person_id]),
    }


def resets_asked(db: Database, person_id: int) -> list[dict[str, Any]]:
    """Of whom somebody has asked that the second step be reset, and of themselves who has; a second lead has not answered yet."""
    return db.rows(
        f"select r.at, {then('name', 'r.person', 'r.at')} as person, {then('name', 'r.asked_by', 'r.at')} as asked_by, r.why"
        " from factor_resets r where :person in (r.person, r.asked_by) order by r.at",
        {"person": person_id},
    )

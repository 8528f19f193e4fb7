"""What the school has decided of signing in: each decision is a row, and the last counts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ...rules.sign_in_rules import SignInRules
from ..store.columns import mapper, moment, moment_text
from ..store.database import Database

_rules = mapper(SignInRules)


def now(db: Database) -> SignInRules:
    return _rules(db.rows("select * from sign_in_rules order by id desc limit 1")[0])


def began(db: Database) -> datetime:
    """Since when there are any: the days without a second step count from then on."""
    return moment(db.value("select at from sign_in_rules order by id limit 1"))


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

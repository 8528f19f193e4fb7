"""The public keys with which this school has signed badges. Added to, and never changed: each stays published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ..people.history import then
from ..store.columns import mapper, moment_text
from ..store.database import Database


@dataclass(frozen=True, slots=True)
class SigningKey:
    id: int
    public_key: str  # as it is published
    by_name: str | None  # who made it; None: the site, at its first start
    at: datetime


_key = mapper(SigningKey)


def add(db: Database, public_key: str, by: int | None, now: datetime) -> None:
    db.execute('insert into signing_keys (public_key, "by", at) values (?, ?, ?)', [public_key, by, moment_text(now)])


def every(db: Database) -> list[SigningKey]:
    """The latest first."""
    rows = db.rows(f"select k.id, k.public_key, {then('name', 'k.by', 'k.at')} as by_name, k.at from signing_keys k order by k.id desc")
    return [_key(row) for row in rows]


def made_by(db: Database, person_id: int) -> list[dict[str, Any]]:
    """Those that somebody had made, as plain data."""
    return db.rows('select public_key, at from signing_keys where "by" = ? order by id', [person_id])

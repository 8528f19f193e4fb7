"""Passkeys: what is kept of each, which is of no use to anybody who reads it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ..store.columns import mapper, moment_text
from ..store.database import Database


@dataclass(frozen=True, slots=True)
class Passkey:
    id: int
    person_id: int
    at: datetime  # when it was added
    name: str
    credential: str  # by which a browser and the site mean the same one
    public_key: str
    count: int  # of its uses, where it counts them
    used_at: datetime | None
    stopped_at: datetime | None  # from then on it opens nothing: there is a copy


_passkey = mapper(Passkey)


@dataclass(frozen=True, slots=True)
class New:
    """One as it was made in a browser."""

    name: str
    credential: str
    public_key: str
    count: int


def add(db: Database, person_id: int, made: New, now: datetime) -> None:
    db.execute(
        "insert into passkeys (person, at, name, credential, public_key, count) values (?, ?, ?, ?, ?, ?)",
        [person_id, moment_text(now), made.name, made.credential, made.public_key, made.count],
    )


def find(db: Database, credential: str) -> Passkey | None:
    row = db.row("select * from passkeys where credential = ?", [credential])
    return None if row is None else _passkey(row)


def of_person(db: Database, person_id: int) -> list[Passkey]:
    """All of somebody's, the oldest first."""
    return [_passkey(row) for row in db.rows("select * from passkeys where person = ? order by id", [person_id])]


def used(db: Database, passkey_id: int, count: int, now: datetime) -> None:
    db.execute("update passkeys set count = ?, used_at = ? where id = ?", [count, moment_text(now), passkey_id])


def stop(db: Database, passkey_id: int, now: datetime) -> None:
    db.execute("update passkeys set stopped_at = ? where id = ?", [moment_text(now), passkey_id])


def remove(db: Database, passkey_id: int) -> None:
    db.execute("delete from passkeys where id = ?", [passkey_id])

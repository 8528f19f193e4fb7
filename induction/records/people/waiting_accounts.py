"""Accounts of the school's own domain whose owner was not invited: they wait until a lead lets them in, and are let in once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ..store.columns import mapper, moment_text
from ..store.database import Database

LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class WaitingAccount:
    id: int
    at: datetime
    issuer: str
    subject: str
    address: str
    name: str  # as the provider says; may be empty
    device: str
    refused_at: datetime | None


_waiting = mapper(WaitingAccount)


def of_subject(db: Database, issuer: str, subject: str) -> WaitingAccount | None:
    row = db.row("select * from waiting_accounts where issuer = ? and subject = ?", [issuer, subject])
    return None if row is None else _waiting(row)


def find(db: Database, waiting_id: int) -> WaitingAccount | None:
    row = db.row("select * from waiting_accounts where id = ?", [waiting_id])
    return None if row is None else _waiting(row)


def listing(db: Database, refused: bool = False) -> list[WaitingAccount]:
    """Those who wait, or those who were refused, in the order in which they came."""
    rows = db.rows("select * from waiting_accounts where (refused_at is not null) = ? order by id", [int(refused)])
    return [_waiting(row) for row in rows]


def count(db: Database, refused: bool = False) -> int:
    """How many wait, or were refused."""
    found: int = db.value("select count(*) from waiting_accounts where (refused_at is not null) = ?", [int(refused)])
    return found


def put(db: Database, issuer: str, subject: str, address: str, name: str, device: str, now: datetime) -> int:
    """It waits from now on; its number."""
    [row] = db.rows(
        "insert into waiting_accounts (at, issuer, subject, address, name, device) values (?, ?, ?, ?, ?, ?) returning id",
        [moment_text(now), issuer, subject, address, name[:LONGEST_NAME], device[:200]],
    )
    return int(row["id"])


def refuse(db: Database, waiting_id: int, now: datetime) -> None:
    db.execute("update waiting_accounts set refused_at = ? where id = ?", [moment_text(now), waiting_id])


def drop(db: Database, issuer: str, subject: str) -> None:
    """It waits no longer: it is somebody's."""
    db.execute("delete from waiting_accounts where issuer = ? and subject = ?", [issuer, subject])

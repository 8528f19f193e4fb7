"""Secret addresses under which a calendar program finds due dates: one's own, or those of the teachers one mentors.

A token is derived like those of links (`one_time_links`), so that it can be shown again to whom it belongs; only its digest
finds them.
"""

from __future__ import annotations

import base64
import hmac
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from ..store import key_files
from ..store.columns import mapper, moment_text
from ..store.database import Database
from ..store.tokens import digest, new_token
from .one_time_links import BITS, KEY
from .person import Person, from_row


class Whose(StrEnum):
    """Whose dates a calendar holds."""

    OWN = "own"
    TEACHERS = "teachers"


@dataclass(frozen=True, slots=True)
class Address:
    whose: Whose
    nonce: str
    token_sha256: str
    made_at: datetime


_address = mapper(Address)


def make(db: Database, person_id: int, whose: Whose, now: datetime) -> None:
    """A new address; it ends the one before."""
    nonce = new_token()
    token = _derived(key_files.kept(db.path.with_name(KEY)), nonce)
    db.execute(
        "insert into calendar_addresses (person, whose, nonce, token_sha256, made_at) values (?, ?, ?, ?, ?)"
        " on conflict (person, whose) do update set nonce = excluded.nonce, token_sha256 = excluded.token_sha256,"
        " made_at = excluded.made_at",
        [person_id, whose, nonce, digest(token), moment_text(now)],
    )


def end(db: Database, person_id: int, whose: Whose) -> bool:
    return bool(db.execute("delete from calendar_addresses where person = ? and whose = ?", [person_id, whose]))


def end_all(db: Database, person_id: int) -> None:
    """End every address of a person."""
    db.execute("delete from calendar_addresses where person = ?", [person_id])


def of_person(db: Database, person_id: int) -> dict[Whose, Address]:
    rows = db.rows("select whose, nonce, token_sha256, made_at from calendar_addresses where person = ? order by id", [person_id])
    return {address.whose: address for address in map(_address, rows)}


def token(db: Database, address: Address) -> str:
    """The token of an address, to be shown; empty where the key it was derived by is gone."""
    try:
        found = _derived(db.path.with_name(KEY).read_bytes(), address.nonce)
    except FileNotFoundError:
        return ""
    return found if digest(found) == address.token_sha256 else ""


def find(db: Database, token: str) -> tuple[Person, Whose] | None:
    """Whose calendar it is, and of which dates; None where there is no such address, or they are not here."""
    row = db.row(
        "select p.*, a.whose from calendar_addresses a join people p on p.id = a.person where a.token_sha256 = ? and p.active",
        [digest(token)],
    )
    return None if row is None else (from_row(row), Whose(row["whose"]))


def told_of(db: Database, person_id: int) -> list[dict[str, Any]]:
    """Which addresses somebody has, for their own record; without what they are."""
    return db.rows("select whose, made_at from calendar_addresses where person = ? order by id", [person_id])


def _derived(key: bytes, nonce: str) -> str:
    made = hmac.digest(key, f"calendar\0{nonce}".encode(), "sha256")
    return base64.b32encode(made[: BITS // 8]).decode().lower()

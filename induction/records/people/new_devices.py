"""A sign-in in a browser that was not known, by the digest of the link with which its owner says that it was not they."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from ...rules.second_factor import SessionWay
from ..store.columns import moment, moment_text
from ..store.database import Database
from ..store.tokens import digest, new_token

LASTS = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class NewDevice:
    person_id: int
    at: datetime
    device: str  # *Firefox on Windows*
    way: SessionWay


def put(db: Database, found: NewDevice) -> str:
    """Keep it for thirty days; the token of its link."""
    token = new_token()
    db.execute("delete from new_devices where at < ?", [moment_text(found.at - LASTS)])
    db.execute(
        "insert into new_devices (person, at, device, way, token_sha256) values (?, ?, ?, ?, ?)",
        [found.person_id, moment_text(found.at), found.device[:200], found.way, digest(token)],
    )
    return token


def find(db: Database, token: str, now: datetime) -> NewDevice | None:
    """What a link tells of; None where it is made up, used or too old."""
    row = db.row(
        "select person, at, device, way from new_devices where token_sha256 = ? and at >= ?", [digest(token), moment_text(now - LASTS)]
    )
    return NewDevice(row["person"], moment(row["at"]), row["device"], SessionWay(row["way"])) if row else None


def end_all(db: Database, person_id: int) -> None:
    """It was said, so none of their links says anything more."""
    db.execute("delete from new_devices where person = ?", [person_id])

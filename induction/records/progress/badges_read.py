"""Badges of other schools that count here: which they are, and with which keys they were signed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..store.database import Database


@dataclass(frozen=True, slots=True)
class BadgeRead:
    """A badge that was read, beside the entry of what was done elsewhere."""

    badge: str  # the address of its certificate
    issuer: str
    public_key: str
    whose: str  # how it was seen whose it is: *email*, *lead*


def add(db: Database, entry: int, read: BadgeRead) -> None:
    db.execute(
        "insert into badges_read (entry, badge, issuer, public_key, whose) values (?, ?, ?, ?, ?)",
        [entry, read.badge, read.issuer, read.public_key, read.whose],
    )


def counts_already(db: Database, person_id: int, course: str, badge: str) -> bool:
    """Whether that badge stands among what somebody has done elsewhere for a course."""
    found = db.value(
        "select 1 from badges_read r join done_elsewhere d on d.id = r.entry where d.person = ? and d.course = ? and r.badge = ?"
        " and not exists (select 1 from done_elsewhere_taken_back where entry = d.id)",
        [person_id, course, badge],
    )
    return bool(found)


def of_issuer(db: Database, issuer: str) -> list[str]:
    """The keys of an issuer's badges that were read here, each once, in the order in which they were first seen."""
    rows = db.rows("select public_key from badges_read where issuer = ? group by public_key order by min(id)", [issuer])
    return [row["public_key"] for row in rows]


def of_person(db: Database, person_id: int) -> dict[int, dict[str, Any]]:
    """Somebody's, by the entry of what was done elsewhere, as plain data."""
    rows = db.rows(
        "select r.entry, r.badge, r.public_key as badge_signed_with, r.whose as badge_known_by from badges_read r"
        " join done_elsewhere d on d.id = r.entry where d.person = ? order by r.id",
        [person_id],
    )
    return {row.pop("entry"): row for row in rows}

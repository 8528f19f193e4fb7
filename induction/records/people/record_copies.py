"""That a lead made a copy of everything held about somebody: they read of it under My record."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ..store.columns import moment_text
from ..store.database import Database
from .history import then


def keep(db: Database, person_id: int, *, by: int, why: str, now: datetime) -> None:
    db.execute(
        'insert into record_copies (person, "by", at, why) values (?, ?, ?, ?)', [person_id, by, moment_text(now), why]
    )


def of_person(db: Database, person_id: int) -> list[dict[str, Any]]:
    """Those that were made of somebody's record, for their own record."""
    return db.rows(
        f"select c.at, {then('name', 'c.by', 'c.at')} as by, c.why from record_copies c where c.person = ? order by c.id", [person_id]
    )


def made_by(db: Database, person_id: int) -> list[dict[str, Any]]:
    """Those that somebody made as a lead, for their own record."""
    return db.rows(
        f"select c.at, {then('name', 'c.person', 'c.at')} as of, c.why from record_copies c where c.by = ? order by c.id", [person_id]
    )

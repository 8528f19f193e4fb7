"""That a lead made a copy of everything held about somebody: they read of it under My record."""

from __future__ import annotations

from datetime import datetime

from ..store.columns import moment_text
from ..store.database import Database


def keep(db: Database, person_id: int, *, by: int, why: str, now: datetime) -> None:
    db.execute(
        'insert into record_copies (person, "by", at, why) values (?, ?, ?, ?)', [person_id, by, moment_text(now), why]
    )

"""Who is given the head of the chain of evidence each week."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from ..store.columns import moment_text
from ..store.database import Database

PLACES = (1, 2)


def witnesses(db: Database) -> Mapping[int, int]:
    """By place, the person to whom the head is written: of those who are here."""
    rows = db.rows(
        "select w.place, w.person from evidence_witnesses w join people p on p.id = w.person and p.active = 1"
        " where w.id in (select max(id) from evidence_witnesses group by place) order by w.place"
    )
    return {row["place"]: row["person"] for row in rows}


def name_witness(db: Database, place: int, person_id: int | None, *, by: int, now: datetime) -> None:
    db.execute(
        'insert into evidence_witnesses (place, person, "by", at) values (?, ?, ?, ?)', [place, person_id, by, moment_text(now)]
    )

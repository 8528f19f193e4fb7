"""A lead makes a copy of everything held about somebody, who asked for it."""

from __future__ import annotations

from datetime import datetime

from ..records.people import people, record_copies
from ..records.store.database import Database, transaction


def note(db: Database, person_id: int, *, by: int, why: str, now: datetime) -> None:
    """Keep that it was made, before it is handed out. Raises NoSuchPerson, WasErased."""
    with transaction(db):
        person = people.find(db, person_id)
        if person is None:
            raise people.NoSuchPerson
        if person.erased_at:
            raise people.WasErased
        record_copies.keep(db, person_id, by=by, why=why, now=now)

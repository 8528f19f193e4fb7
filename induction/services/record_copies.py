"""A lead makes a copy of everything held about somebody, who asked for it."""

from __future__ import annotations

from datetime import datetime, timedelta

from ..records import acts as records
from ..records.people import people
from ..records.store.database import Database, transaction
from ..rules.acts import Act, What
from . import acts

ONE_PRESS = timedelta(minutes=1)  # the same copy made twice within it is made once


def note(db: Database, person_id: int, *, by: int, why: str, now: datetime) -> None:
    """Keep that it was made, before it is handed out. Raises NoSuchPerson, WasErased."""
    with transaction(db):
        person = people.find(db, person_id)
        if person is None:
            raise people.NoSuchPerson
        if person.erased_at:
            raise people.WasErased
        made = Act(What.RECORD_GIVEN, by, now, person_id, about=why)
        if not records.noted(db, made, now - ONE_PRESS):
            acts.note(db, made)

"""What somebody sent before they had said who they are: kept until they have, for them alone."""

from __future__ import annotations

from datetime import datetime

from ..records.people import kept_forms
from ..records.store.database import Database, transaction


def keep(db: Database, token: str, person_id: int, packed: str, now: datetime) -> None:
    """Keep it under that session, open or ended, in place of what was kept there before."""
    with transaction(db):
        kept_forms.put(db, token, person_id, packed, now)


def take(db: Database, token: str, person_id: int, now: datetime) -> str | None:
    """What they had sent in that session; it is kept no longer."""
    with transaction(db):
        packed = kept_forms.find(db, token, person_id, now)
        if packed is not None:
            kept_forms.drop(db, token)
        return packed


def drop(db: Database, token: str) -> bool:
    """It was sent, or left; whether it was there."""
    with transaction(db):
        return kept_forms.drop(db, token)

"""What ties one person's account to another: who made it, gave it its role, or made the link by which it is entered."""

from __future__ import annotations

from datetime import datetime

from ..records.people import history, provider_accounts
from ..records.store.database import Database
from ..rules import second_signature
from ..rules.second_signature import Tie


def ties(db: Database, second: int, first: int, now: datetime) -> list[Tie]:
    """What the first did to the account of the second up to a moment, the oldest first."""
    linked = provider_accounts.linked_by_invitation(db, second)
    return second_signature.ties(first, history.entries(db, second), history.ways_in(db, second), now, linked)

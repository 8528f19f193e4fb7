"""The second step: given, set up, lost."""

from __future__ import annotations

from datetime import datetime

from ..records.people import sessions
from ..records.people.sessions import SignedIn
from ..records.store.database import Database


def given(db: Database, token: str, now: datetime) -> tuple[str, SignedIn] | None:
    """Inside the change that proved anew who it is: nothing is due in that session any more; its new token.

    None where the session has ended.
    """
    if sessions.find(db, token, now) is None:
        return None
    new = sessions.proved(db, token, now)
    signed_in = sessions.find(db, new, now)
    return (new, signed_in) if signed_in else None

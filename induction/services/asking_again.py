"""Asked again who it is before an act that matters: a password proves it."""

from __future__ import annotations

from datetime import datetime

from ..records.people import people, sign_in_tries
from ..records.people.people import StoredPassword
from ..records.people.sessions import SignedIn
from ..records.store.database import Database, transaction
from . import second_factor
from .sign_in import Browser


def by_password(
    db: Database, verified: StoredPassword, browser: Browser, token: str, now: datetime
) -> tuple[str, SignedIn] | None:
    """It is proved anew by a password whose session it is; its new token. None where the account or the session changed meanwhile."""
    with transaction(db):
        if people.password_of(db, verified.email) != verified or not verified.active:
            return None
        sign_in_tries.clear(db, verified.email, browser.mark, browser.secret)
        return second_factor.given(db, token, now)

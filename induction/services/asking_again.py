"""Asked again who it is before an act that matters: what was sent is kept meanwhile, and a password proves it."""

from __future__ import annotations

from datetime import datetime

from ..records.people import kept_forms, people, sign_in_tries
from ..records.people.people import StoredPassword
from ..records.people.sessions import SignedIn
from ..records.store.database import Database, transaction
from . import second_factor
from .sign_in import Browser


def keep_form(db: Database, token: str, person_id: int, packed: str, now: datetime) -> None:
    """Keep what somebody sent until it is proved who they are, in place of what was kept for this session before."""
    with transaction(db):
        kept_forms.put(db, token, person_id, packed, now)


def drop_form(db: Database, token: str) -> bool:
    """It was sent, or left; whether it was there."""
    with transaction(db):
        return kept_forms.drop(db, token)


def by_password(
    db: Database, verified: StoredPassword, browser: Browser, token: str, now: datetime
) -> tuple[str, SignedIn] | None:
    """It is proved anew by a password whose session it is; its new token. None where the account or the session changed meanwhile."""
    with transaction(db):
        if people.password_of(db, verified.email) != verified or not verified.active:
            return None
        sign_in_tries.clear(db, verified.email, browser.mark, browser.secret)
        return second_factor.given(db, token, now)

"""An app that shows codes: set up, and taken away."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from ..records.people import code_apps, recovery_codes, second_factors, sessions
from ..records.people.person import Person
from ..records.people.sessions import SignedIn
from ..records.store import sealed
from ..records.store.database import Database, transaction
from ..records.store.sealed import Secret
from ..rules import factor_codes
from ..rules.factor_codes import NoCode
from ..rules.sign_in_events import EventKind, SignInEvent
from . import second_factor


class TheLastOne(Exception):
    """It is the only second step of somebody who has to have one."""


@dataclass(frozen=True, slots=True)
class SetUp:
    went_on: tuple[str, SignedIn] | None  # the session's new token, where setting up was due in it
    codes: list[str] = field(repr=False)  # recovery codes, where there were none


def new_secret() -> str:
    """160 random bits, as an app takes them."""
    from pyotp import random_base32

    return random_base32()


def hidden(db: Database, secret: str) -> str:
    """The secret of an app that is not confirmed yet, sealed, as a browser keeps it meanwhile."""
    return sealed.seal(db.path, Secret.NEW_APP, secret)


def opened(db: Database, kept: str) -> str:
    """That secret; empty where it was not sealed by this."""
    return sealed.open_sealed(db.path, Secret.NEW_APP, kept) or ""


def address(secret: str, email: str, school: str) -> str:
    """What an app reads from the square, or opens on the phone itself."""
    from pyotp import TOTP

    return TOTP(secret, digits=factor_codes.DIGITS, interval=factor_codes.STEP).provisioning_uri(
        name=email, issuer_name=school.replace(":", " ")
    )


def confirm(db: Database, token: str, secret: str, typed: str, device: str, now: datetime) -> SetUp | NoCode | None:
    """The app of whoever holds this session, from now on, as a code of it says that it has the secret.

    None where the session has ended, or waited for a first second step and somebody has set one up elsewhere meanwhile.
    """
    code = factor_codes.app_code(typed)
    if not code:
        return NoCode.UNLIKE
    step = second_factor.step_of(secret, code, now)
    if step is None:
        return NoCode.WRONG
    hidden = sealed.seal(db.path, Secret.CODE_APP, secret)
    with transaction(db):
        found = sessions.find(db, token, now)
        if found is None or (found.due and second_factors.has_one(db, found.person.id)):
            return None
        person = found.person
        went_on = second_factor.given(db, token, now) if found.due else None
        theirs = code_apps.find(db, person.id)
        if theirs and sealed.open_sealed(db.path, Secret.CODE_APP, theirs.sealed) == secret:
            # pressed twice: nobody saw the codes of the first press
            return SetUp(went_on, second_factor.new_codes(db, person.id, now))
        code_apps.put(db, person.id, hidden, step, now)
        codes = [] if recovery_codes.left(db, person.id) else second_factor.new_codes(db, person.id, now)
        event = SignInEvent(EventKind.APP_ADDED, person.id, now, person.id, device=device)
        second_factor.changed(db, event, person, went_on[0] if went_on else token)
    return SetUp(went_on, codes)


def take_away(db: Database, person: Person, device: str, now: datetime) -> bool:
    """Take somebody's app away; False where they had none. Raises TheLastOne."""
    with transaction(db):
        if code_apps.find(db, person.id) is None:
            return False
        if not second_factor.may_lose_one(db, person, now):
            raise TheLastOne
        code_apps.end(db, person.id)
        second_factor.changed(db, SignInEvent(EventKind.APP_REMOVED, person.id, now, person.id, device=device), person)
    return True

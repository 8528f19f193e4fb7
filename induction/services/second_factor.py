"""The second step: asked for and given, and what follows when one joins or goes. An app is set up in code_apps.py, one that is
lost is reset in factor_resets.py."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from ..records.people import (
    code_apps,
    recovery_codes,
    second_factors,
    sessions,
    sign_in_events,
    sign_in_rules,
    sign_in_tries,
)
from ..records.people.person import Person
from ..records.people.sessions import SignedIn
from ..records.store import sealed
from ..records.store.database import Database, transaction
from ..records.store.sealed import Secret
from ..rules import factor_codes, second_factor, turns
from ..rules.factor_codes import NoCode
from ..rules.sign_in_events import EventKind, SignInEvent
from . import factor_letters

ONE_COUNT = "whatever the browser"  # in place of a browser's secret: all of them share one count of tries


@dataclass(frozen=True, slots=True)
class Later:
    """There were too many tries."""

    seconds: int


@dataclass(frozen=True, slots=True)
class Given:
    """A code was right: the session goes on under another token."""

    token: str
    signed_in: SignedIn
    codes_left: int | None  # where a recovery code was used


def give(db: Database, token: str, typed: str, device: str, now: datetime) -> Given | NoCode | Later | None:
    """The second step in the session of a token, by a code of the app or a recovery code. None where the session has ended.

    The try is counted before it is judged, for the person and not for the browser.
    """
    signed_in = sessions.find(db, token, now)
    if signed_in is None:
        return None
    person = signed_in.person
    if not factor_codes.app_code(typed) and not factor_codes.recovery_code(typed):
        return NoCode.UNLIKE
    with transaction(db):
        wait = sign_in_tries.note_try(db, _tries_of(person), mark=None, browser=ONE_COUNT, asked=now - _WAITED, now=now)
    if wait:
        return Later(wait)
    with transaction(db):
        wrong = _use(db, person, typed, device, now)
        went_on = None if wrong else given(db, token, now)
        if wrong and sign_in_tries.so_far(db, _tries_of(person), ONE_COUNT) == factor_codes.MANY_WRONG:
            sign_in_events.note(db, SignInEvent(EventKind.WRONG_CODES, person.id, now, None, device=device))
            factor_letters.put_changed(db, person, EventKind.WRONG_CODES, device, now)
        if went_on is None:
            return wrong  # nothing was used where the session has ended meanwhile: what is raised or none changes nothing
        sign_in_tries.clear(db, _tries_of(person), None, ONE_COUNT)
        left = recovery_codes.left(db, person.id) if factor_codes.recovery_code(typed) else None
    return Given(*went_on, left)


_WAITED = timedelta(seconds=turns.LONGEST)  # whose own tries are forgotten waits for nobody else's


def _tries_of(person: Person) -> str:
    return f"second step of {person.id}"


def _use(db: Database, person: Person, typed: str, device: str, now: datetime) -> NoCode | None:
    """Use a code up; why it is not taken, or None."""
    if code := factor_codes.app_code(typed):
        app = code_apps.find(db, person.id)
        secret = sealed.open_sealed(db.path, Secret.CODE_APP, app.sealed) if app else None
        if app is None or secret is None:
            return NoCode.WRONG
        step = step_of(secret, code, now)
        if step is None:
            return NoCode.WRONG
        if step <= app.last_step <= max(factor_codes.steps(now)):  # one to come is of a clock that was put right since
            return NoCode.USED
        code_apps.used(db, person.id, step)
        return None
    if not recovery_codes.use(db, person.id, factor_codes.recovery_code(typed)):
        return NoCode.WRONG
    sign_in_events.note(db, SignInEvent(EventKind.CODE_USED, person.id, now, person.id, device=device))
    factor_letters.put_changed(db, person, EventKind.CODE_USED, device, now, left=recovery_codes.left(db, person.id))
    return None


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """The half minute of which an app with that secret shows the code, the latest of those that are taken; None: none of them."""
    from pyotp import TOTP  # not before a code comes

    app = TOTP(secret, digits=factor_codes.DIGITS, interval=factor_codes.STEP)
    right = [step for step in factor_codes.steps(now) if hmac.compare_digest(app.generate_otp(step), code)]
    return max(right, default=None)


def given(db: Database, token: str, now: datetime) -> tuple[str, SignedIn] | None:
    """Inside the change that proved anew who it is: nothing is due in that session any more; its new token.

    None where the session has ended.
    """
    if sessions.find(db, token, now) is None:
        return None
    new = sessions.proved(db, token, now)
    signed_in = sessions.find(db, new, now)
    return (new, signed_in) if signed_in else None


# What one has


def may_lose_one(db: Database, person: Person, now: datetime) -> bool:
    """Whether somebody may take one of their passkeys, or their app, away: it is not the last that they have to have."""
    standing, rules = second_factors.standing(db, person.id, person.role), sign_in_rules.now(db)
    if second_factors.how_many(db, person.id) > 1 or not second_factor.must_have(person.role):
        return True
    return now < second_factor.asked_from(standing, rules.grace_days)


def changed(db: Database, event: SignInEvent, person: Person, token: str = "") -> None:
    """Inside a change of what somebody has: note it and tell them by letter. With the last one their recovery codes go.

    `token`: of the session in which one joined, where one did.
    """
    sign_in_events.note(db, event)
    factor_letters.put_changed(db, person, event.what, event.device, event.at, about=event.about)
    if second_factors.has_one(db, person.id):
        sessions.ask_for_it(db, person.id)
        if token and second_factors.how_many(db, person.id) == 1:
            sessions.ask_for_the_first(db, person.id, token)
    else:
        recovery_codes.end(db, person.id)


def new_codes(db: Database, person_id: int, now: datetime) -> list[str]:
    """Inside a change: recovery codes, in place of those that there were."""
    codes = list(_by_chance())
    recovery_codes.put(db, person_id, codes, now)
    return codes


def hidden(db: Database, codes: list[str]) -> str:
    """Recovery codes, sealed, as a browser keeps them from the press that made them to the page that shows them."""
    return sealed.seal(db.path, Secret.NEW_CODES, " ".join(codes))


def opened(db: Database, kept: str) -> list[str]:
    """Those codes; none where they were not sealed by this."""
    return (sealed.open_sealed(db.path, Secret.NEW_CODES, kept) or "").split()


def _by_chance() -> Iterator[str]:
    for _ in range(factor_codes.CODES):
        yield factor_codes.from_chance(secrets.randbits(5 * factor_codes.LENGTH))


def make_codes(db: Database, person: Person, device: str, now: datetime) -> list[str] | None:
    """New recovery codes; the old ones end. None where they have no second step for which they could stand in."""
    with transaction(db):
        if not second_factors.has_one(db, person.id):
            return None
        codes = new_codes(db, person.id, now)
        changed(db, SignInEvent(EventKind.CODES_MADE, person.id, now, person.id, device=device), person)
    return codes

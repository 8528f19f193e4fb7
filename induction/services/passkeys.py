"""Passkeys: adding one, coming in by one, and what is done where there is a copy of one."""

from __future__ import annotations

import json
import logging
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from importlib import import_module
from typing import Any

from ..records.people import passkeys, people, recovery_codes, second_factors, sessions, used_once
from ..records.people.passkeys import New, Passkey
from ..records.people.person import Person
from ..records.people.sessions import SignedIn
from ..records.store.database import Database, transaction
from ..rules import passkeys as rules
from ..rules.days_here import Shut
from ..rules.passkeys import Asker, Holder, Place, Purpose, Why
from ..rules.second_factor import SessionWay
from ..rules.sign_in_events import EventKind, SignInEvent
from . import second_factor, sign_in
from .sign_in import Begun, Browser, Entrance

log = logging.getLogger("induction.account")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a browser sent, as far as it says which passkey it is of and where it was made; nothing of it is proved yet."""

    raw: Mapping[str, Any]
    credential: str
    handle: str | None  # of whom the passkey says that it is
    challenge: bytes
    origin: str


# What a page asks a browser for


def to_make(db: Database, asker: Asker, school: str, person: Person, now: datetime) -> dict[str, Any]:
    """For a new passkey of somebody. One that was stopped can be made anew in its place."""
    known = [each.credential for each in passkeys.of_person(db, person.id) if not each.stopped_at]
    holder = Holder(rules.handle(asker.key, person.id), person.email, person.name)
    return rules.to_make(asker.place, school, holder, _challenge(asker, now), known)


def to_use(db: Database, asker: Asker, person: Person | None, now: datetime) -> dict[str, Any] | None:
    """For a passkey of somebody, or of whoever it may be; None where they have none that opens anything."""
    known = [each.credential for each in passkeys.of_person(db, person.id) if not each.stopped_at] if person else []
    return None if person and not known else rules.to_use(asker.place, _challenge(asker, now), known)


def _challenge(asker: Asker, now: datetime) -> bytes:
    return rules.challenge(asker, secrets.token_bytes(rules.CHANCE), now)


# What becomes of the answer


@dataclass(frozen=True, slots=True)
class Added:
    went_on: tuple[str, SignedIn]  # the session's token: a new one, where setting up was due in it
    codes: list[str] = field(repr=False)  # recovery codes, where there were none


def add(db: Database, asker: Asker, token: str, name: str, sent: str, device: str, now: datetime) -> Added | Why | None:
    """Add a passkey that was made just now in this session, which goes on; where one was due in it, nothing is any more.

    None where the session has ended, or waited for a first second step and somebody has set one up elsewhere meanwhile.
    """
    answer = _read(sent, asker, now)
    if isinstance(answer, Why):
        return answer
    made = _made(answer, asker.place, name)
    if isinstance(made, Why):
        return made
    with transaction(db):
        found = sessions.find(db, token, now)
        if found is None or (found.due and second_factors.has_one(db, found.person.id)):
            return None
        if why := _put(db, found.person.id, made, answer, now):
            return why
        went_on = second_factor.given(db, token, now) if found.due else (token, found)
        codes = [] if recovery_codes.left(db, found.person.id) else second_factor.new_codes(db, found.person.id, now)
        _changed(db, EventKind.PASSKEY_ADDED, found.person, name, device, now, went_on[0] if went_on else token)
    return Added(went_on, codes) if went_on else None


def _put(db: Database, person_id: int, made: New, answer: Answer, now: datetime) -> Why | None:
    if len(passkeys.of_person(db, person_id)) >= rules.MOST:
        return Why.TOO_MANY
    if not used_once.spend(db, rules.written(answer.challenge), now):
        return Why.OLD
    if passkeys.find(db, made.credential):
        return Why.TAKEN
    passkeys.add(db, person_id, made, now)
    return None


class Removal(Enum):
    """What became of a wish to remove one."""

    DONE = "done"
    NOT_THEIRS = "not theirs"
    ONLY_ONE = "only one"  # of somebody who has to have a second step


def remove(db: Database, person: Person, passkey_id: int, device: str, now: datetime) -> Removal:
    """Remove one of somebody's own. One that was stopped can go as soon as there is another."""
    with transaction(db):
        found = next((each for each in passkeys.of_person(db, person.id) if each.id == passkey_id), None)
        if found is None:
            return Removal.NOT_THEIRS
        replaced = found.stopped_at and second_factors.how_many(db, person.id)
        if not replaced and not second_factor.may_lose_one(db, person, now):
            return Removal.ONLY_ONE
        passkeys.remove(db, found.id)
        _changed(db, EventKind.PASSKEY_REMOVED, person, found.name, device, now)
    return Removal.DONE


def _changed(db: Database, what: EventKind, person: Person, name: str, device: str, now: datetime, token: str = "") -> None:
    by = None if what is EventKind.PASSKEY_REFUSED else person.id
    second_factor.changed(db, SignInEvent(what, person.id, now, by, name, device), person, token)


def prove(db: Database, asker: Asker, token: str, sent: str, device: str, now: datetime) -> tuple[str, SignedIn] | Why | None:
    """Prove in a session whose it is, as its second step or anew; its new token. None where it has ended."""
    answer = _read(sent, asker, now)
    if isinstance(answer, Why):
        return answer
    with transaction(db):
        found = sessions.find(db, token, now)
        if found is None:
            return None
        used = _use(db, answer, asker, found.person.id, device, now)
        return used if isinstance(used, Why) else second_factor.given(db, token, now)


def come_in(db: Database, asker: Asker, sent: str, browser: Browser, now: datetime, ends: str | None) -> Begun | Shut | Why:
    """Begin a session by a passkey alone; whose it is, it says itself. Shut: they are known, and it is not their day."""
    answer = _read(sent, asker, now)
    if isinstance(answer, Why):
        return answer
    with transaction(db):
        used = _use(db, answer, asker, None, browser.device, now)
        if isinstance(used, Why):
            return used
        person = people.find(db, used.person_id)
        known = people.password_of(db, person.email) if person else None
        if known is None:
            return Why.UNKNOWN
        if shut := sign_in.shut_for(db, known, now):
            return shut
        return sign_in.begin_inside(db, known, browser, now, ends, Entrance(SessionWay.PASSKEY)) or Why.UNKNOWN


def _use(db: Database, answer: Answer, asker: Asker, whose: int | None, device: str, now: datetime) -> Passkey | Why:
    """Inside the change that it is for: the passkey, where the answer is its own and the first."""
    found = passkeys.find(db, answer.credential)
    if found is None or not _belongs(found, answer, asker, whose):
        return Why.UNKNOWN
    count = _count(answer, asker.place, found)
    if isinstance(count, Why):
        return count
    if not used_once.spend(db, rules.written(answer.challenge), now):
        return Why.OLD
    if found.stopped_at:
        return Why.STOPPED
    if not rules.count_holds(found.count, count):
        passkeys.stop(db, found.id, now)  # there is a copy of it, and nobody can say which of the two was used
        if person := people.find(db, found.person_id):
            _changed(db, EventKind.PASSKEY_REFUSED, person, found.name, device, now)
        return Why.STOPPED
    passkeys.used(db, found.id, count, now)
    return found


def _belongs(found: Passkey, answer: Answer, asker: Asker, whose: int | None) -> bool:
    """Whether it is of whoever is asked, and says the same itself: it has to where nothing else says who it is."""
    if whose is not None and found.person_id != whose:
        return False
    says = answer.handle or (None if asker.purpose is Purpose.SIGN_IN else rules.handle(asker.key, found.person_id))
    return says == rules.handle(asker.key, found.person_id)


# Reading and proving


def _read(sent: str, asker: Asker, now: datetime) -> Answer | Why:
    """What a browser sent, where it is an answer to what this one was asked here, for this and a short while ago."""
    answer = _taken_apart(sent) if len(sent) <= rules.LONGEST_ANSWER else None
    if answer is None:
        return Why.UNREADABLE
    if answer.origin != asker.place.origin:
        return Why.ELSEWHERE
    if not rules.is_ours(asker, answer.challenge, now):
        return Why.OLD
    import_module("webauthn")  # the first time takes a while, in which no change is to wait
    return answer


def _taken_apart(sent: str) -> Answer | None:
    """None for what no browser sends."""
    try:
        raw = json.loads(sent)
        credential, response = raw["id"], raw["response"]
        client = json.loads(rules.read(response["clientDataJSON"]))
        handle, challenge, origin = response.get("userHandle"), rules.read(client["challenge"]), client["origin"]
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None
    fits = isinstance(credential, str) and isinstance(origin, str) and isinstance(handle, str | None)
    return Answer(raw, credential, handle or None, challenge, origin) if fits else None


def _made(answer: Answer, place: Place, name: str) -> New | Why:
    """A new passkey, proved: made for this site, by somebody whom the device knows."""
    from webauthn import verify_registration_response
    from webauthn.helpers.cose import COSEAlgorithmIdentifier

    try:
        made = verify_registration_response(
            credential=dict(answer.raw), expected_challenge=answer.challenge, expected_rp_id=place.name, expected_origin=place.origin,
            supported_pub_key_algs=[COSEAlgorithmIdentifier(each) for each in rules.ALGORITHMS],
        )  # fmt: skip
    except Exception as fault:  # its readers raise whatever they stumble over, and all of it came from outside
        log.info("A new passkey was not taken: %s", type(fault).__name__)
        return Why.UNREADABLE
    if not made.user_verified:
        return Why.UNLOCKED
    if len(made.credential_id) > rules.LONGEST_CREDENTIAL:
        return Why.UNREADABLE
    return New(name, rules.written(made.credential_id), rules.written(made.credential_public_key), made.sign_count)


def _count(answer: Answer, place: Place, found: Passkey) -> int | Why:
    """The count that a passkey brings, where the answer is signed by it, for this site, and by somebody whom the device knows."""
    from webauthn import verify_authentication_response

    try:
        proved = verify_authentication_response(
            credential=dict(answer.raw), expected_challenge=answer.challenge, expected_rp_id=place.name, expected_origin=place.origin,
            credential_public_key=rules.read(found.public_key),
            credential_current_sign_count=0,  # whether it goes on is for the rules to say
        )  # fmt: skip
    except Exception as fault:  # as above
        log.info("A passkey was not taken: %s", type(fault).__name__)
        return Why.UNREADABLE
    return proved.new_sign_count if proved.user_verified else Why.UNLOCKED

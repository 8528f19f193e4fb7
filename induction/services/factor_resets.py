"""A second step that is lost: one lead asks that it be reset, a second one agrees; or whoever has the server does it."""

from __future__ import annotations

from datetime import datetime, timedelta

from ..records.people import factor_resets, people, second_factors, sessions, sign_in_events
from ..records.people.factor_resets import Reset
from ..records.people.person import Person
from ..records.store.database import Database, transaction
from ..rules.roles import Role
from ..rules.sign_in_events import EventKind, SignInEvent
from . import factor_letters, second_hand

LONG_TIED = timedelta(days=30)  # the account of who agrees, by who asks: a lead who was invented for it agrees to nothing


class NotReset(Exception):
    """Why nothing was done, in a sentence."""


ONES_OWN = "Your own second step is reset by others: another lead asks, and a second one agrees."
WAITS_ALREADY = "That was asked for already, and waits for a second lead."
NOTHING_THERE = "They have none, so there is nothing to reset."
WAITS_NO_MORE = "That does not wait any more: it was answered, or a week has passed. Look at the page anew."
TIED = (
    "Whoever asked has made your account, your role or a link of yours within the last month, so another lead answers it, or whoever"
    " looks after the server resets it."
)
A_SECOND_LEAD = "A second lead answers it: not the one who asked."
ONE_LEAD = "There is no other lead who could agree. Whoever looks after the server can reset it."


def ask(db: Database, person_id: int, why: str, *, by: int, now: datetime) -> Reset:
    """Ask that somebody's second step be reset; other leads and they themselves are told. Raises NotReset."""
    with transaction(db):
        person, lead = _here(db, person_id), _lead(db, by)
        if person.id == lead.id:
            raise NotReset(ONES_OWN)
        if not second_factors.has_one(db, person.id):
            raise NotReset(NOTHING_THERE)
        if factor_resets.of_person(db, person.id, now):
            raise NotReset(WAITS_ALREADY)
        others = _others(db, person, lead)
        if not others:
            raise NotReset(ONE_LEAD)
        factor_resets.ask(db, person.id, by=lead.id, why=why, now=now)
        sign_in_events.note(db, SignInEvent(EventKind.RESET_ASKED, person.id, now, lead.id, why))
        reset = _waiting(db, person.id, now)
        factor_letters.put_reset_asked(db, reset, person, others, now)
    return reset


def agree(db: Database, person_id: int, asked_at: datetime, *, by: int, now: datetime) -> Person:
    """A second lead agrees: what somebody had is gone and they are signed out; at their next sign-in with the password they set
    up another. `asked_at`: of the request that they saw. Raises NotReset."""
    with transaction(db):
        person, reset = _answered(db, person_id, asked_at, by, now)
        sign_in_events.note(db, SignInEvent(EventKind.RESET_AGREED, person.id, now, by, reset.why))
        _end(db, person, now)
    return person


def refuse(db: Database, person_id: int, asked_at: datetime, *, by: int, now: datetime) -> Person:
    """A second lead does not agree: all stays as it is. Raises NotReset."""
    with transaction(db):
        person, reset = _answered(db, person_id, asked_at, by, now)
        sign_in_events.note(db, SignInEvent(EventKind.RESET_REFUSED, person.id, now, by, reset.why))
        factor_resets.drop(db, person.id)
    return person


def at_the_server(db: Database, person_id: int, now: datetime) -> Person:
    """Whoever has the server resets it, as where there is one lead alone. Raises NotReset."""
    with transaction(db):
        person = _here(db, person_id)
        if not second_factors.has_one(db, person.id):
            raise NotReset(NOTHING_THERE)
        sign_in_events.note(db, SignInEvent(EventKind.RESET, person.id, now, None))
        _end(db, person, now)
    return person


def can_be_asked(db: Database, person: Person, lead: Person) -> bool:
    """Whether there is a lead beside the one who asks and the one whom it is about."""
    return bool(_others(db, person, lead))


def _end(db: Database, person: Person, now: datetime) -> None:
    second_factors.end_all(db, person.id)
    sessions.end_all(db, person.id)
    factor_letters.put_changed(db, person, EventKind.RESET, "", now)


def _others(db: Database, person: Person, lead: Person) -> list[Person]:
    return [each for each in people.leads(db) if each.id not in (person.id, lead.id)]


def _here(db: Database, person_id: int) -> Person:
    person = people.find(db, person_id)
    if person is None or not person.active:
        raise NotReset("They have left, and can't sign in.")
    return person


def _lead(db: Database, person_id: int) -> Person:
    lead = _here(db, person_id)
    if lead.role is not Role.LEAD:
        raise NotReset("A lead asks for it.")
    return lead


def _waiting(db: Database, person_id: int, now: datetime) -> Reset:
    reset = factor_resets.of_person(db, person_id, now)
    if reset is None:
        raise NotReset(WAITS_NO_MORE)
    return reset


def _answered(db: Database, person_id: int, asked_at: datetime, by: int, now: datetime) -> tuple[Person, Reset]:
    """Whom a request is about, where this lead may answer it."""
    person, lead = _here(db, person_id), _lead(db, by)
    reset = _waiting(db, person.id, now)
    if reset.at != asked_at:
        raise NotReset(WAITS_NO_MORE)
    if lead.id == person.id:
        raise NotReset(ONES_OWN)
    if lead.id == reset.asked_by:
        raise NotReset(A_SECOND_LEAD)
    tied = second_hand.ties(db, lead.id, reset.asked_by, now)
    if any(each.at > now - LONG_TIED for each in tied):
        raise NotReset(TIED)
    return person, reset

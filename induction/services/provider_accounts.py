"""Accounts elsewhere, as leads see to them: taken away from somebody, let in, refused."""

from __future__ import annotations

from datetime import datetime

from ..records.people import people, provider_accounts, sign_in_events, waiting_accounts
from ..records.people.people import Person
from ..records.people.person import Details
from ..records.people.provider_accounts import How, ProviderAccount
from ..records.store.database import Database, transaction
from ..rules.acts import Act, What
from ..rules.calendar import local
from ..rules.roles import Role
from ..rules.sign_in_events import EventKind, SignInEvent
from ..wording.providers import USUAL_LABEL
from . import acts, letters


def take_away(db: Database, person_id: int, account_id: int, *, by: int | None, now: datetime) -> ProviderAccount | None:
    """Somebody signs in by that account no longer, and is signed out where they did; None where it is none of theirs (any more).

    Its address links it to nobody again; an invitation does. Raises LastLead where nobody could lead any more.
    """
    with transaction(db):
        account, person = provider_accounts.find(db, person_id, account_id), people.find(db, person_id)
        if account is None or person is None:
            return None
        if not person.has_password and len(provider_accounts.of_person(db, person_id)) == 1:
            people.check_not_last_lead(db, person, local(now).date())
        provider_accounts.unlink(db, account_id, now)
        sign_in_events.note(db, SignInEvent(EventKind.UNLINKED, person_id, now, by, account.address))
        return account


def let_in(
    db: Database, waiting_id: int, name: str, mentor_id: int | None = None, label: str = USUAL_LABEL, *,
    by: int, now: datetime,
) -> Person | None:  # fmt: skip
    """Whoever waits becomes a teacher of that name here, and signs in by that account; None where they don't wait any more.

    `label`: with what they sign in, for the letter to them. Raises EmailTaken, NotAMentor.
    """
    with transaction(db):
        waiting = waiting_accounts.find(db, waiting_id)
        if waiting is None:
            return None
        person = people.add(db, Details(waiting.address, name, Role.TEACHER, mentor_id), by=by, now=now)
        provider_accounts.link(db, person.id, waiting.issuer, waiting.subject, waiting.address, How.LET_IN, now)
        waiting_accounts.drop(db, waiting.issuer, waiting.subject)
        sign_in_events.note(db, SignInEvent(EventKind.LET_IN, person.id, now, by, waiting.address, waiting.device))
        letters.put_let_in(db, person, label, now)
        return people.find(db, person.id)


def refuse(db: Database, waiting_id: int, *, by: int, now: datetime) -> bool:
    """Whoever waits is not let in, now or later; False where they don't wait any more."""
    with transaction(db):
        waiting = waiting_accounts.find(db, waiting_id)
        if waiting is None or waiting.refused_at:
            return False
        waiting_accounts.refuse(db, waiting_id, now)
        acts.note(db, Act(What.TURNED_AWAY, by, now, about=waiting.address))
        return True

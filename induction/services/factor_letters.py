"""The letters that tell of a second step: what was changed of somebody's, and that one is to be reset."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from ..records.people.factor_resets import Reset
from ..records.people.person import Person
from ..records.school import post_office, school
from ..records.store.database import Database
from ..rules.letters import LetterKind
from ..rules.roles import Role
from ..rules.sign_in_events import EventKind
from ..wording import second_factor as wording
from ..wording import site_letters
from . import letters

KIND = LetterKind.SECOND_STEP


def put_changed(
    db: Database, person: Person, what: EventKind, device: str, now: datetime, about: str = "", left: int | None = None
) -> None:
    """Inside the change that it tells of: to whose second step it is."""
    address = post_office.look(db).address
    first = person.name.split()[0]
    letter = wording.changed_letter(first, school.called(db), what, device, now, address, about, left, to_a_lead=person.role is Role.LEAD)
    letters.put(
        db, KIND, person, letter, key=f"{KIND} {person.id} {what} {now.isoformat()}", why=site_letters.WHY[KIND], now=now
    )


def put_reset_asked(db: Database, reset: Reset, person: Person, others: Iterable[Person], now: datetime) -> None:
    """Inside the change that asked for it: to the leads who may answer, and to whom it is about."""
    called, key = school.called(db), f"{KIND} reset {person.id} {now.isoformat()}"
    address = f"{post_office.look(db).address}/school/people/{person.id}#second-step"
    yours = wording.reset_of_yours_letter(person.name.split()[0], called, reset.asked_by_name, now)
    letters.put(db, KIND, person, yours, key=key, why=site_letters.WHY[KIND], now=now)
    for lead in others:
        letter = wording.reset_asked_letter(
            lead.name.split()[0], called, person.name, reset.asked_by_name, reset.until, now, address
        )
        letters.put(db, KIND, lead, letter, key=f"{key} to {lead.id}", why=site_letters.WHY[LetterKind.SIGNATURE], now=now)

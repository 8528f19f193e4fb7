"""Due dates under an address with a secret in it, for calendar programs."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from ..records.people import calendar_addresses, deputies, history
from ..records.people.calendar_addresses import Address, Whose
from ..records.people.person import Person
from ..records.school import school
from ..records.store.database import Database, transaction
from ..rules import names
from ..rules.calendar import local
from ..rules.roles import MENTORS
from ..wording import due_calendar
from ..wording.due_calendar import DueDate
from . import progress
from .programme import Programme
from .reminder_day import is_here


def may_have(person: Person) -> tuple[Whose, ...]:
    """Which calendars somebody may have: one's own, and those who mentor their teachers'."""
    return (Whose.OWN, Whose.TEACHERS) if person.role in MENTORS else (Whose.OWN,)


def mark(address: Address) -> str:
    """What tells an address from the one before it."""
    return address.made_at.isoformat()


def renew(db: Database, person: Person, whose: Whose, *, saw: str = "", now: datetime) -> bool:
    """A new address, which ends the one before at once; False where it is none that they may have, or one stands there already
    that the page had not shown. `saw` is the mark of the one that it had; empty: none.
    """
    if whose not in may_have(person):
        return False
    with transaction(db):
        stands = calendar_addresses.of_person(db, person.id).get(whose)
        if stands and mark(stands) != saw:
            return False
        calendar_addresses.make(db, person.id, whose, now)
    return True


def end(db: Database, person: Person, whose: Whose) -> bool:
    """End an address; False where there was none."""
    with transaction(db):
        return calendar_addresses.end(db, person.id, whose)


def addresses(db: Database, person: Person) -> dict[Whose, tuple[Address, str]]:
    """Somebody's addresses, each with its token; an empty one can't be shown again, and still works."""
    found = calendar_addresses.of_person(db, person.id)
    return {whose: (each, calendar_addresses.token(db, each)) for whose, each in found.items()}


def of_token(db: Database, programme: Programme, token: str, now: datetime) -> bytes | None:
    """The calendar at an address; None where there is none, or whose it is has left, or is no mentor any more. Reads only."""
    found, today = calendar_addresses.find(db, token), local(now).date()
    if found is None or not is_here(found[0], today) or found[1] not in may_have(found[0]):
        return None
    person, whose = found
    people = [person] if whose is Whose.OWN else [each.person for each in deputies.teachers_seen(db, person.id, today)]
    called = {} if whose is Whose.OWN else names.first(people)
    return due_calendar.written(_dates(db, programme, people, called, today), programme.school.name, school.key(db)[:16])


def _dates(
    db: Database, programme: Programme, people: Collection[Person], called: dict[int, str], today: date
) -> list[DueDate]:
    """The dates of those who have not finished."""
    inductions = progress.of_many(db, programme, people, today)
    since = history.since(db, [each.id for each in people])
    return [
        DueDate(each.id, called.get(each.id, ""), due, since[each.id])
        for each in people
        if (due := inductions[each.id].due) and not inductions[each.id].complete and is_here(each, today)
    ]

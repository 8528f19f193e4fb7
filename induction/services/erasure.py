"""Somebody's record is erased, on request or when its time is over; and no byte of it is left behind.

The deed is one transaction. What follows, the list beside the database and the wiping of its bytes, can be done again at
any time: where it could not be done at once, the caretaker does it.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from ..records import erasure
from ..records.erasure import Erasure
from ..records.people import people
from ..records.people.people import PeopleFault
from ..records.people.person import Person
from ..records.store import documents, erased_list, wiping
from ..records.store.backup import FOLDER
from ..records.store.database import Database, DatabaseFault, transaction
from ..records.store.erased_list import Left
from ..rules.acts import Act, What
from ..rules.backups import DAILY, MONTHLY, WEEKLY
from ..rules.calendar import months_later
from ..rules.erasure import names_them
from ..rules.retention import Kind
from ..rules.text import folded
from . import acts, packs

BY_ITSELF = re.compile(r"daily-([0-9]{4}-[0-9]{2}-[0-9]{2})T")  # a backup that the caretaker made

log = logging.getLogger("induction.erasure")


class StillHere(PeopleFault):
    """Whoever is here is not erased."""

    words = "Their account has not ended. End it first: then it is said who follows, and it can be taken back for a week."


class NotTheName(PeopleFault):
    """What was typed is not the name of whom it is about."""

    words = "Type the name as it stands above."


class ReasonNamesThem(PeopleFault):
    """The reason stays, and would keep their name."""

    words = "Write the reason without their name or email: it stays."


class NoReason(PeopleFault):
    """Why is asked of whoever does it."""

    words = "Write why: who asked for it, and when."


@dataclass(frozen=True, slots=True)
class Outlook:
    """What would become of somebody's record."""

    person: Person
    goes: Mapping[str, int]  # rows by table
    stays: Mapping[str, int]  # rows by table and column, under their number
    written: list[str]  # where the school itself has named them


def outlook(db: Database, person: Person) -> Outlook:
    """What would go if somebody were erased, and what would stay."""
    return Outlook(person, erasure.counts(db, person.id), erasure.stays(db, person.id), erasure.written(db, person.id))


def erase(db: Database, person_id: int, *, typed: str, why: str, by: int | None, now: datetime) -> Erasure:
    """Erase somebody who has left, on request; that it was done.

    `typed` is their name as whoever does it has typed it. Done twice, it was done once. Raises StillHere, NotTheName,
    NoReason, ReasonNamesThem, NoSuchPerson.
    """
    with transaction(db):
        person = people.find(db, person_id)
        if person is None:
            raise people.NoSuchPerson
        if done := erasure.of_person(db, person_id):
            return done
        _check(db, person, typed, why)
        erasure.erase(db, person, kind=Kind.ERASED, by=by, why=why, until=now, now=now)
        acts.note(db, Act(What.ERASED, by, now, person_id, about=why))
        done = erasure.of_person(db, person_id)
    assert done is not None
    return done


def _check(db: Database, person: Person, typed: str, why: str) -> None:
    known = erasure.named(db, person.id)
    if person.active:
        raise StillHere
    if folded(typed) != folded(person.name):
        raise NotTheName
    if not why.strip():
        raise NoReason
    if names_them(why, known.names, known.emails):
        raise ReasonNamesThem


@dataclass(frozen=True, slots=True)
class Copy:
    """A backup on this machine in which somebody may still stand."""

    name: str
    goes_by: date | None  # if one is made each night; None: it does not go by itself


def copies(data: Path) -> list[Copy]:
    """What lies in `backups/`, by name. Raises OSError."""
    folder = data / FOLDER
    names = sorted(each.name for each in folder.iterdir() if not each.name.startswith(".")) if folder.is_dir() else []
    return [Copy(name, _goes_by(name)) for name in names]


def _goes_by(name: str) -> date | None:
    """When as many daily, weekly and monthly ones have come after it as stay."""
    found = BY_ITSELF.match(name)
    try:
        days = timedelta(days=DAILY + 7 * WEEKLY)
        return months_later(date.fromisoformat(found[1]) + days, MONTHLY + 1) if found else None
    except ValueError:
        return None


def finish(db: Database, wait: float = 3) -> bool:
    """See that the list of erasures beside the database is whole, and that no byte of theirs is left; whether that is so.

    It never raises for a disk that is full or shut, or for a reader in the way: it is done again later.
    """
    try:
        return _finish(db, db.path.parent, wait)
    except erased_list.ListDamaged:
        log.warning("%s can't be read, and was left as it is", erased_list.FILE)
    except (DatabaseFault, OSError) as fault:
        log.warning("Erased, and bytes may be left until the next round: %s", type(fault).__name__)
    return False


def _finish(db: Database, data: Path, wait: float) -> bool:
    """Each step is kept before the next: a database that is copied elsewhere while it is written is not written anew again."""
    for name in erasure.documents_of_nobody(db):
        documents.forget(data, name)
    packs.sweep_files(db)
    held = erased_list.read(data)
    marks = {each.mark for each in held}
    every = [*held, *(each for each in erased_list.kept(db) if each.mark not in marks)]
    if every != held:
        erased_list.write(data, every)
    if any(each.left is Left.DATABASE for each in every):
        wiping.rewrite(db, wait)
        every = [replace(each, left=Left.JOURNAL) if each.left else each for each in every]
        erased_list.write(data, every)
    if any(each.left for each in every):
        if not wiping.empty_journal(db, wait):
            return False
        erased_list.write(data, [replace(each, left=Left.NOWHERE) for each in every])
    return True

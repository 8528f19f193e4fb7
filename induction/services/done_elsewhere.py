"""Recording what somebody has done elsewhere, taking it back, and finding its document."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from ..records.people import people
from ..records.progress import done_elsewhere
from ..records.progress.done_elsewhere import NewCertificate
from ..records.store import documents
from ..records.store.database import Database, transaction
from ..rules import text
from ..rules.calendar import local
from ..rules.documents import called, kind
from ..rules.done_elsewhere import Certificate


class NotElsewhere(Exception):
    """What can't be recorded; str() says why."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a certificate says, as a lead writes it."""

    course: str  # of ours, for which it counts
    provider: str
    title: str
    done_on: date
    expires_on: date | None


def record(
    db: Database, data: Path, person_id: int, said: Said, file: tuple[str, bytes], *, by: int, now: datetime
) -> Certificate | None:
    """Keep a certificate with its document; None where just this is kept already. `file` is what it is called, and its bytes.

    The document is on the disk before anything names it. Raises documents.Unfit, NotElsewhere, NoSuchPerson, NoRoom, OSError.
    """
    found = kind(file[1])
    _check(said, local(now).date())
    person = people.find(db, person_id)
    if person is None or person.erased_at:  # before a document of theirs is written
        raise people.NoSuchPerson
    name = documents.keep(data, file[1])
    new = NewCertificate(
        person_id, said.course, said.provider, said.title, said.done_on, said.expires_on, name, found,
        called(_fit(file[0]), found), len(file[1]),
    )  # fmt: skip
    with transaction(db):
        person = people.find(db, person_id)
        if person is None or person.erased_at:  # what came after an erasure would stay for good
            raise people.NoSuchPerson
        if any(_is(each, new) for each in done_elsewhere.of_person(db, person_id)):
            return None
        return done_elsewhere.find(db, done_elsewhere.add(db, new, by=by, now=now))


def _check(said: Said, today: date) -> None:
    if said.done_on > today:
        raise NotElsewhere("That day is still to come. Write the day that stands on the certificate.")
    if said.expires_on and said.expires_on < said.done_on:
        raise NotElsewhere("It would expire before it was made. Mend one of the two days.")


def _fit(name: str) -> str:
    """What a file is called, without what nobody can see; empty where that can't be kept."""
    try:
        return text.line(name)
    except text.Unfit:
        return ""


def _is(kept: Certificate, new: NewCertificate) -> bool:
    """Whether it was recorded before, and stands."""
    before = (kept.course, kept.provider, kept.title, kept.done_on, kept.expires_on, kept.document)
    return kept.taken_back_at is None and before == (
        new.course, new.provider, new.title, new.done_on, new.expires_on, new.document,
    )  # fmt: skip


def take_back(db: Database, number: int, why: str, *, by: int, now: datetime) -> bool:
    """It was recorded by mistake: it counts no more, and stays on record with the reason. False where that was done before."""
    with transaction(db):
        kept = done_elsewhere.find(db, number)
        if kept is None or kept.taken_back_at is not None:
            return False
        done_elsewhere.take_back(db, number, why, by=by, now=now)
        return True

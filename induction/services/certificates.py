"""Certificates put together: what is on record of a completed course, in the words of that day.

Every page, PDF and list that tells of one asks here, so that none says something else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from ..records import evidence
from ..records.people import people
from ..records.policy import versions
from ..records.progress import certificates, corrections
from ..records.progress.certificates import Kept
from ..records.store.database import Database
from ..rules import calendar, certificate_codes
from ..rules import certificates as rules
from ..rules.certificates import Certificate, Correction, Head
from ..rules.corrections import Kind
from ..wording import corrections as wording
from .programme import Programme


def of_code(db: Database, programme: Programme, typed: str) -> Certificate | None:
    """The certificate under a code as somebody typed it. None where there is none or none any more: it can't be told apart."""
    kept = certificates.of_code(db, certificate_codes.read(typed))
    return _Reader(db, programme).certificate(kept) if kept else None


def of_person(db: Database, programme: Programme, person_id: int) -> list[Certificate]:
    """All of somebody's, the latest first."""
    reader = _Reader(db, programme)
    return [reader.certificate(kept) for kept in certificates.of_person(db, person_id)]


def of_everybody(db: Database, programme: Programme, year: int | None = None) -> Iterator[Certificate]:
    """All of the school's, or those of a year, the earliest first; each is put together when its turn comes."""
    reader = _Reader(db, programme)
    return (reader.certificate(kept) for kept in certificates.of_everybody(db, year))


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads certificates one after another; what they share is looked up once."""

    db: Database
    programme: Programme
    policy_days: dict[int, date | None] = field(default_factory=dict)

    def certificate(self, kept: Kept) -> Certificate:
        later = kept.superseded_at
        return Certificate(
            code=kept.code,
            person_id=kept.person_id,
            name=kept.name,
            course=kept.course,
            title=self._title(kept.version, kept.course),
            lessons=self._lessons(kept),
            at=kept.completed_at,
            later_round=kept.round is not None,
            policy=kept.policy_version,
            policy_day=self._policy_day(kept.policy_version),
            acknowledged=kept.acknowledged,
            valid_until=self._valid_until(kept),
            head=_head(self.db, kept.completion_id),
            superseded_on=later and calendar.local(later).date(),
            correction=_correction(self.db, kept.completion_id),
        )

    def _title(self, version: str, course: str, lesson: str = "") -> str:
        """As it was called in that version; where its words are not kept, as it is called now."""
        try:
            return self.programme.editions.title(self.db, version)
        except LookupError:
            now = self.programme.library.courses.get(course)
            titles = {each.slug: each.title for each in now.lessons} | {"": now.title} if now else {}
            return titles.get(lesson) or lesson or course

    def _lessons(self, kept: Kept) -> tuple[str, ...]:
        """In the course's order; those that it has no more come last."""
        course = self.programme.library.courses.get(kept.course)
        places = {lesson.slug: place for place, lesson in enumerate(course.lessons)} if course else {}
        found = sorted(certificates.lessons(self.db, kept), key=lambda each: places.get(each[0], len(places)))
        return tuple(self._title(version, kept.course, lesson) for lesson, version in found)

    def _policy_day(self, number: int) -> date | None:
        if number not in self.policy_days:
            found = versions.version(self.db, number)
            self.policy_days[number] = calendar.local(found.at).date() if found else None
        return self.policy_days[number]

    def _valid_until(self, kept: Kept) -> date | None:
        course = self.programme.library.courses.get(kept.course)
        said = self.programme.said_of_cycle(course) if course else ()
        person = people.find(self.db, kept.person_id) if said else None
        day = calendar.local(kept.completed_at).date()
        return rules.valid_until(said, day, person.joined) if person else None


def _head(db: Database, completion_id: int) -> Head | None:
    """The entry of a completion in the chain of the record, with its head; None until there is one."""
    entry = evidence.entry_of(db, "completion", completion_id)
    return Head(entry.n, entry.head) if entry else None


def _correction(db: Database, completion_id: int) -> Correction | None:
    """What a lead has corrected of a completion; None where nothing was, or where it counts after all."""
    said = corrections.of(db, Kind.COMPLETION, completion_id)
    words = wording.on_certificate(said)
    return Correction(calendar.local(said[-1].at).date(), words) if words else None

"""Correcting what is on record: a further entry beside the one that is not right, with all that follows from it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from ..content.model import Course
from ..records.people import people
from ..records.progress import completions, corrections
from ..records.progress.corrections import Resting
from ..records.store.database import Database, transaction
from ..rules import corrections as rules
from ..rules.corrections import Correction, Done, Kind
from . import completion
from .programme import Programme


class NotToCorrect(Exception):
    """There is no such entry, or it is the lead's own; or it stands or falls with another."""


class CorrectedMeanwhile(Exception):
    """Another correction was kept after the page had been opened: the latest one."""

    def __init__(self, latest: Correction) -> None:
        super().__init__()
        self.latest = latest


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a lead says of an entry."""

    kind: Kind
    entry: int
    counts: bool | None  # None: a note beside it
    why: str
    rightly: str
    saw: int  # the number of the latest correction of it that the page had shown; 0: none


@dataclass(frozen=True, slots=True)
class Follows:
    """What else does not count, or counts again, with an entry."""

    courses: tuple[Done, ...]
    lessons: tuple[Done, ...]


def correct(db: Database, programme: Programme, said: Said, *, by: int, now: datetime) -> Follows | None:
    """Keep a correction, and what follows from it; None where just this was said by the same lead last.

    What counts no more is open again, and what is complete without it is completed. Raises NotToCorrect, CorrectedMeanwhile.
    """
    with transaction(db):
        person = people.find(db, corrections.person_of(db, said.kind, said.entry) or 0)
        if person is None or person.erased_at or person.id == by:
            raise NotToCorrect
        known = corrections.of(db, said.kind, said.entry)
        if known and known[-1].id != said.saw:
            if (known[-1].by, known[-1].counts, known[-1].why, known[-1].rightly) == (by, said.counts, said.why, said.rightly):
                return None
            raise CorrectedMeanwhile(known[-1])
        if said.counts is not None and said.counts not in may_say(known):
            raise NotToCorrect
        found = follows(db, person.id, said.kind, said.entry, said.counts)
        new = Correction(
            id=0, person_id=person.id, kind=said.kind, entry=said.entry, counts=said.counts, why=said.why, rightly=said.rightly,
            follows=None, by=by, by_name="", at=now,
        )  # fmt: skip
        root = corrections.add(db, new)
        for each in (*found.courses, *found.lessons):
            corrections.add(db, replace(new, kind=Kind.COMPLETION, entry=each.id, rightly="", follows=root))
        if said.counts is not None:
            for course in _touched(db, programme, said):
                completion.finish_course(db, programme, course, person.id, now, tell=False)  # they finished before
        return found


def _touched(db: Database, programme: Programme, said: Said) -> Sequence[Course]:
    """The courses that may be complete without an entry, or with it."""
    if said.kind is Kind.ACKNOWLEDGEMENT:
        return programme.courses
    done = completions.find(db, said.entry) if said.kind is Kind.COMPLETION else None
    course = programme.library.courses.get(done.course) if done else None
    return [course] if course else []


def may_say(known: Iterable[Correction]) -> tuple[bool | None, ...]:
    """What can be said of an entry: a note always; that it does not count, or counts after all, as it stands.

    What counts no more because another entry does not is put right there.
    """
    strike = rules.last_strike(known)
    if strike is None:
        return (None, False)
    return (None, True) if strike.follows is None else (None,)


def follows(db: Database, person_id: int, kind: Kind, entry: int, counts: bool | None) -> Follows:
    """What else does not count, or counts again, once that is said of an entry."""
    if counts is None or kind is Kind.SIGN_OFF:
        return Follows((), ())
    known = corrections.resting(db, person_id)
    after = _with(known, kind, entry, counts)
    itself = next((each for each in after.completions if kind is Kind.COMPLETION and each.id == entry), None)
    if itself and not itself.lesson:
        return Follows((), tuple(_lessons(db, person_id, itself, after)))
    courses = [each for each in after.completions if not each.lesson and each.counts is not counts]
    if not counts:
        return Follows(tuple(each for each in courses if not _stands(each, after)), ())
    said = corrections.of_person(db, person_id)
    followed = [each for each in courses if (strike := rules.last_strike(said[Kind.COMPLETION, each.id])) and strike.follows]
    return Follows(tuple(each for each in followed if _stands(each, after)), ())


def _with(known: Resting, kind: Kind, entry: int, counts: bool) -> Resting:
    """As it stands once that is said."""

    def said(of: Kind, done: list[Done]) -> list[Done]:
        return [replace(each, counts=counts) if kind is of and each.id == entry else each for each in done]

    return Resting(said(Kind.COMPLETION, known.completions), said(Kind.ACKNOWLEDGEMENT, known.acknowledged), known.asked_for)


def _stands(course: Done, known: Resting) -> bool:
    return rules.stands(course, known.completions, known.acknowledged, known.asked_for[course.id])


def _lessons(db: Database, person_id: int, course: Done, known: Resting) -> list[Done]:
    """The lessons that do not count with a course, or that count again with it."""
    lessons = rules.lessons_of(course, known.completions)
    if not course.counts:
        return [each for each in lessons if each.counts]
    said = corrections.of_person(db, person_id)
    whole = rules.last_strike(said[Kind.COMPLETION, course.id])
    return [
        each for each in lessons
        if not each.counts and whole and (strike := rules.last_strike(said[Kind.COMPLETION, each.id])) and strike.follows == whole.id
    ]

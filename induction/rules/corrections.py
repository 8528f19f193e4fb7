"""Corrections of what is on record: which there are, whether an entry counts, and what rests on what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from .calendar import local

TOLD_FOR = timedelta(days=14)  # how long home says that something of somebody's was corrected


class Kind(StrEnum):
    """What can be corrected."""

    COMPLETION = "completion"  # of a lesson, or of a course as a whole
    ACKNOWLEDGEMENT = "acknowledgement"
    SIGN_OFF = "sign-off"


@dataclass(frozen=True, slots=True)
class Correction:
    """What a lead said of an entry. The name is that of the moment."""

    id: int
    person_id: int  # whose entry it is
    kind: Kind
    entry: int  # its number among those of its kind
    counts: bool | None  # from then on; None: a note beside it
    why: str
    rightly: str  # what is right; empty where nothing is said of it
    follows: int | None  # the correction of another entry that this one follows from
    by: int
    by_name: str
    at: datetime


def counts(corrections: Iterable[Correction]) -> bool:
    """Whether an entry counts, by all that was said of it, the oldest first."""
    said = [each.counts for each in corrections if each.counts is not None]
    return said[-1] if said else True


def last_strike(corrections: Iterable[Correction]) -> Correction | None:
    """The correction by which an entry does not count at present."""
    found = [each for each in corrections if each.counts is not None]
    return found[-1] if found and not found[-1].counts else None


@dataclass(frozen=True, slots=True)
class Done:
    """A completion, or an acknowledgement of the policy, as far as something rests on it."""

    id: int
    at: datetime
    counts: bool
    course: str = ""
    lesson: str = ""
    round: date | None = None  # when the round began that it is of
    version: int = 0  # of the policy that was acknowledged


def lessons_of(course: Done, completions: Iterable[Done]) -> list[Done]:
    """The completions of lessons on which a completion of a course rests: those before it, in its round."""
    return [
        each for each in completions
        if each.lesson and each.course == course.course and each.id < course.id
        and (course.round is None or local(each.at).date() >= course.round)
    ]


def stands(course: Done, completions: Sequence[Done], acknowledged: Sequence[Done], asked_for: int) -> bool:
    """Whether all that a completion of a course rests on counts: of each lesson one completion and, the first time, one
    acknowledgement of the policy, where version `asked_for` of it was asked for then (0: none was)."""
    lessons: dict[str, bool] = {}
    for each in lessons_of(course, completions):
        lessons[each.lesson] = lessons.get(each.lesson, False) or each.counts
    if not all(lessons.values()):
        return False
    read = [each.counts for each in acknowledged if each.at <= course.at and each.version >= asked_for]
    return course.round is not None or not asked_for or not read or any(read)

"""What completes: a lesson that was passed or read, the policy acknowledged, and a course when that was the last of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from ..content.model import Course
from ..records import editions
from ..records.policy import acknowledgements
from ..records.policy.acknowledgements import Signed
from ..records.progress import certificates, completions
from ..records.progress.attempts import Attempt
from ..records.progress.completions import Completion
from ..records.store.database import Database, transaction
from ..rules import calendar, openings
from ..rules.judging import Outcome
from . import approved_accounts, lesson_visits, letters, progress
from .lesson_visits import LessonVisit
from .programme import Programme


@dataclass(frozen=True, slots=True)
class Acknowledged:
    new: bool  # false: they had said so before
    completed: bool  # a course with it, as the last thing that was left


def lesson_passed(db: Database, programme: Programme, attempt: Attempt, outcome: Outcome, now: datetime) -> None:
    """Inside the change that saves the last answer: the lesson is done; perhaps the course is too."""
    course = programme.library.courses.get(attempt.course)
    begins = _round(db, programme, course, attempt.person_id, now) if course else None
    completions.complete(db, Completion(
        person_id=attempt.person_id,
        course=attempt.course,
        lesson=attempt.lesson,
        attempt_id=attempt.id,
        version=attempt.quiz_version,
        percent=outcome.percent,
        pass_mark=attempt.pass_mark,
        policy_version=attempt.policy_version,
        completed_at=now,
        opening=openings.within(attempt.opening, begins),
        round=begins,
    ))
    if course:
        finish_course(db, programme, course, attempt.person_id, now)


def lesson_read(db: Database, programme: Programme, visit: LessonVisit) -> None:
    """A lesson without scenarios is done, as its reader says; perhaps the course is too."""
    words = programme.lesson_edition(visit.course, visit.lesson)
    with transaction(db):
        opening = lesson_visits.keep(db, programme, visit)
        editions.keep(db, words, "lesson", visit.at)
        completions.complete(db, Completion(
            person_id=visit.person_id,
            course=visit.course.slug,
            lesson=visit.lesson.slug,
            version=words.sha256,
            policy_version=programme.school.policy_version,
            completed_at=visit.at,
            opening=opening,
            round=_round(db, programme, visit.course, visit.person_id, visit.at),
        ))
        finish_course(db, programme, visit.course, visit.person_id, visit.at)


def finish_course(
    db: Database, programme: Programme, course: Course, person_id: int, now: datetime, tell: bool = True
) -> bool:
    """Inside a change: complete the course, in the round that they are in, if all its lessons are and the policy is
    acknowledged, where there is one; make its certificate, and write to their mentor where
    they are to be told.

    True if that is new.
    """
    if not progress.has_just_completed(db, programme, course, person_id, calendar.local(now).date()):
        return False
    acknowledged = acknowledgements.latest_version(db, person_id)
    words = programme.course_edition(course)
    editions.keep(db, words, "course", now)
    new = completions.complete(db, Completion(
        person_id=person_id,
        course=course.slug,
        version=words.sha256,
        policy_version=acknowledged or programme.school.policy_version,
        completed_at=now,
        round=_round(db, programme, course, person_id, now),
    ))
    if new:
        certificates.make(db, person_id, course.slug)
        if tell:
            letters.put_finished(db, person_id, course.title, now)
    return new


def _round(db: Database, programme: Programme, course: Course, person_id: int, now: datetime) -> date | None:
    """When the round began that somebody is in with a course; None: the first time."""
    return progress.round_of(db, programme, course, person_id, calendar.local(now).date()).begins


def acknowledge(db: Database, programme: Programme, signed: Signed) -> Acknowledged:
    """Keep that somebody has read and understood the policy, and complete their courses if that was the last thing.

    Raises NotTheLatest; and NotASecondHand where the lead who records a paper has just been let in by whoever signed it.
    """
    with transaction(db):
        if signed.recorded_by is not None:
            approved_accounts.check(db, signed.recorded_by, signed.person_id, signed.at)
        new = acknowledgements.acknowledge(db, signed)
        completed = [finish_course(db, programme, course, signed.person_id, signed.at) for course in programme.courses]
    return Acknowledged(new, any(completed))

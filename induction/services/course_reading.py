"""Leads read a course lesson by lesson, may share that, and approve it when all of it is read in its present words."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ..content.editions import lesson_pieces, lesson_wording
from ..content.editions.edition import Edition
from ..content.editions.lesson_for_leads import CourseForLeads, LessonForLeads, course_for_leads, lesson_for_leads
from ..content.editions.lesson_pieces import Piece
from ..content.editions.pieces import Changed
from ..content.model import Course, Lesson
from ..records.school import course_approvals, lesson_readings
from ..records.school.lesson_readings import ITSELF, Reading
from ..records.store.database import Database, transaction
from ..records.store.faults import DatabaseFault
from .programme import Programme


class Outcome(StrEnum):
    KEPT = "kept"
    BEFORE = "they had said so before"
    MEANWHILE = "it has other words than those that were read"
    UNREAD = "a lesson is still to read"


@dataclass(frozen=True, slots=True)
class LessonStanding:
    """How far leads are with a lesson."""

    lesson: Lesson
    number: int
    reading: Reading | None  # of its present words, the first
    before: Reading | None  # the latest of other words, where these are not read yet


# The words

def wording(programme: Programme, course: Course, lesson: Lesson | None) -> Edition:
    """The present words of a lesson or, without one, of what the course says of itself."""
    library, nation = programme.library, programme.school.nation

    def made() -> Edition:
        if lesson is None:
            return lesson_wording.course_wording(course, library, nation)
        return lesson_wording.lesson_wording(course, lesson, library, nation)

    found: Edition = programme.remember(("wording", course.slug, _slug(lesson)), made)
    return found


def _slug(lesson: Lesson | None) -> str:
    return lesson.slug if lesson else ITSELF


def to_read(programme: Programme, course: Course, lesson: Lesson) -> LessonForLeads:
    """A lesson as leads read it."""
    found: LessonForLeads = programme.remember(
        ("for leads", course.slug, lesson.slug), lambda: lesson_for_leads(course, lesson, programme.library, programme.school)
    )
    return found


def of_itself(programme: Programme, course: Course) -> CourseForLeads:
    """What a course says of itself, as leads read it."""
    found: CourseForLeads = programme.remember(
        ("for leads", course.slug, ITSELF),
        lambda: course_for_leads(course, [lesson.title for lesson in course.lessons], programme.library, programme.school),
    )
    return found


def changes(programme: Programme, course: Course, lesson: Lesson | None, before: str) -> list[Changed[Piece]]:
    """What reads otherwise than in the words `before`, under the policy of now, piece by piece."""
    was, library, school = lesson_wording.reopened(before, course, programme.library, programme.school)
    if lesson is None:
        then = course_for_leads(was, lesson_wording.lessons_of(before), library, school)
        return lesson_pieces.changes(lesson_pieces.of_course(then), lesson_pieces.of_course(of_itself(programme, course)))
    then_read = lesson_for_leads(was, was.lessons[0], library, school)
    return lesson_pieces.changes(lesson_pieces.of_lesson(then_read), lesson_pieces.of_lesson(to_read(programme, course, lesson)))


# How far leads are

def standings(db: Database, programme: Programme, course: Course) -> list[LessonStanding]:
    """How far leads are with each lesson, in order. Of a course that is approved as it stands, all is read."""
    readings = lesson_readings.of_course(db, course.slug)
    return [
        LessonStanding(lesson, number, *_standing(programme, course, lesson, readings))
        for number, lesson in enumerate(course.lessons, 1)
    ]


def itself(db: Database, programme: Programme, course: Course) -> tuple[Reading | None, Reading | None]:
    """The reading of what a course says of itself, in its present words and, where there is none, the latest in others."""
    return _standing(programme, course, None, lesson_readings.of_course(db, course.slug))


def _standing(
    programme: Programme, course: Course, lesson: Lesson | None, readings: list[Reading]
) -> tuple[Reading | None, Reading | None]:
    version = wording(programme, course, lesson).sha256
    of_it = [each for each in readings if each.lesson == _slug(lesson)]
    reading = next((each for each in of_it if each.sha256 == version), None)
    approval = programme.approval(course)
    if reading is None and approval:
        reading = Reading(_slug(lesson), version, approval.approved_by, approval.approved_by_name, approval.at)
    return reading, of_it[-1] if of_it and reading is None else None


# Deeds

def read(db: Database, programme: Programme, course: Course, lesson: Lesson, version: str, by: int, now: datetime) -> Outcome:
    """Keep that a lead has read a lesson in the words that were on the page."""
    words = wording(programme, course, lesson)
    if version != words.sha256:
        return Outcome.MEANWHILE
    with transaction(db):
        new = lesson_readings.keep(db, course=course.slug, lesson=lesson.slug, wording=words, by=by, now=now)
    return Outcome.KEPT if new else Outcome.BEFORE


def approve(
    db: Database, programme: Programme, course: Course, version: str, *, typed_name: str, by: int, now: datetime
) -> Outcome:
    """Keep that a lead approves a course in the version that was on the page, all of whose lessons leads have read."""
    if version != programme.version(course):
        return Outcome.MEANWHILE
    with transaction(db):
        if any(each.reading is None for each in standings(db, programme, course)):
            return Outcome.UNREAD
        words = wording(programme, course, None)
        lesson_readings.keep(db, course=course.slug, lesson=ITSELF, wording=words, by=by, now=now)
        new = course_approvals.approve(db, course=course.slug, sha256=version, typed_name=typed_name, by=by, now=now)
    return Outcome.KEPT if new else Outcome.BEFORE


def keep_what_was_approved(db: Database, programme: Programme) -> None:
    """Keep the words of courses that were approved whole, before lessons were read one by one.

    So that after a change only what changed need be read. What can't be written now is kept at the next start.
    """
    for course in programme.courses:
        approval, known = programme.approval(course), {each.sha256 for each in lesson_readings.of_course(db, course.slug)}
        missing = [each for each in (None, *course.lessons) if wording(programme, course, each).sha256 not in known] if approval else []
        if approval is None or not missing:
            continue
        with suppress(DatabaseFault), transaction(db):
            for lesson in missing:
                words = wording(programme, course, lesson)
                lesson_readings.keep(
                    db, course=course.slug, lesson=_slug(lesson), wording=words, by=approval.approved_by, now=approval.at
                )

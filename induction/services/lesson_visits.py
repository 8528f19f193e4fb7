"""Somebody at a lesson: what is known of the page that they send something from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ..content.model import Course, Lesson
from ..records import editions
from ..records.progress import lessons_opened
from ..records.store.database import Database
from ..rules import calendar
from ..rules.openings import OpenedPage, Opening
from . import progress
from .programme import Programme


@dataclass(frozen=True, slots=True)
class LessonVisit:
    person_id: int
    course: Course
    lesson: Lesson
    at: datetime
    page: OpenedPage | None = None  # the lesson's page as they had it open; None: they came from elsewhere


def keep(db: Database, programme: Programme, visit: LessonVisit) -> Opening:
    """Inside a change: keep that a lesson's page was opened, and tell when it first was: of a course that has come round,
    in the present round, where it was opened in that.

    A page that lay open while its words changed is kept by its version alone.
    """
    person, course, lesson = visit.person_id, visit.course.slug, visit.lesson.slug
    if visit.page is not None:
        words = programme.lesson_edition(visit.course, visit.lesson)
        if visit.page.version == words.sha256:
            editions.keep(db, words, "lesson", visit.at)
        lessons_opened.keep(db, person, course, lesson, visit.page)
    begins = progress.round_of(db, programme, visit.course, person, calendar.local(visit.at).date()).begins
    if begins is not None:
        since = lessons_opened.known_since(db, person, course, lesson, begins)
        page = visit.page.at if visit.page and calendar.local(visit.page.at).date() >= begins else None
        if within := min(filter(None, (since, page)), default=None):
            return Opening(within)
    return lessons_opened.known(db, person, course, lesson)

"""The lessons of a course as leads go through them: which are read, by whom, and what is left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ...content.editions import lesson_pieces
from ...content.model import Course, Lesson
from ...records.people import people
from ...records.school import lesson_readings
from ...records.school.lesson_readings import Reading
from ...rules.names import told_apart
from ...rules.reading_time import minutes_to_read
from ...services import course_reading
from ...services.course_reading import LessonStanding
from ...services.programme import Programme
from ...wording import standing
from ...wording.course_reading import ReadBy, lesson_stands
from ..site import db, today


@dataclass(frozen=True, slots=True)
class LessonState:
    lesson: Lesson
    number: int
    href: str
    reader: int | None  # who read it in its present words
    reading: ReadBy | None
    before: ReadBy | None  # who read it in other words, where these are not read yet
    version_before: str  # of those
    minutes: int  # to read it or, where it has changed, what changed
    aside: int  # how many of its scenarios are put aside

    @property
    def read(self) -> bool:
        return self.reading is not None

    @property
    def words(self) -> str:
        """*to read, about 24 minutes*"""
        return lesson_stands(self.reading, self.before, self.minutes)


def lesson_states(programme: Programme, course: Course) -> list[LessonState]:
    standings = course_reading.standings(db(), programme, course)
    readers = {reading.read_by for each in standings for reading in (each.reading, each.before) if reading}
    called = told_apart(people.by_ids(db(), readers).values())
    return [_state(programme, course, each, called) for each in standings]


def _state(programme: Programme, course: Course, each: LessonStanding, called: Mapping[int, str]) -> LessonState:
    lesson, reading, before = each.lesson, each.reading, each.before
    return LessonState(
        lesson=lesson,
        number=each.number,
        href=f"/school/courses/{course.slug}/{lesson.slug}",
        reader=reading.read_by if reading else None,
        reading=_read_by(reading, called) if reading else None,
        before=_read_by(before, called) if before else None,
        version_before=before.sha256 if before else "",
        minutes=minutes_to_read(_words_to_read(programme, course, each)),
        aside=len(programme.put_aside(course, lesson)),
    )


def _read_by(reading: Reading, called: Mapping[int, str]) -> ReadBy:
    """By the name of that day, with what tells them apart from another of that name."""
    apart = called[reading.read_by].partition(", ")[2]
    return ReadBy(f"{reading.read_by_name}, {apart}" if apart else reading.read_by_name, standing.day_of(reading.at, today()))


def _words_to_read(programme: Programme, course: Course, each: LessonStanding) -> int:
    """How many words there are to read: those that changed or, of a lesson that nobody has read, about as many as its files have."""
    kept = lesson_readings.words(db(), each.before.sha256) if each.before else None
    if kept:
        return lesson_pieces.word_count(course_reading.changes(programme, course, each.lesson, kept))
    quiz = course.quizzes.get(each.lesson.slug)
    return len(each.lesson.source.split()) + (len(quiz.source.split()) if quiz else 0)

"""The lessons of a course as leads go through them: which are read, by whom, and what is left."""

from __future__ import annotations

from dataclasses import dataclass

from ...content.editions import lesson_pieces
from ...content.model import Course, Lesson
from ...records.school import lesson_readings
from ...records.school.lesson_readings import Reading
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
    reading: Reading | None  # of its present words
    before: Reading | None  # of other words, where these are not read yet
    minutes: int  # to read it or, where it has changed, what changed
    aside: int  # how many of its scenarios are put aside

    @property
    def read(self) -> bool:
        return self.reading is not None

    @property
    def words(self) -> str:
        """*to read, about 24 minutes*"""
        return lesson_stands(_read_by(self.reading), _read_by(self.before), self.minutes)


def _read_by(reading: Reading | None) -> ReadBy | None:
    return ReadBy(reading.read_by_name, standing.day_of(reading.at, today())) if reading else None


def lesson_states(programme: Programme, course: Course) -> list[LessonState]:
    return [_state(programme, course, each) for each in course_reading.standings(db(), programme, course)]


def _state(programme: Programme, course: Course, each: LessonStanding) -> LessonState:
    lesson = each.lesson
    return LessonState(
        lesson=lesson,
        number=each.number,
        href=f"/school/courses/{course.slug}/{lesson.slug}",
        reading=each.reading,
        before=each.before,
        minutes=minutes_to_read(_words_to_read(programme, course, each)),
        aside=len(programme.put_aside(course, lesson)),
    )


def _words_to_read(programme: Programme, course: Course, each: LessonStanding) -> int:
    """How many words there are to read: those that changed or, of a lesson that nobody has read, about as many as its files have."""
    kept = lesson_readings.words(db(), each.before.sha256) if each.before else None
    if kept:
        return lesson_pieces.word_count(course_reading.changes(programme, course, each.lesson, kept))
    quiz = course.quizzes.get(each.lesson.slug)
    return len(each.lesson.source.split()) + (len(quiz.source.split()) if quiz else 0)

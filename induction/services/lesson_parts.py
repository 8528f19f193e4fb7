"""The lessons of a course as parts of somebody's induction."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import replace

from ..content.model import Course, Lesson
from ..rules import induction
from ..rules.cycles import Round
from ..rules.induction import MINUTES_A_LESSON, Begins, LessonName, Part, Stage
from .programme import Programme


def of_course(
    programme: Programme, course: Course, completed: Container[LessonName], begun: Container[LessonName], within: Round
) -> Iterator[Part]:
    """How far each lesson of a course is, in the round that somebody is in: a later one begins with the scenarios."""
    for part in _to_do(programme, course):
        stage = induction.stage(part.lesson, completed, begun)
        if stage is not Stage.TO_DO:
            part = Part(part.lesson, stage)
        elif within.begins and part.scenarios:
            part = replace(part, reading=0, begins_with=Begins.SCENARIOS)
        yield part


def _to_do(programme: Programme, course: Course) -> tuple[Part, ...]:
    """The lessons of a course as whoever has not begun finds them."""

    def parts() -> tuple[Part, ...]:
        return tuple(_whole(programme, course, lesson) for lesson in course.lessons)

    found: tuple[Part, ...] = programme.remember(("parts", course.slug), parts)
    return found


def reading(programme: Programme, name: LessonName) -> int:
    """Minutes that a lesson takes to read."""
    lesson = programme.library.courses[name[0]].lesson(name[1])
    return (lesson.minutes if lesson else None) or MINUTES_A_LESSON


def _whole(programme: Programme, course: Course, lesson: Lesson) -> Part:
    scenarios = programme.scenarios_in_a_try(course, lesson)
    reading = lesson.minutes or MINUTES_A_LESSON
    return Part((course.slug, lesson.slug), Stage.TO_DO, reading, scenarios, scenarios)

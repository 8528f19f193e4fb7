"""A course on one page: every lesson and every scenario as one school meets them, for a lead to read.

All of it is opened from its editions, as staff meet it, and only written for another page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..conditions import in_force
from ..model import Course, Lesson, Library, Quiz, RatingRule, School
from .anchors import lesson_place, one_page, place, scene_place
from .fill import has_chosen
from .lesson_edition import ShownLesson, course_edition, lesson_edition, open_course, open_lesson
from .quiz_edition import JudgedQuiz, open_quiz, quiz_edition

OF_THE_SCHOOL = {"nation": "The nation.", "phase": "The phase."}


@dataclass(frozen=True, slots=True)
class LessonThere:
    """A lesson with its scenarios, and where they stand on the page."""

    place: str
    shown: ShownLesson
    quiz: JudgedQuiz | None
    scenes: Mapping[str, str]  # the place of each, by its id
    read: Mapping[str, str]  # the place of what a scenario sends back to, by the scenario's id
    hangs_on: Mapping[tuple[str, int], tuple[str, ...]]  # what decides a rating, by scene and number of the option


@dataclass(frozen=True, slots=True)
class CourseThere:
    about: str  # HTML
    lessons: tuple[LessonThere, ...]


def on_one_page(course: Course, library: Library, school: School) -> CourseThere:
    """A course as a school meets it under its policy of now."""
    about = open_course(course_edition(course, library, school).text, one_page(course, ""))
    return CourseThere(about, tuple(_lesson(course, lesson, library, school) for lesson in course.lessons))


def _lesson(course: Course, lesson: Lesson, library: Library, school: School) -> LessonThere:
    shown = open_lesson(lesson_edition(lesson, library, school).text, one_page(course, lesson.slug))
    quiz = course.quizzes.get(lesson.slug)
    if quiz is None:
        return LessonThere(lesson_place(lesson.slug), shown, None, {}, {}, {})
    judged = open_quiz(quiz_edition(course, quiz, library, school).text, one_page(course, lesson.slug, anchors=False))
    return LessonThere(
        lesson_place(lesson.slug),
        shown,
        judged,
        {scene: scene_place(lesson.slug, scene) for each in judged.scenarios.values() for scene in each.scenes},
        {
            each.id: place(course, each.read.lesson, each.read.heading or "")
            for each in judged.scenarios.values()
            if each.read
        },
        _hangs_on(quiz, library, school),
    )


def _hangs_on(quiz: Quiz, library: Library, school: School) -> dict[tuple[str, int], tuple[str, ...]]:
    return {
        (scene.id, number): hangs_on(option.rule, library, school)
        for scenario in quiz.fitting(school)
        for scene in scenario.scenes.values()
        for number, option in enumerate(scene.options, 1)
    }


def hangs_on(rule: RatingRule, library: Library, school: School) -> tuple[str, ...]:
    """What a rating hangs on: each question of policy with where the school stands, the nation, the phase."""
    named = [term.facet for _, condition in rule.cases for terms in condition.any_of for term in terms]
    found = []
    for name in dict.fromkeys(named):
        if name in OF_THE_SCHOOL:
            found.append(OF_THE_SCHOOL[name])
        elif name in library.facets:
            facet = library.facets[name]
            until = "" if has_chosen(school, library, name) else ", the cautious rule until the school chooses"
            found.append(f"{facet.ask} Here: {in_force(school, facet).label}{until}.")
    return tuple(found)

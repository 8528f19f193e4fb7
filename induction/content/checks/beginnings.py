"""How a course begins: nobody's first scenario is one that carries a warning."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Course, Quiz
from ..problems import Problem
from ..twins import twins_of


def first_quiz(course: Course) -> Quiz | None:
    """The scenarios of the first lesson that has some."""
    return next((course.quizzes[lesson.slug] for lesson in course.lessons if lesson.slug in course.quizzes), None)


def check_beginning(quiz: Quiz) -> Iterator[Problem]:
    """Warnings about the quiz that a course begins with: one warning at most, and none at the first. Twins count as one."""
    warned = [scenario for scenario in quiz.scenarios if scenario.warn]
    if warned and warned[0] is quiz.scenarios[0]:
        yield Problem(
            quiz.path, warned[0].line, "the first scenario of a course carries a warning; begin with another one", warning=True
        )
    twins = twins_of(quiz.scenarios)
    for scenario in warned[1:]:
        if twins.get(scenario.id) != warned[0].id:
            yield Problem(
                quiz.path, scenario.line,
                f"a course's first lesson has one scenario with a warning at most, and that is on line {warned[0].line}; "
                "move this one into a later lesson",
                warning=True,
            )

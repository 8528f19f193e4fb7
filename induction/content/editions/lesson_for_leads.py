"""A lesson as a lead reads it before the school approves its course: all of it, with every scenario and every choice.

It is opened from its editions, as staff meet it, and only written for another page: nothing is folded or to be ticked, and
links into the course lead to where leads read it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..conditions import in_force
from ..markdown.page import Page
from ..model import ConfidenceQuestion, Course, Lesson, Library, Quiz, RatingRule, School, Theme
from . import course_version
from .fill import has_chosen, says
from .lesson_edition import ShownLesson, course_edition, lesson_edition, open_course, open_lesson
from .mentions import Mentions
from .quiz_edition import JudgedQuiz, JudgedScenario, open_quiz, quiz_edition

OF_THE_SCHOOL = {"nation": "The nation.", "phase": "The phase."}


@dataclass(frozen=True, slots=True)
class PolicyQuestion:
    """A question of policy, with each answer that a school may give: its label, and what the policy says then."""

    name: str
    ask: str
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class LessonForLeads:
    shown: ShownLesson
    quiz: JudgedQuiz | None
    read: Mapping[str, str]  # where leads read what a scenario sends back to, by the scenario's id
    hangs_on: Mapping[tuple[str, int], tuple[str, ...]]  # what decides a rating, by scene and number of the option
    questions: tuple[PolicyQuestion, ...]  # of policy, that it hangs on

    @property
    def groups(self) -> list[tuple[JudgedScenario, ...]]:
        """The scenarios in their order, twins together."""
        scenarios = self.quiz.scenarios if self.quiz else {}
        groups: dict[str, tuple[JudgedScenario, ...]] = {}
        for each in scenarios.values():
            if each.twin not in groups:
                groups[each.id] = (each, scenarios[each.twin]) if each.twin else (each,)
        return list(groups.values())


@dataclass(frozen=True, slots=True)
class CourseForLeads:
    """What a course says of itself."""

    about: str  # HTML
    summary: str
    confidence: tuple[ConfidenceQuestion, ...]
    themes: tuple[Theme, ...]
    questions: tuple[PolicyQuestion, ...]
    lessons: tuple[str, ...]  # titles


def lesson_for_leads(course: Course, lesson: Lesson, library: Library, school: School) -> LessonForLeads:
    """A lesson as a school meets it under its policy of now."""
    page, quiz = _page(course, lesson.slug), course.quizzes.get(lesson.slug)
    shown = open_lesson(lesson_edition(lesson, library, school).text, page)
    names = Mentions()
    names.add_lesson(lesson)
    judged, read, hang = None, {}, {}
    if quiz is not None:
        judged = open_quiz(quiz_edition(course, quiz, library, school).text, _page(course, lesson.slug, anchors=False))
        read = {each.id: place(course, each.read.lesson, each.read.heading or "") for each in judged.scenarios.values() if each.read}
        hang = _hangs_on(quiz, library, school)
        for scene in (scene for scenario in quiz.scenarios for scene in scenario.scenes.values()):
            names.add_scene(scene)
    return LessonForLeads(shown, judged, read, hang, _questions(names, library, school))


def course_for_leads(course: Course, lessons: list[str], library: Library, school: School) -> CourseForLeads:
    """What a course says of itself at a school; its lessons by their titles."""
    names = Mentions()
    names.add(course.words)
    about = open_course(course_edition(course, library, school).text, _page(course, "")).html
    return CourseForLeads(
        about, course.summary, course.confidence, tuple(course.themes.values()), _questions(names, library, school), tuple(lessons)
    )


def place(course: Course, lesson: str, heading: str) -> str:
    """Where leads read a lesson of a course, at a heading where every school has it; the course where no lesson is named."""
    found = course.lesson(lesson) if lesson else None
    at = f"#{heading}" if found and heading in found.anchors else ""
    return f"/school/courses/{course.slug}{f'/{lesson}' if lesson else ''}{at}"


def _page(course: Course, lesson: str, anchors: bool = True) -> Page:
    folder = f"/courses/{course.slug}/"

    def link(address: str) -> str:
        path, _, heading = (f"{folder}{lesson}{address}" if address.startswith("#") else address).partition("#")
        other = path.removeprefix(folder)
        if not path.startswith(folder) or (other and course.lesson(other) is None):
            return address
        return place(course, other, heading)

    return Page(folded=False, ticks=False, table="group", anchor=lambda name: name if anchors else "", link=link)


def _questions(names: Mentions, library: Library, school: School) -> tuple[PolicyQuestion, ...]:
    return tuple(
        PolicyQuestion(
            facet.name, facet.ask, tuple((stance.label, says(stance, school, library)) for stance in facet.offered_in(school.nation))
        )
        for facet in course_version.facets_named(names, library)
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

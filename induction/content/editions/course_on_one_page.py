"""A course whole: every lesson and every scenario as one school meets them, for a lead to read on one page.

Rendered from the library itself, since nobody answers here: no edition is made or kept.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from ..conditions import in_force, rate
from ..model import Course, Lesson, Library, Option, Rating, RatingRule, ReadAgain, Scenario, Scene, School
from ..words import Words
from .anchors import fit, lesson_place, linked, place, places, scene_place
from .fill import has_chosen, plain, render

OF_THE_SCHOOL = {"nation": "The nation.", "phase": "The phase."}


@dataclass(frozen=True, slots=True)
class WholeOption:
    label: str  # HTML, as `feedback`
    rating: Rating
    feedback: str
    leads_to: str  # the place of a scene; empty where the story ends
    leads_title: str
    hangs_on: tuple[str, ...]  # what decides the rating where schools differ, and where this one stands


@dataclass(frozen=True, slots=True)
class WholeScene:
    place: str
    title: str
    html: str
    options: tuple[WholeOption, ...]  # none where the story ends without asking
    choose_all: bool


@dataclass(frozen=True, slots=True)
class WholeScenario:
    title: str
    warn: str | None
    phase: str | None
    themes: tuple[str, ...]  # as people read them
    read_title: str  # what it sends back to; empty where nothing
    read_place: str
    scenes: tuple[WholeScene, ...]  # the first is the scenario's own


@dataclass(frozen=True, slots=True)
class WholeLesson:
    place: str
    title: str
    summary: str
    minutes: int | None
    reviewed: date | None
    sources: tuple[str, ...]
    html: str
    asked: int  # scenarios in one try
    scenarios: tuple[WholeScenario, ...]


@dataclass(frozen=True, slots=True)
class WholeCourse:
    about: str  # HTML
    lessons: tuple[WholeLesson, ...]


def read_whole(course: Course, library: Library, school: School) -> WholeCourse:
    """A course as a school meets it under its policy of now."""
    html = {lesson.slug: fit(render(lesson.words, school, library), lesson.slug) for lesson in course.lessons}
    about = fit(render(course.words, school, library), "")
    there = frozenset[str]().union(places(about), *map(places, html.values()))
    reader = _Reader(course, library, school, there)
    lessons = tuple(reader.lesson(lesson, html[lesson.slug]) for lesson in course.lessons)
    return WholeCourse(linked(about, course, "", there), lessons)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads one course for one school."""

    course: Course
    library: Library
    school: School
    there: Collection[str]  # the places on the page that lessons have given themselves

    def lesson(self, lesson: Lesson, html: str) -> WholeLesson:
        quiz = self.course.quizzes.get(lesson.slug)
        scenarios = quiz.fitting(self.school) if quiz else ()
        return WholeLesson(
            place=lesson_place(lesson.slug),
            title=lesson.title,
            summary=lesson.summary,
            minutes=lesson.minutes,
            reviewed=lesson.reviewed,
            sources=lesson.sources,
            html=linked(html, self.course, lesson.slug, self.there),
            asked=(quiz.ask or len(scenarios)) if quiz else 0,
            scenarios=tuple(self.scenario(lesson, each) for each in scenarios),
        )

    def scenario(self, lesson: Lesson, scenario: Scenario) -> WholeScenario:
        title, where = self.read_again(scenario.read)
        return WholeScenario(
            title=self.plain(scenario.title),
            warn=scenario.warn,
            phase=scenario.phase,
            themes=tuple(self.course.themes[name].words for name in scenario.themes if name in self.course.themes),
            read_title=title,
            read_place=where,
            scenes=tuple(self.scene(lesson, scenario, each) for each in scenario.scenes.values()),
        )

    def read_again(self, read: ReadAgain | None) -> tuple[str, str]:
        """The title of what a scenario sends back to, and its place."""
        lesson = self.course.lesson(read.lesson) if read else None
        if read is None or lesson is None:
            return "", ""
        heading = next((each for each in lesson.headings if each.id == read.heading), None)
        return self.plain(heading.title) if heading else lesson.title, place(lesson.slug, read.heading or "", self.there)

    def scene(self, lesson: Lesson, scenario: Scenario, scene: Scene) -> WholeScene:
        return WholeScene(
            place=scene_place(lesson.slug, scene.id),
            title=self.plain(scene.title),
            html=self.shown(scene.words, lesson),
            options=tuple(self.option(lesson, scenario, each) for each in scene.options),
            choose_all=scene.choose_all,
        )

    def option(self, lesson: Lesson, scenario: Scenario, option: Option) -> WholeOption:
        following = scenario.scenes[option.leads_to] if option.leads_to else None
        return WholeOption(
            label=self.shown(option.label, lesson),
            rating=rate(option.rule, self.school, self.library.facets),
            feedback=self.shown(option.feedback, lesson),
            leads_to=scene_place(lesson.slug, following.id) if following else "",
            leads_title=self.plain(following.title) if following else "",
            hangs_on=hangs_on(option.rule, self.library, self.school),
        )

    def plain(self, words: Words) -> str:
        return plain(words, self.school, self.library)

    def shown(self, words: Words, lesson: Lesson) -> str:
        """Words of a quiz as HTML: nothing leads to their ids."""
        return linked(fit(render(words, self.school, self.library), None), self.course, lesson.slug, self.there)


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

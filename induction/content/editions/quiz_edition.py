"""Editions of quizzes: scenarios as a school meets them, their options judged by its policy."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

from ..conditions import rate
from ..markdown.page import ITS_OWN, Page
from ..model import Course, Library, Quiz, Rating, Scenario, Scene, School, Theme
from ..problems import Report, silent
from ..reading.course_file import CourseFile
from ..reading.quiz import read_quiz
from ..twins import twins_of
from ..words import Words
from .edition import Edition, TakenStance, make_edition, stored_library, stored_school, stored_stances
from .fill import plain, render
from .mentions import Mentions


@dataclass(frozen=True, slots=True)
class JudgedOption:
    number: int  # from 1, in the order of the file
    label: str  # plain
    label_html: str
    rating: Rating
    feedback: str  # HTML
    leads_to: str | None
    written: Words  # the label before names and numbers are filled in


@dataclass(frozen=True, slots=True)
class JudgedScene:
    id: str
    title: str
    html: str
    options: tuple[JudgedOption, ...]  # none where the story ends without asking
    choose_all: bool


@dataclass(frozen=True, slots=True)
class ReadAgainShown:
    """What to read again: a lesson, perhaps a heading in it, and the title of what is named."""

    lesson: str
    heading: str | None
    title: str


@dataclass(frozen=True, slots=True)
class JudgedScenario:
    id: str
    title: str
    themes: tuple[str, ...]
    phase: str | None
    warn: str | None
    read: ReadAgainShown | None
    scenes: Mapping[str, JudgedScene]  # the first has the scenario's id
    twin: str | None = None  # has the same options, and another best one: never asked in the same attempt


@dataclass(frozen=True, slots=True)
class JudgedQuiz:
    """A quiz under one policy. `scenarios` are those that fit the school's phase."""

    course: str
    slug: str
    title: str
    ask: int | None
    pass_mark: int
    themes: Mapping[str, Theme]
    scenarios: Mapping[str, JudgedScenario]
    stances: Mapping[str, TakenStance]


def quiz_edition(course: Course, quiz: Quiz, library: Library, school: School) -> Edition:
    """The edition of a quiz at a school, with the pass mark and themes of its course."""
    names = Mentions(phase=any(scenario.phase for scenario in quiz.scenarios))
    for scene in (scene for scenario in quiz.scenarios for scene in scenario.scenes.values()):
        names.add_scene(scene)
    themes = sorted({name for scenario in quiz.scenarios for name in scenario.themes} & course.themes.keys())
    fields = {
        "kind": "quiz",
        "course": course.slug,
        "word": quiz.slug,
        "source": quiz.source,
        "ask": quiz.ask,
        "pass_mark": course.pass_mark,
        "themes": {name: {"words": course.themes[name].words, "question": course.themes[name].question} for name in themes},
        "titles": _titles(course, quiz, library, school),
    }
    return make_edition(fields, names, library, school)


def _titles(course: Course, quiz: Quiz, library: Library, school: School) -> dict[str, str]:
    """Titles of what the scenarios send back to, by `lesson` or `lesson#heading`."""
    titles = {}
    for read in (scenario.read for scenario in quiz.scenarios if scenario.read):
        lesson = course.lesson(read.lesson)
        if lesson is None:
            continue
        heading = next((heading for heading in lesson.headings if heading.id == read.heading), None)
        titles[_target(read.lesson, read.heading)] = plain(heading.title, school, library) if heading else lesson.title
    return titles


def _target(lesson: str, heading: str | None) -> str:
    return f"{lesson}#{heading}" if heading else lesson


def open_quiz(text: str, page: Page = ITS_OWN, report: Report = silent) -> JudgedQuiz:
    """The judged quiz of an edition's text, in the words and under the policy that it holds, as it stands on a page. Raises
    TooMuch where this release reads less at once than the one that wrote it."""
    kept = json.loads(text)
    library, school = stored_library(kept), stored_school(kept)
    quiz, _ = read_quiz(CourseFile.of(kept["course"], kept["word"], kept["source"], silent), library, report, silent, page)
    fitting = quiz.fitting(school)
    twins = twins_of(fitting)
    scenarios = {
        scenario.id: replace(_judged_scenario(scenario, kept["titles"], library, school), twin=twins.get(scenario.id))
        for scenario in fitting
    }
    return JudgedQuiz(
        kept["course"],
        kept["word"],
        quiz.title,
        kept["ask"],
        kept["pass_mark"],
        {name: Theme(name, theme["words"], theme["question"]) for name, theme in kept["themes"].items()},
        scenarios,
        stored_stances(kept),
    )


def _judged_scenario(scenario: Scenario, titles: Mapping[str, str], library: Library, school: School) -> JudgedScenario:
    read = scenario.read
    title = titles.get(_target(read.lesson, read.heading)) if read else None
    return JudgedScenario(
        scenario.id,
        plain(scenario.title, school, library),
        scenario.themes,
        scenario.phase,
        scenario.warn,
        ReadAgainShown(read.lesson, read.heading, title) if read and title else None,
        {name: _judged_scene(scene, library, school) for name, scene in scenario.scenes.items()},
    )


def _judged_scene(scene: Scene, library: Library, school: School) -> JudgedScene:
    options = tuple(
        JudgedOption(
            number,
            plain(option.label, school, library),
            render(option.label, school, library),
            rate(option.rule, school, library.facets),
            render(option.feedback, school, library),
            option.leads_to,
            option.label,
        )
        for number, option in enumerate(scene.options, 1)
    )
    return JudgedScene(
        scene.id, plain(scene.title, school, library), render(scene.words, school, library), options, scene.choose_all
    )

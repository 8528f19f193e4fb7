"""Editions: what somebody met, word for word, and the one way to open it again.

The text of an edition is canonical JSON of a source file and of all that its words depend on, with
values: facts, stances, words of the school and of its nation. Its SHA-256 is the version. An
attempt keeps the text and so goes on with the words it began with, whatever changes meanwhile.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..conditions import in_force, rate
from ..model import (
    Choice,
    Course,
    Facet,
    Fact,
    Fill,
    Lesson,
    Library,
    Picture,
    Quiz,
    Rating,
    Scenario,
    Scene,
    School,
    Stance,
    Theme,
    Words,
)
from ..problems import silent
from ..reading.lessons import read_course, read_lesson
from ..reading.quizzes import read_quiz
from .fill import has_chosen, plain, render, says, value
from .mentions import Mentions

CHECKLIST = re.compile(r'<div class="checklist".*?</div>', re.DOTALL)  # as draw_blocks draws it: no div inside


@dataclass(frozen=True, slots=True)
class Edition:
    """A version and its text. `sha256` is of the text's UTF-8."""

    sha256: str
    text: str


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


@dataclass(frozen=True, slots=True)
class TakenStance:
    """Where the school stood on a facet that the text names."""

    facet: str
    ask: str
    stance: str
    label: str
    says: str
    chosen: bool  # false: the cautious stance, until the school chooses


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


@dataclass(frozen=True, slots=True)
class ShownLesson:
    """A lesson in one school's words."""

    title: str
    summary: str
    minutes: int | None
    reviewed: date | None
    sources: tuple[str, ...]
    html: str
    headings: tuple[tuple[str, str], ...]  # id and title

    @property
    def checklists(self) -> tuple[str, ...]:
        """The HTML of each private checklist in the lesson."""
        return tuple(CHECKLIST.findall(self.html))


# Making editions

def lesson_edition(lesson: Lesson, library: Library, school: School) -> Edition:
    """The edition of a lesson at a school."""
    names = Mentions()
    names.add(lesson.words)
    return make_edition({"kind": "lesson", "course": lesson.course, "word": lesson.slug, "source": lesson.source}, names, library, school)


def course_edition(course: Course, library: Library, school: School) -> Edition:
    """The edition of a course's own page at a school: its lessons have editions of their own."""
    names = Mentions()
    names.add(course.words)
    return make_edition({"kind": "course", "course": course.slug, "word": course.slug, "source": course.source}, names, library, school)


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


def make_edition(fields: dict[str, object], names: Mentions, library: Library, school: School) -> Edition:
    """The edition of a text: its fields, with the value of all that it names."""
    if names.help:
        names.add_help(library)
    taken = {name: in_force(school, library.facets[name]) for name in sorted(names.facets) if name in library.facets}
    chosen = {name for name in taken if has_chosen(school, library, name)}
    shown = any(taken[facet].name in stances for facet, stances in names.policies if facet in chosen)
    since = school.policy_since
    fields |= {
        "facts": {name: library.facts[name].value for name in names.facts if name in library.facts},
        "helplines": {name: library.facts[name].what for name in names.facts if name in library.facts and names.help},
        "stances": {
            name: {
                "ask": library.facets[name].ask,
                "name": stance.name,
                "label": stance.label,
                "says": says(stance, school),
                "chosen": name in chosen,
            }
            for name, stance in taken.items()
        },
        "words": {slot.name: value(slot, school, library) for slot in names.slots if slot.kind == "school"},
        "fills": {slot.name: value(slot, school, library) for slot in names.slots if slot.kind == "fill"},
        "nation_words": {slot.name: value(slot, school, library) for slot in names.slots if slot.kind == "nation"},
        "nation": school.nation if names.nation else None,
        "phase": school.phase if names.phase else None,
        "policy": {"version": school.policy_version, "date": since.isoformat() if since else None} if shown else None,
    }
    pictures = names.pictures(library)
    if pictures:  # else the text is as it was before there were any, and so is its version
        fields["pictures"] = pictures
    text = json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return Edition(hashlib.sha256(text.encode()).hexdigest(), text)


# Opening them again

def open_quiz(text: str) -> JudgedQuiz:
    """The judged quiz of an edition's text, in the words and under the policy that it holds."""
    kept = json.loads(text)
    library, school = stored_library(kept), stored_school(kept)
    quiz, _ = read_quiz(kept["source"], kept["course"], kept["word"], "", library, silent, silent)
    scenarios = {
        scenario.id: _judged_scenario(scenario, kept["titles"], library, school)
        for scenario in quiz.fitting(school)
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


def open_lesson(text: str) -> ShownLesson:
    """The lesson of an edition's text, in the words that it holds."""
    kept = json.loads(text)
    library, school = stored_library(kept), stored_school(kept)
    lesson, _ = read_lesson(kept["source"], kept["course"], kept["word"], 0, "", library, silent)
    headings = tuple((heading.id, plain(heading.title, school, library)) for heading in lesson.headings)
    return ShownLesson(
        lesson.title, lesson.summary, lesson.minutes, lesson.reviewed, lesson.sources,
        render(lesson.words, school, library), headings,
    )


def open_course(text: str) -> str:
    """The HTML of what a course is for, in the words that an edition's text holds."""
    kept = json.loads(text)
    library, school = stored_library(kept), stored_school(kept)
    course, _ = read_course(kept["source"], kept["course"], "", library, silent)
    return render(course.words, school, library)


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


def stored_stances(kept: Mapping[str, Any]) -> dict[str, TakenStance]:
    """Where the school stood on each facet that the text names."""
    return {
        name: TakenStance(name, stance["ask"], stance["name"], stance["label"], stance["says"], stance["chosen"])
        for name, stance in kept["stances"].items()
    }


def stored_library(kept: Mapping[str, Any]) -> Library:
    """As much of a library as the words name."""
    return Library(
        {},
        {name: Fact(name, words, kept["helplines"].get(name, ""), "", date.min) for name, words in kept["facts"].items()},
        {
            name: Facet(name, stance["ask"], "", (Stance(stance["name"], stance["label"], stance["says"]),))
            for name, stance in kept["stances"].items()
        },
        {kept["nation"] or "": kept["nation_words"]},
        {word: Fill(word, "", words) for word, words in kept.get("fills", {}).items()},  # none in the first editions
        pictures={path: Picture(*picture) for path, picture in kept.get("pictures", {}).items()},
    )


def stored_school(kept: Mapping[str, Any]) -> School:
    """The school as the words know it."""
    policy = kept["policy"] or {"version": 0, "date": None}
    return School(
        kept["words"].get("school", ""),
        kept["nation"] or "",
        kept["phase"] or "all-through",
        kept["words"],
        {name: Choice(name, stance["name"]) for name, stance in kept["stances"].items() if stance["chosen"]},
        policy["version"],
        date.fromisoformat(policy["date"]) if policy["date"] else None,
    )

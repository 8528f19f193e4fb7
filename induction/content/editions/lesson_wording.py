"""The wording of a lesson: all that a lead reads of it and of its scenarios and no school decides, word for word.

A course is another version as soon as the wording of one of its lessons is, or what it says of itself. The text is kept
with who has read it. It is opened again under the policy of the day, so that what a school has chosen meanwhile, which is
published apart, is no change of it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from ..clock import Hours, read_hours
from ..model import Course, Facet, Fill, Lesson, Library, Quiz, Scenario, School, Stance, Theme
from ..problems import silent
from ..reading.course import read_course
from ..reading.course_file import CourseFile
from ..reading.lesson import read_lesson
from ..reading.quiz import read_quiz
from .course_version import facets_named, values
from .edition import Edition, Kept, stored_library
from .mentions import Mentions

ATTRIBUTES = re.compile(r"\s*\{(?!\{)[^{}]*\}\s*$")  # of a heading


def lesson_wording(course: Course, lesson: Lesson, library: Library, nation: str) -> Edition:
    """A lesson with its scenarios, as leads read it."""
    quiz = course.quizzes.get(lesson.slug)
    scenarios = quiz.scenarios if quiz else ()
    names = _named_in(scenarios)
    names.add_lesson(lesson)
    themes = {name for scenario in scenarios for name in scenario.themes}
    fields = {
        "kind": "lesson",
        "course": course.slug,
        "word": lesson.slug,
        "source": lesson.source,
        "quiz": quiz.source if quiz else None,
        "themes": [[theme.name, theme.words] for theme in course.themes.values() if theme.name in themes],
    }
    return _made(fields, names, library, nation)


def course_wording(course: Course, library: Library, nation: str) -> Edition:
    """What a course says of itself, and which lessons it has."""
    names = Mentions()
    names.add(course.words)
    fields = {
        "kind": "course",
        "course": course.slug,
        "source": course.source,
        "lessons": [lesson.title for lesson in course.lessons],
        "themes": [[theme.name, theme.words, theme.question, theme.danger] for theme in course.themes.values()],
    }
    return _made(fields, names, library, nation)


def scenario_version(quiz: Quiz, scenario: Scenario, library: Library, nation: str) -> str:
    """The SHA-256 of a scenario's words and ratings, the same in every quiz that includes it."""
    following = min((each.line for each in quiz.scenarios if each.line > scenario.line), default=None)
    lines = quiz.source.split("\n")[scenario.line - 1 : following and following - 1]
    heading, body = ATTRIBUTES.sub("", lines[0]), "\n".join(lines[1:]).strip()
    return _made({"kind": "scenario", "word": scenario.id, "source": f"{heading}\n{body}"}, _named_in([scenario]), library, nation).sha256


def _named_in(scenarios: Iterable[Scenario]) -> Mentions:
    names = Mentions()
    for scenario in scenarios:
        for scene in scenario.scenes.values():
            names.add_scene(scene)
    return names


def _made(fields: Mapping[str, object], names: Mentions, library: Library, nation: str) -> Edition:
    if names.help:
        names.add_help(library, nation)
    policy = {facet.name: _question(facet, nation) for facet in facets_named(names, library)}
    known = {**fields, "policy": policy, **values(names, library, nation)}
    text = json.dumps(known, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return Edition(hashlib.sha256(text.encode()).hexdigest(), text)


def _question(facet: Facet, nation: str) -> dict[str, object]:
    return {"ask": facet.ask, "stances": [_stance(stance) for stance in facet.offered_in(nation)]}


def _stance(stance: Stance) -> dict[str, object]:
    fill = stance.fill
    return {
        "name": stance.name,
        "label": stance.label,
        "says": stance.says,
        "hours": _hours(stance.hours),
        "fill": [fill.word, fill.until, _hours(fill.times)] if fill else None,
    }


def _hours(hours: Hours | None) -> str:
    return str(hours) if hours else ""


# Opened again

def reopened(text: str, course: Course, library: Library, school: School) -> tuple[Course, Library, School]:
    """A course as it was when this was read, with what its words name, at the school as it is.

    It holds the lesson that was read or, where that was what the course says of itself, no other words than those.
    """
    kept = json.loads(text)
    school = replace(school, nation=kept["nation"]) if kept["nation"] else school
    known = _library(kept, library, school.nation)
    themes = {name: Theme(name, *more) for name, *more in kept["themes"]}
    if kept["kind"] == "course":
        itself, _ = read_course(CourseFile.of(kept["course"], kept["course"], kept["source"], silent), known, silent)
        return replace(itself, themes=themes), known, school
    slug = kept["word"]
    lesson, _ = read_lesson(CourseFile.of(kept["course"], slug, kept["source"], silent), known, silent)
    quizzes = {}
    if kept["quiz"]:
        quizzes[slug], _ = read_quiz(CourseFile.of(kept["course"], slug, kept["quiz"], silent), known, silent, silent)
    others = tuple(each for each in course.lessons if each.slug != slug)
    return replace(course, themes=themes, lessons=(lesson, *others), quizzes=quizzes), known, school


def lessons_of(text: str) -> list[str]:
    """The titles of a course's lessons, in the wording of what it says of itself."""
    titles: list[str] = json.loads(text)["lessons"]
    return titles


def _library(kept: Kept, library: Library, nation: str) -> Library:
    """What the words name, as it was; of questions of policy that they don't name, as it is."""
    facets = {name: _stored_facet(name, question) for name, question in kept["policy"].items()}
    fills = {stance.fill.word: stance.fill for facet in facets.values() for stance in facet.stances if stance.fill}
    return replace(
        stored_library({**kept, "stances": {}, "fills": {}}),
        facets={**library.facets, **facets},
        fills={**library.fills, **fills},
        nations={nation: {**library.nations.get(nation, {}), **kept["nation_words"]}},
        places=library.places,
    )


def _stored_facet(name: str, question: Kept) -> Facet:
    return Facet(name, question["ask"], "", tuple(_stored_stance(name, each) for each in question["stances"]))


def _stored_stance(facet: str, each: Kept) -> Stance:
    word, until, times = each["fill"] or ("", "", "")
    fill = Fill(word, "", until, facet=facet, stance=each["name"], times=_stored_hours(times)) if word else None
    return Stance(each["name"], each["label"], each["says"], fill=fill, hours=_stored_hours(each["hours"]))


def _stored_hours(words: str) -> Hours | None:
    return read_hours(words) if words else None

"""Putting a scenario in dispute aside for new attempts, and taking it back. What an attempt has drawn it goes on to ask."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ..content.model import Course, Lesson
from ..records.progress import scenario_notes
from ..records.progress.scenario_notes import Note
from ..records.school import scenarios_aside
from ..records.school.scenarios_aside import Kept, Said
from ..records.store.database import Database, transaction
from ..rules import selection
from ..rules.selection import TooFew
from .programme import Programme


class Outcome(StrEnum):
    KEPT = "kept"
    BEFORE = "it stood so already"
    MEANWHILE = "it has other words than those that were read"


@dataclass(frozen=True, slots=True)
class Refused:
    """It can't be put aside, because of this lesson that asks it."""

    why: TooFew
    lesson: Lesson
    twin: str | None  # the title of its twin there


@dataclass(frozen=True, slots=True)
class AsideIn:
    """A scenario that is put aside, in a lesson that would ask it."""

    course: Course
    lesson: Lesson
    title: str
    kept: Kept


def all_aside(programme: Programme, course: Course) -> list[AsideIn]:
    """Every scenario of a course that is put aside, in its order."""
    found = []
    for lesson in course.lessons:
        aside, quiz = programme.put_aside(course, lesson), programme.quiz(course, lesson)
        if aside and quiz:
            found += [AsideIn(course, lesson, each.title, aside[each.id]) for each in quiz.scenarios.values() if each.id in aside]
    return found


def say(db: Database, programme: Programme, said: Said, now: datetime) -> Outcome | Refused:
    """Put a scenario aside or take it back, as the form wants it; sent again it is the same."""
    with transaction(db):
        return _say(db, programme, said, now)


def answer_note(
    db: Database, programme: Programme, note: Note, *, words: str, aside: bool, by: int, now: datetime
) -> Outcome | Refused:
    """Answer a note, once, and put its scenario aside where the answer says so: both or neither."""
    course = programme.library.courses.get(note.course)
    lesson = course.lesson(note.lesson) if course else None
    version = programme.scenario_version(course, lesson, note.scenario) if course and lesson else ""
    with transaction(db):
        asked = scenario_notes.find(db, note.id)
        if asked is None or asked.answer:
            return Outcome.BEFORE
        if aside:
            said = Said(note.course, note.lesson, note.scenario, version or "", True, words, by)
            done = _say(db, programme, said, now)
            if done is Outcome.MEANWHILE or isinstance(done, Refused):
                return done
        scenario_notes.answer(db, note.id, words=words, by=by, now=now)
    return Outcome.KEPT


def _say(db: Database, programme: Programme, said: Said, now: datetime) -> Outcome | Refused:
    """Inside a change."""
    asked_in = [
        (course, lesson)
        for course, lesson in programme.lessons
        if programme.scenario_version(course, lesson, said.scenario) == said.sha256
    ]
    here = [each for each in asked_in if (each[0].slug, each[1].slug) == (said.course, said.lesson)]
    if not here:
        return Outcome.MEANWHILE
    aside = scenarios_aside.now(db)
    if ((said.scenario, said.sha256) in aside) is said.aside:
        return Outcome.BEFORE
    if said.aside and (refused := _refused(programme, aside, [*here, *asked_in], said.scenario)):
        return refused
    scenarios_aside.keep(db, said, now)
    return Outcome.KEPT


def _refused(
    programme: Programme, aside: dict[tuple[str, str], Kept], asked_in: list[tuple[Course, Lesson]], scenario: str
) -> Refused | None:
    for course, lesson in asked_in:
        quiz = programme.quiz(course, lesson)
        if quiz is None or scenario not in quiz.scenarios:
            continue  # for schools of another phase
        words = {word for word, version in aside if programme.scenario_version(course, lesson, word) == version}
        if why := selection.too_few_without(quiz, words, scenario):
            twin = quiz.scenarios[scenario].twin
            return Refused(why, lesson, quiz.scenarios[twin].title if twin else None)
    return None

"""The list of lessons with how far each is, as home, a course and a mentor's page show it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from flask import render_template
from markupsafe import Markup

from ...content.model import Course, Lesson
from ...rules.induction import Begins, Part, Stage
from ...services.programme import Programme
from ...services.progress import Learner
from ...wording import standing


@dataclass(frozen=True, slots=True)
class LessonRow:
    """One lesson of somebody's list."""

    title: str
    href: str
    part: Part
    detail: str  # *Monday 9 November · 94*, *Scenario 3 of 5 is next*, *6 minutes, 5 scenarios*
    drawn: Markup  # in a list; what is the same for many people is drawn once


def rows(programme: Programme, course: Course, parts: Iterable[Part], learner: Learner, today: date) -> list[LessonRow]:
    """A course's lessons as somebody stands with them. Those that are not begun have one row for everybody."""
    newcomers = programme.remember(("rows", course.slug), lambda: _newcomers_rows(programme, course, today))
    theirs = zip(course.lessons, parts, newcomers, strict=True)
    return [row if _as_newcomers(part) else _row(lesson, part, learner, today) for lesson, part, row in theirs]


def _as_newcomers(part: Part) -> bool:
    return part.stage is Stage.TO_DO and part.begins_with is Begins.READING


def _newcomers_rows(programme: Programme, course: Course, today: date) -> list[LessonRow]:
    newcomer = Learner({}, {})
    parts = newcomer.lessons(programme, course)
    return [_row(lesson, part, newcomer, today) for lesson, part in zip(course.lessons, parts, strict=True)]


def _row(lesson: Lesson, part: Part, learner: Learner, today: date) -> LessonRow:
    done = learner.completed.get(part.lesson)
    detail = standing.lesson_done(done.at, done.percent, today) if done else standing.lesson_to_come(part)
    href = "/courses/{}/{}".format(*part.lesson)
    return LessonRow(lesson.title, href, part, detail, _drawn(lesson.title, href, part.stage, detail))


@lru_cache(maxsize=4000)
def _drawn(title: str, href: str, stage: Stage, detail: str) -> Markup:
    return Markup(render_template("learner/_row.html", title=title, href=href, stage=stage, detail=detail))


def drawn(rows: Iterable[LessonRow]) -> Markup:
    """Rows as a list shows them."""
    return Markup("".join([row.drawn for row in rows]))


@lru_cache(maxsize=4000)
def bar(stages: tuple[Stage, ...]) -> Markup:
    """How far somebody is, a cell for each thing to do."""
    return Markup(render_template("learner/_bar.html", stages=stages))

"""The list of lessons with how far each is, as home, a course and a mentor's page show it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from flask import render_template
from markupsafe import Markup

from ...content.model import Course, Lesson
from ...rules.induction import Part, Stage
from ...services.programme import Programme
from ...services.progress import Learner
from ...wording import standing

NEWCOMER = Learner({}, {})


@dataclass(frozen=True, slots=True)
class LessonRow:
    """One lesson of somebody's list."""

    title: str
    href: str
    part: Part
    detail: str  # *Monday 9 November · 94*, *Scenario 3 of 5 is next*, *6 minutes, 5 scenarios*


def rows(programme: Programme, course: Course, learner: Learner, today: date) -> list[LessonRow]:
    """A course's lessons as somebody stands with them. Those that are not begun have one row for everybody."""
    newcomers = programme.remember(("rows", course.slug), lambda: _rows(programme, course, NEWCOMER, today))
    theirs = zip(course.lessons, learner.lessons(programme, course), newcomers, strict=True)
    return [row if part.stage is Stage.TO_DO else _row(lesson, part, learner, today) for lesson, part, row in theirs]


def _rows(programme: Programme, course: Course, learner: Learner, today: date) -> list[LessonRow]:
    parts = learner.lessons(programme, course)
    return [_row(lesson, part, learner, today) for lesson, part in zip(course.lessons, parts, strict=True)]


def _row(lesson: Lesson, part: Part, learner: Learner, today: date) -> LessonRow:
    done = learner.completed.get(part.lesson)
    detail = standing.lesson_detail(part, done and done.completed_at, done and done.percent, today)
    return LessonRow(lesson.title, "/courses/{}/{}".format(*part.lesson), part, detail)


@lru_cache(maxsize=4000)
def _drawn(title: str, href: str, stage: Stage, detail: str) -> Markup:
    return Markup(render_template("learner/_row.html", title=title, href=href, stage=stage, detail=detail))


def drawn(rows: Iterable[LessonRow]) -> Markup:
    """Rows as a list shows them. What is the same for many people is drawn once."""
    return Markup("").join(_drawn(row.title, row.href, row.part.stage, row.detail) for row in rows)


@lru_cache(maxsize=4000)
def bar(stages: tuple[Stage, ...]) -> Markup:
    """How far somebody is, a cell for each thing to do."""
    return Markup(render_template("learner/_bar.html", stages=stages))

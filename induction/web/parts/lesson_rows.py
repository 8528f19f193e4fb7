"""The list of lessons with how far each is, as home, a course, a lesson's margin and a mentor's page show it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from flask import render_template
from markupsafe import Markup

from ...content.model import Course, Lesson
from ...records.progress.attempts import Attempt
from ...records.progress.completions import Completion
from ...rules import calendar, induction, judging
from ...rules.induction import Stage
from ...services.programme import Programme
from ...wording import dates, numbers


@dataclass(frozen=True, slots=True)
class LessonRow:
    """One lesson of somebody's list."""

    title: str
    href: str
    stage: Stage
    detail: str  # *Monday 9 November · 94*, *Scenario 3 of 5 is next*, *6 minutes, 5 scenarios*
    minutes: int  # still to come
    scenarios_left: int
    stopped: datetime | None  # when the last answer of an attempt in progress came
    course: str
    lesson: str

    @property
    def sign(self) -> str:
        """The name of its shape: `done`, `begun` or `todo`."""
        return "todo" if self.stage is Stage.TO_DO else self.stage.value

    @property
    def left(self) -> str:
        """*Three scenarios left, about 4 minutes.*"""
        if self.stage is Stage.BEGUN:
            count = numbers.number(self.scenarios_left).capitalize()
            plural = "s" * (self.scenarios_left != 1)
            return f"{count} scenario{plural} left, {dates.minutes(self.minutes)}."
        return f"{self.detail}."


@lru_cache(maxsize=4000)
def _drawn(title: str, href: str, stage: Stage, detail: str) -> Markup:
    return Markup(render_template("learner/_row.html", title=title, href=href, stage=stage, detail=detail))


def drawn(rows: Iterable[LessonRow]) -> Markup:
    """Rows as a list shows them. What is the same for many people is drawn once."""
    return Markup("").join(_drawn(row.title, row.href, row.stage, row.detail) for row in rows)


@dataclass(frozen=True, slots=True)
class Learner:
    """What somebody has done, by lesson: as much as the lists need."""

    completed: Mapping[tuple[str, str], Completion]  # the best of each lesson; (course, '') is the course's own
    begun: Mapping[tuple[str, str], Attempt]


def learner(completions: Iterable[Completion], open_attempts: Iterable[Attempt]) -> Learner:
    best: dict[tuple[str, str], Completion] = {}
    for completion in completions:
        key = (completion.course, completion.lesson)
        if key not in best or (completion.percent or 0) > (best[key].percent or 0):
            best[key] = completion
    return Learner(best, {(attempt.course, attempt.lesson): attempt for attempt in open_attempts})


def rows(programme: Programme, course: Course, who: Learner, today: date) -> list[LessonRow]:
    return [row(programme, course, lesson, who, today) for lesson in course.lessons]


def row(programme: Programme, course: Course, lesson: Lesson, who: Learner, today: date) -> LessonRow:
    key = (course.slug, lesson.slug)
    href = f"/courses/{course.slug}/{lesson.slug}"
    done, begun = who.completed.get(key), who.begun.get(key)
    stage = induction.stage(lesson.slug, {lesson.slug} if done else (), {lesson.slug} if begun else ())
    asked = programme.asked(course, lesson)
    if done:
        detail = dates.day(calendar.local(done.completed_at).date(), today)
        if done.percent is not None:
            detail += f" · {done.percent}"
        return LessonRow(lesson.title, href, stage, detail, 0, 0, None, *key)
    if begun:
        here = judging.place(programme.attempted(begun), begun.drawn, begun.answers)
        number = here.number if here else len(begun.drawn)
        left = len(begun.drawn) - number + 1
        detail = f"Scenario {number} of {len(begun.drawn)} is next"
        stopped = begun.answers[-1].at if begun.answers else begun.started_at
        return LessonRow(lesson.title, href, stage, detail, induction.minutes_left(0, left), left, stopped, *key)
    reading = lesson.minutes or 5
    detail = f"{reading} minutes" + (f", {asked} scenarios" if asked else "")
    return LessonRow(lesson.title, href, stage, detail, induction.minutes_left(reading, asked), asked, None, *key)

"""Each lesson in figures, for the overview."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ..records.progress import done_elsewhere, rounds, standings
from ..records.store.database import Database
from .programme import Programme


@dataclass(frozen=True, slots=True)
class LessonFigures:
    """How many people stand where with a lesson."""

    title: str
    done: int
    begun: int
    to_do: int


def figures(db: Database, programme: Programme, everyone: int, today: date) -> list[LessonFigures]:
    """How many of `everyone` here have done and begun each lesson; a course given by name is there for whom it is given to."""
    later, elsewhere = rounds.later(db, programme.required, today), done_elsewhere.instead(db, today)
    counted, given = standings.lesson_figures(db, later), standings.given(db, today)
    instead = sum(given.named.get(course.slug, 0) for course in programme.by_name)
    found = []
    for course, lesson in programme.lessons:
        done, begun = counted.get((course.slug, lesson.slug), (0, 0))
        whose = given.either.get(course.slug, 0) if course.by_name else everyone - instead
        found.append(LessonFigures(lesson.title, done, begun, max(0, whose - done - begun - elsewhere.get(course.slug, 0))))
    return found

"""When somebody opened a lesson's page, once for each version of its words, as far as they sent something from it."""

from __future__ import annotations

from datetime import date, datetime

from ...rules.openings import OpenedPage, Opening
from ..store.columns import day_begins, maybe_moment, moment, moment_text
from ..store.database import Database

NOT_OPENED = "no"  # in `lesson_opened` of tries and completions


def keep(db: Database, person_id: int, course: str, lesson: str, page: OpenedPage) -> None:
    """Keep that somebody opened a lesson in these words; the first time stays."""
    db.execute(
        "insert into lessons_opened (person, course, lesson, version, at) values (?, ?, ?, ?, ?)"
        " on conflict (person, course, lesson, version) do nothing",
        [person_id, course, lesson, page.version, moment_text(page.at)],
    )


def known(db: Database, person_id: int, course: str, lesson: str) -> Opening:
    """When somebody first opened a lesson, in whichever words."""
    first = db.value(
        "select min(at) from lessons_opened where person = ? and course = ? and lesson = ?", [person_id, course, lesson]
    )
    return Opening(maybe_moment(first))


def known_since(db: Database, person_id: int, course: str, lesson: str, day: date) -> datetime | None:
    """When somebody first opened a lesson's page from a day on, as far as it is known; None: not since then."""
    return maybe_moment(db.value(
        "select min(at) from (select at from lessons_opened where person = :person and course = :course and lesson = :lesson"
        " union all select lesson_opened from attempts where person = :person and course = :course and lesson = :lesson"
        " and lesson_opened <> 'no') where at >= :since",
        {"person": person_id, "course": course, "lesson": lesson, "since": day_begins(day)},
    ))


def text(opening: Opening | None) -> str | None:
    """As it stands in the column of a try or of a completion."""
    if opening is None:
        return None
    return moment_text(opening.at) if opening.at else NOT_OPENED


def from_text(column: str | None) -> Opening | None:
    if column is None:
        return None
    return Opening(None if column == NOT_OPENED else moment(column))

"""When somebody opened a lesson's page, once for each version of its words, as far as they sent something from it."""

from __future__ import annotations

from ...rules.openings import OpenedPage, Opening
from ..store.columns import maybe_moment, moment, moment_text
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


def text(opening: Opening | None) -> str | None:
    """As it stands in the column of a try or of a completion."""
    if opening is None:
        return None
    return moment_text(opening.at) if opening.at else NOT_OPENED


def from_text(column: str | None) -> Opening | None:
    if column is None:
        return None
    return Opening(None if column == NOT_OPENED else moment(column))

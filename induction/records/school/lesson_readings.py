"""Which lead has read which lesson of a course, in which words. What one has read counts for all who approve the course."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ...content.editions.edition import Edition
from ..people.history import then
from ..store.columns import mapper, moment_text
from ..store.database import Database, UnfitValue
from ..store.tokens import digest

ITSELF = ""  # in place of a lesson: what the course says of itself

_READINGS = f"select r.*, {then('name', 'r.read_by', 'r.at')} as read_by_name from lesson_readings r"


@dataclass(frozen=True, slots=True)
class Reading:
    lesson: str
    sha256: str
    read_by: int
    read_by_name: str
    at: datetime


_reading = mapper(Reading)


def keep(db: Database, *, course: str, lesson: str, wording: Edition, by: int, now: datetime) -> bool:
    """Keep that a lead has read these words; False, and nothing changed, if they had read them before.

    Raises UnfitValue where the digest is not the text's: what is kept can be proved by anyone.
    """
    if digest(wording.text) != wording.sha256:
        raise UnfitValue
    db.execute(
        "insert into wordings (sha256, text) values (?, ?) on conflict (sha256) do nothing", [wording.sha256, wording.text]
    )
    return bool(db.execute(
        "insert into lesson_readings (course, lesson, sha256, read_by, at) values (?, ?, ?, ?, ?)"
        " on conflict (course, lesson, sha256, read_by) do nothing",
        [course, lesson, wording.sha256, by, moment_text(now)],
    ))


def of_course(db: Database, course: str) -> list[Reading]:
    """Everything that was read of a course, in any words, the first first."""
    return [_reading(row) for row in db.rows(f"{_READINGS} where r.course = ? order by r.id", [course])]


def words(db: Database, sha256: str) -> str | None:
    """The words that were read, by their SHA-256; None where nobody read them."""
    found: str | None = db.value("select text from wordings where sha256 = ?", [sha256])
    return found

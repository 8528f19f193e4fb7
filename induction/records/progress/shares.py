"""What somebody shares, with whom: the choices of a try, and what they would like to talk about.

A share names its reader. Each change is an entry of its own, and the latest says who reads: somebody, or nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ..people.history import then
from ..store.columns import mapper, moment_text
from ..store.database import Database


@dataclass(frozen=True, slots=True)
class Share:
    """Who reads it, since when."""

    reader_id: int
    reader_name: str  # at that moment
    at: datetime


_READER = then("name", "s.reader", "s.at")  # as they were called then; null: it was taken back
_share = mapper(Share, reader_name="name")


def share_attempt(db: Database, person_id: int, attempt_id: int, reader_id: int | None, now: datetime) -> bool:
    """Share the choices of one's own finished try with somebody, or with nobody any more; False where it is not theirs.

    What stands already makes no new entry.
    """
    own = db.value(
        "select exists (select 1 from attempts where id = ? and person = ? and finished_at is not null)", [attempt_id, person_id]
    )
    if own:
        db.execute(
            "insert into attempt_shares (attempt, reader, at) select :attempt, :reader, :at where :reader is not"
            " (select reader from attempt_shares where attempt = :attempt order by id desc limit 1)",
            {"attempt": attempt_id, "reader": reader_id, "at": moment_text(now)},
        )
    return bool(own)


def share_confidence(db: Database, person_id: int, course: str, reader_id: int | None, now: datetime) -> None:
    """Let somebody read what one would like to talk about, or nobody any more. What stands already makes no new entry."""
    db.execute(
        "insert into confidence_shares (person, course, reader, at) select :person, :course, :reader, :at where :reader is not"
        " (select reader from confidence_shares where person = :person and course = :course order by id desc limit 1)",
        {"person": person_id, "course": course, "reader": reader_id, "at": moment_text(now)},
    )


def attempts_of(db: Database, person_id: int) -> dict[int, Share]:
    """Who reads the choices of which of somebody's tries."""
    rows = db.rows(
        f"select s.attempt, s.reader, {_READER} as name, s.at from attempts a join attempt_shares s on s.attempt = a.id"
        " where a.person = ? and s.reader is not null"
        " and s.id = (select max(id) from attempt_shares where attempt = a.id)",
        [person_id],
    )
    return {row["attempt"]: _share(row) for row in rows}


def history_of_attempts(db: Database, person_id: int) -> dict[int, list[dict[str, Any]]]:
    """Every entry on somebody's tries, by the try, the oldest first; `with` is None where it was taken back."""
    found: dict[int, list[dict[str, Any]]] = {}
    for row in db.rows(
        f"select s.attempt, {_READER} as \"with\", s.at from attempts a join attempt_shares s on s.attempt = a.id"
        " where a.person = ? order by s.id",
        [person_id],
    ):
        found.setdefault(row.pop("attempt"), []).append(row)
    return found


def history_of_confidence(db: Database, person_id: int) -> dict[str, list[dict[str, Any]]]:
    """The same of what they would like to talk about, by course."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in db.rows(
        f"select s.course, {_READER} as \"with\", s.at from confidence_shares s where s.person = ? order by s.id",
        [person_id],
    ):
        found.setdefault(row.pop("course"), []).append(row)
    return found


def shared_with(db: Database, reader_id: int) -> list[dict[str, Any]]:
    """What others shared with somebody, for the reader's own record: who, when and which lesson or course, no choice."""
    return db.rows(
        f"select {then('name', 'a.person', 's.at')} as teacher, a.course, a.lesson, s.at from attempt_shares s"
        " join attempts a on a.id = s.attempt where s.reader = :reader union all"
        f" select {then('name', 's.person', 's.at')}, s.course, null, s.at from confidence_shares s"
        " where s.reader = :reader order by 4",
        {"reader": reader_id},
    )

"""Sign-offs: that a mentor or a lead has talked through with somebody what they completed. Added to, and never changed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ..people.history import then
from ..store.columns import list_text, mapper, moment_text
from ..store.database import Database
from . import corrections

# The latest completion of each course that counts, and that nobody has signed off.
_OPEN = (
    "from completions_that_count c where c.lesson = '' and not exists (select 1 from completions_that_count where person = c.person"
    " and course = c.course and lesson = '' and id > c.id) and not exists (select 1 from sign_offs_that_count where completion = c.id)"
)


@dataclass(frozen=True, slots=True)
class SignOff:
    id: int
    completion_id: int
    course: str
    completed_at: datetime
    typed_name: str
    by: int
    by_name: str  # at that moment
    at: datetime
    counts: bool


@dataclass(frozen=True, slots=True)
class Open:
    """A completion that can be signed off."""

    id: int
    course: str
    completed_at: datetime
    round: date | None


_sign_off = mapper(SignOff, counts=lambda row: bool(row["counts"]))
_open = mapper(Open, round=lambda row: date.fromisoformat(row["round"]) if row["round"] else None)


def sign(db: Database, completion_id: int, *, typed_name: str, by: int, now: datetime) -> bool:
    """Inside a transaction: sign a completion off; False, and nothing changed, where this signer's word on it stands."""
    return bool(db.execute(
        "insert into sign_offs (completion, \"by\", typed_name, at, after) select :completion, :by, :name, :at, (select max(k.id)"
        " from corrections k join sign_offs s on s.id = k.sign_off where s.completion = :completion and s.\"by\" = :by and k.counts = 0)"
        " where not exists (select 1 from sign_offs_that_count where completion = :completion and \"by\" = :by)",
        {"completion": completion_id, "by": by, "name": typed_name, "at": moment_text(now)},
    ))


def of_person(db: Database, person_id: int) -> list[SignOff]:
    """All of what somebody completed, the oldest first; also those that do not count any more."""
    rows = db.rows(
        f"select s.*, c.course, c.completed_at, {then('name', 's.by', 's.at')} as by_name,"
        " exists (select 1 from sign_offs_that_count where id = s.id) as counts"
        " from completions c join sign_offs s on s.completion = c.id where c.person = ? and c.lesson = '' order by s.id",
        [person_id],
    )
    return [_sign_off(row) for row in rows]


def open_of(db: Database, person_id: int) -> list[Open]:
    """What of somebody's can be signed off: the latest completion of each course, where it counts and nobody has."""
    return [_open(row) for row in db.rows(f"select c.* {_OPEN} and c.person = ? order by c.id", [person_id])]


def whole_courses(db: Database, person_id: int) -> frozenset[int]:
    """The completions of whole courses by somebody that count."""
    rows = db.rows("select id from completions_that_count where person = ? and lesson = ''", [person_id])
    return frozenset(row["id"] for row in rows)


def waiting(db: Database, person_ids: Collection[int], since: datetime) -> frozenset[int]:
    """Who of these people completed a course since a moment that nobody has signed off; one query."""
    rows = db.rows(
        f"select distinct c.person {_OPEN} and c.completed_at >= ? and c.person in (select value from json_each(?))",
        [moment_text(since), list_text(sorted(person_ids))],
    )
    return frozenset(row["person"] for row in rows)


def waiting_here(db: Database, since: datetime) -> list[int]:
    """The same of everybody who is here; asked once, until anything is completed, corrected or signed off."""
    rows = db.counted(
        f"select distinct c.person {_OPEN} and c.completed_at >= ? and c.person not in (select id from people where active = 0)",
        [moment_text(since)], ("people_history", "sign_offs", *corrections.COMPLETED),
    )  # fmt: skip
    return [row["person"] for row in rows]


def told(db: Database, person_id: int) -> list[dict[str, Any]]:
    """Those of what somebody completed, for their own record."""
    return [
        {"course": each.course, "completed_at": moment_text(each.completed_at), "typed_name": each.typed_name, "by": each.by_name,
         "at": moment_text(each.at), "counts": each.counts}
        for each in of_person(db, person_id)
    ]


def given_by(db: Database, person_id: int) -> list[dict[str, Any]]:
    """Those that somebody gave, for their own record."""
    return db.rows(
        f"select {then('name', 'c.person', 's.at')} as teacher, c.course, c.completed_at, s.typed_name, s.at"
        " from sign_offs s join completions c on c.id = s.completion where s.\"by\" = ? order by s.id",
        [person_id],
    )


EXPORTED = (
    "person_email", "person_name", "course", "completed_at", "signed_off_by", "signed_as", "signed_off_at", "counts",
)


def export(db: Database, person_id: int | None = None) -> list[dict[str, Any]]:
    """Every sign-off, or those of one person, the oldest first; also those that do not count any more. Names are those of the day."""
    return db.rows(
        f"select {then('email', 'c.person', 's.at')} as person_email, {then('name', 'c.person', 's.at')} as person_name, c.course,"
        f" substr(c.completed_at, 1, 19) || 'Z' as completed_at, {then('name', 's.by', 's.at')} as signed_off_by,"
        " s.typed_name as signed_as, substr(s.at, 1, 19) || 'Z' as signed_off_at,"
        " iif(exists (select 1 from sign_offs_that_count where id = s.id), 'yes', 'no') as counts"
        " from sign_offs s join completions c on c.id = s.completion where ifnull(c.person = ?, 1) order by s.id",
        [person_id],
    )

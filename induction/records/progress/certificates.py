"""Certificates: the code under which anybody who has it can look up that a course was completed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ..people.history import then
from ..store.columns import day_begins, local_day, mapper, maybe_day
from ..store.database import Database
from ..store.tokens import new_code


@dataclass(frozen=True, slots=True)
class Kept:
    """A certificate and the completion that it is of."""

    completion_id: int
    code: str
    person_id: int
    name: str  # as they were called then
    course: str
    version: str  # of the course's own words
    policy_version: int
    acknowledged: bool  # that version of the policy, by then
    completed_at: datetime
    round: date | None
    superseded_at: datetime | None  # when they completed the same course again


_KEPT = (
    f"select k.code, k.completion, c.person, {then('name', 'c.person', 'c.completed_at')} as name, c.course, c.version,"
    " c.policy_version, c.completed_at, c.round, exists (select 1 from acknowledgements_that_count where person = c.person"
    " and version = c.policy_version and at <= c.completed_at) as acknowledged,"
    " (select min(completed_at) from completions_that_count where person = c.person and course = c.course and lesson = '' and id > c.id)"
    " as superseded_at from certificates k join completions c on c.id = k.completion"
)
_kept = mapper(Kept, round=lambda row: maybe_day(row["round"] or None))


def make(db: Database, person_id: int, course: str) -> None:
    """Inside the change that completes a course: its certificate, under a code of its own."""
    db.execute(
        "insert into certificates (completion, code)"
        " select max(id), ? from completions where person = ? and course = ? and lesson = ''",
        [new_code(), person_id, course],
    )


def of_code(db: Database, code: str) -> Kept | None:
    """The certificate under a code; None where there is none, or none any more."""
    row = db.row(f"{_KEPT} where k.code = ?", [code])
    return None if row is None else _kept(row)


def of_person(db: Database, person_id: int) -> list[Kept]:
    """All of somebody's, the latest first."""
    return [_kept(row) for row in db.rows(f"{_KEPT} where c.person = ? order by c.id desc", [person_id])]


def of_everybody(db: Database, year: int | None = None) -> list[Kept]:
    """All of the school's, or those of a year in its own time, the earliest first."""
    first, after = (day_begins(date(year, 1, 1)), day_begins(date(year + 1, 1, 1))) if year else ("", "9999")
    rows = db.rows(f"{_KEPT} where c.completed_at >= ? and c.completed_at < ? order by c.completed_at, c.id", [first, after])
    return [_kept(row) for row in rows]


def years(db: Database) -> dict[int, int]:
    """How many there are of each year, the latest first."""
    counted: dict[int, int] = {}
    for row in db.rows("select c.completed_at as at from certificates k join completions c on c.id = k.completion"):
        year = local_day(row["at"]).year
        counted[year] = counted.get(year, 0) + 1
    return dict(sorted(counted.items(), reverse=True))


def lessons(db: Database, kept: Kept) -> Sequence[tuple[str, str]]:
    """The lessons that made the course complete, each with the version of its words that counted first, in that order."""
    rows = db.rows(
        "select c.lesson, ifnull(a.lesson_version, c.version) as version, min(c.id) as first from completions c"
        " left join attempts a on a.id = c.attempt where c.person = ? and c.course = ? and c.lesson <> '' and c.id < ?"
        " and c.completed_at >= ? group by c.lesson order by first",
        [kept.person_id, kept.course, kept.completion_id, day_begins(kept.round) if kept.round else ""],
    )
    return [(row["lesson"], row["version"]) for row in rows]

"""Who stands in for a mentor, and whose teachers somebody sees. Added to, and never changed: the latest row says how it is.

Whoever leaves or loses the role is no deputy any more, and whose mentor does so has none: each is asked of their history.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from ...rules.deputies import Deputy
from ..store.columns import mapper, maybe_day_text, moment_text
from ..store.database import Database
from .history import then
from .person import Person, from_row

LAPSED = (
    "exists (select 1 from people_history where person in (d.mentor, d.deputy) and id > d.stood and (active = 0 or role = 'teacher'))"
)
LATEST = "d.id = (select max(id) from deputies where mentor = d.mentor)"
IN_TIME = "d.begins <= :today and (d.ends is null or d.ends >= :today)"
AT_PRESENT = f"{LATEST} and {IN_TIME} and not {LAPSED}"  # SQL of a row `d` that holds on the day `:today`

_SAID = (
    f"select d.*, {then('name', 'd.mentor', 'd.at')} as mentor_name, {then('name', 'd.deputy', 'd.at')} as deputy_name,"
    f" {then('name', 'd.by', 'd.at')} as by_name, {LAPSED} as lapsed from deputies d"
)
_deputy = mapper(Deputy)


@dataclass(frozen=True, slots=True)
class Seen:
    """A teacher whose progress somebody sees."""

    person: Person
    for_mentor: int | None  # whose teacher it is, for whom they stand in; None: their own


def say(
    db: Database, mentor_id: int, deputy_id: int | None, begins: date, ends: date | None, *, by: int | None, now: datetime
) -> None:
    """Who stands in for a mentor from now on, or that nobody does."""
    db.execute(
        'insert into deputies (mentor, deputy, begins, ends, stood, "by", at)'
        " values (?, ?, ?, ?, (select max(id) from people_history), ?, ?)",
        [mentor_id, deputy_id, begins.isoformat(), maybe_day_text(ends), by, moment_text(now)],
    )


def latest(db: Database, mentor_id: int) -> Deputy | None:
    """What was said last of somebody's deputy."""
    row = db.row(f"{_SAID} where d.mentor = ? order by d.id desc limit 1", [mentor_id])
    return None if row is None else _deputy(row)


def of_mentor(db: Database, mentor_id: int, today: date) -> tuple[Person, date | None] | None:
    """Who stands in for a mentor today, and until when."""
    row = db.row(
        f"select p.*, d.ends from deputies d join people p on p.id = d.deputy where d.mentor = :mentor and {AT_PRESENT}",
        {"mentor": mentor_id, "today": today.isoformat()},
    )
    return None if row is None else (from_row(row), row["ends"] and date.fromisoformat(row["ends"]))


def at_present(db: Database, today: date) -> dict[int, int]:
    """Who stands in for whom today: the deputy of each mentor who has one."""
    rows = db.rows(f"select d.mentor, d.deputy from deputies d where d.deputy is not null and {AT_PRESENT}", {"today": today.isoformat()})
    return {row["mentor"]: row["deputy"] for row in rows}


def stands_in(db: Database, person_id: int, today: date) -> list[Deputy]:
    """Whose deputy somebody is today, or will be."""
    rows = db.rows(
        f"{_SAID} where d.deputy = :person and {LATEST} and (d.ends is null or d.ends >= :today) and not {LAPSED} order by d.id",
        {"person": person_id, "today": today.isoformat()},
    )
    return [_deputy(row) for row in rows]


def vacant(db: Database, today: date) -> list[Deputy]:
    """Of whose deputy it is not over, and who has none since the deputy left or is no mentor any more."""
    rows = db.rows(
        f"{_SAID} join people m on m.id = d.mentor and m.active and m.role <> 'teacher'"
        f" where d.deputy is not null and {LATEST} and (d.ends is null or d.ends >= :today) and {LAPSED} order by m.sort_name, m.id",
        {"today": today.isoformat()},
    )
    return [_deputy(row) for row in rows]


def told_of(db: Database, person_id: int) -> list[Deputy]:
    """All that was said of somebody as a mentor or a deputy, the oldest first."""
    rows = db.rows(
        f"{_SAID} where d.mentor = :person or d.id in (select id from deputies where deputy = :person) order by d.id",
        {"person": person_id},
    )
    return [_deputy(row) for row in rows]


def teachers_seen(db: Database, viewer_id: int, today: date) -> list[Seen]:
    """The active people whose mentor somebody is, and those of mentors for whom they stand in today, by name."""
    rows = db.rows(
        "select p.*, null as for_mentor from people p where p.mentor = :viewer and p.active = 1 union all"
        f" select p.*, p.mentor from deputies d join people p on p.mentor = d.mentor and p.active = 1 and p.id <> :viewer"
        f" where d.deputy = :viewer and {AT_PRESENT} order by sort_name, id",
        {"viewer": viewer_id, "today": today.isoformat()},
    )
    return [Seen(from_row(row), row["for_mentor"]) for row in rows]

"""The school's holidays, as its leads have entered them: added to, and never changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ...rules.sending_days import Holiday
from ..people.history import then
from ..store.columns import mapper, moment_text
from ..store.database import Database


@dataclass(frozen=True, slots=True)
class Entered:
    """A holiday with who entered it."""

    id: int
    name: str
    first: date
    last: date
    by_name: str
    at: datetime

    @property
    def holiday(self) -> Holiday:
        return Holiday(self.name, self.first, self.last)


_entered = mapper(Entered)


def listing(db: Database, since: date = date.min) -> list[Entered]:
    """Those that stand and are not over before a day, the next first."""
    rows = db.rows(
        f"select h.id, h.name, h.first, h.last, h.at, {then('name', 'h.by', 'h.at')} as by_name from holidays h"
        " where h.last >= ? and not exists (select 1 from holidays_ended e where e.holiday = h.id) order by h.first, h.id",
        [since.isoformat()],
    )
    return [_entered(row) for row in rows]


def of_days(db: Database) -> tuple[Holiday, ...]:
    """All that stand, as days."""
    rows = db.rows(
        "select name, first, last from holidays h"
        " where not exists (select 1 from holidays_ended e where e.holiday = h.id) order by first, id"
    )
    return tuple(Holiday(row["name"], date.fromisoformat(row["first"]), date.fromisoformat(row["last"])) for row in rows)


def enter(db: Database, holiday: Holiday, *, by: int, now: datetime) -> None:
    db.execute(
        'insert into holidays (name, first, last, "by", at) values (?, ?, ?, ?, ?)',
        [holiday.name, holiday.first.isoformat(), holiday.last.isoformat(), by, moment_text(now)],
    )


def end(db: Database, holiday_id: int, *, by: int, now: datetime) -> bool:
    """Take one away; False where it was, or where there is none of that id."""
    return bool(db.execute(
        'insert into holidays_ended (holiday, "by", at) select id, ?, ? from holidays where id = ?'
        " on conflict (holiday) do nothing",
        [by, moment_text(now), holiday_id],
    ))


def done_by(db: Database, person_id: int) -> list[dict[str, Any]]:
    """What somebody entered or took away, for their own record."""
    rows = db.rows(
        'select h.name, h.first, h.last, h.at as entered_at, h."by" = :person as entered, e.at as taken_away_at,'
        ' e."by" = :person as taken_away from holidays h left join holidays_ended e on e.holiday = h.id'
        ' where :person in (h."by", e."by") order by h.id',
        {"person": person_id},
    )
    return [{**row, "entered": bool(row["entered"]), "taken_away": bool(row["taken_away"])} for row in rows]

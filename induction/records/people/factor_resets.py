"""Second steps that a lead has asked to be reset, until a second lead answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ...rules.second_factor import RESET_WAITS
from ..store.columns import mapper, moment_text
from ..store.database import Database
from .history import then


@dataclass(frozen=True, slots=True)
class Reset:
    person_id: int
    name: str  # whose it is
    at: datetime
    asked_by: int
    asked_by_name: str
    why: str

    @property
    def until(self) -> datetime:
        return self.at + RESET_WAITS


_RESETS = (
    f"select r.person, p.name, r.at, r.asked_by, {then('name', 'r.asked_by', 'r.at')} as asked_by_name, r.why"
    " from factor_resets r join people p on p.id = r.person"
)
_reset = mapper(Reset)


def ask(db: Database, person_id: int, *, by: int, why: str, now: datetime) -> None:
    """In place of one that nobody has answered in time."""
    db.execute(
        "insert or replace into factor_resets (person, at, asked_by, why) values (?, ?, ?, ?)",
        [person_id, moment_text(now), by, why],
    )


def of_person(db: Database, person_id: int, now: datetime) -> Reset | None:
    """The one that waits for a second lead."""
    row = db.row(f"{_RESETS} where r.person = ? and r.at > ?", [person_id, moment_text(now - RESET_WAITS)])
    return _reset(row) if row else None


def waiting(db: Database, lead_id: int, now: datetime) -> list[Reset]:
    """Those that this lead can answer: not what they asked for, and not their own."""
    rows = db.rows(
        f"{_RESETS} where r.at > :since and :lead not in (r.asked_by, r.person) order by r.at, r.person",
        {"since": moment_text(now - RESET_WAITS), "lead": lead_id},
    )
    return [_reset(row) for row in rows]


def drop(db: Database, person_id: int) -> None:
    db.execute("delete from factor_resets where person = ?", [person_id])

"""Which reminders go, and in which words: as a lead has chosen. Added to, and never changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ...rules.reminders import Reminder
from ..people.history import then
from ..store.columns import mapper, moment_text
from ..store.database import Database


@dataclass(frozen=True, slots=True)
class Choice:
    id: int
    reminder: Reminder
    goes: bool
    words: str | None  # None: those that are shipped
    by_name: str
    at: datetime


_choice = mapper(Choice)


def now(db: Database) -> Mapping[Reminder, Choice]:
    """What was chosen last of each; of which nothing was, there is nothing: it goes, in the words that are shipped."""
    rows = db.rows(
        f"select c.id, c.reminder, c.goes, c.words, c.at, {then('name', 'c.by', 'c.at')} as by_name from reminder_choices c"
        " where c.id in (select max(id) from reminder_choices group by reminder)"
    )
    return {choice.reminder: choice for choice in map(_choice, rows)}


def keep(db: Database, reminder: Reminder, *, goes: bool, words: str | None, by: int, now: datetime) -> None:
    db.execute(
        'insert into reminder_choices (reminder, goes, words, "by", at) values (?, ?, ?, ?, ?)',
        [reminder, int(goes), words, by, moment_text(now)],
    )


def done_by(db: Database, person_id: int) -> list[dict[str, Any]]:
    """What somebody chose, for their own record."""
    rows = db.rows('select reminder, goes, words, at from reminder_choices where "by" = ? order by id', [person_id])
    return [{**row, "goes": bool(row["goes"])} for row in rows]

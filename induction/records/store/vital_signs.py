"""What a doctor asks of the database. Nothing is changed by it."""

from __future__ import annotations

from datetime import datetime

from sqlite_utils.utils import sqlite3

from .columns import maybe_moment, moment
from .database import Database

SQLITE = sqlite3.sqlite_version
LAST = 20  # rows by which the clock is judged


def pulse(db: Database) -> None:
    """Raises DatabaseFault where nothing can be read."""
    db.value("select 1 from pulse")


def journal(db: Database) -> str:
    mode: str = db.value("pragma journal_mode")
    return mode


def begun(db: Database) -> datetime | None:
    """Since when there is anybody here."""
    return maybe_moment(db.value("select min(created_at) from people"))


def counts(db: Database) -> dict[str, int]:
    """How much there is: by what it is of."""
    return {table: db.value(f"select count(*) from {table}") for table in ("people", "answers", "completions")}


def last_written(db: Database) -> list[datetime]:
    """When the last answers and sign-ins were, in the order in which they were written down, whatever the clock said."""
    rows = db.rows(
        "select * from (select at from answers order by id desc limit :last)"
        " union all select * from (select started_at from sessions order by id desc limit :last)",
        {"last": LAST},
    )
    return [moment(row["at"]) for row in rows]

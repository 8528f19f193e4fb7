"""What leads have said of the backups: whether a copy lies on another machine. It can't be seen from here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ..people.history import then
from ..store.columns import mapper, moment_text
from ..store.database import Database


@dataclass(frozen=True, slots=True)
class Said:
    elsewhere: bool
    said_by_name: str
    at: datetime


_said = mapper(Said)


def say(db: Database, elsewhere: bool, by: int, now: datetime) -> None:
    db.execute("insert into backups_elsewhere (elsewhere, said_by, at) values (?, ?, ?)", [int(elsewhere), by, moment_text(now)])


def latest(db: Database) -> Said | None:
    """What was said last; None where nobody has said anything."""
    row = db.row(
        f"select b.elsewhere, b.at, {then('name', 'b.said_by', 'b.at')} as said_by_name from backups_elsewhere b"
        " order by b.id desc limit 1"
    )
    return None if row is None else _said(row)

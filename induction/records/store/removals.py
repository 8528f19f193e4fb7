"""Removals: what is kept by rules goes by these alone. Each says what, whose, until when, how many rows and why, and stays.

Between `begin` and `end`, in one transaction, the schema lets exactly those rows go; it is the schema that sees to that.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ...rules.retention import Kind
from .columns import mapper, moment_text
from .database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    kind: Kind
    person_id: int | None = None  # whose; None: nobody's own
    by: int | None = None  # None: the site by itself, or the command line
    until: datetime  # what is from before
    count: int  # rows
    why: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Done:
    id: int
    at: datetime
    kind: Kind
    person_id: int | None
    by: int | None
    until: datetime
    count: int
    why: str


_done = mapper(Done, until="until_at")


def begin(db: Database, new: Removal) -> int:
    """Say what goes, and open what keeps it; its number."""
    number: int = db.value(
        'insert into removals (id, at, kind, person, "by", until_at, count, why)'
        " select ifnull(max(id), 0) + 1, ?, ?, ?, ?, ?, ?, ? from removals returning id",
        [moment_text(new.at), new.kind, new.person_id, new.by, moment_text(new.until), new.count, new.why],
    )
    return number


def end(db: Database) -> None:
    """All of it has gone. Raises RuleBroken where it is more or less than was said."""
    db.execute("delete from open_removal")


def of_person(db: Database, person_id: int) -> list[Done]:
    """What was removed of somebody, the oldest first."""
    return [_done(row) for row in db.rows("select * from removals where person = ? order by id", [person_id])]


def told(db: Database, person_id: int) -> list[dict[str, Any]]:
    """The same for their own record."""
    return db.rows(
        "select at, kind as what, until_at as from_before, count as entries, why from removals where person = ? order by id", [person_id]
    )


def erased_by(db: Database, person_id: int) -> list[dict[str, Any]]:
    """Whom somebody erased as a lead, by number, for their own record."""
    return db.rows(
        "select person as number, at, why from removals where \"by\" = ? and kind = 'erased' order by id", [person_id]
    )

"""Lists of people on their way in: kept for their lead while they look at what a list would do. Nobody's record.

What was read of a list goes when it is brought in, or after a day; how many it brought in stays until the day is over.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from ..store.columns import mapper, moment_text
from ..store.database import Database

KEPT_FOR = timedelta(days=1)
AT_ONCE = 3  # lists of one lead; a further one takes the place of the oldest


@dataclass(frozen=True, slots=True)
class Import:
    id: int
    person_id: int  # whose list it is
    at: datetime
    file: str  # what it is called; empty where it was pasted
    sheet: str  # what was read, as the service writes it; empty once it is done
    columns: str  # which column is what, where the lead has said so
    mends: str  # what the lead has written in place of cells
    done: Mapping[str, int] | None  # how many were added, changed …


_FIELDS = "id, person, at, file, sheet, columns, mends, ifnull(done, 'null') as done"
_import = mapper(Import, done=lambda row: json.loads(row["done"]))


def begin(db: Database, *, by: int, file: str, sheet: str, now: datetime) -> int:
    """Keep a list; its id."""
    sweep(db, now)
    number: int = db.value(
        "insert into imports (person, at, file, sheet, columns, mends) values (?, ?, ?, ?, '', '') returning id",
        [by, moment_text(now), file[:200], sheet],
    )
    db.execute(
        "delete from imports where person = :by and id not in"
        " (select id from imports where person = :by order by id desc limit :most)",
        {"by": by, "most": AT_ONCE},
    )
    return number


def find(db: Database, number: int, by: int, now: datetime) -> Import | None:
    """A list of this person's; None for anybody else's, and after its day."""
    row = db.row(
        f"select {_FIELDS} from imports where id = ? and person = ? and at > ?", [number, by, moment_text(now - KEPT_FOR)]
    )
    return None if row is None else _import(row)


def under_way(db: Database, by: int, now: datetime) -> list[Import]:
    """The lists of this person's that are not brought in, the latest first; without what was read of them."""
    rows = db.rows(
        f"select {_FIELDS.replace('sheet', repr('') + ' as sheet')} from imports where person = ? and at > ? and done is null"
        " order by id desc",
        [by, moment_text(now - KEPT_FOR)],
    )
    return [_import(row) for row in rows]


def change(db: Database, kept: Import) -> None:
    """Keep which column is what, and what was mended."""
    db.execute("update imports set columns = ?, mends = ? where id = ? and done is null", [kept.columns, kept.mends, kept.id])


def finish(db: Database, number: int, done: Mapping[str, int]) -> None:
    """The list is brought in: what was read of it goes."""
    db.execute("update imports set sheet = '', columns = '', mends = '', done = ? where id = ?", [json.dumps(done), number])


def put_away(db: Database, number: int) -> None:
    db.execute("delete from imports where id = ?", [number])


def sweep(db: Database, now: datetime) -> None:
    """Lists whose day is over go."""
    db.execute("delete from imports where at <= ?", [moment_text(now - KEPT_FOR)])

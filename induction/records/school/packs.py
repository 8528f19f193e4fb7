"""Inspection packs on their way, and those that wait to be downloaded. Nobody's record: they go after a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from ..people.history import then
from ..store.columns import mapper, maybe_day_text, moment_text
from ..store.database import Database

_ROWS = (
    f"select k.*, {then('name', 'k.by', 'k.at')} as by_name, p.name as person_name from packs k left join people p on p.id = k.person"
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for: everybody or one person, as at the end of a day."""

    day: date
    person_id: int | None


@dataclass(frozen=True, slots=True)
class Kept:
    id: int
    wanted: Wanted
    person_name: str | None
    by: int
    by_name: str
    at: datetime
    step: int  # how far it is, as the maker counts
    made_at: datetime | None
    file: str | None  # its name in the folder
    bytes: int | None
    sha256: str | None
    trouble: str  # why it could not be made

    @property
    def under_way(self) -> bool:
        return self.made_at is None and not self.trouble


_wanted = mapper(Wanted)
_kept = mapper(Kept, wanted=_wanted)


def ask(db: Database, wanted: Wanted, *, by: int, now: datetime) -> int:
    """A new one; its number. Nobody else's is under way."""
    number: int = db.value(
        "insert into packs (by, at, day, person) values (?, ?, ?, ?) returning id",
        [by, moment_text(now), maybe_day_text(wanted.day), wanted.person_id],
    )
    return number


def under_way(db: Database) -> Kept | None:
    row = db.row(f"{_ROWS} where k.made_at is null and k.trouble = ''")
    return None if row is None else _kept(row)


def listing(db: Database) -> list[Kept]:
    """All that are here, the latest first."""
    return [_kept(row) for row in db.rows(f"{_ROWS} order by k.id desc")]


def find(db: Database, number: int) -> Kept | None:
    row = db.row(f"{_ROWS} where k.id = ?", [number])
    return None if row is None else _kept(row)


def at_step(db: Database, number: int, step: int) -> None:
    db.execute("update packs set step = ? where id = ? and made_at is null and trouble = ''", [step, number])


def made(db: Database, number: int, file: str, size: int, sha256: str, now: datetime) -> bool:
    """It lies in the folder; False where it is not wanted any more: somebody in it may have been erased meanwhile."""
    return bool(db.execute(
        "update packs set made_at = ?, file = ?, bytes = ?, sha256 = ? where id = ? and made_at is null and trouble = ''",
        [moment_text(now), file, size, sha256, number],
    ))


def failed(db: Database, number: int, why: str) -> None:
    db.execute("update packs set trouble = ? where id = ? and made_at is null", [why, number])


def files(db: Database) -> set[str]:
    """The names of those that lie in the folder."""
    return {row["file"] for row in db.rows("select file from packs where file is not null")}


def forget(db: Database, *, asked_before: datetime, made_before: datetime) -> int:
    """Those whose time is over go: that were made, or were only asked for, before these moments."""
    return db.execute(
        "delete from packs where ifnull(made_at < ?, at < ?)", [moment_text(made_before), moment_text(asked_before)]
    )


def forget_one(db: Database, number: int) -> None:
    db.execute("delete from packs where id = ?", [number])

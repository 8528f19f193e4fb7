"""What became of the backups that the site makes by itself: of each try, each copy to the second folder, each drill."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ..store.columns import mapper, moment_text
from ..store.database import Database


@dataclass(frozen=True, slots=True)
class Run:
    at: datetime
    file: str  # empty where none could be made
    bytes: int
    sha256: str
    words: str  # why none could be made


@dataclass(frozen=True, slots=True)
class Copy:
    at: datetime
    folder: str  # empty: none is asked for any more
    file: str
    words: str  # why it failed


@dataclass(frozen=True, slots=True)
class Drill:
    at: datetime
    file: str
    ok: bool
    words: str


_run, _copy, _drill = mapper(Run), mapper(Copy), mapper(Drill)


def is_there(db: Database) -> bool:
    """False in a database that still waits for the upgrade which begins this history."""
    return db.row("select 1 from sqlite_schema where name = 'drills'") is not None


def say_made(db: Database, file: str, bytes: int, sha256: str, now: datetime) -> None:
    db.execute(
        "insert into backup_runs (at, file, bytes, sha256, words) values (?, ?, ?, ?, '')", [moment_text(now), file, bytes, sha256]
    )


def say_not_made(db: Database, words: str, now: datetime) -> None:
    db.execute("insert into backup_runs (at, file, bytes, sha256, words) values (?, '', 0, '', ?)", [moment_text(now), words])


def last_run(db: Database) -> Run | None:
    row = db.row("select * from backup_runs order by id desc limit 1")
    return None if row is None else _run(row)


def made(db: Database, file: str) -> Run | None:
    """How the backup of that name was when it was made."""
    row = db.row("select * from backup_runs where file = ? order by id limit 1", [file])
    return None if row is None or not file else _run(row)


def say_copied(db: Database, folder: str, file: str, words: str, now: datetime) -> None:
    """That a backup was copied to `folder` or, in `words`, why not."""
    db.execute(
        "insert into backup_copies (at, folder, file, words) values (?, ?, ?, ?)", [moment_text(now), folder, file, words]
    )


def last_copy(db: Database, well: bool = False) -> Copy | None:
    """The last try to copy; `well`: the last that worked."""
    those = "words = '' and folder <> ''" if well else "true"
    row = db.row(f"select * from backup_copies where {those} order by id desc limit 1")
    return None if row is None else _copy(row)


def say_drilled(db: Database, file: str, ok: bool, words: str, now: datetime) -> None:
    db.execute(
        "insert into drills (at, file, ok, words) values (?, ?, ?, ?)", [moment_text(now), file[-4096:], int(ok), words]
    )


def last_drill(db: Database, now: datetime | None = None) -> Drill | None:
    """The last drill; of those up to `now`, where a clock that was ahead is to be left out."""
    row = db.row(
        "select * from drills where :now is null or at <= :now order by id desc limit 1", {"now": now and moment_text(now)}
    )
    return None if row is None else _drill(row)

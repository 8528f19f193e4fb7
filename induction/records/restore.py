"""Putting a backup in the database's place: the only way back."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlite_utils
from sqlite_utils.utils import sqlite3

from .backup import check_sound, named_for, sync, unfinished
from .columns import maybe_moment
from .database import Database, check_ours, transaction
from .faults import PYTHON_ERRORS, DatabaseDamaged, DatabaseFault, DatabaseMissing, NotOurDatabase, named
from .lock import alone
from .migrations import open_database

BESIDE = ("-wal", "-journal", "-shm")  # what SQLite writes beside a database, and would play into the wrong one


class OlderBackup(DatabaseFault):
    """The backup ends before the present records do."""


class AnotherSchool(DatabaseFault):
    words = (
        "This is a backup of another school's records. Nothing was changed. "
        "If it is meant, move the present database out of the data folder first."
    )


@dataclass(frozen=True, slots=True)
class Restored:
    latest: datetime | None  # of the records that are there now
    lost_after: datetime | None  # records after `latest` and up to this moment are in `replaced` alone
    replaced: Path | None  # where the database that was there lies now


def restore(file: Path, data: Path, now: datetime, older: bool = False) -> Restored:
    """Put the backup `file` in the place of the database in the folder `data`.

    Everybody is signed out and links end; the database that was there is kept in `backups/`. Until
    the last step nothing is changed. Raises ServerRunning; OlderBackup unless `older`; NotOurDatabase,
    DatabaseNewer, DatabaseDamaged, AnotherSchool or another DatabaseFault.
    """
    place = data / "induction.db"
    try:
        with alone(data), unfinished(place) as copy:
            copy.unlink()
            _read(file, copy)
            incoming = _prepare(copy, now)
            present = _look(place)
            _compare(incoming, present, older)
            kept = _keep_aside(place, now) if place.exists() else None
            sync(copy)
            os.replace(copy, place)
            sync(data)
    except OSError as error:
        raise DatabaseFault(
            f"The backup could not be put in place ({error.strerror}). Nothing was changed. "
            "See that the data folder can be written and has room."
        ) from error
    lost = present.latest if present and present.latest and present.latest > (incoming.latest or "") else None
    return Restored(maybe_moment(incoming.latest), maybe_moment(lost), kept)


@dataclass(frozen=True, slots=True)
class _Contents:
    key: str
    set_up: bool
    latest: str | None


def latest_record(db: Database) -> str | None:
    """When the latest thing happened that is kept for good, as UTC text."""
    return db.value(
        "select max(at) from (select max(at) as at from answers union all select max(started_at) from attempts"
        " union all select max(finished_at) from attempts union all select max(completed_at) from completions"
        " union all select max(recorded_at) from conversations union all select max(at) from policy_versions"
        " union all select max(created_at) from people union all select max(at) from acknowledgements"
        " union all select max(at) from asked_again union all select max(at) from assessments"
        " union all select max(at) from assessment_signatures union all select max(at) from accounts_switched_off"
        " union all select max(at) from approvals union all select max(at) from confidence"
        " union all select max(at) from notes union all select max(at) from note_answers"
        " union all select max(at) from people_history where what in ('added', 'changed')"
        " union all select max(at) from ways_in where what <> 'began')"
    )


def _read(file: Path, copy: Path) -> None:
    """Copy through SQLite, so that a file with its journal beside it comes whole."""
    if not file.is_file():
        raise DatabaseMissing(f"There is no file {file}. Nothing was changed.")
    try:
        connection = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
        try:
            check_ours(sqlite_utils.Database(connection, execute_plugins=False), file)
            check_sound(file)  # before it is copied, since copying would mend some damage and say nothing
            connection.execute("vacuum into ?", [str(copy)])
        finally:
            connection.close()
    except PYTHON_ERRORS as error:
        raise named(error) from error
    copy.chmod(0o600)


def _prepare(copy: Path, now: datetime) -> _Contents:
    """Bring the copy to the present schema, and sign everybody out of it."""
    db = open_database(copy, now)
    try:
        with transaction(db):
            db.execute("delete from sessions")
            db.execute("delete from links")
        return _contents(db)
    finally:
        db.close()  # and with it SQLite's files beside the copy


def _look(place: Path) -> _Contents | None:
    """What the present database holds; None where there is none, or it can't be read: then nothing can be compared."""
    if not place.exists():
        return None
    try:
        db = Database(place)
        try:
            return _contents(db)
        finally:
            db.close()
    except (DatabaseDamaged, NotOurDatabase):
        return None


def _contents(db: Database) -> _Contents:
    set_up = bool(db.value("select exists (select 1 from people where role = 'lead')"))
    return _Contents(db.value("select key from school"), set_up, latest_record(db))


def _compare(incoming: _Contents, present: _Contents | None, older: bool) -> None:
    if present is None or not present.set_up:
        return
    if present.key != incoming.key:
        raise AnotherSchool
    if not older and (present.latest or "") > (incoming.latest or ""):
        raise OlderBackup(
            f"The backup ends at {_shown(incoming.latest)}; the present records go on to {_shown(present.latest)}. "
            "Nothing was changed. To go back all the same, add --older: the present records are kept aside."
        )


def _shown(at: str | None) -> str:
    return f"{at[:10]} {at[11:19]} UTC" if at else "the beginning"


def _keep_aside(place: Path, now: datetime) -> Path:
    """Give the present database a second name, with what lies beside it; at every instant it has one of them."""
    aside = place.parent / "backups" / named_for(now, "replaced")
    aside.parent.mkdir(mode=0o700, exist_ok=True)
    os.link(place, aside)
    for ending in BESIDE:
        beside = place.with_name(place.name + ending)
        if beside.exists():
            os.replace(beside, aside.with_name(aside.name + ending))
    sync(aside.parent)
    sync(place.parent)
    return aside

"""Backups: a whole copy, proved sound before it gets its name."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlite_utils.utils import sqlite3

from .database import Database
from .faults import PYTHON_ERRORS, DatabaseDamaged, DatabaseFault, named


class NoRoom(DatabaseFault):
    words = (
        "There is too little free space for a backup: it needs twice the size of the database. "
        "No backup was made. Free some space, or name a file on another disk."
    )


class BackupRefused(DatabaseFault):
    """The place for the backup can't be written, or a file is there already."""


def named_for(now: datetime, why: str = "induction") -> str:
    """A backup's file name, which sorts by time."""
    return f"{why}-{now.astimezone(UTC):%Y-%m-%dT%H%M%S.%f}Z.db"


def backup(db: Database, to: Path) -> Path:
    """Copy the whole database to the new file `to`, while others read and write; returns `to`.

    It has its name only once it is complete, sound and on the disk. Nobody else can read it.
    Raises NoRoom, BackupRefused where `to` can't be written or exists, or another DatabaseFault.
    """
    try:
        to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if to.exists():
            raise BackupRefused(f"{to} is there already. No backup was made. Name another file.")
        if shutil.disk_usage(to.parent).free < 2 * size(db.path):
            raise NoRoom
        with unfinished(to) as copy:
            _copy(db, copy)
            check_sound(copy)
            put_in_place(copy, to)
    except OSError as error:
        raise BackupRefused(f"The backup could not be written to {to} ({error.strerror}). None was made.") from error
    return to


def size(path: Path) -> int:
    """Bytes of a database with what is written beside it."""
    parts = (path, path.with_name(path.name + "-wal"))
    return sum(part.stat().st_size for part in parts if part.exists())


@contextmanager
def unfinished(to: Path) -> Iterator[Path]:
    """A name beside `to` for a file in the making, which only its owner may read; gone afterwards."""
    path = to.with_name(f".{to.name}.{secrets.token_hex(4)}.part")
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        yield path
    finally:
        for left in (path, path.with_name(path.name + "-journal"), path.with_name(path.name + "-wal")):
            left.unlink(missing_ok=True)


def put_in_place(path: Path, to: Path) -> None:
    """Give a finished file its name, for good: after this a cut of the power can't take it."""
    sync(path)
    os.link(path, to)  # unlike a rename it never takes the place of another file
    path.unlink()
    sync(to.parent)


def check_sound(path: Path) -> None:
    """Raises DatabaseDamaged unless every page, index and foreign key of the file is in order."""
    try:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        try:
            found = connection.execute("pragma integrity_check(1)").fetchall()
            stray = connection.execute("pragma foreign_key_check").fetchone()
        finally:
            connection.close()
    except PYTHON_ERRORS as error:
        raise named(error) from error
    if found != [("ok",)] or stray:
        raise DatabaseDamaged


def _copy(db: Database, to: Path) -> None:
    db.value("select 1 from pulse")  # it is ours and can be read
    try:
        connection = sqlite3.connect(f"{db.path.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None)
        try:
            connection.execute("vacuum into ?", [str(to)])
        finally:
            connection.close()
    except PYTHON_ERRORS as error:
        raise named(error) from error


def sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

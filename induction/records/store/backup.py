"""Backups: one file that is all that makes this school, proved sound before it gets its name.

The file is a zip: `induction.db`, and the rest of the data folder as it lies there (`school_file.PARTS`).
Whoever copies `induction.db` by hand while the site runs leaves out what still lies in `induction.db-wal`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from . import encryption, school_file, vital_signs
from .connections import bare_connection
from .database import Database
from .faults import PYTHON_ERRORS, DatabaseDamaged, DatabaseFault, NoRoom, fault_for
from .whole_files import check_room, private, put_in_place, sweep, workshop

FOLDER = "backups"  # in the data folder
BY_HAND, DAILY = "induction", "daily"  # how the names begin
_DAILY = re.compile(rf"{DAILY}-([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}T[0-9]{{6}}\.[0-9]{{6}})Z(?:-[0-9a-f]{{16}})?\.zip(?:\.age)?")
HEAD = 16  # digits of the head of evidence that stand in a name


class BackupRefused(DatabaseFault):
    """The place for the backup can't be written, or a file is there already."""


def named_for(now: datetime, why: str = BY_HAND, keys: Sequence[str] = (), head: str = "") -> str:
    """A backup's file name, which sorts by time. `keys`: those for which it is encrypted; `head`: of the evidence in it."""
    sealed = f"-{head[:HEAD]}" if head else ""
    return f"{why}-{now.astimezone(UTC):%Y-%m-%dT%H%M%S.%f}Z{sealed}.zip{encryption.ENDING if keys else ''}"


def daily_in(folder: Path) -> dict[datetime, Path]:
    """The daily backups in a folder, by when each was made. What else lies there is not among them. Raises OSError."""
    named = ((moment_of(path.name), path) for path in (folder.iterdir() if folder.is_dir() else ()))
    return {at: path for at, path in named if at is not None}


def moment_of(name: str) -> datetime | None:
    """When a daily backup of this name was made; None where it is none's."""
    found = _DAILY.fullmatch(name)
    try:
        return datetime.strptime(f"{found[1]}+0000", "%Y-%m-%dT%H%M%S.%f%z").astimezone(UTC) if found else None
    except ValueError:  # no such day
        return None


def backup(db: Database, to: Path, keys: Sequence[str] = ()) -> list[str]:
    """Write all of the school to the new file `to`, while others read and write; encrypted where there are public `keys`.

    It has its name only once it is complete, sound and on the disk. Nobody else can read it. Returns what was left
    out, each as a path and why: links and the like, which the site doesn't read either. Raises NoRoom, BackupRefused
    where `to` can't be written or exists, or another DatabaseFault.
    """
    try:
        to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if to.exists():
            raise BackupRefused(f"{to} is there already. No backup was made. Name another file.")
        if to.parent == db.path.parent / FOLDER:
            sweep(to.parent)
        with workshop(to) as folder, open(folder / to.name, "x+b", opener=private) as file:
            left_out = _write(db, file, folder, keys)
            put_in_place(folder / to.name, to)
    except OSError as error:
        raise BackupRefused(
            f"The backup could not be written to {to} ({error.strerror}). None was made. Name a file on another disk."
        ) from error
    return left_out


def write(db: Database, out: IO[bytes], keys: Sequence[str] = ()) -> list[str]:
    """Write all of the school to `out`; see `backup`. The data folder need not be writable, nor have room."""
    with ExitStack() as stack:
        return _write(db, out, _room_to_work(stack, db.path.parent, out), keys)


def _room_to_work(stack: ExitStack, data: Path, out: IO[bytes]) -> Path:
    """A folder for a copy of the database: beside what is written, in the data folder, or wherever this machine has one."""
    name = str(getattr(out, "name", ""))
    beside = [Path(name).parent] if os.path.isabs(name) else []
    for place in (*beside, data):
        with suppress(OSError, NoRoom):
            check_room(place, 2 * school_file.size(data), "write a backup")
            return stack.enter_context(workshop(place / "backup"))
    return Path(stack.enter_context(TemporaryDirectory(prefix="induction-backup-")))


def _write(db: Database, out: IO[bytes], folder: Path, keys: Sequence[str]) -> list[str]:
    """The same, by way of a copy of the database in `folder`; of what is encrypted, the file itself too."""
    data = db.path.parent
    check_room(folder, (3 if keys else 2) * school_file.size(data), "write a backup")
    copy = folder / school_file.DATABASE
    _copy(db, copy)
    _without_lists(copy)
    with closing(Database(copy, looking=True)) as proved:
        check_sound(proved)
        counts = vital_signs.counts(proved)
    if not keys:
        return _write_plain(copy, data, out, counts)
    with open(folder / "plain", "x+b", opener=private) as plain:
        left_out = _write_plain(copy, data, plain, counts)
        copy.unlink()
        plain.seek(0)
        encryption.encrypt(plain, out, keys)
    out.flush()
    return left_out


def _write_plain(copy: Path, data: Path, out: IO[bytes], counts: Mapping[str, int]) -> list[str]:
    left_out = school_file.write(copy, data, out, counts)
    out.flush()
    if out.readable():
        school_file.check_whole(out)
    return left_out


def _without_lists(copy: Path) -> None:
    """Lists of people on their way in are kept for a day, and not for as long as a backup is."""
    try:
        with closing(bare_connection(copy)) as connection:
            connection.execute("pragma secure_delete = on")
            if connection.execute("select 1 from sqlite_schema where name = 'imports'").fetchone():
                connection.execute("delete from imports")
    except PYTHON_ERRORS as error:
        raise fault_for(error) from error


def check_sound(db: Database) -> None:
    """Raises DatabaseDamaged unless every page, index, CHECK and foreign key of the database is in order.

    On a disk that can't be written SQLite knows of no CHECKs, and they are not asked.
    """
    if db.value("pragma integrity_check(1)") != "ok" or db.row("pragma foreign_key_check"):
        raise DatabaseDamaged


def _copy(db: Database, to: Path) -> None:
    """Copy the database alone, through the connection that may read it."""
    connection = db.connection()  # it is ours
    try:
        connection.execute("pragma query_only = off")  # it holds for the copy too
        try:
            connection.execute("vacuum into ?", [str(to)])
        finally:
            connection.execute("pragma query_only = on")
    except PYTHON_ERRORS as error:
        raise fault_for(error) from error

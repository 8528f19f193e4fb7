"""What can go wrong with the database, named for what happened, in words for people."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlite_utils.utils import sqlite3  # the wheel's exceptions are other classes than the standard library's


class DatabaseFault(Exception):
    """The records could not do what was asked, and nothing was changed. `str` is a sentence for people."""

    words = "The records could not be read or written. Nothing was changed. Try again in a minute."

    def __init__(self, words: str | None = None) -> None:
        super().__init__(words or self.words)


class DatabaseBusy(DatabaseFault):
    words = "The records were busy for too long. Nothing was changed. Try again in a minute."


class DatabaseFull(DatabaseFault):
    words = "The disk is full, so nothing could be saved. Free some space, then try again."


class DatabaseReadOnly(DatabaseFault):
    words = "The records can be read but not changed: the file or its folder is read-only. Nothing was changed."


class DatabaseMissing(DatabaseFault):
    words = (
        "The database is not where it was, or cannot be opened. Nothing was changed. "
        "Put it back, or restore a backup with `induction restore`."
    )


class DatabaseShut(DatabaseFault):
    words = (
        "This account may not read the database. Nothing was changed. "
        "Run this as the account that the data folder belongs to."
    )


class DatabaseDamaged(DatabaseFault):
    words = (
        "The database is damaged. Nothing was changed. "
        "Keep the file, stop the server and restore a backup with `induction restore`."
    )


class DatabaseOlder(DatabaseFault):
    words = (
        "The database waits for an upgrade to this version of the program. Nothing was changed. "
        "Run `induction migrate`, or start the site: either writes a backup first."
    )


class SchemaChanged(DatabaseFault):
    """The database has rules or triggers that this program did not make, or lacks some that it made."""

    def __init__(self, where: str) -> None:
        self.where = where
        super().__init__(
            f"The database is not as this program made it ({where}), so what it holds can't be relied on. Nothing was changed. "
            "Keep the file, find out who changed it, and restore a backup with `induction restore`."
        )


class FolderShut(DatabaseFault):
    """The data folder is not there, belongs to another account, or can't be written."""


class NoRoom(DatabaseFault):
    """There is too little free space for what was asked."""


class NotOurDatabase(DatabaseFault):
    words = "This file is not a database of this program. Nothing was changed."


class DatabaseNewer(DatabaseFault):
    words = (
        "The database was made by a newer version of this program. Nothing was changed. "
        "Install that version again, or restore a backup from before the upgrade."
    )


class BackupUnfit(DatabaseFault):
    """A file that was named as a backup can't be put back."""


class BackupMissing(BackupUnfit):
    """There is no such file."""


class BackupShut(BackupUnfit):
    """The file can't be read."""


class NotABackup(BackupUnfit):
    """The file is something else."""


class BackupDamaged(BackupUnfit):
    """The file is a backup, but not whole."""


class BackupNewer(BackupUnfit):
    """The backup is of a newer version of this program."""


class BackupChanged(BackupUnfit):
    """The backup holds rules that this program did not make, or records that break its rules."""


class KeyUnfit(BackupUnfit):
    """The backup is encrypted, and the private key that opens it is not there."""


class RuleBroken(DatabaseFault):
    """A rule of the schema refused the change: a CHECK, a UNIQUE, a foreign key, or a trigger that keeps records."""

    words = "The records refused this change, because it breaks one of their rules. Nothing was changed."


class UnfitValue(DatabaseFault):
    """A value that cannot be kept: a NUL, half a surrogate pair, a number of more than 64 bits."""

    words = "This holds a character or a number that cannot be kept. Nothing was changed."


_BY_CODE = {
    sqlite3.SQLITE_BUSY: DatabaseBusy,
    sqlite3.SQLITE_LOCKED: DatabaseBusy,
    sqlite3.SQLITE_FULL: DatabaseFull,
    sqlite3.SQLITE_READONLY: DatabaseReadOnly,
    sqlite3.SQLITE_CANTOPEN: DatabaseMissing,
    sqlite3.SQLITE_CORRUPT: DatabaseDamaged,
    sqlite3.SQLITE_NOTADB: DatabaseDamaged,
    sqlite3.SQLITE_CONSTRAINT: RuleBroken,
    sqlite3.SQLITE_TOOBIG: UnfitValue,
}

PYTHON_ERRORS = (sqlite3.Error, UnicodeEncodeError, OverflowError)


def fault_for(error: Exception) -> DatabaseFault:
    """The fault that an error of SQLite's, or of handing a value to it, amounts to."""
    if isinstance(error, UnicodeEncodeError | OverflowError):
        return UnfitValue()
    code = getattr(error, "sqlite_errorcode", None)
    return _BY_CODE.get((code or 0) & 0xFF, DatabaseFault)()


@contextmanager
def as_faults() -> Iterator[None]:
    """What SQLite raises, as the fault that it amounts to."""
    try:
        yield
    except PYTHON_ERRORS as error:
        raise fault_for(error) from error

"""The database: one connection a thread, the settings that lose nothing, and the one way to write.

WAL with `synchronous=FULL` loses no acknowledged commit when the power goes. SQLite 3.7.0 to 3.51.2
can corrupt a WAL file when two connections checkpoint at one instant: there the journal is
truncated instead, which is as safe and a little slower.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlite_utils
from sqlite_utils.utils import sqlite3

from .columns import moment_text
from .faults import (
    PYTHON_ERRORS,
    DatabaseBusy,
    DatabaseDamaged,
    DatabaseFault,
    DatabaseFull,
    DatabaseMissing,
    DatabaseNewer,
    DatabaseReadOnly,
    DatabaseShut,
    NotOurDatabase,
    RuleBroken,
    UnfitValue,
    named,
)

__all__ = [
    "Database",
    "DatabaseBusy",
    "DatabaseDamaged",
    "DatabaseFault",
    "DatabaseFull",
    "DatabaseMissing",
    "DatabaseNewer",
    "DatabaseReadOnly",
    "DatabaseShut",
    "NotOurDatabase",
    "RuleBroken",
    "UnfitValue",
    "check_writable",
    "transaction",
]

APPLICATION_ID = 0x496E6475  # "Indu" at byte 68 of the file: `file` and we know it by that
WAIT = 10.0  # seconds for another writer; the longest a page waits
SAFE_WAL = (3, 51, 3)
BESIDE = ("-wal", "-journal", "-shm")  # what SQLite writes beside a database, and would play into the wrong one

Values = Sequence[Any] | Mapping[str, Any]


class Database:
    """A database file, opened in each thread that uses it when it first does.

    Outside `with transaction(db)` SQLite itself refuses every change, and nothing here can make a
    table by naming it wrong. Who is only `looking` may do so on a disk that can't be written, too.
    Raises DatabaseMissing where there is no file, and any DatabaseFault later, from whatever uses it.
    """

    def __init__(self, path: Path, looking: bool = False) -> None:
        self.path = path
        self._looking = looking
        self._file = self._identity()
        self._mine = threading.local()

    def rows(self, sql: str, values: Values = ()) -> list[dict[str, Any]]:
        """The rows of a query, or of a change that says `returning`."""
        try:  # spelt out, since every page comes through here
            cursor = self.connection().execute(sql, _fit(values))
            names = [column[0] for column in cursor.description or ()]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        except PYTHON_ERRORS as error:
            raise named(error) from error

    def row(self, sql: str, values: Values = ()) -> dict[str, Any] | None:
        """The first row, or None."""
        return next(iter(self.rows(sql, values)), None)

    def value(self, sql: str, values: Values = ()) -> Any:
        """The first column of the first row, or None where there is no row."""
        row = self.row(sql, values)
        return None if row is None else next(iter(row.values()))

    def execute(self, sql: str, values: Values = ()) -> int:
        """Change something, inside a transaction; the number of rows changed."""
        connection = self.connection()
        if not connection.conn.in_transaction:
            raise RuntimeError("a change outside of `with transaction(db)`")
        with _faults():
            return connection.execute(sql, _fit(values)).rowcount

    def close(self) -> None:
        """Close this thread's connection; the next use opens another."""
        connection = getattr(self._mine, "connection", None)
        if connection is not None:
            self._mine.connection = None
            connection.close()

    def connection(self) -> sqlite_utils.Database:
        connection = getattr(self._mine, "connection", None)
        if connection is None:
            self._check_identity()
            connection = self._mine.connection = (look_at if self._looking else connect)(self.path)
        return connection

    def _identity(self) -> tuple[int, int]:
        try:
            found = self.path.stat()
        except (FileNotFoundError, NotADirectoryError) as error:
            raise DatabaseMissing from error
        except OSError as error:
            raise DatabaseShut from error
        return found.st_dev, found.st_ino

    def _check_identity(self) -> None:
        """What is written to a file that was moved away would be lost without a word."""
        if self._identity() != self._file:
            raise DatabaseMissing


@contextmanager
def transaction(db: Database, wait: float = WAIT) -> Iterator[None]:
    """One change, all of it or nothing: BEGIN IMMEDIATE … COMMIT. The one way to write.

    On leaving, it is on the disk. `wait` is how many seconds another writer may take before
    DatabaseBusy. Transactions do not nest: a RuntimeError.
    """
    connection = db.connection()
    if connection.conn.in_transaction:
        raise RuntimeError("a transaction inside a transaction")
    db._check_identity()
    with _writing(connection, wait):
        with _faults():
            connection.execute("begin immediate")
        try:
            yield
            with _faults():
                connection.execute("commit")
        except BaseException:
            with _faults():
                connection.rollback()
            raise


@contextmanager
def _writing(connection: sqlite_utils.Database, wait: float) -> Iterator[None]:
    with _faults():
        connection.execute(f"pragma busy_timeout = {int(wait * 1000)}")
        connection.execute("pragma query_only = off")
    try:
        yield
    finally:
        with _faults():
            connection.execute("pragma query_only = on")
            connection.execute(f"pragma busy_timeout = {int(WAIT * 1000)}")


def check_writable(db: Database, now: datetime) -> None:
    """Prove by a real write, kept on the disk, that answers can be saved. Raises DatabaseFault."""
    with transaction(db):
        db.execute("update pulse set at = ?", [moment_text(now)])


def connect(path: Path) -> sqlite_utils.Database:
    """A connection to an existing database of ours, with its settings read back. Raises DatabaseFault."""
    return _connection(path, "mode=rw", _SETTINGS)


def look_at(path: Path) -> sqlite_utils.Database:
    """A connection that only reads, also where nothing can be written. Raises DatabaseFault."""
    try:
        return _connection(path, "mode=rw", _LOOKING)
    except DatabaseReadOnly:
        if any(_holds_something(path.with_name(path.name + ending)) for ending in ("-wal", "-journal")):
            raise DatabaseReadOnly(
                f"The last changes lie beside {path.name} and can't be joined to it where nothing can be written. "
                "Nothing was changed. Copy the whole data folder to another disk, and look there."
            ) from None
        return _connection(path, "mode=ro&immutable=1", _LOOKING)


def bare_connection(path: Path, how: str = "mode=rw") -> sqlite3.Connection:
    """A connection to an existing file, whoever made it: what its schema calls is not trusted."""
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?{how}", uri=True, timeout=WAIT, isolation_level=None)
    connection.execute("pragma trusted_schema = off")
    return connection


def _connection(path: Path, how: str, settings: Mapping[str, Any]) -> sqlite_utils.Database:
    raw = None
    try:
        with _faults():
            raw = bare_connection(path, how)
            connection = sqlite_utils.Database(raw, execute_plugins=False)
            check_ours(connection, path)
            _settle(connection, settings)
    except DatabaseMissing as fault:  # SQLite says no more than that it can't be opened
        _close(raw)
        raise _why_not(path, fault) from fault
    except BaseException:
        _close(raw)
        raise
    return connection


def _close(raw: sqlite3.Connection | None) -> None:
    if raw is not None:
        raw.close()


def _why_not(path: Path, fault: DatabaseFault) -> DatabaseFault:
    """Why an existing database can't be opened, as far as that can be seen."""
    if not path.exists():
        return fault
    if not os.access(path, os.R_OK, effective_ids=True):
        return DatabaseShut()
    if not all(os.access(each, os.W_OK, effective_ids=True) for each in (path, path.parent)):
        return DatabaseReadOnly()
    return fault


def _holds_something(path: Path) -> bool:
    return path.exists() and path.stat().st_size > 0


def check_ours(connection: sqlite_utils.Database, path: Path) -> None:
    """Raises NotOurDatabase, or DatabaseDamaged for a file that was emptied."""
    if path.stat().st_size == 0:
        raise DatabaseDamaged
    try:
        number = _pragma(connection, "application_id")
    except sqlite3.DatabaseError as error:
        fault = named(error)
        if isinstance(fault, DatabaseDamaged) and not _says_sqlite(path):
            fault = NotOurDatabase()
        raise fault from error
    if number != APPLICATION_ID:
        raise NotOurDatabase


def _says_sqlite(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(16) == b"SQLite format 3\0"


_LOOKING = {
    "trusted_schema": 0,
    "foreign_keys": 1,
    "recursive_triggers": 1,  # else REPLACE deletes without asking the triggers
    "busy_timeout": int(WAIT * 1000),
    "query_only": 1,
    "cache_size": -2000,  # kB; each of the server's threads has a connection of its own
}
_SETTINGS = {
    "journal_mode": "wal" if sqlite3.sqlite_version_info >= SAFE_WAL else "truncate",
    "synchronous": 2,  # FULL
    **_LOOKING,
}


def _settle(connection: sqlite_utils.Database, settings: Mapping[str, Any]) -> None:
    for name, value in settings.items():
        _set(connection, name, value)
        if _pragma(connection, name) != value:
            raise DatabaseFault(
                f"The database does not keep the setting {name} = {value}, without which records could be lost. "
                "Nothing was changed. Put the data folder on a local disk."
            )


def _set(connection: sqlite_utils.Database, name: str, value: Any) -> None:
    """Set a pragma. SQLite does not wait by itself where two connections change the journal of a new database at once."""
    until = time.monotonic() + WAIT
    while True:
        try:
            connection.execute(f"pragma {name} = {value}").fetchall()
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(0.02)


def _pragma(connection: sqlite_utils.Database, name: str) -> Any:
    return connection.execute(f"pragma {name}").fetchone()[0]


def _fit(values: Values) -> Values:
    each = values.values() if isinstance(values, Mapping) else values
    for value in each:
        if isinstance(value, str) and "\0" in value:
            raise UnfitValue  # SQLite would keep it, and its own functions would stop reading there
    return values


@contextmanager
def _faults() -> Iterator[None]:
    try:
        yield
    except PYTHON_ERRORS as error:
        raise named(error) from error

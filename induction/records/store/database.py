"""The database: one connection a thread, and the one way to write."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import sqlite_utils

from . import evidence
from .columns import moment_text
from .connections import WAIT, connect, look_at
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
    as_faults,
    fault_for,
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
    "one_moment",
    "together",
    "transaction",
]

Values = Sequence[Any] | dict[str, Any]
Made = TypeVar("Made")
REMEMBERED = 50  # counts


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
        self._counted: dict[Hashable, tuple[Any, Any]] = {}

    def rows(self, sql: str, values: Values = ()) -> list[dict[str, Any]]:
        """The rows of a query, or of a change that says `returning`."""
        try:  # spelt out, since every page comes through here
            cursor = self.connection().execute(sql, _fit(values))
            names = [column[0] for column in cursor.description or ()]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        except PYTHON_ERRORS as error:
            raise fault_for(error) from error

    def row(self, sql: str, values: Values = ()) -> dict[str, Any] | None:
        """The first row, or None."""
        return next(iter(self.rows(sql, values)), None)

    def value(self, sql: str, values: Values = ()) -> Any:
        """The first column of the first row, or None where there is no row."""
        row = self.row(sql, values)
        return None if row is None else next(iter(row.values()))

    def counted(self, sql: str, values: Values, grow: Sequence[str]) -> list[dict[str, Any]]:
        """The rows of a query, remembered until one of the tables `grow` has a new row."""
        return self.remembered((sql, repr(values)), grow, lambda: self.rows(sql, values))

    def remembered(self, asked: Hashable, grow: Sequence[str], work: Callable[[], Made]) -> Made:
        """What `work` makes, kept under what is `asked` until one of the tables `grow` has a new row.

        For what depends on nothing else than these: tables whose rows, as the schema sees to, never change, and go by a
        removal alone.
        """
        latest = self.row("select " + ", ".join(f"(select max(id) from {table}) as {table}" for table in (*grow, "removals")))
        known = self._counted.get(asked)
        if known is not None and known[0] == latest:
            made: Made = known[1]
            return made
        made = work()
        if not self.connection().conn.in_transaction:  # what is not committed may still be undone
            if len(self._counted) >= REMEMBERED:
                self._counted.clear()
            self._counted[asked] = latest, made
        return made

    def execute(self, sql: str, values: Values = ()) -> int:
        """Change something, inside a transaction; the number of rows changed."""
        connection = self.connection()
        if not connection.conn.in_transaction:
            raise RuntimeError("a change outside of `with transaction(db)`")
        with as_faults():
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

    def join(self, joining: bool) -> None:
        """For `together` alone: whether this thread's transactions are parts of the one that it is in."""
        self._mine.joining = joining

    def joining(self) -> bool:
        return getattr(self._mine, "joining", False)

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

    What happened in it is entered into the chain of evidence. On leaving, it is on the disk. `wait` is how many seconds another
    writer may take before DatabaseBusy. Transactions do not nest: a RuntimeError, but inside `together`.
    """
    if db.joining():
        yield
        return
    connection = db.connection()
    if connection.conn.in_transaction:
        raise RuntimeError("a transaction inside a transaction")
    db._check_identity()
    with _writing(connection, wait):
        with as_faults():
            connection.execute("begin immediate")
        try:
            yield
            with as_faults():
                evidence.enter_what_is_due(connection)
                connection.execute("commit")
        except BaseException:
            with as_faults():
                connection.rollback()
            raise


@contextmanager
def one_moment(db: Database) -> Iterator[None]:
    """What is read inside is all of one moment, whatever others write meanwhile. Nothing can be changed in it."""
    connection = db.connection()
    if connection.conn.in_transaction:  # of a change, which sees one moment too
        yield
        return
    with as_faults():
        connection.execute("begin")
    try:
        yield
    finally:
        with as_faults():
            connection.execute("commit")


@contextmanager
def together(db: Database) -> Iterator[None]:
    """Many deeds as one change, as a year is invented: each transaction inside joins this one, all of it or nothing."""
    with transaction(db):
        db.join(True)
        try:
            yield
        finally:
            db.join(False)


@contextmanager
def _writing(connection: sqlite_utils.Database, wait: float) -> Iterator[None]:
    with as_faults():
        connection.execute(f"pragma busy_timeout = {int(wait * 1000)}")
        connection.execute("pragma query_only = off")
    try:
        yield
    finally:
        with as_faults():
            connection.execute("pragma query_only = on")
            connection.execute(f"pragma busy_timeout = {int(WAIT * 1000)}")


def check_writable(db: Database, now: datetime) -> None:
    """Prove by a real write, kept on the disk, that answers can be saved. Raises DatabaseFault."""
    with transaction(db):
        db.execute("update pulse set at = ?", [moment_text(now)])


def _fit(values: Values) -> Values:
    each = values.values() if isinstance(values, dict) else values
    for value in each:
        if isinstance(value, str) and "\0" in value:
            raise UnfitValue  # SQLite would keep it, and its own functions would stop reading there
    return values

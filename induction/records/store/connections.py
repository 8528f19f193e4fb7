"""Connections: to a database of ours with the settings that lose nothing, to look at one, and to whatever somebody hands over.

WAL with `synchronous=FULL` loses no acknowledged commit when the power goes. SQLite 3.7.0 to 3.51.2
can corrupt a WAL file when two connections checkpoint at one instant: there the journal is
truncated instead, which is as safe and a little slower.
"""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import sqlite_utils
from sqlite_utils.utils import sqlite3

from .faults import (
    DatabaseDamaged,
    DatabaseFault,
    DatabaseMissing,
    DatabaseReadOnly,
    DatabaseShut,
    NotOurDatabase,
    as_faults,
    fault_for,
)

APPLICATION_ID = 0x496E6475  # "Indu" at byte 68 of the file: `file` and we know it by that
WAIT = 10.0  # seconds for another writer; the longest a page waits
SAFE_WAL = (3, 51, 3)
BESIDE = ("-wal", "-journal", "-shm")  # what SQLite writes beside a database, and would play into the wrong one


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
        with as_faults():
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
        fault = fault_for(error)
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
    "secure_delete": 1,  # what is deleted is written over with zeros
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

"""Leaving no byte behind: what was deleted stays readable in a database's files until it is written over."""

from __future__ import annotations

from typing import Any

from .connections import WAIT
from .database import Database
from .faults import PYTHON_ERRORS, fault_for
from .whole_files import check_room


def rewrite(db: Database, wait: float = WAIT) -> None:
    """Write the database anew, without what was deleted; it stays in the journal until that is emptied.

    `wait` is how many seconds others may take. Raises NoRoom, DatabaseBusy or another DatabaseFault; then nothing was changed.
    """
    check_room(db.path.parent, 2 * db.path.stat().st_size, "write the database anew")
    _do(db, "vacuum", wait)


def empty_journal(db: Database, wait: float = WAIT) -> bool:
    """Join the journal to the database and empty it; False where somebody was still reading. Raises DatabaseFault."""
    [(busy, *_)] = _do(db, "pragma wal_checkpoint(truncate)", wait)
    return not busy


def _do(db: Database, sql: str, wait: float) -> list[Any]:
    """What SQLite does outside of a transaction alone."""
    connection = db.connection()
    if connection.conn.in_transaction:
        raise RuntimeError("nothing can be wiped inside a transaction")
    try:
        connection.execute(f"pragma busy_timeout = {int(wait * 1000)}")
        connection.execute("pragma query_only = off")
        try:
            found: list[Any] = connection.execute(sql).fetchall()
        finally:
            connection.execute("pragma query_only = on")
            connection.execute(f"pragma busy_timeout = {int(WAIT * 1000)}")
    except PYTHON_ERRORS as error:
        raise fault_for(error) from error
    return found

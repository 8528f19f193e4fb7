"""Leaving no byte behind: what was deleted stays readable in a database's file until it is written over."""

from __future__ import annotations

from .connections import WAIT
from .database import Database
from .faults import PYTHON_ERRORS, fault_for
from .whole_files import check_room

AGAIN = "write the database anew"


def wipe(db: Database, wait: float = WAIT) -> bool:
    """Write the database anew without what was deleted, and empty its journal; False where somebody was still reading.

    `wait` is how many seconds others may take. Raises NoRoom, DatabaseBusy or another DatabaseFault; then it can be done again
    later.
    """
    check_room(db.path.parent, 2 * db.path.stat().st_size, AGAIN)
    connection = db.connection()
    if connection.conn.in_transaction:
        raise RuntimeError("nothing can be wiped inside a transaction")
    try:
        connection.execute(f"pragma busy_timeout = {int(wait * 1000)}")
        connection.execute("pragma query_only = off")
        try:
            connection.execute("vacuum")
            busy, *_ = connection.execute("pragma wal_checkpoint(truncate)").fetchone()
        finally:
            connection.execute("pragma query_only = on")
            connection.execute(f"pragma busy_timeout = {int(WAIT * 1000)}")
    except PYTHON_ERRORS as error:
        raise fault_for(error) from error
    return not busy

"""The schema's history. It is only ever added to; what is released is not edited.

Every start brings a database to the present schema, under one lock and after a backup; one that a
newer program made is left alone.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import sqlite_utils
from sqlite_utils import Migrations
from sqlite_utils.utils import sqlite3

from . import first_schema, second_schema, third_schema
from .backup import backup, named_for, put_in_place, unfinished
from .database import APPLICATION_ID, Database, transaction
from .faults import PYTHON_ERRORS, DatabaseFault, DatabaseMissing, DatabaseNewer, named

SCHEMA = Migrations("induction")


@SCHEMA()
def m001_people_school_learning(db: sqlite_utils.Database) -> None:
    for part in (first_schema.PEOPLE, first_schema.SCHOOL, first_schema.LEARNING, first_schema.KEPT):
        db.executescript(part)


@SCHEMA()
def m002_policy_register_courses(db: sqlite_utils.Database) -> None:
    for part in (second_schema.POLICY, second_schema.ASKED_AGAIN, second_schema.REGISTER, second_schema.COURSES):
        db.executescript(part)


@SCHEMA()
def m003_who_somebody_was(db: sqlite_utils.Database) -> None:
    for part in (
        third_schema.PEOPLE, third_schema.MENTORS, third_schema.WAYS_IN, third_schema.LINKS, third_schema.LEARNING,
    ):
        db.executescript(part)


def open_database(path: Path, now: datetime, schema: Migrations = SCHEMA) -> Database:
    """The database at `path`, in the present schema: made where there is none, upgraded where it is old.

    Before an upgrade a backup goes to `backups/` beside it. Raises DatabaseNewer, NotOurDatabase,
    DatabaseDamaged, NoRoom or another DatabaseFault; never makes a new one over what is there.
    """
    if not path.exists():
        _make(path, schema)
    db = Database(path)
    try:
        if pending(db, schema):
            backup(db, path.parent / "backups" / named_for(now, "before-upgrade"))
            with transaction(db):
                _apply(db.connection(), schema)
    finally:
        db.close()  # so that a server may fork its processes after this
    return db


def pending(db: Database, schema: Migrations = SCHEMA) -> list[str]:
    """The migrations that the database lacks. Raises DatabaseNewer where it has some that are not known here."""
    connection = db.connection()
    ours = [step.name for step in schema.pending(sqlite_utils.Database(memory=True))]
    try:
        theirs = [step.name for step in schema.applied(connection)]
    except PYTHON_ERRORS as error:
        raise named(error) from error
    if set(theirs) - set(ours) or db.value("pragma user_version") > len(ours):
        raise DatabaseNewer
    return [name for name in ours if name not in theirs]


def _make(path: Path, schema: Migrations) -> None:
    """Make a new database out of sight, then give it its name; if another process was faster, use that one."""
    _refuse_remains(path)
    try:
        with unfinished(path) as new:
            _fill(new, schema)
            put_in_place(new, path)
    except FileExistsError:
        return
    except OSError as error:
        raise DatabaseFault(
            f"The database could not be made in {path.parent} ({error.strerror}). "
            "See that the folder is there and can be written."
        ) from error
    except PYTHON_ERRORS as error:
        raise named(error) from error


def _refuse_remains(path: Path) -> None:
    """A journal without its database holds records, and would ruin a new database of that name."""
    for ending in ("-wal", "-journal"):
        remains = path.with_name(path.name + ending)
        if remains.exists() and remains.stat().st_size:
            raise DatabaseMissing(
                f"{path} is missing, but {remains.name} is there and may hold records. Nothing was changed. "
                "Put the database back beside it, or restore a backup with `induction restore`."
            )


def _fill(path: Path, schema: Migrations) -> None:
    connection = sqlite_utils.Database(sqlite3.connect(path, isolation_level=None), execute_plugins=False)
    try:
        connection.execute("begin immediate")
        _apply(connection, schema)
        connection.execute(f"pragma application_id = {APPLICATION_ID}")
        connection.execute("commit")
    finally:
        connection.close()


def _apply(connection: sqlite_utils.Database, schema: Migrations) -> None:
    """Inside a transaction: what is pending once the lock is ours."""
    schema.apply(connection)
    connection.execute(f"pragma user_version = {len(schema.applied(connection))}")

"""The schema's history, each step in a file of `schema/`. It is only ever added to; what is released is not edited.

Every start brings a database to the present schema, under one lock and after a backup; one that a
newer program made is left alone.
"""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from pathlib import Path

import sqlite_utils
from sqlite_utils import Migrations
from sqlite_utils.utils import sqlite3

from . import evidence
from .backup import FOLDER, backup, named_for
from .connections import APPLICATION_ID, bare_connection
from .database import Database, transaction
from .faults import (
    PYTHON_ERRORS,
    DatabaseFault,
    DatabaseMissing,
    DatabaseNewer,
    DatabaseOlder,
    SchemaChanged,
    fault_for,
)
from .folding import fold_again
from .tokens import new_code
from .whole_files import private, put_in_place, workshop

SCHEMA = Migrations("induction")
OTHERS = {  # tables that other programs keep in a database of ours, word for word: Litestream, and SQLite's own figures
    "_litestream_seq": "CREATE TABLE _litestream_seq (id INTEGER PRIMARY KEY, seq INTEGER)",
    "_litestream_lock": "CREATE TABLE _litestream_lock (id INTEGER)",
    "sqlite_stat1": "CREATE TABLE sqlite_stat1(tbl,idx,stat)",
    "sqlite_stat4": "CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)",
}


@SCHEMA()
def m001_people_school_learning(db: sqlite_utils.Database) -> None:
    _run(db, "0001_people_school_learning.sql")


@SCHEMA()
def m002_policy_register_courses(db: sqlite_utils.Database) -> None:
    _run(db, "0002_policy_register_courses.sql")


@SCHEMA()
def m003_who_somebody_was(db: sqlite_utils.Database) -> None:
    fold_again(db)  # before anything keeps who somebody was: they are nobody else for it
    _run(db, "0003_who_somebody_was.sql")


@SCHEMA()
def m004_deputies(db: sqlite_utils.Database) -> None:
    _run(db, "0004_deputies.sql")


@SCHEMA()
def m005_links_shown_again(db: sqlite_utils.Database) -> None:
    _run(db, "0005_links_shown_again.sql")


@SCHEMA()
def m006_backups_elsewhere(db: sqlite_utils.Database) -> None:
    _run(db, "0006_backups_elsewhere.sql")


@SCHEMA()
def m007_lessons_read_scenarios_aside(db: sqlite_utils.Database) -> None:
    _run(db, "0007_lessons_read_scenarios_aside.sql")


@SCHEMA()
def m008_lists_on_their_way_in(db: sqlite_utils.Database) -> None:
    _run(db, "0008_lists_on_their_way_in.sql")


@SCHEMA()
def m009_own_phone(db: sqlite_utils.Database) -> None:
    _run(db, "0009_own_phone.sql")


@SCHEMA()
def m010_letters_and_chores(db: sqlite_utils.Database) -> None:
    _run(db, "0010_letters_and_chores.sql")


@SCHEMA()
def m011_groups_of_staff_and_cycles(db: sqlite_utils.Database) -> None:
    _run(db, "0011_groups_of_staff_and_cycles.sql")


@SCHEMA()
def m012_joiners_and_leavers(db: sqlite_utils.Database) -> None:
    _run(db, "0012_joiners_and_leavers.sql")


@SCHEMA()
def m013_backups_by_themselves(db: sqlite_utils.Database) -> None:
    _run(db, "0013_backups_by_themselves.sql")


@SCHEMA()
def m014_acts(db: sqlite_utils.Database) -> None:
    _run(db, "0014_acts.sql")


@SCHEMA()
def m015_what_goes(db: sqlite_utils.Database) -> None:
    _run(db, "0015_what_goes.sql")


@SCHEMA()
def m016_reminders(db: sqlite_utils.Database) -> None:
    _run(db, "0016_reminders.sql")


@SCHEMA()
def m017_evidence(db: sqlite_utils.Database) -> None:
    _run(db, "0017_evidence.sql")


@SCHEMA()
def m018_certificates(db: sqlite_utils.Database) -> None:
    _run(db, "0018_certificates.sql")
    completed = db.execute(
        "select c.id from completions c join people p on p.id = c.person where c.lesson = '' and p.erased_at is null order by c.id"
    ).fetchall()
    for (completion,) in completed:
        db.execute("insert into certificates (completion, code) values (?, ?)", [completion, new_code()])


@SCHEMA()
def m019_sign_offs_and_corrections(db: sqlite_utils.Database) -> None:
    _run(db, "0019_sign_offs_and_corrections.sql")


@SCHEMA()
def m020_badges(db: sqlite_utils.Database) -> None:
    _run(db, "0020_badges.sql")


@SCHEMA()
def m021_packs(db: sqlite_utils.Database) -> None:
    _run(db, "0021_packs.sql")


@SCHEMA()
def m022_heads_leave(db: sqlite_utils.Database) -> None:
    _run(db, "0022_heads_leave.sql")


@SCHEMA()
def m023_scenario_tens(db: sqlite_utils.Database) -> None:
    _run(db, "0023_scenario_tens.sql")


@SCHEMA()
def m024_ways_in(db: sqlite_utils.Database) -> None:
    _run(db, "0024_ways_in.sql")


def _run(db: sqlite_utils.Database, name: str) -> None:
    """Run the statements of a file, in the transaction that is open. A statement ends at the end of a line.

    (sqlite_utils parts them letter by letter, for which a new database waits half a second.)
    """
    statement = ""
    for line in (Path(__file__).with_name("schema") / name).read_text(encoding="utf-8").splitlines(keepends=True):
        statement += line
        if line.rstrip().endswith(";") and sqlite3.complete_statement(statement):
            db.conn.execute(statement)
            statement = ""


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
            backup(db, path.parent / FOLDER / named_for(now, "before-upgrade"))
            upgrade(db, schema)
    finally:
        db.close()  # so that a server may fork its processes after this
    return db


def open_existing(path: Path, looking: bool = False, schema: Migrations = SCHEMA) -> Database:
    """The database at `path` as it is; nothing is made or upgraded. Who is only `looking` needs no writable disk.

    Raises DatabaseMissing, DatabaseOlder, DatabaseNewer or another DatabaseFault.
    """
    db = Database(path, looking)
    if pending(db, schema):
        raise DatabaseOlder
    return db


def upgrade(db: Database, schema: Migrations = SCHEMA) -> None:
    """Bring a database to the present schema, whole or not at all."""
    with transaction(db):
        _apply(db.connection(), schema)


def pending(db: Database, schema: Migrations = SCHEMA) -> list[str]:
    """The migrations that the database lacks. Raises DatabaseNewer where it has some that are not known here."""
    ours = [step.name for step in schema.pending(sqlite_utils.Database(memory=True))]
    theirs = _applied(db, schema)
    if set(theirs) - set(ours) or db.value("pragma user_version") > len(ours):
        raise DatabaseNewer
    return [name for name in ours if name not in theirs]


def check_as_made(db: Database, schema: Migrations = SCHEMA) -> None:
    """Raises SchemaChanged unless the database has, word for word, the schema that its migrations make.

    So there are the tables, rules and triggers that this program wrote, and no other.
    """
    theirs = _words(db.connection())
    applied = _applied(db, schema)
    made = _made_by(tuple(applied), schema)
    strange = {name for kind, name, *_ in theirs ^ made if (kind, name, name, OTHERS.get(name)) not in theirs}
    if strange or db.value("pragma user_version") != len(applied):
        raise SchemaChanged(", ".join(sorted(strange)[:5]) or "its version")


def without_others(db: Database) -> None:
    """Inside a transaction: take away what other programs keep in the database; they make it again."""
    for name in OTHERS:
        db.execute(f"drop table if exists {name}")


def _applied(db: Database, schema: Migrations) -> list[str]:
    try:
        return [step.name for step in schema.applied(db.connection())]
    except PYTHON_ERRORS as error:
        raise fault_for(error) from error


@lru_cache(maxsize=4)
def _made_by(steps: tuple[str, ...], schema: Migrations) -> set[tuple[str, str, str, str | None]]:
    """The schema that these steps make; an empty one where they are not the first of ours, in order."""
    memory = sqlite_utils.Database(memory=True)
    try:
        ours = [step.name for step in schema.pending(memory)]
        if list(steps) == ours[: len(steps)]:
            schema.apply(memory, stop_before=ours[len(steps) :])
        return _words(memory)
    finally:
        memory.close()


def _words(connection: sqlite_utils.Database) -> set[tuple[str, str, str, str | None]]:
    try:
        return set(connection.execute("select type, name, tbl_name, sql from sqlite_schema").fetchall())
    except PYTHON_ERRORS as error:
        raise fault_for(error) from error


def _make(path: Path, schema: Migrations) -> None:
    """Make a new database out of sight, then give it its name; if another process was faster, use that one."""
    _refuse_remains(path)
    try:
        with workshop(path) as folder:
            _fill(folder / path.name, schema)
            put_in_place(folder / path.name, path)
    except FileExistsError:
        return
    except OSError as error:
        raise DatabaseFault(
            f"The database could not be made in {path.parent} ({error.strerror}). "
            "See that the folder is there and can be written."
        ) from error
    except PYTHON_ERRORS as error:
        raise fault_for(error) from error


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
    open(path, "xb", opener=private).close()
    connection = sqlite_utils.Database(bare_connection(path), execute_plugins=False)
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
    evidence.enter_what_is_due(connection)
    connection.execute(f"pragma user_version = {len(schema.applied(connection))}")

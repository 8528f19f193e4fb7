"""What is well with the records and what isn't, each with a plain word and what to do."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlite_utils.utils import sqlite3

from . import backup
from .columns import moment
from .database import Database, check_writable
from .faults import DatabaseFault
from .migrations import pending
from .people import has_lead
from .restore import latest_record

BACKUP_EVERY = timedelta(days=7)
CLOCK_MAY_DIFFER = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Finding:
    name: str
    ok: bool
    words: str
    what_to_do: str  # empty where all is well


def examine(data: Path, now: datetime) -> list[Finding]:
    """Look at the data folder, the database in it and its backups. Writes one row to see that it can."""
    path = data / "induction.db"
    findings = [_folder(data)]
    try:
        db = Database(path)
        try:
            findings += [look(db, now) for look in _LOOKS]
        finally:
            db.close()
    except DatabaseFault as fault:
        do = "If it stays so, restore the newest backup with `induction restore`."
        findings.append(Finding("database", False, str(fault), do))
    return findings


def _folder(data: Path) -> Finding:
    if not data.is_dir():
        return Finding("data folder", False, f"{data} is not there.", "Set INDUCTION_DATA to the right folder.")
    if stat.S_IMODE(data.stat().st_mode) & 0o077:
        return Finding("data folder", False, f"Others on this machine can look into {data}.", f"chmod 700 {data}")
    return Finding("data folder", True, str(data), "")


def _sound(db: Database, now: datetime) -> Finding:
    """Raises DatabaseFault where it is damaged."""
    db.value("select 1 from pulse")
    backup.check_sound(db.path)
    journal = db.value("pragma journal_mode")
    return Finding("database", True, f"Sound; SQLite {sqlite3.sqlite_version}, journal {journal}.", "")


def _schema(db: Database, now: datetime) -> Finding:
    if pending(db):
        return Finding("schema", False, "The database waits for an upgrade.", "Run `induction migrate`.")
    return Finding("schema", True, "As this version of the program wants it.", "")


def _writes(db: Database, now: datetime) -> Finding:
    try:
        check_writable(db, now)
    except DatabaseFault as fault:
        return Finding("writing", False, str(fault), "Until then answers can't be saved.")
    return Finding("writing", True, "A real write works.", "")


def _space(db: Database, now: datetime) -> Finding:
    free, size = shutil.disk_usage(db.path.parent).free, backup.size(db.path)
    words = f"{free // 10**6:,} MB free, the database has {max(1, size // 10**6):,} MB."
    if free < 2 * size:
        return Finding("space", False, words, "Free some space: a backup needs twice the database's size.")
    return Finding("space", True, words, "")


def _backups(db: Database, now: datetime) -> Finding:
    made = [file.stat().st_mtime for file in (db.path.parent / "backups").glob("induction-*.db")]
    do = "Run `induction backup`, and keep a copy on another machine."
    if not made:
        since = db.value("select min(created_at) from people")
        fresh = since is None or now - moment(since) < BACKUP_EVERY
        words = "None yet; the first is due within a week." if fresh else "There is no backup in backups/."
        return Finding("backups", fresh, words, "" if fresh else do)
    age = now - datetime.fromtimestamp(max(made), now.tzinfo)
    days = max(0, age.days)
    words = f"The newest backup is {days} day{'s' * (days != 1)} old."
    return Finding("backups", age <= BACKUP_EVERY, words, "" if age <= BACKUP_EVERY else do)


def _clock(db: Database, now: datetime) -> Finding:
    latest = latest_record(db)
    if latest and moment(latest) > now + CLOCK_MAY_DIFFER:
        words = f"The clock says {now:%Y-%m-%d %H:%M} UTC; records go on to {moment(latest):%Y-%m-%d %H:%M} UTC."
        return Finding("clock", False, words, "Put this machine's clock right; see that it asks a time server.")
    return Finding("clock", True, f"{now:%Y-%m-%d %H:%M} UTC, after the latest record.", "")


def _lead(db: Database, now: datetime) -> Finding:
    if has_lead(db):
        return Finding("lead", True, "There is a lead.", "")
    return Finding("lead", False, "Nobody is lead yet.", "Run `induction first-run` and open the link it prints.")


_LOOKS: tuple[Callable[[Database, datetime], Finding], ...] = (
    _sound, _schema, _writes, _space, _backups, _clock, _lead,
)

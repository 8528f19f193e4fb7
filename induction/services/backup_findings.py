"""What is well with the backups and what isn't: those here, the copy elsewhere, and whether one was proved."""

from __future__ import annotations

from datetime import datetime, timedelta

from ..records.school import backup_history, backups_elsewhere
from ..records.store import backup, vital_signs
from ..records.store.database import Database
from ..rules import backups as rules
from ..wording import backups as wording
from . import backup_copies
from .backups import lying, made_at
from .findings import Finding

EVERY = timedelta(days=7)  # older than that, the site is not ready
DRILL_COUNTS = timedelta(days=62)
AT_FIRST = timedelta(days=32)  # a school that has just begun has time for what comes once a month
DO = "Run `induction backup`, and keep a copy on another machine."


def look(db: Database, now: datetime) -> list[Finding]:
    if not backup_history.is_there(db):  # until the upgrade
        return [backups(db, now)]
    return [backups(db, now), elsewhere(db, now), drill(db, now)]


def backups(db: Database, now: datetime) -> Finding:
    """How many lie on this machine, how old the newest is, and whether the last try failed. Raises OSError."""
    folder = db.path.parent / backup.FOLDER
    daily = backup.daily_in(folder)
    by_hand = [made_at(path) for path in lying(folder) if path not in daily.values()]
    last = backup_history.last_run(db) if backup_history.is_there(db) else None
    failed = f" {wording.not_made(last.at, last.words)}" if last and last.words else ""
    if not daily and not by_hand:
        since = vital_signs.begun(db)
        fresh = (since is None or now - since < EVERY) and not failed
        words = "None yet; the first is made in the first night." if fresh else f"There is no backup in backups/.{failed}"
        return Finding("backups", fresh, words, "" if fresh else DO, {"backups": 0})
    age = now - max([*daily, *by_hand], key=lambda at: (at <= now, at))  # one that a clock dated ahead is not the newest
    stay = rules.staying(daily, now)
    counts = {"daily": len(stay.daily), "weekly": len(stay.weekly), "monthly": len(stay.monthly)}
    days, late = max(0, age.days), age > EVERY
    numbers = {"backups": len(daily) + len(by_hand), "newest_backup_days": days, "newest_backup_seconds": max(0, int(age.total_seconds()))}
    numbers |= {f"{kind}_backups": count for kind, count in counts.items()}
    words = wording.lying_here(counts | {"dated later than today": len(stay.later), "made by hand": len(by_hand)}, days) + failed
    return Finding("backups", not (late or failed), words, DO if late or failed else "", numbers, stops=late)


def elsewhere(db: Database, now: datetime) -> Finding:
    """Whether a copy lies elsewhere: in the second folder, or as a lead has said."""
    name, stops = "copy elsewhere", False
    last = backup_history.last_copy(db)
    if last and last.folder:
        well = backup_history.last_copy(db, well=True)
        before = f" {wording.last_copied(well.at)}" if well and well.folder == last.folder else ""
        if last.words:
            return Finding(name, False, f"{last.words}{before}", wording.SEE_TO_IT, stops=stops)
        if backup_copies.works(db, now) is None:
            return Finding(name, False, wording.copied(last.at, last.folder), wording.SEE_TO_IT, stops=stops)
        return Finding(name, True, wording.copied(last.at, last.folder), stops=stops)
    said = backups_elsewhere.latest(db)
    if said and said.elsewhere:
        return Finding(name, True, wording.said_elsewhere(said.said_by_name, said.at), stops=stops)
    if _has_just_begun(db, now):
        return Finding(name, True, wording.NOBODY_SAID, stops=stops)
    return Finding(name, False, wording.NOBODY_SAID, wording.ELSEWHERE, stops=stops)


def drill(db: Database, now: datetime) -> Finding:
    """Whether a backup was proved of late, and what the drill saw."""
    last = backup_history.last_drill(db)
    if last is None:
        fresh = _has_just_begun(db, now)
        return Finding("drill", fresh, wording.NOT_DRILLED, "" if fresh else wording.DRILL, stops=False)
    words = wording.drilled(last.at, last.file, last.words)
    ok = last.ok and now - last.at <= DRILL_COUNTS
    numbers = {"last_drill_seconds": max(0, int((now - last.at).total_seconds())), "last_drill_well": int(last.ok)}
    return Finding("drill", ok, words, "" if ok else wording.DRILL, numbers, stops=False)


def _has_just_begun(db: Database, now: datetime) -> bool:
    since = vital_signs.begun(db)
    return since is None or now - since < AT_FIRST

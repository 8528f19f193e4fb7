"""Backups: the one of each night, made without being asked, and what a lead says of those that the site can't know of."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from ..records import evidence
from ..records.school import backup_history, backups_elsewhere
from ..records.store import backup, backup_folder, vital_signs
from ..records.store.database import Database, DatabaseFault, transaction
from ..rules import backups as rules
from . import backup_copies

log = logging.getLogger("induction.backups")


class NoBackupYet(Exception):
    """There is none of which a copy could lie elsewhere."""


def keep(db: Database, now: datetime, keys: Sequence[str] = (), copy_to: Path | None = None) -> None:
    """See that there is a backup of this night, that a copy lies in the second folder, and that old ones go.

    Encrypted for the holders of the `keys`. May be called at any time and again: what is done already is not done twice,
    by two servers neither. What fails is kept with its reason, and tried again after an hour.
    """
    folder = db.path.parent / backup.FOLDER
    try:
        with backup_folder.alone_at(folder) as alone:
            if not alone:
                return
            _make(db, folder, now, keys)
            _note(db, folder, now)
            backup_copies.keep(db, folder, copy_to, now)
            for path in backup_folder.remove_all_but(folder, rules.staying(backup.daily_in(folder), now)):
                log.info("The backup %s has had its time", path.name)
    except OSError as error:
        _say_not_made(db, f"{folder} can’t be used ({error.strerror}).", now)


def _make(db: Database, folder: Path, now: datetime, keys: Sequence[str]) -> None:
    """This night's, where it is due and did not fail a moment ago."""
    if not rules.is_due(backup.daily_in(folder), vital_signs.begun(db), now) or _failed_just_now(db, now):
        return
    try:
        latest = evidence.latest(db)
        name = backup.named_for(now, backup.DAILY, keys, latest.head if latest else "")
        left_out = backup.backup(db, folder / name, keys)
    except DatabaseFault as fault:
        _say_not_made(db, str(fault), now)
        return
    log.info("The backup of this night is made")
    for each in left_out:
        log.warning("Not in the backup, since the site doesn't read it either: %s", each)


def _failed_just_now(db: Database, now: datetime) -> bool:
    last = backup_history.last_run(db)
    return last is not None and last.words != "" and rules.is_recent(last.at, now, rules.TRY_AGAIN)


def _say_not_made(db: Database, why: str, now: datetime) -> None:
    if not _failed_just_now(db, now):
        log.error("No backup was made: %s", why)
        with transaction(db):
            backup_history.say_not_made(db, why, now)


def _note(db: Database, folder: Path, now: datetime) -> None:
    """Keep how the newest was when it was made, by which a drill knows it again; also where the one who made it was killed."""
    made = backup.daily_in(folder)
    newest = made[max(made)] if made else None
    if newest is not None and backup_history.made(db, newest.name) is None:
        length, sha256 = backup_folder.digest(newest)
        with transaction(db):
            backup_history.say_made(db, newest.name, length, sha256, now)


def say_elsewhere(db: Database, elsewhere: bool, *, by: int, now: datetime) -> bool:
    """Keep that a copy lies on another machine, or no longer does; False, and nothing kept, where that stands already.

    Raises NoBackupYet where there is nothing that could have been copied, OSError where that can't be seen.
    """
    if elsewhere and not any_lie_in(db.path.parent):
        raise NoBackupYet
    with transaction(db):
        said = backups_elsewhere.latest(db)
        if (said is not None and said.elsewhere) is elsewhere:
            return False
        backups_elsewhere.say(db, elsewhere, by, now)
        return True


def any_lie_in(data: Path) -> bool:
    """Raises OSError."""
    return any(lying(data / backup.FOLDER))


def lying(folder: Path) -> list[Path]:
    """The backups in a folder, whether made by hand or by themselves. Raises OSError."""
    names = (f"{backup.BY_HAND}-*.zip", f"{backup.BY_HAND}-*.zip.age", f"{backup.BY_HAND}-*.db")
    return [*backup.daily_in(folder).values(), *(path for name in names for path in folder.glob(name))]


def made_at(path: Path) -> datetime:
    """When a backup was made: as its name says or, of one that was made by hand, its file. Raises OSError."""
    return backup.moment_of(path.name) or datetime.fromtimestamp(path.stat().st_mtime, UTC)

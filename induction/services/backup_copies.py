"""The second folder, on a share or a stick: each day's backup is copied there, and what has had its time goes there too."""

from __future__ import annotations

import hashlib
import logging
import os
import threading
from datetime import datetime
from pathlib import Path

from ..records.school import backup_history, school
from ..records.school.backup_history import Copy
from ..records.store import backup, backup_folder
from ..records.store.database import Database, DatabaseFault, transaction
from ..rules import backups as rules
from ..wording import backups as wording

log = logging.getLogger("induction.backups")
PATIENCE = 20.0  # seconds that a share has to answer


def keep(db: Database, folder: Path, copy_to: Path | None, now: datetime) -> None:
    """See that the newest daily backup in `folder` lies in `copy_to` too. What fails is kept with its reason; the one at home counts."""
    last = backup_history.last_copy(db)
    if copy_to is None:
        if last and last.folder:
            with transaction(db):
                backup_history.say_copied(db, "", "", "", now)
        return
    made = backup.daily_in(folder)
    newest = max(made, default=None)
    if newest is None or _is_done(last, copy_to, made[newest], now):
        return
    why_not = _copy(db, made[newest], copy_to, now)
    if why_not:
        log.error("The backup was not copied: %s", why_not)
    with transaction(db):
        backup_history.say_copied(db, str(copy_to), made[newest].name, why_not, now)


def _is_done(last: Copy | None, copy_to: Path, newest: Path, now: datetime) -> bool:
    """Whether that copy is there, or failed a moment ago."""
    same = last is not None and (last.folder, last.file) == (str(copy_to), newest.name)
    return last is not None and same and (not last.words or rules.is_recent(last.at, now, rules.TRY_AGAIN))


def _copy(db: Database, file: Path, copy_to: Path, now: datetime) -> str:
    """Copy it; else why not."""
    if not _answers(copy_to):
        return wording.no_answer(str(copy_to))
    try:
        if not copy_to.is_dir():
            return wording.not_there(str(copy_to))
        if backup_folder.on_one_disk(copy_to, db.path.parent):
            return wording.same_disk(str(copy_to))
        place = copy_to / own_folder(db)
        backup_folder.copy_to(file, place)
        backup_folder.remove_all_but(place, rules.staying(backup.daily_in(place), now))
    except DatabaseFault as fault:  # no room
        return str(fault)
    except OSError as error:
        return wording.not_copied(error.errno, error.strerror or str(error), str(copy_to))
    return ""


def own_folder(db: Database) -> str:
    """In which several schools that share a second folder don't take each other's files for their own."""
    return f"induction-{hashlib.sha256(school.key(db).encode()).hexdigest()[:8]}"


def _answers(folder: Path) -> bool:
    """Whether a folder answers at all: a share whose machine is away may keep whoever looks waiting without end."""
    looking = threading.Thread(target=os.path.exists, args=[folder], name="second-folder", daemon=True)
    looking.start()
    looking.join(PATIENCE)
    return not looking.is_alive()


def works(db: Database, now: datetime) -> Copy | None:
    """The last copy, where the second folder is in use and does its work."""
    last, well = backup_history.last_copy(db), backup_history.last_copy(db, well=True)
    fresh = well is not None and now - well.at <= rules.COPY_COUNTS
    return well if last and last.folder and well and well.folder == last.folder and fresh else None

"""The data folder and what lies in it: made by the few commands that may make it, looked at by all the others."""

from __future__ import annotations

import os
import pwd
from contextlib import closing
from datetime import datetime
from pathlib import Path

from ..records.people import one_time_links
from ..records.store import key_files, migrations
from ..records.store.backup import FOLDER
from ..records.store.database import Database
from ..records.store.faults import DatabaseMissing, FolderShut
from ..records.store.restore import Restored
from ..records.store.school_file import DATABASE, KEY
from ..records.store.whole_files import sweep
from ..rules.acts import Act, What
from ..wording.dates import in_utc
from . import acts, badges


def make_folder(data: Path) -> None:
    """Make the data folder, private to this account. Raises FolderShut where it can't be this account's own."""
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        _check_owner(data)
        if data.stat().st_mode & 0o077:
            data.chmod(0o700)
    except OSError as fault:
        raise FolderShut(
            f"The data folder {data} can't be used ({fault.strerror}). Nothing was changed. "
            "Name another folder with INDUCTION_DATA, or see that this account may write there."
        ) from fault


def prepare(data: Path, now: datetime) -> Database:
    """The data folder with the database and the keys in it, made or brought up to date.

    None is made where a school has been: beside backups or a key. Raises FolderShut, DatabaseFault.
    """
    been = _been(data)  # looked for before the database: the key is made after it
    if been and not (data / DATABASE).exists():
        raise _gone(data, been)
    make_folder(data)
    for folder in (data, data / FOLDER):
        sweep(folder)
    db = migrations.open_database(data / DATABASE, now)
    secret_key(data)
    one_time_links.find_key(db)
    badges.find_key(db, data, now)
    return db


def existing(data: Path, looking: bool = False) -> Database:
    """The database that is there, in the present schema. Nothing is made or changed. Raises DatabaseFault."""
    return migrations.open_existing(found(data), looking)


def found(data: Path) -> Path:
    """The database that is there, in whatever schema. Raises FolderShut, DatabaseMissing."""
    try:
        if not data.exists():
            raise FolderShut(f"There is no data folder {data}. Nothing was made. Set INDUCTION_DATA to the right one.")
        _check_owner(data)
        if not (data / DATABASE).exists():
            raise _gone(data, _been(data))
    except OSError as fault:
        raise FolderShut(f"The data folder {data} can't be used ({fault.strerror}). Nothing was changed.") from fault
    return data / DATABASE


def _been(data: Path) -> Path | None:
    """What shows that a school has been here."""
    return next((each for each in (data / FOLDER, data / KEY) if each.exists()), None)


def _gone(data: Path, been: Path | None) -> DatabaseMissing:
    if been is None:
        return DatabaseMissing(
            f"There is no database in the data folder {data}. Nothing was made. "
            "Set INDUCTION_DATA to the right folder; to begin a school here, start the site."
        )
    return DatabaseMissing(
        f"There is no database in the data folder {data}, but {been.name} is there, so there was a school. Nothing was made. "
        f"Put {DATABASE} back, or restore the newest backup with `induction restore`. To begin anew, move {been} away first."
    )


def _check_owner(data: Path) -> None:
    """Raises FolderShut where the folder belongs to another account: what is written there, that one couldn't read."""
    owner = data.stat().st_uid
    if owner != os.geteuid():
        raise FolderShut(
            f"The data folder {data} belongs to the account {_name(owner)}, so nothing was done. "
            "Run this as that account, or name another folder with INDUCTION_DATA."
        )


def _name(account: int) -> str:
    try:
        return pwd.getpwuid(account).pw_name
    except KeyError:
        return str(account)


def account_for(data: Path) -> str | None:
    """As root: the account that the data folder belongs to or, where there is none yet, is to belong to; None: root itself.

    A new folder is for the account whose home it is, as the guide sets it up; else for whoever owns the folder above.
    """
    if data.exists():
        owner = data.stat().st_uid
    else:
        homes = [account.pw_uid for account in pwd.getpwall() if account.pw_dir == str(data)]
        owner = homes[0] if homes else next(each for each in data.parents if each.exists()).stat().st_uid
    return _name(owner) if owner else None


def secret_key(data: Path) -> bytes:
    """The key that signs cookies and forms; made at the first start. Raises OSError."""
    return key_files.kept(data / KEY)


def note_restore(data: Path, name: str, done: Restored, now: datetime) -> None:
    """Note in the records that were put back, that they were: after the fact, since they are in place only then."""
    became = {"records up to": in_utc(done.latest) if done.latest else "nothing"}
    if done.lost_after:
        became["those after that are gone, up to"] = in_utc(done.lost_after)
    if done.head_before:
        became["head of the evidence before"] = done.head_before
    with closing(existing(data)) as db:
        acts.note_alone(db, Act(What.RESTORED, None, now, about=name, became=became))

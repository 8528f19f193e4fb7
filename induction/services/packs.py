"""Inspection packs that leads ask for: one is made at a time, beside the site, and lies in the data folder for a day.

A pack holds everybody's names. It is a file for this account alone, no part of a backup, and goes as soon as anybody's record
is erased. That it was downloaded is an act.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from ..records.people import people
from ..records.school import packs
from ..records.school.packs import Kept, Wanted
from ..records.store import backup_folder
from ..records.store.database import Database, transaction
from ..records.store.whole_files import put_in_place
from ..records.store.whole_files import sweep as sweep_workshops
from ..rules.acts import Act, What
from ..rules.calendar import local
from ..rules.pack import KEPT_FOR, LONGEST
from ..wording import pack as wording
from . import acts

FOLDER = "packs"  # in the data folder


class PackFault(Exception):
    """A pack can't be asked for; the words say why."""


class AnotherUnderWay(PackFault):
    def __init__(self, by: str) -> None:
        super().__init__(wording.another_under_way(by))


class DayToCome(PackFault):
    def __init__(self) -> None:
        super().__init__(wording.DAY_TO_COME)


class NotHereYet(PackFault):
    def __init__(self) -> None:
        super().__init__(wording.NOT_HERE_YET)


@dataclass(frozen=True, slots=True)
class Download:
    """A pack as it is handed out: an open file, for whoever closes it, and what it is called."""

    file: IO[bytes]
    name: str


def ask(db: Database, wanted: Wanted, *, by: int, now: datetime) -> int:
    """Ask for a pack; its number. The same, asked for while it is under way, is one.

    Raises AnotherUnderWay, DayToCome, NotHereYet, NoSuchPerson, WasErased.
    """
    if wanted.day > local(now).date():
        raise DayToCome
    with transaction(db):
        if wanted.person_id is not None:
            person = people.find(db, wanted.person_id)
            if person is None:
                raise people.NoSuchPerson
            if person.erased_at:
                raise people.WasErased
            if wanted.day < local(person.created_at).date():
                raise NotHereYet
        _forget(db, now)
        under_way = packs.under_way(db)
        if under_way and under_way.wanted == wanted:
            return under_way.id
        if under_way:
            raise AnotherUnderWay(under_way.by_name)
        return packs.ask(db, wanted, by=by, now=now)


def at_step(db: Database, number: int, step: int) -> None:
    """Keep how far the making of it is."""
    with transaction(db):
        packs.at_step(db, number, step)


def made(db: Database, number: int, path: Path, now: datetime) -> bool:
    """Put a pack that is made where it can be downloaded; False where it is not wanted any more, as after somebody was erased.

    Raises OSError.
    """
    size, sha256 = backup_folder.digest(path)
    name = f"{secrets.token_hex(16)}.zip"
    with transaction(db):  # nothing is swept meanwhile, and nobody erased
        wanted = packs.made(db, number, name, size, sha256, now)
        if wanted:
            put_in_place(path, db.path.parent / FOLDER / name)
    return wanted


def failed(db: Database, number: int, why: str) -> None:
    with transaction(db):
        packs.failed(db, number, why)


def listing(db: Database, now: datetime) -> list[Kept]:
    """Those that are under way, that lie there, or that could not be made; the latest first."""
    return [each for each in packs.listing(db) if each.made_at is None or _lies_there(db, each, now)]


def download(db: Database, number: int, *, by: int, now: datetime) -> Download | None:
    """Hand a pack out: the act is kept before that. None where it is not there any more, or not as it was made."""
    found = packs.find(db, number)
    if found is None or not _lies_there(db, found, now):
        return None
    assert found.file and found.sha256
    file = _opened(db.path.parent / FOLDER / found.file, found.sha256)
    if file is None:
        return None
    about = wording.downloaded(found.wanted.day, found.sha256)
    try:
        acts.note_alone(db, Act(What.DOWNLOADED, by, now, found.wanted.person_id, about))
    except BaseException:
        file.close()
        raise
    return Download(file, wording.file_name(found.wanted.day, found.wanted.person_id))


def _opened(path: Path, sha256: str) -> IO[bytes] | None:
    """A file as it was made; None where it is gone, or another."""
    try:
        file = path.open("rb")
    except OSError:
        return None
    if hashlib.file_digest(file, "sha256").hexdigest() != sha256:
        file.close()
        return None
    file.seek(0)
    return file


def _lies_there(db: Database, kept: Kept, now: datetime) -> bool:
    fresh = kept.made_at is not None and now - KEPT_FOR < kept.made_at
    return fresh and kept.file is not None and (db.path.parent / FOLDER / kept.file).is_file()


def _forget(db: Database, now: datetime) -> None:
    packs.forget(db, asked_before=now - 2 * LONGEST, made_before=now - KEPT_FOR)


def sweep(db: Database, now: datetime) -> None:
    """See that what has had its time goes, and every file that no row names. Harmless at any time. Raises OSError."""
    if any(not each.under_way and now - KEPT_FOR >= (each.made_at or each.at) for each in packs.listing(db)):
        with transaction(db):
            _forget(db, now)
    sweep_files(db)


def sweep_files(db: Database) -> None:
    """Take away what lies in the folder and is not to be downloaded. One that is being made lies in a workshop. Raises OSError."""
    folder = db.path.parent / FOLDER
    if not folder.is_dir():
        return
    sweep_workshops(folder)
    if _left_over(db, folder):
        with transaction(db):  # none is put in place meanwhile
            for path in _left_over(db, folder):
                path.unlink(missing_ok=True)


def _left_over(db: Database, folder: Path) -> list[Path]:
    known = packs.files(db)
    return [path for path in folder.iterdir() if path.name not in known and not path.name.startswith(".")]

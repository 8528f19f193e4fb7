"""A backup taken in: laid out in a folder as a data folder is, whatever it was kept as.

What comes is taken for hostile: nothing but the names that are written here, no more bytes than the disk has room for.
"""

from __future__ import annotations

import json
import os
import stat
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from . import encryption
from .faults import BackupDamaged, BackupMissing, BackupShut, KeyUnfit, NotABackup
from .school_file import (
    ABOUT,
    ALONE,
    DATABASE,
    DEEPEST,
    FOLDERS,
    LONGEST_ABOUT,
    MOST_FILES,
    copy_at_most,
    digest,
    ends_well,
    files,
    open_plain,
    size,
)
from .whole_files import check_room, private, unfinished

SQLITE = b"SQLite format 3\0"
Held = Mapping[str, int]  # how many of each there were when a backup was made


def take_in(source: Path, folder: Path, name: str, keys: Sequence[encryption.Key] = ()) -> Held:
    """Copy what a backup, which people call `name`, holds into `folder`: laid out there as a data folder is.

    `source` is a whole backup; or a database alone, as earlier versions wrote it, with what SQLite left beside it; or a
    folder that is laid out so. What is encrypted is opened by one of the private `keys`. Nothing of it is looked at yet.
    Returns what it says of itself, where it does. Raises BackupMissing, BackupShut, NotABackup, KeyUnfit, BackupDamaged,
    NoRoom; OSError where `folder` can't be written.
    """
    if source.is_dir():
        _from_folder(source, folder, name)
        return {}
    with _opened(source, name) as file:
        beginning = file.read(len(encryption.BEGINNING))
        file.seek(0)
        if beginning == encryption.BEGINNING:
            return _from_encrypted(file, folder, name, keys)
        if beginning.startswith(b"PK"):
            return _from_zip(file, folder, name)
        if beginning.startswith(SQLITE):
            _database_alone(source, file, folder)
            return {}
        raise NotABackup(f"{name} is not a backup of this program. Nothing was changed.")


def _opened(source: Path, name: str) -> IO[bytes]:
    """A plain file that somebody names; it may be named by a link."""
    try:
        handle = os.open(source, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except (FileNotFoundError, NotADirectoryError):
        raise BackupMissing(f"There is no file {name}. Nothing was changed.") from None
    except OSError as error:
        raise BackupShut(f"{name} can't be read ({error.strerror}). Nothing was changed.") from error
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise NotABackup(f"{name} is no plain file. Nothing was changed.")
    return os.fdopen(handle, "rb")


def _from_encrypted(file: IO[bytes], folder: Path, name: str, keys: Sequence[encryption.Key]) -> Held:
    if not keys:
        raise KeyUnfit(
            f"{name} is encrypted. Nothing was changed. Name the file with the private key, such as:  --key backup-key.txt"
        )
    check_room(folder, 3 * os.fstat(file.fileno()).st_size, "open this")
    with unfinished(folder.with_name("opened")) as path, open(path, "r+b") as plain:
        encryption.decrypt(file, plain, keys, name)
        plain.seek(0)
        if plain.read(2) != b"PK":
            raise NotABackup(f"{name} holds no backup of this program. Nothing was changed.")
        return _from_zip(plain, folder, name)


def _from_folder(source: Path, folder: Path, name: str) -> None:
    if not (source / DATABASE).exists():
        raise NotABackup(f"{name} is a folder without {DATABASE}. Nothing was changed. Name the backup itself.")
    check_room(folder, 2 * size(source), "put this back")
    with _opened(source / DATABASE, name) as file:
        _database_alone(source / DATABASE, file, folder)
    for found in files(source):
        if not found.why_not:
            with open_plain(source / found.path) as file:
                _take(file, folder, found.path, found.size)


def _database_alone(path: Path, file: IO[bytes], folder: Path) -> None:
    """A database, with what SQLite has not joined to it yet. The rest that lies beside it is worked out anew."""
    length = os.fstat(file.fileno()).st_size
    check_room(folder, 2 * length, "put this back")
    _take(file, folder, DATABASE, length)
    for ending in ("-wal", "-journal"):
        beside = path.with_name(path.name + ending)
        if beside.is_file():
            with _opened(beside, str(beside)) as more:
                _take(more, folder, DATABASE + ending, os.fstat(more.fileno()).st_size)


def _from_zip(file: IO[bytes], folder: Path, name: str) -> Held:
    damaged = BackupDamaged(f"The backup {name} is damaged. Nothing was changed. Take another one, or fetch this one again.")
    if not ends_well(file):
        raise damaged
    try:
        with zipfile.ZipFile(file) as whole:
            members = [info for info in whole.infolist() if not info.is_dir() and info.filename != ABOUT]
            if not _are_ours(members):
                raise NotABackup(f"{name} holds other things than a backup of this program. Nothing was changed.")
            said = _said(whole)
            if said and said["files"] != digest(members):
                raise BackupDamaged(
                    f"The backup {name} is not whole: it holds other files than when it was made. Nothing was changed. Take another one."
                )
            check_room(folder, 2 * sum(info.file_size for info in members), "put this back")
            for info in members:
                with whole.open(info) as member:
                    _take(member, folder, info.filename, info.file_size)
            return {str(what): int(count) for what, count in said["counts"].items()} if said else {}
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, ValueError, TypeError) as error:
        raise damaged from error


def _said(whole: zipfile.ZipFile) -> dict[str, Any]:
    """What a backup says of itself; nothing where an earlier version made it. Raises ValueError."""
    if ABOUT not in whole.namelist():
        return {}
    with whole.open(ABOUT) as file:
        line = file.read(LONGEST_ABOUT).decode().rstrip("\n").rpartition("\n")[2]
    said: Any = json.loads(line) if line.startswith("{") else {}
    if said and not (isinstance(said.get("files"), str) and isinstance(said.get("counts"), dict)):
        raise ValueError
    return dict(said)


def _are_ours(members: list[zipfile.ZipInfo]) -> bool:
    names = [info.filename for info in members]
    plain = all(stat.S_IFMT(info.external_attr >> 16) in (0, stat.S_IFREG) for info in members)
    return plain and len(names) <= MOST_FILES + 1 and len(names) == len(set(names)) and DATABASE in names and all(map(_is_ours, names))


def _is_ours(name: str) -> bool:
    """Whether `write` could have written a file of this name."""
    first, *rest = name.split("/")
    sound = name.isprintable() and not {"", ".", ".."} & {first, *rest} and len(rest) < DEEPEST
    return sound and (name in ALONE if not rest else first in FOLDERS)


def _take(file: IO[bytes], folder: Path, path: str, length: int) -> None:
    """Copy a file to `path` in `folder`, for its owner alone. Raises BadZipFile where it is shorter than it says."""
    here = folder
    for step in path.split("/")[:-1]:
        here = here / step
        here.mkdir(mode=0o700, exist_ok=True)
    with open(folder / path, "xb", opener=private) as out:
        copy_at_most(file, out, length)
        if out.tell() != length:
            raise zipfile.BadZipFile
        os.fsync(out.fileno())

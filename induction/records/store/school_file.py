"""The one file that is a school: a zip of its database and of all that belongs to it in the data folder.

Only plain files are taken, opened without following links: what else lies there the site doesn't read either. What is
taken in from such a file is taken for hostile: nothing but the names that are written here, no more bytes than the
disk has room for.
"""

from __future__ import annotations

import errno
import os
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from .faults import BackupDamaged, BackupMissing, BackupShut, NotABackup
from .whole_files import check_room, private

DATABASE = "induction.db"
KEY = "secret-key"
FOLDERS = ("courses", "quizzes", "last-content", "kept", "documents")
PARTS = (*FOLDERS, KEY)  # of a school beside its database, in the data folder
ALONE = (DATABASE, KEY)  # files that lie in no folder
MOST_FILES = 50_000  # beside the database
DEEPEST = 12  # folders in one another
LONGEST_DIRECTORY = 16 * 1024 * 1024  # bytes of a zip's list of files
SQLITE = b"SQLite format 3\0"
END = b"PK\x05\x06"  # of a zip's last 22 bytes
ABOUT = "about-this-file.txt"
WORDS = """This is a backup of a school's staff induction site: all that makes the school.

    induction restore FILE

puts it back. induction.db is an SQLite database with the records; courses and quizzes are the
school's own lessons and scenarios. It holds personal data: keep it as safe as the server.
"""


@dataclass(frozen=True, slots=True)
class _Found:
    """Something that lies in a data folder: a plain file, or why it is none."""

    path: str
    size: int
    why_not: str = ""


def write(database: Path, data: Path, out: IO[bytes]) -> list[str]:
    """Write a sound copy of the database and the rest of the school to `out`.

    Returns what was left out, each as a path and why. Raises OSError.
    """
    left_out = []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as whole:
        whole.writestr(ABOUT, WORDS)
        whole.write(database, DATABASE)
        for found in _files(data):
            if len(whole.filelist) - len((ABOUT, DATABASE)) == MOST_FILES:
                raise OSError(errno.EFBIG, f"there are more than {MOST_FILES:,} files in {', '.join(FOLDERS)}")
            why_not = found.why_not or _add(whole, data, found)
            if why_not:
                left_out.append(f"{_shown(found.path)} ({why_not})")
    return left_out


def check_whole(file: IO[bytes]) -> None:
    """Read what was written as a restore will. Raises OSError where the disk gives something else, or that can't be read."""
    try:
        with zipfile.ZipFile(file) as whole:
            damaged = whole.testzip() or not _ends_well(file)
    except zipfile.BadZipFile:
        damaged = True
    if damaged:
        raise OSError(errno.EIO, "it does not stand on the disk as it was written")


def _add(whole: zipfile.ZipFile, data: Path, found: _Found) -> str:
    """Add a plain file; else why not."""
    try:
        file = open_plain(data / found.path)
    except (NotPlain, OSError) as error:
        return str(error if isinstance(error, NotPlain) else error.strerror)
    with file:
        info = zipfile.ZipInfo.from_file(data / found.path, found.path, strict_timestamps=False)
        info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, (stat.S_IFREG | 0o600) << 16
        with whole.open(info, "w") as out:
            _copy_at_most(file, out, found.size)
    return ""


def size(data: Path) -> int:
    """Bytes of a school in its folder."""
    database = [data / (DATABASE + ending) for ending in ("", "-wal", "-journal")]
    return sum(part.stat().st_size for part in database if part.exists()) + sum(found.size for found in _files(data))


def _files(data: Path) -> Iterator[_Found]:
    """What of the school lies in its folder, in order."""
    for part in PARTS:
        if os.path.lexists(data / part):
            yield from _walk(data, part, 1)


def _walk(data: Path, path: str, depth: int) -> Iterator[_Found]:
    if not path.isprintable():
        yield _Found(path, 0, "its name is no plain text")
        return
    try:
        state = os.lstat(data / path)
        names = sorted(os.listdir(data / path)) if stat.S_ISDIR(state.st_mode) else []
    except OSError as error:
        yield _Found(path, 0, str(error.strerror))
        return
    if stat.S_ISREG(state.st_mode):
        yield _Found(path, state.st_size)
    elif not stat.S_ISDIR(state.st_mode):
        yield _Found(path, 0, NotPlain.words)
    elif depth == DEEPEST:
        yield _Found(path, 0, "a folder too deep in others")
    for name in names if depth < DEEPEST else ():
        yield from _walk(data, f"{path}/{name}", depth + 1)


def _shown(path: str) -> str:
    return "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in path)


class NotPlain(Exception):
    """A link, a device or a pipe where a file should be."""

    words = "a link, or no plain file"

    def __str__(self) -> str:
        return self.words


def open_plain(path: Path) -> IO[bytes]:
    """A plain file, opened without following a link. Raises NotPlain, OSError."""
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise NotPlain
    return os.fdopen(handle, "rb")


def _copy_at_most(file: IO[bytes], to: IO[bytes], most: int) -> None:
    """Copy, but no more than `most` bytes: a file may grow meanwhile."""
    while most > 0 and (piece := file.read(min(most, 1024 * 1024))):
        to.write(piece)
        most -= len(piece)


# Taking in what somebody hands over


def take_in(source: Path, folder: Path, name: str) -> None:
    """Copy what a backup, which people call `name`, holds into `folder`: laid out there as a data folder is.

    `source` is a whole backup; or a database alone, as earlier versions wrote it, with what SQLite left beside it; or a
    folder that is laid out so. Nothing of it is looked at yet. Raises BackupMissing, BackupShut, NotABackup,
    BackupDamaged, NoRoom; OSError where `folder` can't be written.
    """
    if source.is_dir():
        _from_folder(source, folder, name)
        return
    with _opened(source, name) as file:
        beginning = file.read(len(SQLITE))
        file.seek(0)
        if beginning.startswith(b"PK"):
            _from_zip(file, folder, name)
        elif beginning == SQLITE:
            _database_alone(source, file, folder)
        else:
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


def _from_folder(source: Path, folder: Path, name: str) -> None:
    if not (source / DATABASE).exists():
        raise NotABackup(f"{name} is a folder without {DATABASE}. Nothing was changed. Name the backup itself.")
    check_room(folder, 2 * size(source), "put this back")
    with _opened(source / DATABASE, name) as file:
        _database_alone(source / DATABASE, file, folder)
    for found in _files(source):
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


def _from_zip(file: IO[bytes], folder: Path, name: str) -> None:
    damaged = BackupDamaged(f"The backup {name} is damaged. Nothing was changed. Take another one, or fetch this one again.")
    if not _ends_well(file):
        raise damaged
    try:
        with zipfile.ZipFile(file) as whole:
            members = [info for info in whole.infolist() if not info.is_dir() and info.filename != ABOUT]
            if not _are_ours(members):
                raise NotABackup(f"{name} holds other things than a backup of this program. Nothing was changed.")
            check_room(folder, 2 * sum(info.file_size for info in members), "put this back")
            for info in members:
                with whole.open(info) as member:
                    _take(member, folder, info.filename, info.file_size)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, ValueError) as error:
        raise damaged from error


def _ends_well(file: IO[bytes]) -> bool:
    """Whether the file ends as `write` ends it, with a list of files that is not too long to be read into memory."""
    length = file.seek(0, os.SEEK_END)
    file.seek(max(0, length - 22))
    end = file.read(22)
    file.seek(0)
    return end.startswith(END) and int.from_bytes(end[12:16], "little") <= LONGEST_DIRECTORY


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
        _copy_at_most(file, out, length)
        if out.tell() != length:
            raise zipfile.BadZipFile
        os.fsync(out.fileno())

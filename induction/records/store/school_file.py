"""The one file that is a school: a zip of its database and of all that belongs to it in the data folder.

Only plain files are taken, opened without following links: what else lies there the site doesn't read either. How such a
file is taken in again stands in `taking_in`.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import stat
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

DATABASE = "induction.db"
KEY = "secret-key"
SIGNING_KEY = "signing-key"  # of badges
FOLDERS = ("courses", "quizzes", "last-content", "kept", "documents")
PARTS = (*FOLDERS, KEY, SIGNING_KEY)  # of a school beside its database, in the data folder
ALONE = (DATABASE, KEY, SIGNING_KEY)  # files that lie in no folder
MOST_FILES = 50_000  # beside the database
DEEPEST = 12  # folders in one another
LONGEST_DIRECTORY = 16 * 1024 * 1024  # bytes of a zip's list of files
END = b"PK\x05\x06"  # of a zip's last 22 bytes
ABOUT = "about-this-file.txt"
WORDS = """This is a backup of a school's staff induction site: all that makes the school.

    induction restore FILE

puts it back. induction.db is an SQLite database with the records; courses and quizzes are the
school's own lessons and scenarios. It holds personal data: keep it as safe as the server.

What it held when it was made, by which a restore sees whether all of it is there:
"""
LONGEST_ABOUT = 64 * 1024  # bytes


@dataclass(frozen=True, slots=True)
class _Found:
    """Something that lies in a data folder: a plain file, or why it is none."""

    path: str
    size: int
    why_not: str = ""


def write(database: Path, data: Path, out: IO[bytes], counts: Mapping[str, int]) -> list[str]:
    """Write a sound copy of the database, which holds so many of each, and the rest of the school to `out`.

    Returns what was left out, each as a path and why. Raises OSError.
    """
    left_out = []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as whole:
        whole.write(database, DATABASE)
        for found in files(data):
            if len(whole.filelist) - len((DATABASE,)) == MOST_FILES:
                raise OSError(errno.EFBIG, f"there are more than {MOST_FILES:,} files in {', '.join(FOLDERS)}")
            why_not = found.why_not or _add(whole, data, found)
            if why_not:
                left_out.append(f"{_shown(found.path)} ({why_not})")
        held = {"files": digest(whole.filelist), "counts": dict(counts)}
        whole.writestr(ABOUT, f"{WORDS}{json.dumps(held)}\n")
    return left_out


def digest(members: Iterable[zipfile.ZipInfo]) -> str:
    """Of which files there are, and of what is in them as far as a zip knows."""
    lines = sorted(f"{info.CRC:08x} {info.file_size} {info.filename}\n" for info in members)
    return f"{len(lines)} {hashlib.sha256(''.join(lines).encode()).hexdigest()}"


def check_whole(file: IO[bytes]) -> None:
    """Read what was written as a restore will. Raises OSError where the disk gives something else, or that can't be read."""
    try:
        with zipfile.ZipFile(file) as whole:
            damaged = whole.testzip() or not ends_well(file)
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
            copy_at_most(file, out, found.size)
    return ""


def size(data: Path) -> int:
    """Bytes of a school in its folder."""
    database = [data / (DATABASE + ending) for ending in ("", "-wal", "-journal")]
    return sum(part.stat().st_size for part in database if part.exists()) + sum(found.size for found in files(data))


def files(data: Path) -> Iterator[_Found]:
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


def copy_at_most(file: IO[bytes], to: IO[bytes], most: int) -> None:
    """Copy, but no more than `most` bytes: a file may grow meanwhile."""
    while most > 0 and (piece := file.read(min(most, 1024 * 1024))):
        to.write(piece)
        most -= len(piece)


def ends_well(file: IO[bytes]) -> bool:
    """Whether the file ends as `write` ends it, with a list of files that is not too long to be read into memory."""
    length = file.seek(0, os.SEEK_END)
    file.seek(max(0, length - 22))
    end = file.read(22)
    file.seek(0)
    return end.startswith(END) and int.from_bytes(end[12:16], "little") <= LONGEST_DIRECTORY

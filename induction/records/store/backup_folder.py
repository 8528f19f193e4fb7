"""The folders in which daily backups lie: one at work at a time, whole copies, and those that go when their time is over."""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
from collections.abc import Container, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from .backup import daily_in
from .whole_files import check_room, private, put_in_place, sweep, workshop

PIECE = 1024 * 1024  # bytes


@contextmanager
def alone_at(folder: Path) -> Iterator[bool]:
    """Whether nobody else is at the daily backups in this folder, which is made; until the end of the block nobody else begins.

    Raises OSError.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        _sweep(folder)
        yield True
    finally:
        os.close(handle)


def _sweep(folder: Path) -> None:
    """Remove what was left by somebody who was killed: a workshop or, where the disk knows no hard links, a name with nothing in it."""
    sweep(folder)
    for path in daily_in(folder).values():
        if path.stat().st_size == 0:
            path.unlink()


def digest(path: Path) -> tuple[int, str]:
    """How many bytes a file has, and its SHA-256. Raises OSError."""
    length, made = 0, hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            length += len(piece)
            made.update(piece)
    return length, made.hexdigest()


def copy_to(file: Path, folder: Path) -> None:
    """Copy a backup into another folder, where it has its name once it is whole. One that is there already and the same stays.

    Raises OSError, NoRoom.
    """
    folder.mkdir(mode=0o700, exist_ok=True)
    _sweep(folder)
    to = folder / file.name
    if to.exists():
        if digest(to) == digest(file):
            return
        to.unlink()
    check_room(folder, file.stat().st_size, "copy the backup")
    with workshop(to) as work:
        made = hashlib.sha256()
        with file.open("rb") as plain, open(work / to.name, "xb", opener=private) as out:
            while piece := plain.read(PIECE):
                made.update(piece)
                out.write(piece)
            out.flush()
            os.fsync(out.fileno())
        if digest(work / to.name)[1] != made.hexdigest():
            raise OSError(errno.EIO, "it does not stand there as it was written")
        put_in_place(work / to.name, to)


def remove_all_but(folder: Path, stay: Container[datetime]) -> list[Path]:
    """Remove the daily backups whose moments do not stay; those removed. Nothing else in the folder is touched. Raises OSError."""
    going = [path for at, path in sorted(daily_in(folder).items()) if at not in stay]
    for path in going:
        path.unlink(missing_ok=True)
    return going


def on_one_disk(folder: Path, data: Path) -> bool:
    """Whether a folder lies on the disk of the data folder or of the system: there an empty place to mount something lies too."""
    return folder.stat().st_dev in (data.stat().st_dev, Path("/").stat().st_dev)

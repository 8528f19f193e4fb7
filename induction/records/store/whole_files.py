"""A file or folder has its name only once it is whole and on the disk. Until then it lies in a workshop of its own.

A workshop is a folder that only this account may open. It goes when its maker is done; what a killed
maker has left there is swept away by the next one.
"""

from __future__ import annotations

import errno
import fcntl
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from .faults import NoRoom

WORKSHOP = re.compile(r"\..+\.[0-9a-f]{8}\.part(-wal|-journal)?")  # a folder; in version 1.1 a file
WITHOUT_LINKS = (errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK, errno.EACCES)


@contextmanager
def workshop(to: Path) -> Iterator[Path]:
    """A new folder beside `to`, in which `to` is made; gone afterwards. Raises OSError."""
    path, handle = _opened(to)
    try:
        yield path
    finally:
        os.close(handle)
        shutil.rmtree(path, ignore_errors=True)


def _opened(to: Path) -> tuple[Path, int]:
    """A workshop, and the handle whose lock says that somebody is at work there; the kernel lets go of it by itself."""
    while True:
        path = to.with_name(f".{to.name}.{secrets.token_hex(4)}.part")
        path.mkdir(mode=0o700)
        handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        with suppress(OSError):  # a disk on a network may know no locks; nothing is swept there either
            fcntl.flock(handle, fcntl.LOCK_EX)
        if path.exists():
            return path, handle
        os.close(handle)  # a sweeper was faster


@contextmanager
def unfinished(to: Path) -> Iterator[Path]:
    """An empty file that only its owner may read, in which `to` is made; gone afterwards. Raises OSError."""
    with workshop(to) as folder:
        open(folder / to.name, "xb", opener=private).close()
        yield folder / to.name


def private(path: str, flags: int) -> int:
    """Opens a file for its owner alone."""
    return os.open(path, flags | os.O_CLOEXEC, 0o600)


def sweep(folder: Path) -> None:
    """Remove from a folder of ours the workshops whose makers were killed. What can't be removed stays."""
    for left in (each for each in folder.glob(".*") if WORKSHOP.fullmatch(each.name)):
        with suppress(OSError):
            handle = os.open(left, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(left) if left.is_dir() else left.unlink()
            finally:
                os.close(handle)


def put_in_place(path: Path, to: Path) -> None:
    """Give a finished file its name, for good: after this a cut of the power can't take it.

    Raises FileExistsError where another file has that name already.
    """
    sync(path)
    try:
        os.link(path, to)  # unlike a rename it never takes the place of another file
    except FileExistsError:
        raise
    except OSError as error:
        if error.errno not in WITHOUT_LINKS:
            raise
        os.close(os.open(to, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o600))  # the name is ours
        os.replace(path, to)
    else:
        path.unlink()
    sync(to.parent)


def sync(path: Path) -> None:
    """See that a file, or the names in a folder, are on the disk."""
    handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def check_room(folder: Path, needed: int, what: str) -> None:
    """Raises NoRoom unless `folder` has room for that many bytes; `what` is what can't be done without."""
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise NoRoom(
            f"There is too little free space to {what}: {mb(needed)} are needed in {folder}, and {mb(free)} are free. "
            "Nothing was changed. Free some space, or use another disk."
        )


def mb(count: int) -> str:
    """Bytes as people say them."""
    return f"{-(-count // 10**6):,} MB"

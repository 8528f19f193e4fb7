"""Who uses the data folder: any number of servers together, or one command alone.

The operating system lets go of the lock when a process ends, however it ends.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FILE = "in-use"


class ServerRunning(Exception):
    """A server uses this data folder, so that nothing may be put in its place."""

    def __str__(self) -> str:
        return "The server is running on this data folder. Nothing was changed. Stop it, then do this again."


class FolderTaken(Exception):
    """A command that must be alone, such as a restore, uses this data folder."""

    def __str__(self) -> str:
        return "A restore is running on this data folder. Start the server when it is done."


@contextmanager
def serving(data: Path) -> Iterator[None]:
    """Hold the folder as one of its servers. Raises FolderTaken."""
    with _held(data, fcntl.LOCK_SH, FolderTaken):
        yield


@contextmanager
def alone(data: Path) -> Iterator[None]:
    """Hold the folder alone. Raises ServerRunning."""
    with _held(data, fcntl.LOCK_EX, ServerRunning):
        yield


@contextmanager
def _held(data: Path, kind: int, refused: type[Exception]) -> Iterator[None]:
    handle = os.open(data / FILE, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(handle, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            raise refused from None
        yield
    finally:
        os.close(handle)

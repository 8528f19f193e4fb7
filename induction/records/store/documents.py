"""Documents in the data folder, each under the SHA-256 of its bytes: written once, never changed, and a part of each backup."""

from __future__ import annotations

import hashlib
import re
from contextlib import suppress
from pathlib import Path

from .school_file import NotPlain, open_plain
from .whole_files import check_room, put_in_place, unfinished

FOLDER = "documents"
ROOM = 64 * 1024 * 1024  # bytes that are to stay free besides, so that the records can go on
_NAME = re.compile("[0-9a-f]{64}")


def keep(data: Path, content: bytes) -> str:
    """Keep a document; its SHA-256. Kept before, it stays as it is. Raises NoRoom, OSError."""
    name = hashlib.sha256(content).hexdigest()
    folder = data / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    if read(data, name) is not None:
        return name
    check_room(folder, ROOM + len(content), "keep this document")
    (folder / name).unlink(missing_ok=True)  # what lies there is damaged: these are the bytes
    with unfinished(folder / name) as fresh:
        fresh.write_bytes(content)
        with suppress(FileExistsError):  # another request was faster, with the same bytes
            put_in_place(fresh, folder / name)
    return name


def read(data: Path, name: str) -> bytes | None:
    """The bytes of a document; None where it is missing, or is not what was kept."""
    if not _NAME.fullmatch(name):
        return None
    try:
        with open_plain(data / FOLDER / name) as file:
            content = file.read()
    except (OSError, NotPlain):
        return None
    return content if hashlib.sha256(content).hexdigest() == name else None


def forget(data: Path, name: str) -> None:
    """Take a document away that nobody's record names any more; nothing where there is none. Raises OSError."""
    if _NAME.fullmatch(name):
        (data / FOLDER / name).unlink(missing_ok=True)

"""What was read and checked of the content, kept in the data folder: a start with nothing changed need not read it again.

Each is kept under the SHA-256 of all that made it: every text and picture, the pages that links may lead to, and the
program that read them. It is plain data, in a file of this account's alone, and is believed no further: where it is
damaged, another's, or anything else, the content is read anew, and nothing is said.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from .. import content
from ..content.checks.checker import Checked
from ..content.source import files
from ..records.store.whole_files import private, sweep, workshop
from . import plain_data

FOLDER = "compiled"
MOST = 4  # kept at once, those used last: what is taught, what passed last, what is shipped, and one before
LARGEST = 64 * 2**20  # bytes of one
READ_WITH = ("Markdown", "PyYAML")


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept in a data folder. The site `writes`; who looks at a school alone changes nothing there."""

    data: Path
    writes: bool = False

    def checked(self, folders: tuple[Path | None, ...], pages: Collection[str], read: Callable[[], Checked]) -> Checked:
        """What `read` gives of the content in these folders, or gave when it was the same. Raises what `read` does."""
        name = _name(folders, pages)
        if name is None:
            return read()
        path = self.data / FOLDER / name
        found = _found(path)
        if found is None:
            found = read()
            if self.writes and _name(folders, pages) == name:  # else a file has changed meanwhile
                _keep(path, found)
        elif self.writes:
            with suppress(OSError):
                os.utime(path)
        return found


def _name(folders: tuple[Path | None, ...], pages: Collection[str]) -> str | None:
    """What content is kept under; None where there is too much of it."""
    about = files.digest(folders)
    return about and sha256("\n".join((about, _program(), *sorted(pages))).encode()).hexdigest()


@cache
def _program() -> str:
    """What changes when the program may read the same content otherwise."""
    sources = (*sorted(Path(content.__file__).parent.rglob("*.py")), Path(plain_data.__file__), Path(__file__))
    digest = sha256(sys.version.encode())
    for package in READ_WITH:
        digest.update(f"{package} {version(package)}\n".encode())
    for source in sources:
        digest.update(sha256(source.read_bytes()).digest())
    return digest.hexdigest()


def _found(path: Path) -> Checked | None:
    try:
        with open(path, "rb", opener=_unlinked) as file:
            state = os.fstat(file.fileno())
            if not stat.S_ISREG(state.st_mode) or state.st_uid != os.geteuid() or state.st_mode & 0o077 or state.st_size > LARGEST:
                return None
            digest, _, text = file.read(LARGEST).partition(b"\n")
        if digest != _digest(path, text):
            return None
        found = plain_data.read(text)
    except (OSError, ValueError, TypeError, LookupError, RecursionError):
        return None
    return found if isinstance(found, Checked) else None


def _unlinked(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)


def _digest(path: Path, text: bytes) -> bytes:
    return sha256(path.name.encode() + b"\n" + text).hexdigest().encode()


def _keep(path: Path, found: Checked) -> None:
    """What can't be written (a full disk, a folder that is only looked at) is read anew at the next start."""
    with suppress(OSError):
        path.parent.mkdir(mode=0o700, exist_ok=True)
        sweep(path.parent)
        text = plain_data.written(found)
        with workshop(path) as folder:
            with open(folder / path.name, "xb", opener=private) as file:
                file.write(_digest(path, text) + b"\n" + text)
            os.replace(folder / path.name, path)
        kept = sorted(path.parent.glob("[0-9a-f]*"), key=lambda each: each.lstat().st_mtime_ns)
        for old in kept[:-MOST]:
            old.unlink()

"""Finding and reading the files of a content folder: plain files alone, in it and not behind a link, each read once."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from ..model import Picture
from ..problems import Problem
from . import pictures, written_text

FOLDERS = ("courses", "quizzes")
TABLES = ("facts.yml", "policy.yml", "nations.yml", "policy.md")  # in courses/
PICTURES = "pictures"  # the folder of a course's, or of the policy's
LARGEST = 256 * 1024  # bytes
MOST_FILES = 5_000
WORTH_IT = 32 * 2**20  # bytes: of more content it is not worth while to know whether it has changed
NAME = re.compile(r"(?:(?P<number>[0-9]{1,9})-)?(?P<word>.+)\.md")  # of a lesson or a quiz
LINK = "this is a link, and links aren't followed; put the file itself here"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file as it was read. `root` is `shipped` or `own`, `path` goes from there."""

    root: str
    path: str
    text: str


@dataclass(slots=True)
class Found:
    """What a content folder holds: texts, pictures by their path (words are what is wrong with one), and what is wrong."""

    files: list[SourceFile] = field(default_factory=list)
    pictures: dict[str, Picture | str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


class _Entry(NamedTuple):
    """Something that may be content: its path from the content folder, and where it is."""

    path: str
    folder: int  # an open descriptor
    name: str


def signature(folders: tuple[Path | None, ...]) -> tuple[tuple[str, int, int, int], ...]:
    """What changes when a file does: path, times of change and size of every file."""
    found = []
    for folder in folders:
        for entry in _entries(folder) if folder else ():
            try:
                state = os.stat(entry.name, dir_fd=entry.folder, follow_symlinks=False)
            except OSError:
                found.append((f"{folder}/{entry.path}", 0, 0, -1))
            else:
                found.append((f"{folder}/{entry.path}", state.st_mtime_ns, state.st_ctime_ns, state.st_size))
    return tuple(found)


def digest(folders: tuple[Path | None, ...]) -> str | None:
    """The SHA-256 of all that reading these folders would see; None where that is more than is worth it."""
    found, size = sha256(), 0
    for number, folder in enumerate(folders):
        for entry in _entries(folder) if folder else ():
            content = _read(entry, pictures.LARGEST)
            content = content if isinstance(content, bytes) else content.encode()
            size += len(content)
            if size > WORTH_IT:
                return None
            found.update(f"{number} {len(content)} {entry.path}\0".encode(errors="surrogateescape") + content)
    return found.hexdigest()


def read_folder(folder: Path, root: str, begins: Callable[[str], object] = lambda path: None) -> Found:
    """Every file of a content folder that is taken into account, in order, and what is wrong with the others.

    `begins` is told the path of each before it is read.
    """
    found = Found()
    for number, entry in enumerate(_entries(folder)):
        begins(entry.path)
        if number >= MOST_FILES:
            found.problems.append(Problem(entry.path, 1, f"there are more than {MOST_FILES} files; keep fewer in the content folder"))
            break
        if f"/{PICTURES}/" in entry.path:
            content = _read(entry, pictures.LARGEST, "save it smaller")
            found.pictures[entry.path] = f"{entry.name}: {content}" if isinstance(content, str) else pictures.look(entry.name, content)
            continue
        text = _text(entry)
        if isinstance(text, str):
            found.files.append(SourceFile(root, entry.path, text))
        else:
            found.problems.append(Problem(entry.path, *text))
    return found


def picture(folder: Path, path: str) -> bytes:
    """The bytes of a picture in a content folder. Raises OSError where it can't be read now."""
    for entry in _entries(folder):
        if entry.path == path:
            content = _read(entry, pictures.LARGEST)
            if isinstance(content, bytes):
                return content
    raise FileNotFoundError(path)


def read_plain(path: Path, largest: int) -> bytes | str:
    """The bytes of a plain file that somebody names, links followed; else what is wrong with it."""
    try:
        return _read_opened(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), largest, "make it smaller")
    except OSError as error:
        return f"this file can't be opened ({error.strerror}); name one that can be read"


# Finding

def _entries(folder: Path) -> Iterator[_Entry]:
    """What may be content: the tables, what lies in the folder of a course, and pictures. No link is followed below `folder`."""
    with _opened(folder, None) as home:
        if home is None:
            return
        for top in FOLDERS:
            with _opened(top, home) as there:
                if there is None:
                    if _is_link(top, home):
                        yield _Entry(top, home, top)
                    continue
                for name in _names(there):
                    if top == "courses" and name in TABLES:
                        yield _Entry(f"{top}/{name}", there, name)
                    else:
                        yield from _of_course(top, name, there)


def _of_course(top: str, course: str, folder: int) -> Iterator[_Entry]:
    with _opened(course, folder) as there:
        if there is None:
            if _is_link(course, folder) and (course == PICTURES or not course.endswith(".md")):
                yield _Entry(f"{top}/{course}", folder, course)
            return
        names = _names(there)
        for name in names:
            path = f"{top}/{course}/{name}"
            if course == PICTURES and top == "courses" and name.lower().endswith(pictures.ENDINGS):
                yield _Entry(path, there, name)
            elif name == PICTURES and top == "courses":
                yield from _pictures(path, there)
            elif name.endswith(".md") or (_is_folder(name, there) and any(other.endswith(".md") for other in names)):
                yield _Entry(path, there, name)


def _pictures(path: str, folder: int) -> Iterator[_Entry]:
    with _opened(PICTURES, folder) as there:
        if there is None:
            yield _Entry(path, folder, PICTURES)
            return
        for name in _names(there):
            if name.lower().endswith(pictures.ENDINGS):
                yield _Entry(f"{path}/{name}", there, name)


@contextmanager
def _opened(name: str | Path, folder: int | None) -> Iterator[int | None]:
    """A folder, open; None where there is none, or a link to one. The content folder itself may be behind a link."""
    try:
        there = os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC | (os.O_NOFOLLOW if folder is not None else 0), dir_fd=folder)
    except OSError:
        yield None
        return
    try:
        yield there
    finally:
        os.close(there)


def _names(folder: int) -> list[str]:
    try:
        return sorted(name for name in os.listdir(folder) if not name.startswith("."))
    except OSError:
        return []


def _is_link(name: str, folder: int) -> bool:
    return stat.S_ISLNK(_mode(name, folder))


def _is_folder(name: str, folder: int) -> bool:
    return stat.S_ISDIR(_mode(name, folder))


def _mode(name: str, folder: int) -> int:
    try:
        return os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode
    except OSError:
        return 0


# Reading

def _text(entry: _Entry) -> str | written_text.Fault:
    """The text of a file; else the line and what is wrong there."""
    content = _read(entry, LARGEST)
    return written_text.decoded(content) if isinstance(content, bytes) else (1, content)


def _read(entry: _Entry, largest: int, advice: str = "part it in two") -> bytes | str:
    """The bytes of a plain file; else what is wrong with it. `advice` is for one that is too large."""
    mode = _mode(entry.name, entry.folder)
    if stat.S_ISLNK(mode):
        return LINK
    if stat.S_ISDIR(mode):
        return "a folder lies inside a course; move its files beside index.md, and take the folder away"
    try:
        opened = os.open(entry.name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=entry.folder)
    except OSError as error:
        return f"this file can't be opened ({error.strerror}); let the server read it"
    return _read_opened(opened, largest, advice)


def _read_opened(opened: int, largest: int, advice: str) -> bytes | str:
    """The bytes of an open file, at most so many and in one go: it may change while it is read."""
    try:
        if not stat.S_ISREG(os.fstat(opened).st_mode):
            return "this is no file but a device, a pipe or a folder; put a text file here"
        with os.fdopen(opened, "rb", closefd=False) as source:
            content = source.read(largest + 1)
    except OSError as error:
        return f"this file can't be read ({error.strerror}); let the server read it"
    finally:
        os.close(opened)
    return content if len(content) <= largest else f"this file has more than {largest:,} bytes; {advice}"

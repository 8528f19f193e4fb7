"""Finding and reading the files of a content folder: nothing outside it, nothing that is no text."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .marks import PRIVATE
from .model import Problem

FOLDERS = ("courses", "quizzes")
TABLES = ("courses/facts.yml", "courses/policy.yml", "courses/nations.yml", "courses/policy.md")
LARGEST = 256 * 1024  # bytes
MOST_FILES = 5_000
NAME = re.compile(r"(?:(?P<number>[0-9]{1,9})-)?(?P<word>.+)\.md")  # of a lesson or a quiz
UNSHOWN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u2028\u2029\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file as it was read. `root` is `shipped` or `own`, `path` goes from there."""

    root: str
    path: str
    text: str


def signature(folders: tuple[Path | None, ...]) -> tuple[tuple[str, int, int], ...]:
    """What changes when a file does: path, time of change and size of every file."""
    found = []
    for folder in folders:
        for path in _candidates(folder) if folder else ():
            try:
                state = os.stat(folder / path)
            except OSError:
                found.append((f"{folder}/{path}", 0, -1))
            else:
                found.append((f"{folder}/{path}", state.st_mtime_ns, state.st_size))
    return tuple(found)


def read_folder(folder: Path, root: str) -> tuple[list[SourceFile], list[Problem]]:
    """Every file of a content folder that is taken into account, in order, and what is wrong with the others."""
    files: list[SourceFile] = []
    problems: list[Problem] = []
    home = folder.resolve()
    for number, path in enumerate(_candidates(folder)):
        if number >= MOST_FILES:
            problems.append(Problem(path, 1, f"there are more than {MOST_FILES} files; keep fewer in the content folder"))
            break
        what = _read(folder, home, path)
        if isinstance(what, str):
            problems.append(Problem(path, 1, what))
        elif isinstance(what, tuple):
            problems.append(Problem(path, *what))
        else:
            files.append(SourceFile(root, path, plain_lines(what)))
    return files, problems


def _candidates(folder: Path) -> Iterator[str]:
    """Paths, from the folder, of what may be content: the tables, and what lies in the folder of a course."""
    for table in TABLES:
        if os.path.lexists(folder / table):
            yield table
    for top in FOLDERS:
        for course in _names(folder / top):
            if not os.path.isdir(folder / top / course):
                continue
            inside = _names(folder / top / course)
            if not _inside(folder, f"{top}/{course}"):
                yield f"{top}/{course}"
                continue
            for name in inside:
                path = f"{top}/{course}/{name}"
                if name.endswith(".md") or (os.path.isdir(folder / path) and any(other.endswith(".md") for other in inside)):
                    yield path


def _names(folder: Path) -> list[str]:
    try:
        return sorted(name for name in os.listdir(folder) if not name.startswith("."))
    except OSError:
        return []


def _inside(folder: Path, path: str) -> bool:
    """Whether a path, links followed, stays in the content folder."""
    try:
        return (folder / path).resolve(strict=True).is_relative_to(folder.resolve())
    except (OSError, RuntimeError):
        return False


def _read(folder: Path, home: Path, path: str) -> bytes | str | tuple[int, str]:
    """The bytes of a file that is sound UTF-8; else what is wrong with it, perhaps with the line."""
    if not _inside(folder, path):
        linked = os.path.islink(folder / path) or os.path.islink((folder / path).parent)
        return (
            "this link leads outside the content folder, or nowhere; put the file itself here"
            if linked
            else "this file can't be found; put it here again"
        )
    if os.path.isdir(folder / path):
        return "a folder lies inside a course; move its files beside index.md, and take the folder away"
    try:
        what = os.open(folder / path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        return f"this file can't be opened ({error.strerror}); let the server read it"
    try:
        state = os.fstat(what)
        if not stat.S_ISREG(state.st_mode):
            return "this is no file but a device, a pipe or a folder; put a text file here"
        if state.st_size > LARGEST:
            return f"this file has {state.st_size:,} bytes, more than {LARGEST:,}; part it in two"
        with os.fdopen(os.dup(what), "rb") as source:
            content = source.read(LARGEST + 1)
    except OSError as error:
        return f"this file can't be read ({error.strerror}); let the server read it"
    finally:
        os.close(what)
    return sound(content)


def plain_lines(content: bytes) -> str:
    """Sound bytes as text, without a byte order mark, each line ended as Unix does."""
    return content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")


def sound(content: bytes) -> bytes | tuple[int, str]:
    """The bytes of a text that can be shown; else the line of what can't be, and what is wrong there."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _line(content[: error.start]), "this line is not UTF-8 text; save the file with the encoding UTF-8"
    sign = UNSHOWN.search(text) or PRIVATE.search(text)
    if sign:
        code = f"U+{ord(sign[0]):04X}"
        return _line(text[: sign.start()].encode()), f"this line holds a sign that can't be shown ({code}); delete it"
    return content


def _line(before: bytes) -> int:
    return before.replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1

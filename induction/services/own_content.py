"""The school's own content: read where reading can be ended, and kept as it last passed.

A start with content that does not pass teaches the last that did, so that a slip of the pen on a Sunday doesn't take
Monday's lessons away. Kept in the data folder are those texts, the pictures of every version, and what was shipped under
each of the school's copies when the copy was first seen (see `checks.copies`).
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path

from ..content.checks import checker
from ..content.checks.checker import Checked
from ..content.model import Library, Picture
from ..content.problems import Problem
from ..content.reading import library
from ..content.reading.library import Reading
from ..content.source import files, pictures
from . import safe_reading
from .kept_content import Kept

FOLDERS = ("courses", "quizzes")
KEPT = "last-content"
COPIES = Path("kept") / "shipped.json"
PICTURES = Path("kept") / "pictures"
PICTURE_NAME = re.compile(r"[0-9a-f]{64}\.(?:png|jpg|webp)")
SECONDS = 15  # for all content; what is shipped takes one
PAGES = frozenset({  # where a text may lead, beside courses and lessons: what every teacher may open
    "/", "/accessibility", "/account/calendar", "/account/devices", "/account/password", "/account/second-step", "/certificates/",
    "/help", "/induction", "/induction/finished",
    "/policy", "/policy/accounts", "/presence",
    "/record", "/record/along", "/record/export", "/record/sheets", "/record/whole", "/what-we-keep",
})  # fmt: skip


class ShippedContentFaulty(Exception):
    """The shipped content does not pass the check: the checkout is damaged."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__(f"The shipped content has {len(problems)} problems; run induction check.")


def has_own(data: Path) -> bool:
    """Whether the school has content of its own, or something stands where it would be."""
    return any(os.path.lexists(data / folder) for folder in FOLDERS)


def check(
    shipped: Path, own: Path | None, today: date, copies: Mapping[str, str], kept: Kept | None = None
) -> tuple[Reading | None, list[Problem]]:
    """Content laid over the shipped, and all that is wrong with it. None where it can't even be read."""

    def read() -> Checked:
        found: Checked = safe_reading.run("folder", shipped, own, PAGES, seconds=SECONDS)
        return found

    try:
        content = kept.checked((shipped, own), PAGES, read) if kept else read()
    except safe_reading.Ended as fault:
        return None, [Problem(fault.path or FOLDERS[0], 1, f"{fault}; write it more simply, or part it in two")]
    return content.reading, checker.on_day(content, today, copies)


def read_shipped(shipped: Path, kept: Kept) -> Library:
    """What is taught where the school has nothing of its own. Raises ShippedContentFaulty."""
    content = kept.checked((shipped,), PAGES, lambda: checker.checked(library.read(shipped, None, PAGES)))
    faults = [problem for problem in content.problems if not problem.warning]
    if faults:
        raise ShippedContentFaulty(sorted(faults, key=lambda fault: (fault.path, fault.line, fault.message)))
    return content.reading.library


def read_last(shipped: Path, data: Path, today: date, kept: Kept) -> Library | None:
    """The content that passed last, laid over the shipped. None where there is none, or this release can't read it.

    Words that this release draws otherwise than they were written are no reason to take lessons away: an earlier one let
    them pass.
    """
    for last in (data / KEPT, data / f"{KEPT}.old"):
        if last.is_dir():
            reading, problems = check(shipped, last, today, {}, kept)
            return reading.library if reading and checker.teachable(problems) else None
    return None


def taught(shipped: Path, data: Path, today: date) -> Library:
    """What is taught at a school now. Raises ShippedContentFaulty."""
    kept = Kept(data)
    if has_own(data):
        reading, problems = check(shipped, data, today, {}, kept)
        if reading and checker.passes(problems):
            return reading.library
        last = read_last(shipped, data, today, kept)
        if last:
            return last
    return read_shipped(shipped, kept)


# What is kept

def copies(data: Path) -> dict[str, str]:
    """The SHA-256 of the shipped file under each of the school's copies, by path, as first seen."""
    content = files.read_plain(data / COPIES, files.LARGEST)
    with suppress(ValueError, RecursionError):
        found = json.loads(content)
        return {str(path): str(digest) for path, digest in found.items()} if isinstance(found, dict) else {}
    return {}


def keep(shipped: Path, data: Path, reading: Reading) -> None:
    """Keep what has just passed in place of what did before. What can't be written (a full disk) is tried again at the next start."""
    keep_pictures(shipped, data, reading.library.pictures)
    with suppress(OSError):
        _remember_copies(data, checker.remember_copies(reading, copies(data)))
    with suppress(OSError):
        _keep_texts(data, reading)


def keep_pictures(shipped: Path, data: Path, known: Mapping[str, Picture | str]) -> None:
    """Keep each picture under the SHA-256 of its bytes: an edition of a lesson goes on showing what it showed."""
    for path, picture in known.items():
        if isinstance(picture, Picture) and not (data / PICTURES / picture.file).exists():
            for folder in (data, shipped):
                with suppress(OSError):
                    content = files.picture(folder, path)
                    if hashlib.sha256(content).hexdigest() == picture.file.partition(".")[0]:  # else it has just been changed
                        _write(data / PICTURES / picture.file, content)
                        break


def _remember_copies(data: Path, seen: Mapping[str, str]) -> None:
    if dict(seen) != copies(data):
        _write(data / COPIES, json.dumps(seen, indent=1, sort_keys=True).encode())


def _keep_texts(data: Path, reading: Reading) -> None:
    """Write the school's own texts, as they were read, and its pictures. The new copy is whole before it takes the old one's place."""
    fresh, old, target = data / f"{KEPT}.new", data / f"{KEPT}.old", data / KEPT
    for leftover in (fresh, old):
        if leftover.is_symlink():
            leftover.unlink()
        shutil.rmtree(leftover, ignore_errors=True)
    try:
        for folder in FOLDERS:
            (fresh / folder).mkdir(parents=True)
        for file in reading.files:
            if file.root == "own":
                _write(fresh / file.path, file.text.encode())
        for path, picture in reading.library.pictures.items():
            if isinstance(picture, Picture):
                _write(fresh / path, (data / PICTURES / picture.file).read_bytes())
        if target.exists():
            os.replace(target, old)
        os.replace(fresh, target)
    except OSError:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    shutil.rmtree(old, ignore_errors=True)


def has_picture(data: Path, name: str) -> bool:
    """Whether a picture is kept under this name."""
    return PICTURE_NAME.fullmatch(name) is not None and (data / PICTURES / name).is_file()


def kept_picture(data: Path, name: str) -> tuple[bytes, str] | None:
    """The bytes of a picture and their type; None where none is kept under this name."""
    if not PICTURE_NAME.fullmatch(name):
        return None
    content = files.read_plain(data / PICTURES / name, pictures.LARGEST)
    return (content, pictures.TYPES[name.rpartition(".")[2]]) if isinstance(content, bytes) else None


def _write(path: Path, content: bytes) -> None:
    """Write a file, whole or not at all."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.part")
    fresh.write_bytes(content)
    os.replace(fresh, path)

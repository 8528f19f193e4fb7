"""What is kept in the data folder about the school's own content.

The content as it last passed the check: a start with content that does not pass teaches this
instead, so that a slip of the pen on a Sunday doesn't take Monday's lessons away. And what was
shipped under each of the school's copies when the copy was first seen (see `overlaid`).
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

FOLDERS = ("courses", "quizzes")
KEPT = "last-content"
COPIES = Path("kept") / "shipped.json"


def has_own(data: Path) -> bool:
    """Whether the school has content of its own."""
    return any((data / folder).is_dir() for folder in FOLDERS)


def copies(data: Path) -> dict[str, str]:
    """The SHA-256 of the shipped file under each of the school's copies, by path, as first seen."""
    try:
        found = json.loads((data / COPIES).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(path): str(digest) for path, digest in found.items()} if isinstance(found, dict) else {}


def remember_copies(data: Path, seen: Mapping[str, str]) -> None:
    """Keep that, if it is new. Where it can't be written (a full disk) the next start tries again."""
    if dict(seen) == copies(data):
        return
    try:
        (data / COPIES).parent.mkdir(mode=0o700, exist_ok=True)
        fresh = (data / COPIES).with_suffix(".new")
        fresh.write_text(json.dumps(seen, indent=1, sort_keys=True), encoding="utf-8")
        os.replace(fresh, data / COPIES)
    except OSError:
        return


def keep(data: Path) -> None:
    """Copy the school's own `courses/` and `quizzes/`, which have just passed, in place of the copy before.

    The new copy is whole before it takes the old one's place. A folder that can't be written
    (a full disk) leaves the old copy as it was.
    """
    if not has_own(data):
        return
    fresh, old, target = data / f"{KEPT}.new", data / f"{KEPT}.old", data / KEPT
    try:
        for leftover in (fresh, old):
            shutil.rmtree(leftover, ignore_errors=True)
        fresh.mkdir()
        for folder in FOLDERS:
            if (data / folder).is_dir():
                shutil.copytree(data / folder, fresh / folder)
        if target.exists():
            os.replace(target, old)
        os.replace(fresh, target)
        shutil.rmtree(old, ignore_errors=True)
    except OSError:
        shutil.rmtree(fresh, ignore_errors=True)


def last_that_passed(data: Path) -> Path | None:
    """The folder that holds the last content that passed, laid out as the data folder is; None if there is none."""
    for folder in (data / KEPT, data / f"{KEPT}.old"):
        if folder.is_dir():
            return folder
    return None

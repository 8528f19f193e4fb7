"""The school's own content as it last passed the check, kept beside it.

A start with content that does not pass teaches this instead, so that a slip of the pen on a
Sunday doesn't take Monday's lessons away.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

FOLDERS = ("courses", "quizzes")
KEPT = "last-content"


def keep(data: Path) -> None:
    """Copy the school's own `courses/` and `quizzes/`, which have just passed, in place of the copy before.

    The new copy is whole before it takes the old one's place. A folder that can't be written
    (a full disk) leaves the old copy as it was.
    """
    if not any((data / folder).is_dir() for folder in FOLDERS):
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

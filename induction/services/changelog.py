"""What CHANGELOG.md in the program's folder says: it is that of the newest version that was taken in there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

NAME = "CHANGELOG.md"
_HEADING = re.compile(r"## ([0-9]+(?:\.[0-9]+)*)(?:\W+(.+?))?\s*")  # ## 1.5.0, 4 December 2026
LARGEST = 1_000_000  # bytes


@dataclass(frozen=True, slots=True)
class Release:
    version: str
    dated: str  # as it is written; empty where it has no date
    changes: tuple[str, ...]

    def is_newer_than(self, version: str) -> bool:
        return _numbers(self.version) > _numbers(version)


def read(home: Path) -> tuple[Release, ...]:
    """The releases, as they stand there, the newest first; none where the file can't be read."""
    path = home / NAME
    try:
        about = path.stat()
        return _read(path, about.st_mtime_ns, about.st_size)
    except (OSError, ValueError):
        return ()


@lru_cache(maxsize=4)
def _read(path: Path, changed: int, size: int) -> tuple[Release, ...]:
    with path.open("rb") as file:
        text = file.read(LARGEST).decode(errors="replace")
    found: list[tuple[str, str, list[str]]] = []
    for line in text.splitlines():
        if heading := _HEADING.fullmatch(line):
            found.append((heading[1], heading[2] or "", []))
        elif found and line.startswith("- "):
            found[-1][2].append(line[2:].strip())
    return tuple(Release(number, dated, tuple(changes)) for number, dated, changes in found)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))

"""What the browser gets besides pages: read once at start, served compressed and kept for a year.

The address of each file carries its content's hash, so that an upgrade is seen at once.
"""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from pathlib import Path

KINDS = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class Asset:
    body: bytes
    packed: bytes
    type: str
    version: str


class Assets:
    """The files of one folder, by name."""

    def __init__(self, folder: Path) -> None:
        self._assets = {path.name: _read(path) for path in sorted(folder.iterdir()) if path.is_file()}

    def get(self, name: str) -> Asset | None:
        return self._assets.get(name)

    def address(self, name: str) -> str:
        """The address of a file that exists; KeyError names one that doesn't."""
        return f"/static/{name}?v={self._assets[name].version}"


def _read(path: Path) -> Asset:
    body = path.read_bytes()
    version = hashlib.sha256(body).hexdigest()[:12]
    return Asset(body, gzip.compress(body, mtime=0), KINDS[path.suffix], version)

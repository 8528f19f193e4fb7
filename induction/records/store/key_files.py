"""Keys that lie beside the database: random, for this account alone, each made once and whole or not at all."""

from __future__ import annotations

import secrets
from pathlib import Path

from .whole_files import private, put_in_place, workshop


def kept(path: Path) -> bytes:
    """The key in a file, made where there is none yet. Raises OSError."""
    if not path.exists():
        try:
            with workshop(path) as folder:
                fresh = folder / path.name
                with open(fresh, "x", opener=private) as file:
                    file.write(secrets.token_hex(32))
                put_in_place(fresh, path)
        except FileExistsError:  # another process has just made one
            return path.read_bytes()
    return path.read_bytes()

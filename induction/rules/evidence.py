"""The chain of evidence: what an entry, its leaf and a head are (design: reliability, part 3; after RFC 6962's leaf and node marks)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

SALT = 16  # bytes
BEGINNING = bytes(32)  # the head before the first entry
SHORTEST_HEAD = 16  # hexadecimal digits by which a head may be asked for: as many as stand in a backup's name


def digits(typed: str) -> str:
    """The hexadecimal digits of a head as people copy it, with spaces or not; empty for what is none, or too short."""
    found = "".join(typed.split()).lower()
    return found if SHORTEST_HEAD <= len(found) <= 64 and set(found) <= set("0123456789abcdef") else ""


def canonical(entry: Mapping[str, Any]) -> str:
    """An entry as text, which is the same each time it is written."""
    return json.dumps(entry, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def leaf(salt: bytes, entry: str) -> bytes:
    return sha256(b"\x00" + salt + entry.encode()).digest()


def head(n: int, before: bytes, leaf: bytes) -> bytes:
    """The head at entry `n`, which is the first where it is 1."""
    return sha256(b"\x01" + n.to_bytes(8, "big") + before + leaf).digest()

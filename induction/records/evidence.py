"""The chain of evidence, to be read: its head, an entry, all of it, and whether it holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .store.columns import moment
from .store.database import Database
from .store.evidence_check import Checked, Fault, Wrong, check

__all__ = ["COLUMNS", "Checked", "Entry", "Fault", "Wrong", "by_head", "check", "entry_of", "latest", "rows"]

COLUMNS = ("n", "at", "kind", "row", "person", "salt", "entry", "leaf", "head")
A_BATCH = 2000  # rows


@dataclass(frozen=True, slots=True)
class Entry:
    n: int
    at: datetime
    head: str  # 64 hexadecimal digits


_ENTRY = "select n, at, lower(hex(head)) as head from evidence"


def _entry(row: dict[str, Any] | None) -> Entry | None:
    return row and Entry(row["n"], moment(row["at"]), row["head"])


def latest(db: Database) -> Entry | None:
    """The last entry, with the head that all so far comes to; None in a database that waits for the upgrade which begins the chain."""
    if db.row("select 1 from sqlite_schema where name = 'evidence'") is None:
        return None
    return _entry(db.row(f"{_ENTRY} order by n desc limit 1"))


def entry_of(db: Database, kind: str, row: int) -> Entry | None:
    """The entry of something that happened: of which kind, and its number in its table."""
    return _entry(db.row(f"{_ENTRY} where (kind, row) = (?, ?)", [kind, row]))


def by_head(db: Database, digits: str) -> Entry | None:
    """The entry whose head begins with these hexadecimal digits."""
    return _entry(db.row(f"{_ENTRY} where lower(hex(head)) like ? || '%' limit 1", [digits]))


def rows(db: Database) -> Iterator[dict[str, Any]]:
    """All entries from the first on, as they leave the building: what is bytes here is hexadecimal there. An erased one is empty."""
    last = 0
    while batch := db.rows(
        "select n, at, kind, row, person, ifnull(lower(hex(salt)), '') as salt, ifnull(entry, '') as entry, lower(hex(leaf)) as leaf,"
        " lower(hex(head)) as head from evidence where n > ? order by n limit ?",
        [last, A_BATCH],
    ):
        yield from batch
        last = batch[-1]["n"]

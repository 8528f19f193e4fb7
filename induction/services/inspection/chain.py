"""The chain of evidence as it lies in the pack: whole, so that it verifies, and with the words of what the pack tells alone.

An entry without its words verifies as one whose record went. So what stands nowhere else in the pack has none in here either:
tries and answers, what leads did, and all that happened after the day that was asked for.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from datetime import timedelta
from typing import IO, Any

from ...records import evidence
from ...records.store.columns import moment_text
from ...records.store.database import Database
from ...rules.calendar import midnight
from ...wording import pack as wording
from ..evidence import TRIES, VERIFIER, sealed
from ..spreadsheet.csv_file import write_csv
from .contents import Asked, File, Written

SEALED = (*TRIES, "act")  # kinds of entries
CHAIN = "evidence/evidence.csv"


def verifier() -> File:
    """The program that goes through the chain, as it goes along with each."""
    return File("evidence/verify.py", wording.VERIFIER, VERIFIER.read_text(encoding="utf-8"))


def write(db: Database, asked: Asked, out: IO[bytes]) -> Written:
    """Write the chain, entry by entry: it is too long to be held."""
    through = _Digesting(out)
    with io.TextIOWrapper(io.BufferedWriter(through), "utf-8", newline="") as words:
        write_csv(words, evidence.COLUMNS, _rows(db, asked))
    return Written(CHAIN, wording.CHAIN, through.made.hexdigest())


def _rows(db: Database, asked: Asked) -> Iterator[dict[str, Any]]:
    end = moment_text(midnight(asked.day + timedelta(days=1)))
    for row in evidence.rows(db):
        yield row if row["kind"] not in SEALED and row["at"] < end else sealed(row)


class _Digesting(io.RawIOBase):
    """Writes on, and knows the SHA-256 of it."""

    def __init__(self, out: IO[bytes]) -> None:
        super().__init__()
        self._out = out
        self.made = hashlib.sha256()

    def writable(self) -> bool:
        return True

    def write(self, some: Any) -> int:
        self.made.update(some)
        return self._out.write(some)

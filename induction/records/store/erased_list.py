"""Who was erased, beside the database and in no backup, so that it is still known after a restore of an older one.

Neither name nor email stand there: a number, and for each email that they had, the SHA-256 of it with a salt.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from .database import Database
from .tokens import digest
from .whole_files import sync, unfinished

FILE = "erased.json"
ABOUT = (
    "Whose record was erased, by number, so that it is known after a restore of an older backup. Without names: a mark is the"
    " SHA-256 of a salt and an email. Keep a copy of this file where the backups are."
)


class Left(StrEnum):
    """Where bytes of somebody may still lie, beside the backups."""

    DATABASE = "database"
    JOURNAL = "journal"  # the database is written anew
    NOWHERE = ""


@dataclass(frozen=True, slots=True)
class Erased:
    number: int
    at: str
    salt: str
    mark: str
    left: Left = Left.DATABASE

    def is_of(self, email: str) -> bool:
        return mark(self.salt, email) == self.mark


class ListDamaged(Exception):
    """The file is there and can't be read."""


def mark(salt: str, email: str) -> str:
    return digest(salt + email)


def read(data: Path) -> list[Erased]:
    """Those in the file. Raises ListDamaged, OSError."""
    try:
        held: Any = json.loads((data / FILE).read_text(encoding="utf-8"))
        return [
            Erased(int(row["number"]), str(row["at"]), str(row["salt"]), str(row["mark"]), Left(row["left"]))
            for row in held["erased"]
        ]
    except FileNotFoundError:
        return []
    except (ValueError, KeyError, TypeError) as error:
        raise ListDamaged from error


def kept(db: Database) -> list[Erased]:
    """Those of whom the database knows."""
    rows = db.rows(
        "select m.person, r.at, m.salt, m.mark from erasures m join removals r on r.id = m.removal order by m.person, m.mark"
    )
    return [Erased(row["person"], row["at"], row["salt"], row["mark"]) for row in rows]


def write(data: Path, erased: Collection[Erased]) -> None:
    """Keep the list, whole or not at all. Raises OSError."""
    held = {"about": ABOUT, "erased": [asdict(each) for each in erased]}
    with unfinished(data / FILE) as fresh:
        fresh.write_text(json.dumps(held, indent=1) + "\n", encoding="utf-8")
        sync(fresh)
        os.replace(fresh, data / FILE)
    sync(data)


def here_again(db: Database, erased: Collection[Erased]) -> list[tuple[int, str]]:
    """Whom the database holds of those who had been erased: number and email, as they stand there."""
    marks: dict[int, list[Erased]] = {}
    for each in erased:
        marks.setdefault(each.number, []).append(each)
    rows = db.rows("select id, email from people where erased_at is null order by id")
    return [(row["id"], row["email"]) for row in rows if any(each.is_of(row["email"]) for each in marks.get(row["id"], ()))]

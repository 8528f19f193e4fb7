"""Recovery codes on paper: kept as digests, and each gone when it is used."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from ..store.columns import moment_text
from ..store.database import Database
from ..store.tokens import digest


def put(db: Database, person_id: int, codes: Iterable[str], now: datetime) -> None:
    """Theirs from now on, in place of those that they had."""
    end(db, person_id)
    for code in codes:
        db.execute(
            "insert into recovery_codes (code_sha256, person, at) values (?, ?, ?)", [digest(code), person_id, moment_text(now)]
        )


def use(db: Database, person_id: int, code: str) -> bool:
    """Use one up; False where it is none of theirs."""
    return db.execute("delete from recovery_codes where code_sha256 = ? and person = ?", [digest(code), person_id]) == 1


def left(db: Database, person_id: int) -> int:
    return int(db.value("select count(*) from recovery_codes where person = ?", [person_id]))


def end(db: Database, person_id: int) -> None:
    db.execute("delete from recovery_codes where person = ?", [person_id])

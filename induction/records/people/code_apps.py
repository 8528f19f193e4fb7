"""The app on somebody's phone that shows codes: one each. Its secret is sealed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ..store.columns import moment, moment_text
from ..store.database import Database


@dataclass(frozen=True, slots=True)
class CodeApp:
    at: datetime  # since when
    sealed: str
    last_step: int  # the half minute of the last code that was used


def find(db: Database, person_id: int) -> CodeApp | None:
    row = db.row("select at, secret, last_step from code_apps where person = ?", [person_id])
    return CodeApp(moment(row["at"]), row["secret"], row["last_step"]) if row else None


def put(db: Database, person_id: int, sealed: str, last_step: int, now: datetime) -> None:
    """Theirs from now on, in place of one that they had."""
    db.execute(
        "insert or replace into code_apps (person, at, secret, last_step) values (?, ?, ?, ?)",
        [person_id, moment_text(now), sealed, last_step],
    )


def used(db: Database, person_id: int, step: int) -> None:
    """A code of that half minute was used: it and all before it are worth nothing any more."""
    db.execute("update code_apps set last_step = ? where person = ?", [step, person_id])


def end(db: Database, person_id: int) -> bool:
    """Take it away; False where there was none."""
    return db.execute("delete from code_apps where person = ?", [person_id]) == 1

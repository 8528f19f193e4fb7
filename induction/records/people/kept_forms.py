"""What somebody had sent when they had to say first who they are: kept under their session, for them alone, for some hours."""

from __future__ import annotations

from datetime import datetime, timedelta

from ..store.columns import moment_text
from ..store.database import Database
from ..store.tokens import digest

LASTS = timedelta(hours=12)


def put(db: Database, token: str, person_id: int, packed: str, now: datetime) -> None:
    """Keep it under the token of a session, open or ended, in place of what was kept there before."""
    sweep(db, now)
    db.execute(
        "insert or replace into kept_forms (token_sha256, person, at, packed) values (?, ?, ?, ?)",
        [digest(token), person_id, moment_text(now), packed],
    )


def sweep(db: Database, now: datetime) -> None:
    """What was kept for long enough goes."""
    db.execute("delete from kept_forms where at < ?", [moment_text(now - LASTS)])


def find(db: Database, token: str, person_id: int, now: datetime) -> str | None:
    """What is kept under that token for this person."""
    packed: str | None = db.value(
        "select packed from kept_forms where token_sha256 = ? and person = ? and at >= ?",
        [digest(token), person_id, moment_text(now - LASTS)],
    )
    return packed


def drop(db: Database, token: str) -> bool:
    """Whether anything was kept there."""
    return db.execute("delete from kept_forms where token_sha256 = ?", [digest(token)]) > 0


def move(db: Database, token: str, to: str) -> None:
    """A session goes on under another token, and what is kept goes with it."""
    db.execute("update or replace kept_forms set token_sha256 = ? where token_sha256 = ?", [digest(to), digest(token)])

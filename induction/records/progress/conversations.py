"""Conversations between a mentor and a teacher: when, and which themes. Never what was said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ..people.history import then
from ..store.columns import items, list_text, moment, moment_text
from ..store.database import Database


@dataclass(frozen=True, slots=True)
class Conversation:
    id: int
    teacher_id: int
    mentor_id: int
    mentor_name: str
    held_on: date
    themes: tuple[str, ...]
    recorded_at: datetime


def record(
    db: Database, *, teacher_id: int, mentor_id: int, held_on: date, themes: Sequence[str], key: str, now: datetime
) -> bool:
    """Note a conversation; False, and nothing changed, if the page with this key was sent before."""
    return bool(db.execute(
        "insert into conversations (key, teacher, mentor, held_on, themes, recorded_at) values (?, ?, ?, ?, ?, ?)"
        " on conflict (key) do nothing",
        [key, teacher_id, mentor_id, held_on.isoformat(), list_text(themes), moment_text(now)],
    ))


def kept_with(db: Database, key: str, teacher_id: int, mentor_id: int) -> Conversation | None:
    """What this mentor has kept on this teacher from the page with this key."""
    found = db.value("select id from conversations where key = ? and mentor = ?", [key, mentor_id])
    return next((each for each in about(db, teacher_id) if each.id == found), None)


def about(db: Database, teacher_id: int) -> list[Conversation]:
    """The conversations with a teacher, the latest first."""
    rows = db.rows(
        f"select c.*, {then('name', 'c.mentor', 'c.recorded_at')} as mentor_name from conversations c"
        " where c.teacher = ? order by c.held_on desc, c.id desc",
        [teacher_id],
    )
    return [
        Conversation(
            id=row["id"],
            teacher_id=row["teacher"],
            mentor_id=row["mentor"],
            mentor_name=row["mentor_name"],
            held_on=date.fromisoformat(row["held_on"]),
            themes=items(row["themes"]),
            recorded_at=moment(row["recorded_at"]),
        )
        for row in rows
    ]

"""Keeping that a mentor and a teacher have talked."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from ..records.progress import conversations
from ..records.progress.conversations import Conversation
from ..records.store.database import Database, transaction


class AnotherWasKept(Exception):
    """From the same page another conversation was kept before; None where that was somebody else's."""

    def __init__(self, kept: Conversation | None) -> None:
        super().__init__("Another conversation was kept from this page.")
        self.kept = kept


def record(
    db: Database, *, teacher_id: int, mentor_id: int, held_on: date, themes: Collection[str], key: str, now: datetime
) -> None:
    """Keep a conversation, once for each page (`key`), however often it is sent. Raises AnotherWasKept."""
    with transaction(db):
        if conversations.record(
            db, teacher_id=teacher_id, mentor_id=mentor_id, held_on=held_on, themes=tuple(themes), key=key, now=now
        ):
            return
        kept = conversations.kept_with(db, key, teacher_id, mentor_id)
    if kept is None or (kept.held_on, frozenset(kept.themes)) != (held_on, frozenset(themes)):
        raise AnotherWasKept(kept)

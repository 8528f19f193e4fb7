"""*This question is wrong*: a note that somebody writes on a scenario they have answered."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ..records.progress import scenario_notes
from ..records.progress.attempts import Attempt
from ..records.store.database import Database, transaction
from . import letters


def send(db: Database, attempt: Attempt, step: int, words: str, key: str, title: str, now: datetime) -> tuple[bool, bool]:
    """Keep a note on what was asked at a step, and write to the leads: (whether it is kept, whether that is new).

    Pressed twice it is kept once; where the page's key was used for another note, nothing is kept. `title` is the scenario's.
    """
    note: dict[str, Any] = {"person_id": attempt.person_id, "attempt_id": attempt.id, "step": step, "words": words, "key": key}
    with transaction(db):
        new = scenario_notes.send(db, **note, scenario=attempt.answers[step - 1].scenario, now=now)
        if new:
            letters.put_note_waits(db, key, title, now)
        return new or scenario_notes.was_sent(db, **note), new

"""Notes on scenarios: *this question is wrong*, and what a lead answered. What the sender chose is not part of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ..people.history import then
from ..store.columns import mapper, moment_text
from ..store.database import Database

PER_PAGE = 50

_NOTES = (
    f"select n.id, n.person, {then('name', 'n.person', 'n.at')} as person_name, n.scenario, n.words, n.at,"
    f" a.course, a.lesson, a.quiz_version, w.words as answer, w.at as answered_at,"
    f" {then('name', 'w.answered_by', 'w.at')} as answered_by"
    " from notes n join attempts a on a.id = n.attempt left join note_answers w on w.note = n.id"
)


@dataclass(frozen=True, slots=True)
class NoteAnswer:
    words: str
    by_name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Note:
    id: int
    person_id: int
    person_name: str
    course: str
    lesson: str
    quiz_version: str  # the words and the policy that the scenario was asked under
    scenario: str
    words: str
    at: datetime
    answer: NoteAnswer | None


_answer = mapper(NoteAnswer, words="answer", by_name="answered_by", at="answered_at")
_note = mapper(Note, answer=lambda row: _answer(row) if row["answer"] else None)


def send(
    db: Database, *, person_id: int, attempt_id: int, step: int, scenario: str, words: str, key: str, now: datetime
) -> bool:
    """Keep a note on what was asked at a step; False, and nothing changed, if the page with this key was sent before."""
    return bool(db.execute(
        "insert into notes (key, person, attempt, step, scenario, words, at) values (?, ?, ?, ?, ?, ?, ?)"
        " on conflict (key) do nothing",
        [key, person_id, attempt_id, step, scenario, words, moment_text(now)],
    ))


def was_sent(db: Database, *, person_id: int, attempt_id: int, step: int, words: str, key: str) -> bool:
    """Whether the note that was sent with this key is this very one."""
    return bool(db.value(
        "select exists (select 1 from notes where key = ? and person = ? and attempt = ? and step = ? and words = ?)",
        [key, person_id, attempt_id, step, words],
    ))


def answer(db: Database, note_id: int, *, words: str, by: int, now: datetime) -> bool:
    """Answer a note; False, and nothing changed, if it has an answer. Raises RuleBroken where there is no such note."""
    return bool(db.execute(
        "insert into note_answers (note, words, answered_by, at) values (?, ?, ?, ?) on conflict (note) do nothing",
        [note_id, words, by, moment_text(now)],
    ))


def find(db: Database, note_id: int) -> Note | None:
    row = db.row(f"{_NOTES} where n.id = ?", [note_id])
    return None if row is None else _note(row)


def waiting(db: Database) -> list[Note]:
    """The notes that wait for an answer, the oldest first: as many as one page holds."""
    return [_note(row) for row in db.rows(f"{_NOTES} where w.note is null order by n.id limit ?", [PER_PAGE])]


def count(db: Database) -> tuple[int, int]:
    """How many notes wait for an answer, and how many have one."""
    [row] = db.rows("select (select count(*) from notes) as sent, (select count(*) from note_answers) as answered")
    return row["sent"] - row["answered"], row["answered"]


def answered(db: Database, page: int) -> list[Note]:
    """A page, from 1, of the notes that have an answer, the latest answered first."""
    rows = db.rows(
        f"{_NOTES} where w.note is not null order by w.at desc, n.id desc limit ? offset ?",
        [PER_PAGE, (page - 1) * PER_PAGE],
    )
    return [_note(row) for row in rows]


def of_person(db: Database, person_id: int) -> list[Note]:
    """The notes somebody sent, the newest first."""
    return [_note(row) for row in db.rows(f"{_NOTES} where n.person = ? order by n.id desc", [person_id])]


def answered_by(db: Database, person_id: int) -> list[dict[str, Any]]:
    """The answers a lead gave, for their own record: without who had asked, and what."""
    return db.rows(
        "select a.course, a.lesson, n.scenario, w.words as answer, w.at as answered_at from note_answers w"
        " join notes n on n.id = w.note join attempts a on a.id = n.attempt where w.answered_by = ? order by w.at, n.id",
        [person_id],
    )

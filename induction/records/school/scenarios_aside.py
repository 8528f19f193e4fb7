"""Scenarios in dispute that a lead has put aside: no new attempt asks them until they are mended, or taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ..people.history import then
from ..store.columns import mapper, moment_text
from ..store.database import Database

_ROWS = f"select s.*, {then('name', 's.by', 's.at')} as by_name from scenarios_aside s"


@dataclass(frozen=True, slots=True)
class Said:
    """What a lead has said of a scenario in these words: put it aside, or take it back."""

    course: str
    lesson: str
    scenario: str
    sha256: str
    aside: bool
    why: str
    by: int


@dataclass(frozen=True, slots=True)
class Kept:
    scenario: str
    sha256: str
    aside: bool
    why: str
    by_name: str
    at: datetime


_kept = mapper(Kept)


def keep(db: Database, said: Said, now: datetime) -> None:
    """Keep what a lead says of a scenario. What is asked is another, so the school gets another revision."""
    db.execute(
        'insert into scenarios_aside (course, lesson, scenario, sha256, aside, why, "by", at) values (?, ?, ?, ?, ?, ?, ?, ?)',
        [said.course, said.lesson, said.scenario, said.sha256, int(said.aside), said.why, said.by, moment_text(now)],
    )
    db.execute("update school set revision = revision + 1")


def now(db: Database) -> dict[tuple[str, str], Kept]:
    """What is put aside, by the scenario and the SHA-256 of its words."""
    rows = db.rows(
        f"{_ROWS} where s.id in (select max(id) from scenarios_aside group by scenario, sha256) and s.aside = 1 order by s.id"
    )
    return {(row["scenario"], row["sha256"]): _kept(row) for row in rows}


def history(db: Database, scenario: str, sha256: str) -> list[Kept]:
    """All that was said of a scenario in these words, the latest first."""
    rows = db.rows(f"{_ROWS} where s.scenario = ? and s.sha256 = ? order by s.id desc", [scenario, sha256])
    return [_kept(row) for row in rows]

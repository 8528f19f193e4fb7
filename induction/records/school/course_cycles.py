"""When each course comes round, as leads have said it: the latest row of a course counts, and all are kept."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ...rules.calendar import DayOfYear
from ...rules.cycles import Cycle, Saying
from ..people.history import then
from ..store.columns import moment, moment_text
from ..store.database import Database

_ROWS = f"select c.*, {then('name', 'c.by', 'c.at')} as by_name from course_cycles c"


@dataclass(frozen=True, slots=True)
class Kept:
    """What was said of a course's cycle, by whom and when."""

    cycle: Cycle
    by: int | None
    by_name: str | None
    at: datetime


def keep(db: Database, course: str, said: Saying, *, by: int | None, now: datetime) -> None:
    """Inside a transaction: a course comes round so from now on. What is asked is another, so the school gets another revision."""
    cycle = said.cycle
    db.execute(
        "insert into course_cycles (course, every, months, joined_by, weeks, since, by, at) values (?, ?, ?, ?, ?, ?, ?, ?)",
        [course, _text(cycle.every), cycle.months, _text(cycle.joined_by), cycle.weeks, said.since.isoformat(), by, moment_text(now)],
    )
    db.execute("update school set revision = revision + 1")


def everything(db: Database) -> dict[str, tuple[Saying, ...]]:
    """All that was said of each course, the oldest first."""
    found: dict[str, list[Saying]] = defaultdict(list)
    for row in db.rows("select * from course_cycles order by id"):
        found[row["course"]].append(Saying(_cycle(row), date.fromisoformat(row["since"])))
    return {course: tuple(said) for course, said in found.items()}


def history(db: Database, course: str) -> list[Kept]:
    """All that was said of a course, the latest first."""
    rows = db.rows(f"{_ROWS} where c.course = ? order by c.id desc", [course])
    return [Kept(_cycle(row), row["by"], row["by_name"], moment(row["at"])) for row in rows]


def latest(db: Database, course: str) -> int:
    """The number of the latest row about a course; 0 where there is none."""
    number: int = db.value("select ifnull(max(id), 0) from course_cycles where course = ?", [course])
    return number


def _cycle(row: dict[str, Any]) -> Cycle:
    return Cycle(_day(row["every"]), row["months"], _day(row["joined_by"]), row["weeks"])


def _text(day: DayOfYear | None) -> str | None:
    return f"{day.month:02}-{day.day:02}" if day else None


def _day(text: str | None) -> DayOfYear | None:
    return DayOfYear(int(text[:2]), int(text[3:])) if text else None

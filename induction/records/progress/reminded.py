"""What the site has written to people by itself, so that it writes each once: one letter a day to a person, of some parts."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ...rules.reminders import Reminder, Written
from ..store.columns import list_text, mapper, moment_text
from ..store.database import Database


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the letter that went to somebody on a day: a reminder, or what tells them of others."""

    person_id: int
    day: date
    what: str  # a reminder, *reminded* or *digest*
    about: date


_part = mapper(Part)


def add(db: Database, part: Part, now: datetime) -> None:
    db.execute(
        "insert into reminders (person, day, what, about, at) values (?, ?, ?, ?, ?)",
        [part.person_id, part.day.isoformat(), part.what, part.about.isoformat(), moment_text(now)],
    )


def so_far(db: Database, people: Collection[int]) -> dict[int, list[Written]]:
    """The reminders that were written to each of these people, each with the latest day, in the order of these. One query."""
    rows = db.rows(
        "select person, what, about, max(day) as day from reminders where person in (select value from json_each(?))"
        " and what not in ('reminded', 'digest') group by person, what, about order by day",
        [list_text(sorted(people))],
    )
    found: dict[int, list[Written]] = {}
    for row in rows:
        written = Written(Reminder(row["what"]), date.fromisoformat(row["about"]), date.fromisoformat(row["day"]))
        found.setdefault(row["person"], []).append(written)
    return found


def on(db: Database, day: date) -> list[Part]:
    """All that was written on a day."""
    return [_part(row) for row in db.rows("select person, day, what, about from reminders where day = ? order by id", [day.isoformat()])]


def of_letter(db: Database, person_id: int, day: date) -> list[Part]:
    """The parts of somebody's letter of a day."""
    rows = db.rows(
        "select person, day, what, about from reminders where person = ? and day = ? order by id", [person_id, day.isoformat()]
    )
    return [_part(row) for row in rows]


def told_of(db: Database, person_id: int) -> list[dict[str, Any]]:
    """All that was written to somebody, for their own record."""
    return db.rows("select day, what, about, at from reminders where person = ? order by id", [person_id])

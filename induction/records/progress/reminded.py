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


def key(person_id: int, day: date) -> str:
    """The key of somebody's letter of a day: there is one a day at most."""
    return f"reminder {person_id} {day.isoformat()}"


# That nobody dropped: one that could not go on its day, or was no longer so, does not count as written.
_STANDS = "not exists (select 1 from letters l where l.key = 'reminder ' || r.person || ' ' || r.day and l.state = 'dropped')"


def so_far(db: Database, people: Collection[int], today: date) -> dict[int, list[Written]]:
    """The reminders that were written to each of these people up to a day, each with the latest day, in the order of these."""
    rows = db.rows(
        "select r.person, r.what, r.about, max(r.day) as day from reminders r"
        " where r.person in (select value from json_each(:people)) and r.what not in ('reminded', 'digest')"
        f" and r.day <= :today and {_STANDS} group by r.person, r.what, r.about order by max(r.day)",
        {"people": list_text(sorted(people)), "today": today.isoformat()},
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
    """All that was written to somebody and not dropped, for their own record."""
    return db.rows(
        f"select r.day, r.what, r.about, r.at from reminders r where r.person = ? and {_STANDS} order by r.id", [person_id]
    )

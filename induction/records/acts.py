"""What leads did: the table of what no other keeps, and the log that is read together from all of them.

The log is told from its newest end, page by page. Each table is asked in one query for the next few before a moment, by an
index of its moments where it can grow long; the rows of a page are the latest of all those.
"""

from __future__ import annotations

import heapq
import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ..rules.acts import KINDS, LONGEST, Act, Done, Kind
from .act_sources import SOURCES, Source
from .people.history import then
from .people.lists import SOUGHT, sought
from .people.person import Person, from_row
from .store.columns import Row, list_text, mapper, moment_text
from .store.database import Database

SERVER = 0  # as who did it: the command line, or the site itself
A_BATCH = 1000  # rows that an export asks for at once
Key = tuple[str, int, int]


def add(db: Database, act: Act) -> None:
    db.execute(
        'insert into acts (at, "by", what, person, about, was, became) values (?, ?, ?, ?, ?, ?, ?)',
        [moment_text(act.at), act.by, act.what, act.person_id, _short(act.about), _object(act.was), _object(act.became)],
    )


def noted(db: Database, act: Act, since: datetime) -> bool:
    """Whether the same was noted since then: what, by whom, about whom and to what."""
    return bool(
        db.value(
            'select exists (select 1 from acts where at between ? and ? and what = ? and "by" is ? and person is ? and about = ?)',
            [moment_text(since), moment_text(act.at), act.what, act.by, act.person_id, _short(act.about)],
        )
    )


def _object(values: Mapping[str, str]) -> str:
    return json.dumps({label: _short(value) for label, value in values.items()}, ensure_ascii=False)


def _short(value: str) -> str:
    return value if len(value) <= LONGEST else f"{value[: LONGEST - 1]}…"


# The log

_PLACE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z)\.([0-9]{1,2})\.([0-9]{1,17})")


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the log, between two acts."""

    at: str
    source: int = len(SOURCES)  # as it stands in SOURCES; beyond them: before that moment
    id: int = 0

    def __str__(self) -> str:
        return f"{self.at}.{self.source}.{self.id}"

    @classmethod
    def read(cls, text: str) -> Place | None:
        """A place as it is written; None for nonsense."""
        found = _PLACE.fullmatch(text)
        return cls(found[1], int(found[2]), int(found[3])) if found else None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the log is asked for."""

    by: int | None = None  # SERVER: by nobody who is known; None: by anybody
    about: Collection[int] | None = None  # whom it concerns; None: whoever that is, or nobody
    kind: Kind | None = None
    since: datetime | None = None
    before: datetime | None = None


@dataclass(frozen=True, slots=True)
class LogPage:
    acts: list[Done]
    older: Place | None  # where the next page begins; None where this is the last


def _object_read(column: str) -> Any:
    return lambda row: {label: value for label, value in json.loads(row[column]).items() if value is not None}


_done = mapper(Done, was=_object_read("was"), became=_object_read("became"))


def log(db: Database, wanted: Wanted, place: Place | None = None, most: int = 50) -> LogPage:
    """So many acts from a place in the log on, the latest first; from its newest end where none is given."""
    place = place or _end(wanted)
    found = [
        (_key(number, row), row)
        for number, source in enumerate(SOURCES)
        for row in _rows(db, source, number, wanted, place, most + 1)
    ]
    found.sort(key=lambda each: each[0], reverse=True)
    rows = [row for _, row in found[:most]]
    older = Place(found[most - 1][0][0], -found[most - 1][0][1], found[most - 1][0][2]) if len(found) > most else None
    return LogPage([_done(row) for row in rows], older)


def whole_log(db: Database, wanted: Wanted) -> Iterator[Done]:
    """All of it, the latest first, a batch of each table at a time."""
    each = [_all_rows(db, source, number, wanted) for number, source in enumerate(SOURCES)]
    return (_done(row) for _, row in heapq.merge(*each, key=lambda one: one[0], reverse=True))


def _all_rows(db: Database, source: Source, number: int, wanted: Wanted) -> Iterator[tuple[Key, Row]]:
    place = _end(wanted)
    while True:
        rows = _rows(db, source, number, wanted, place, A_BATCH)
        yield from ((_key(number, row), row) for row in rows)
        if len(rows) < A_BATCH:
            return
        place = Place(rows[-1]["at"], number, rows[-1]["id"])


def _end(wanted: Wanted) -> Place:
    """The newest end of what is asked for."""
    return Place(moment_text(wanted.before) if wanted.before else "9999")


def _key(number: int, row: Row) -> Key:
    """By which the latest is the largest; of one moment, in the order of the sources."""
    return row["at"], -number, row["id"]


def _rows(db: Database, source: Source, number: int, wanted: Wanted, place: Place, most: int) -> list[dict[str, Any]]:
    """The latest rows of a table before a place, of those that are asked for."""
    last = place.id if number == place.source else 0 if number < place.source else 2**62
    where = [f"(t.at, {source.id}) < (:at, :last)", source.where]
    values: dict[str, Any] = {"at": place.at, "last": last, "most": most}
    if wanted.kind is not None and source.kind is None:
        where.append("t.what in (select value from json_each(:whats))")
        values["whats"] = list_text([what for what, kind in KINDS.items() if kind is wanted.kind])
    elif wanted.kind is not None and source.kind is not wanted.kind:
        return []
    if wanted.about is not None:
        if not source.persons:
            return []
        where.append(f"({' or '.join(f'{each} in (select value from json_each(:about))' for each in source.persons)})")
        values["about"] = list_text(sorted(wanted.about))
    if wanted.by is not None:
        where.append(f"{source.by} is :by")
        values["by"] = wanted.by or None
    if wanted.since is not None:
        where.append("t.at >= :since")
        values["since"] = moment_text(wanted.since)
    return db.rows(f"{_select(source)} where {' and '.join(where)} order by t.at desc, {source.id} desc limit :most", values)


def _select(source: Source) -> str:
    person = source.persons[0] if source.persons else "null"
    who = ", ".join(
        f"{then(column, whose, 't.at')} as {name}_{column}"
        for name, whose in {"by": source.by, "person": person}.items()
        for column in ("name", "email")
    )
    return (
        f'select {source.id} as id, t.at, {source.what} as what, {source.by} as "by", {person} as person, {who},'
        f" {source.course} as course, {source.lesson} as lesson, {source.about} as about, {source.was} as was,"
        f" {source.became} as became from {source.rows}"
    )


# Who can be asked for


def leads_ever(db: Database) -> list[Person]:
    """Everybody who is a lead or was one, by name."""
    rows = db.rows(
        "select * from people where role = 'lead' or id in (select person from people_history where role = 'lead')"
        " order by sort_name, id"
    )
    return [from_row(row) for row in rows]


def called_like(db: Database, text: str) -> list[int]:
    """The people whose name or email holds a text, here or not."""
    return [row["id"] for row in db.rows(f"select id from people where {SOUGHT}", sought(text))]

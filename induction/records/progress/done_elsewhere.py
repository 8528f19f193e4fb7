"""Certificates of other providers. Added to, and never changed; what was recorded by mistake is taken back by a further entry."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ...rules.done_elsewhere import Certificate
from ..people.days_here import HAVE_BEGUN
from ..people.history import then
from ..store.columns import list_text, mapper, maybe_day_text, moment_text
from ..store.database import Database

_SAID = (
    f"select d.*, {then('name', 'd.by', 'd.at')} as by_name, b.at as taken_back_at, b.why,"
    f" {then('name', 'b.by', 'b.at')} as taken_back_by_name"
    " from done_elsewhere d left join done_elsewhere_taken_back b on b.entry = d.id"
)
_COUNTING = (  # on the day `:today`; more may be asked of each, `d`
    "done_elsewhere d where done_on <= :today and (expires_on is null or expires_on >= :today)"
    " and not exists (select 1 from done_elsewhere_taken_back where entry = d.id)"
)
GROW = ("done_elsewhere", "done_elsewhere_taken_back")  # the tables on whose rows it depends
_certificate = mapper(Certificate)


@dataclass(frozen=True, slots=True)
class NewCertificate:
    person_id: int
    course: str
    provider: str
    title: str
    done_on: date
    expires_on: date | None
    document: str  # the SHA-256 of its file
    kind: str
    file: str
    bytes: int


def add(db: Database, new: NewCertificate, *, by: int | None, now: datetime) -> int:
    """Keep a certificate; its number."""
    number: int = db.value(
        "insert into done_elsewhere (person, course, provider, title, done_on, expires_on, document, kind, file, bytes, \"by\", at)"
        " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) returning id",
        [new.person_id, new.course, new.provider, new.title, new.done_on.isoformat(), maybe_day_text(new.expires_on),
         new.document, new.kind, new.file, new.bytes, by, moment_text(now)],
    )
    return number


def take_back(db: Database, number: int, why: str, *, by: int | None, now: datetime) -> None:
    """It counts no more, and stays on record with the reason."""
    db.execute(
        'insert into done_elsewhere_taken_back (entry, why, "by", at) values (?, ?, ?, ?)', [number, why, by, moment_text(now)]
    )


def find(db: Database, number: int) -> Certificate | None:
    row = db.row(f"{_SAID} where d.id = ?", [number])
    return None if row is None else _certificate(row)


def of_person(db: Database, person_id: int) -> list[Certificate]:
    """All of somebody's, the oldest first."""
    return [_certificate(row) for row in db.rows(f"{_SAID} where d.person = ? order by d.id", [person_id])]


def courses(db: Database, today: date) -> Mapping[int, frozenset[str]]:
    """The courses that count as done elsewhere on a day, by person; who has none is missing.

    It is read once, of all, and kept until anything is said of a certificate.
    """
    return db.remembered(("done elsewhere", today), GROW, lambda: _courses(db, today))


def _courses(db: Database, today: date) -> Mapping[int, frozenset[str]]:
    rows = db.rows(
        f"select person, json_group_array(distinct course) as courses from {_COUNTING} group by person", {"today": today.isoformat()}
    )
    return {row["person"]: frozenset(json.loads(row["courses"])) for row in rows}


def instead(db: Database, today: date) -> dict[str, int]:
    """How many have begun here for whom each course counts as done elsewhere, and who have done nothing of it here."""
    rows = db.rows(
        f"select course, count(distinct person) as people from {_COUNTING}"
        f" and exists (select 1 from people where id = d.person and active = 1 and {HAVE_BEGUN})"
        " and not exists (select 1 from completions_that_count where person = d.person and course = d.course)"
        " and not exists (select 1 from attempts where person = d.person and course = d.course) group by course",
        {"today": today.isoformat()},
    )
    return {row["course"]: row["people"] for row in rows}


def of_people(db: Database, person_ids: Collection[int]) -> dict[int, list[Certificate]]:
    """Those of these people that were not taken back, the oldest first; one query. Who has none is missing."""
    rows = db.rows(
        f"{_SAID} where d.person in (select value from json_each(?)) and b.id is null order by d.id", [list_text(sorted(person_ids))]
    )
    found: dict[int, list[Certificate]] = {}
    for each in map(_certificate, rows):
        found.setdefault(each.person_id, []).append(each)
    return found


def recorded_by(db: Database, person_id: int) -> list[dict[str, Any]]:
    """What somebody recorded or took back for others, the oldest first."""
    return db.rows(
        f"select {then('name', 'd.person', 'd.at')} as person, d.course, d.provider, d.title, d.at,"
        " case when d.by = :person then 'recorded' else 'taken back' end as what, b.at as taken_back_at"
        " from done_elsewhere d left join done_elsewhere_taken_back b on b.entry = d.id and b.by = :person"
        " where d.by = :person or b.id is not null order by d.id",
        {"person": person_id},
    )

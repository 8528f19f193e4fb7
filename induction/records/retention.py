"""How long each kind is kept, what of it has had its time, and taking that away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from ..rules.retention import Kind, Said
from .store import removals
from .store.columns import mapper, moment_text
from .store.database import Database
from .store.removals import Removal

ITS_TIME = "The time for which the school keeps this was over."
_said = mapper(Said)

# What there is of a kind: whose it is, since when its time runs, and how many rows go with it.
_HELD = {
    Kind.ANSWERS: (
        "select t.person, t.since, (select count(*) from answers where attempt = t.attempt)"
        " + (select count(*) from put_off where attempt = t.attempt) as count from tries_over t"
    ),
    Kind.NOTES: (
        "select n.person, max(n.at, ifnull(w.at, n.at)) as since, 1 + (w.note is not null) as count"
        " from notes n left join note_answers w on w.note = n.id"
    ),
    Kind.CONFIDENCE: (
        "select c.person, (select max(at) from confidence where (person, course) = (c.person, c.course)) as since, 1 as count"
        " from confidence c where c.answers <> '{}'"
    ),
    Kind.THEMES: "select teacher as person, recorded_at as since, 1 as count from conversations where themes <> '[]'",
    Kind.LETTERS: "select null as person, done_at as since, 1 as count from letters",
    Kind.BROWSERS: (
        "select null as person, known_since as since, 1 as count from devices"
        " union all select null, last_used_at, 1 from sessions"
    ),
    Kind.LEFT: (
        "select p.id as person, (select min(at) from people_history where person = p.id and id >"
        " (select ifnull(max(id), 0) from people_history where person = p.id and active = 1)) as since, 1 as count"
        " from people p where p.active = 0 and p.erased_at is null"
    ),
}
_NOTES = (
    "select n.id from notes n left join note_answers w on w.note = n.id"
    " where n.person = :person and max(n.at, ifnull(w.at, n.at)) < :until"
)
_TRIES = "select attempt from tries_over where person = :person and since < :until"
_ENTRIES = f"kind = 'answers' and entry is not null and row in ({_TRIES})"  # of evidence
_TAKES = {  # of one person
    Kind.ANSWERS: (
        f"update evidence set salt = null, entry = null, gone_with = (select removal from open_removal) where {_ENTRIES}",
        f"delete from put_off where attempt in ({_TRIES})",
        f"delete from answers where attempt in ({_TRIES})",
    ),
    Kind.CONFIDENCE: (
        "update confidence set answers = '{}' where person = :person and answers <> '{}' and (select max(at) from confidence c"
        " where (c.person, c.course) = (confidence.person, confidence.course)) < :until",
    ),
    Kind.THEMES: ("update conversations set themes = '[]' where teacher = :person and themes <> '[]' and recorded_at < :until",),
}


def said(db: Database) -> list[Said]:
    """What leads have said, the oldest first."""
    return [_said(row) for row in db.rows("select kind, months, at from retention_periods order by id")]


def say(db: Database, kind: Kind, months: int, *, by: int, now: datetime) -> None:
    db.execute(
        'insert into retention_periods (kind, months, "by", at) values (?, ?, ?, ?)', [kind, months, by, moment_text(now)]
    )


def said_by(db: Database, person_id: int) -> list[dict[str, Any]]:
    """What somebody said as a lead, for their own record."""
    return db.rows('select kind as what, months, at from retention_periods where "by" = ? order by id', [person_id])


def latest(db: Database) -> int:
    """The number of what was said last; 0 where nothing was."""
    number: int = db.value("select ifnull(max(id), 0) from retention_periods")
    return number


def over(db: Database, kind: Kind, moments: Sequence[datetime]) -> list[int]:
    """Of how many the time has run since before each of these moments. One query."""
    sums = ", ".join(f"total(since < :at{place}) as n{place}" for place in range(len(moments)))
    values = {f"at{place}": moment_text(moment) for place, moment in enumerate(moments)}
    [row] = db.rows(f"select {sums} from ({_HELD[kind]}) where count > 0", values)
    return [int(count) for count in row.values()]


def whose(db: Database, kind: Kind, until: datetime, most: int) -> Mapping[int, int]:
    """Of whom something has had its time, and how many rows of theirs; of at most so many people."""
    rows = db.rows(
        f"select person, sum(count) as count from ({_HELD[kind]}) where since < ? and count > 0 group by person order by person limit ?",
        [moment_text(until), most],
    )
    return {row["person"]: row["count"] for row in rows}


def take(db: Database, kind: Kind, person_id: int, count: int, *, until: datetime, now: datetime) -> None:
    """Inside a transaction: take away what of somebody's has had its time."""
    of = {"person": person_id, "until": moment_text(until)}
    if kind is Kind.ANSWERS:
        count += db.value(f"select count(*) from evidence where {_ENTRIES}", of)
    removals.begin(db, Removal(kind=kind, person_id=person_id, until=until, count=count, why=ITS_TIME, at=now))
    if kind is Kind.NOTES:
        which = [row["id"] for row in db.rows(_NOTES, of)]
        for number in which:
            db.execute("delete from note_answers where note = ?", [number])
            db.execute("delete from notes where id = ?", [number])
    for statement in _TAKES.get(kind, ()):
        db.execute(statement, of)
    removals.end(db)


def take_of_nobody(db: Database, kind: Kind, *, until: datetime, most: int, now: datetime) -> int:
    """Inside a transaction: take away what is nobody's own and has had its time, at most so many; how many went."""
    at, names = moment_text(until), {Kind.LETTERS: (("letters", "id", "done_at"),), Kind.BROWSERS: (
        ("devices", "mark_sha256", "known_since"), ("sessions", "id", "last_used_at"),
    )}
    found = [
        (table, key, row["key"])
        for table, key, since in names[kind]
        for row in db.rows(f"select {key} as key from {table} where {since} < ? order by {since} limit ?", [at, most])
    ][:most]
    if found:
        removals.begin(db, Removal(kind=kind, until=until, count=len(found), why=ITS_TIME, at=now))
        for table, key, value in found:
            db.execute(f"delete from {table} where {key} = ?", [value])
        removals.end(db)
    return len(found)


def acts_before(db: Database, until: datetime) -> int:
    """How many acts of leads are from before a moment."""
    count: int = db.value("select count(*) from acts where at < ?", [moment_text(until)])
    return count


def take_acts(db: Database, until: datetime) -> None:
    """Inside a transaction that has noted an act of today: let those go from before a moment, more than seven years ago."""
    db.execute("update evidence set salt = null, entry = null where kind = 'act' and at < ? and entry is not null", [moment_text(until)])
    db.execute("delete from acts where at < ?", [moment_text(until)])

"""Who somebody was and when, and the links and passwords by which they came in. Added to, and never changed.

An entry makes its person so, by a trigger; the schema refuses every other change of a person, and every password
without the entry that says how it came.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from ...rules.person_history import Entry, Way, WayIn, What
from ..store.columns import list_text, local_day, mapper, maybe_day_text, moment, moment_text
from ..store.database import Database
from .one_time_links import LinkKind
from .person import Person

BY_ITSELF = 0  # as who does something


def then(column: str, person: str, at: str) -> str:
    """SQL for a person's `name` or `email` at a moment, or before anything was kept, the first that was.

    `person` and `at` are SQL too, of the query that it stands in. A record carries the name of its day by this.
    """
    of_then = f"select {column} from people_history where person = {person} and at <= {at} order by id desc limit 1"
    first = f"select {column} from people_history where person = {person} order by id limit 1"
    return f"ifnull(({of_then}), ({first}))"


_ENTRIES = (
    f"select h.*, {then('name', 'h.by', 'h.at')} as by_name, {then('name', 'h.mentor', 'h.at')} as mentor_name"
    " from people_history h"
)
_WAYS = (
    f"select w.*, {then('name', 'w.by', 'w.at')} as by_name, w.\"by\" is w.person and w.what in ('invitation', 'reset') as own,"
    " exists (select 1 from sign_in_events e where e.person = w.person and e.what = 'not me' and e.at = w.at) as by_not_me"
    " from ways_in w"
)
PASSWORD_ENDED = "p.password_hash is null and w.what = 'cleared' and w.\"by\" is p.id"  # SQL; a lead ends no password by that
_entry, _way = mapper(Entry), mapper(WayIn)


def enter(db: Database, after: Person, *, by: int | None, now: datetime) -> None:
    """Make somebody so from now on. `by` is BY_ITSELF where nobody does it, but a day has come."""
    db.execute(
        'insert into people_history (person, at, "by", what, email, name, role, mentor, due, course, active, starts, ends, by_itself)'
        " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [after.id, moment_text(now), None if by == BY_ITSELF else by, What.CHANGED, after.email, after.name, after.role,
         after.mentor_id, maybe_day_text(after.due), after.course, int(after.active), maybe_day_text(after.starts),
         maybe_day_text(after.ends), int(by == BY_ITSELF)],
    )


def entries(db: Database, person_id: int) -> list[Entry]:
    """All of somebody's, the oldest first."""
    return [_entry(row) for row in db.rows(f"{_ENTRIES} where h.person = ? order by h.id", [person_id])]


def latest(db: Database, person_id: int) -> int:
    """The number of somebody's latest entry: another one after each change; 0 for nobody."""
    number: int = db.value("select ifnull(max(id), 0) from people_history where person = ?", [person_id])
    return number


def kept_since(db: Database) -> date | None:
    """The day on which an upgrade began to keep who somebody was; None where it was kept from the first."""
    began: str | None = db.value("select min(at) from people_history where what = 'began'")
    return local_day(began) if began else None


def since(db: Database, person_ids: Collection[int]) -> dict[int, datetime]:
    """When each of these people was last changed in anything."""
    rows = db.rows(
        "select person, max(at) as at from people_history where person in (select value from json_each(?)) group by person",
        [list_text(sorted(person_ids))],
    )
    return {row["person"]: moment(row["at"]) for row in rows}


def newest(db: Database) -> int:
    """The number of the latest entry of anybody: who has none after it stands as they stood."""
    number: int = db.value("select ifnull(max(id), 0) from people_history")
    return number


def changed_after(db: Database, person_ids: Collection[int], number: int) -> list[Entry]:
    """The entries of these people after the one of that number, the oldest first."""
    rows = db.rows(
        f"{_ENTRIES} where h.id > ? and h.person in (select value from json_each(?)) order by h.id",
        [number, list_text(sorted(person_ids))],
    )
    return [_entry(row) for row in rows]


def ending(db: Database, person_id: int) -> Entry | None:
    """The entry by which somebody's account ended who has left."""
    last = next(iter(entries(db, person_id)[-1:]), None)
    return None if last is None or last.active else last


def handed_over_by(db: Database, mentor_id: int, end: Entry) -> list[int]:
    """Who was handed to another, or to nobody, as their mentor's account ended, and has had no other mentor since."""
    rows = db.rows(
        "select h.person from people_history h join people p on p.id = h.person and p.active"
        ' where h.at = :at and h."by" is :by and h.id < :end'
        " and (select mentor from people_history where person = h.person and id < h.id order by id desc limit 1) = :mentor"
        " and not exists (select 1 from people_history where person = h.person and id > h.id and mentor is not h.mentor)"
        " order by p.sort_name, p.id",
        {"at": moment_text(end.at), "by": end.by, "end": end.id, "mentor": mentor_id},
    )
    return [row["person"] for row in rows]


@dataclass(frozen=True, slots=True)
class PasswordOrigin:
    """How a password comes."""

    how: Way
    by: int | None = None  # None: the command line, or whoever had the link
    device: str = ""  # *Firefox on Windows*; empty where it is not known
    kind: LinkKind | None = None  # of the link that it is chosen through


AT_THE_TERMINAL = PasswordOrigin(Way.SET)


def note_way(db: Database, person_id: int, origin: PasswordOrigin, *, now: datetime) -> int:
    """Keep how somebody's password came; the entry's id."""
    entry: int = db.value(
        'insert into ways_in (person, at, "by", what, through, device) values (:person, :at, :by, :what,'
        " (select max(id) from ways_in where person = :person and what = :kind), :device) returning id",
        {"person": person_id, "at": moment_text(now), "by": origin.by, "what": origin.how, "kind": origin.kind,
         "device": origin.device[:200]},
    )
    return entry


def ways_in(db: Database, person_id: int) -> list[WayIn]:
    """All of somebody's, the oldest first."""
    return [_way(row) for row in db.rows(f"{_WAYS} where w.person = ? order by w.id", [person_id])]


def latest_way(db: Database, person_id: int) -> WayIn | None:
    """The latest link or password of somebody."""
    row = db.row(f"{_WAYS} where w.person = ? order by w.id desc limit 1", [person_id])
    return None if row is None else _way(row)


@dataclass(frozen=True, slots=True)
class PasswordEnded:
    """Somebody's password ended since they said that a sign-in was not theirs, and they have chosen none since."""

    at: datetime
    mailed: bool  # a link for a new one went out with that


def password_ended(db: Database, person_id: int) -> PasswordEnded | None:
    row = db.row(
        "select w.at, exists (select 1 from ways_in r where r.person = w.person and r.what = 'reset' and r.at = w.at) as mailed"
        f" from people p join ways_in w on w.id = p.password_entry where p.id = ? and {PASSWORD_ENDED}",
        [person_id],
    )
    return None if row is None else PasswordEnded(moment(row["at"]), bool(row["mailed"]))


def latest_way_of_all(db: Database) -> int:
    """The number of the latest link or password of anybody: those to come have higher ones."""
    number: int = db.value("select ifnull(max(id), 0) from ways_in")
    return number


@dataclass(frozen=True, slots=True)
class Lately:
    """What others did to somebody's account that its owner should hear of."""

    password_at: datetime | None  # a new password was chosen through …
    link: WayIn | None  # … a link that somebody else made
    changed: Entry | None  # somebody else changed the name or the email
    before: Entry | None  # as it was before that
    copied_at: datetime | None = None  # somebody else took out everything held about them …
    copied_by: str = ""
    copied_why: str = ""


def lately(db: Database, person_id: int, since: datetime) -> Lately | None:
    """What others did since a moment; None where there is nothing. One query where there is nothing: home asks it."""
    row = db.row(
        "select (select max(c.id) from ways_in c join ways_in l on l.id = c.through where c.person = :person and c.at >= :since"
        " and l.\"by\" is not :person and exists (select 1 from ways_in where person = :person and id < c.id"
        " and what in ('began', 'chosen', 'changed', 'set'))) as chosen,"
        " (select max(h.id) from people_history h where h.person = :person and h.at >= :since and h.what = 'changed'"
        " and h.\"by\" is not :person and (h.name, h.email) is not (select name, email from people_history"
        " where person = :person and id < h.id order by id desc limit 1)) as entry,"
        " (select max(id) from acts where person = :person and at >= :since and what = 'record given' and \"by\" is not :person) as copy",
        {"person": person_id, "since": moment_text(since)},
    )
    if row is None or not any(row.values()):
        return None
    copy = db.row(f"select at, about, {then('name', 't.by', 't.at')} as by_name from acts t where id = ?", [row["copy"]]) or {}
    ways = {each.id: each for each in ways_in(db, person_id)}
    chosen = ways.get(row["chosen"])
    known = [each for each in entries(db, person_id) if each.id <= (row["entry"] or 0)]
    return Lately(
        password_at=chosen.at if chosen else None,
        link=ways.get(chosen.through or 0) if chosen else None,
        changed=known[-1] if known else None,
        before=known[-2] if len(known) > 1 else None,
        copied_at=moment(copy["at"]) if copy else None,
        copied_by=copy.get("by_name") or "",
        copied_why=copy.get("about", ""),
    )


def way_in(person: str, at: str) -> str:
    """SQL for the last link by which a person's password had been chosen before a moment, and who had made it.

    *link for a new password, made by Lou Hartley on 2026-12-04, used on 2026-12-05*; empty where none is known.
    """
    made_by = f"ifnull({then('name', 'l.by', 'l.at')}, 'the command line')"
    return (
        "ifnull((select iif(l.what = 'reset', 'link for a new password', 'invitation') || ', made by ' ||"
        f" {made_by} || ' on ' || substr(l.at, 1, 10) || ', used on ' || substr(c.at, 1, 10)"
        f" from ways_in c join ways_in l on l.id = c.through where c.person = {person} and c.at <= {at}"
        " order by c.id desc limit 1), '')"
    )

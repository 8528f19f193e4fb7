"""The people of the school: added, changed, listed, and who may see whom."""

from __future__ import annotations

import math
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from ...learning.people import Role
from .. import links, sessions
from ..columns import list_text, maybe_day_text, moment_text
from ..database import Database
from ..person import Person, from_row, normal_email, sort_name

__all__ = ["Person", "normal_email", "sort_name"]


class PeopleFault(Exception):
    """Something about people that can't be so. str() says it in a sentence; a page may have words of its own."""

    words = "That can't be so."

    def __str__(self) -> str:
        return self.words


class EmailTaken(PeopleFault):
    """Somebody has that email already, perhaps somebody who has left."""

    words = "Somebody with that email is here already, or was."


class NotAMentor(PeopleFault):
    """The mentor named is no active mentor or lead, or is the person themselves."""

    words = "A mentor is somebody else, here now, whose role is mentor or lead."


class LastLead(PeopleFault):
    """Without another active lead nobody could run the school's induction."""

    words = "That is the only lead; make somebody else a lead first."


class NoSuchPerson(PeopleFault):
    """Nobody has that id."""

    words = "There is nobody of that id."


@dataclass(frozen=True, slots=True)
class StoredPassword:
    """What signing in rests on. A session begins only while all of it still is as it was when a password was verified."""

    person_id: int
    email: str
    password_hash: str | None  # None: none yet
    role: Role
    active: bool


@dataclass(frozen=True, slots=True)
class PeoplePage:
    people: tuple[Person, ...]
    count: int  # of all pages
    page: int  # from 1; the last one where a later one was asked for
    pages: int


def add(
    db: Database, *, email: str, name: str, role: Role, now: datetime, mentor_id: int | None = None,
    due: date | None = None, course: str | None = None,
) -> Person:
    """Add somebody, without a password yet. Raises EmailTaken, NotAMentor."""
    if by_email(db, email):
        raise EmailTaken
    _check_mentor(db, mentor_id, None)
    row = db.row(
        "insert into people (email, name, sort_name, role, mentor, due, created_at, checklist_key, course)"
        " values (?, ?, ?, ?, ?, ?, ?, ?, ?) returning *",
        [normal_email(email), name.strip(), sort_name(name), role, mentor_id, maybe_day_text(due), moment_text(now),
         secrets.token_urlsafe(16), course],
    )
    return from_row(row)


def update(
    db: Database, person_id: int, *, email: str, name: str, role: Role, mentor_id: int | None, due: date | None
) -> Person:
    """Change what the school says of somebody. Raises NoSuchPerson, EmailTaken, NotAMentor, LastLead.

    Another role or email ends their sessions; another email ends their links too, which went to the old one.
    """
    before = find(db, person_id)
    if before is None:
        raise NoSuchPerson
    holder = by_email(db, email)
    if holder and holder.id != person_id:
        raise EmailTaken
    if mentor_id != before.mentor_id:
        _check_mentor(db, mentor_id, person_id)
    if role is not Role.LEAD:
        _check_not_last_lead(db, before)
    moved = normal_email(email) != before.email
    if moved or role is not before.role:
        sessions.end_all(db, person_id)
    if moved:
        links.end_all(db, person_id)
    row = db.row(
        "update people set email = ?, name = ?, sort_name = ?, role = ?, mentor = ?, due = ? where id = ? returning *",
        [normal_email(email), name.strip(), sort_name(name), role, mentor_id, maybe_day_text(due), person_id],
    )
    return from_row(row)


def give_course(db: Database, person_id: int, course: str | None) -> None:
    """Name a course for somebody, in place of those that everyone is given; None: those."""
    db.execute("update people set course = ? where id = ?", [course, person_id])


def deactivate(db: Database, person_id: int) -> None:
    """Somebody has left: they can't get in, and their records stay. Raises LastLead, NoSuchPerson."""
    person = find(db, person_id)
    if person is None:
        raise NoSuchPerson
    _check_not_last_lead(db, person)
    db.execute("update people set active = 0 where id = ?", [person_id])
    sessions.end_all(db, person_id)
    links.end_all(db, person_id)


def reactivate(db: Database, person_id: int) -> None:
    """Somebody is back."""
    db.execute("update people set active = 1 where id = ?", [person_id])


def set_password(db: Database, person_id: int, password_hash: str) -> None:
    """Keep a new password's hash. Every session and link of theirs ends: a copied one is worth nothing now."""
    db.execute("update people set password_hash = ? where id = ?", [password_hash, person_id])
    sessions.end_all(db, person_id)
    links.end_all(db, person_id)


def password_of(db: Database, email: str) -> StoredPassword | None:
    """The password's hash for an email, however it was typed; None if nobody has that email."""
    row = db.row("select id, email, password_hash, role, active from people where email = ?", [normal_email(email)])
    if row is None:
        return None
    return StoredPassword(row["id"], row["email"], row["password_hash"], Role(row["role"]), bool(row["active"]))


def find(db: Database, person_id: int) -> Person | None:
    row = db.row("select * from people where id = ?", [person_id])
    return None if row is None else from_row(row)


def by_email(db: Database, email: str) -> Person | None:
    """Whoever has this email, however it was typed, active or not."""
    row = db.row("select * from people where email = ?", [normal_email(email)])
    return None if row is None else from_row(row)


def some(db: Database, ids: Collection[int]) -> dict[int, Person]:
    """Several people by id; ids that nobody has are missing."""
    rows = db.rows("select * from people where id in (select value from json_each(?))", [list_text(sorted(ids))])
    return {row["id"]: from_row(row) for row in rows}


def listing(
    db: Database, *, search: str = "", role: Role | None = None, active: bool = True, page: int = 1,
    per_page: int = 50,
) -> PeoplePage:
    """A page of people by name; `search` is a part of the name or email."""
    where, values = "active = :active", {"active": int(active), "search": sort_name(search), "role": role}
    if search.strip():
        where += " and (instr(sort_name, :search) or instr(email, :search))"
    if role:
        where += " and role = :role"
    count = db.value(f"select count(*) from people where {where}", values)
    pages = max(1, math.ceil(count / per_page))
    page = min(max(page, 1), pages)
    rows = db.rows(
        f"select * from people where {where} order by sort_name, id limit :limit offset :offset",
        {**values, "limit": per_page, "offset": (page - 1) * per_page},
    )
    return PeoplePage(tuple(from_row(row) for row in rows), count, page, pages)


def mentors(db: Database) -> list[Person]:
    """Everybody who may be somebody's mentor, by name: active mentors and leads."""
    rows = db.rows("select * from people where active = 1 and role in ('mentor', 'lead') order by sort_name, id")
    return [from_row(row) for row in rows]


def teachers_of(db: Database, mentor_id: int) -> list[Person]:
    """The active people whose mentor this is, by name."""
    rows = db.rows("select * from people where mentor = ? and active = 1 order by sort_name, id", [mentor_id])
    return [from_row(row) for row in rows]


def visible_teacher(db: Database, viewer_id: int, person_id: int) -> Person | None:
    """Somebody whose progress the viewer may see: their own teacher, or anyone for a lead; else None.

    The query starts from the viewer, so that somebody else's teacher and nobody at all are the same answer.
    """
    row = db.row(
        "select p.* from people viewer join people p on viewer.role = 'lead'"
        " or (viewer.role = 'mentor' and p.mentor = viewer.id and p.active)"
        " where viewer.id = ? and viewer.active and p.id = ?",
        [viewer_id, person_id],
    )
    return None if row is None else from_row(row)


def has_lead(db: Database) -> bool:
    """Whether somebody active runs the school's induction: from then on it is set up."""
    return bool(db.value("select exists (select 1 from people where role = 'lead' and active = 1)"))


def _check_mentor(db: Database, mentor_id: int | None, person_id: int | None) -> None:
    if mentor_id is None:
        return
    mentor = find(db, mentor_id)
    if mentor is None or not mentor.active or mentor.role is Role.TEACHER or mentor.id == person_id:
        raise NotAMentor


def _check_not_last_lead(db: Database, person: Person) -> None:
    another = "select exists (select 1 from people where role = 'lead' and active = 1 and id <> ?)"
    if person.role is Role.LEAD and person.active and not db.value(another, [person.id]):
        raise LastLead

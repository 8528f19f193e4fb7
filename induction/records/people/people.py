"""The people of the school: added, changed, listed, and who may see whom."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypedDict, Unpack

from ...rules.person_history import Way
from ...rules.roles import Role
from ..store.columns import list_text, maybe_day_text, moment_text
from ..store.database import Database
from . import history, one_time_links, sessions
from .lists import (
    PeoplePage,
    given_another_course,
    here,
    leads,
    left_and_named_in,
    listing,
    mentors,
    namesakes,
    shared_names,
    teachers_of,
)
from .one_time_links import LinkKind
from .person import Person, from_row, normal_email, sort_name

__all__ = [
    "PeoplePage", "Person", "given_another_course", "here", "leads", "left_and_named_in", "listing", "mentors", "namesakes",
    "normal_email", "shared_names", "sort_name", "teachers_of",
]
MENTORS = (Role.MENTOR, Role.LEAD)  # who may be somebody's mentor


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
    """Without another lead who can sign in nobody could run the school's induction."""

    words = "That is the only lead who can sign in. Make somebody else a lead first, and see that they have chosen a password."


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


def add(
    db: Database, *, email: str, name: str, role: Role, now: datetime, mentor_id: int | None = None,
    due: date | None = None, course: str | None = None, by: int | None = None,
) -> Person:
    """Add somebody, without a password yet. `by` is who does it, None on the command line. Raises EmailTaken, NotAMentor."""
    if by_email(db, email):
        raise EmailTaken
    _check_mentor(db, mentor_id, None)
    row = db.row(
        "insert into people (email, name, sort_name, role, mentor, due, created_at, added_by, checklist_key, course)"
        " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) returning *",
        [normal_email(email), name.strip(), sort_name(name), role, mentor_id, maybe_day_text(due), moment_text(now), by,
         secrets.token_urlsafe(16), course],
    )
    return from_row(row)


class Changes(TypedDict, total=False):
    """What may be changed of somebody. What is not named stays as it is."""

    email: str
    name: str
    role: Role
    mentor_id: int | None
    due: date | None
    course: str | None  # in place of those that everyone is given; None: those


def update(
    db: Database, person_id: int, *, now: datetime, by: int | None = None, follower_id: int | None = None,
    **changes: Unpack[Changes],
) -> Person:
    """Change what is named of somebody, and nothing else; where nothing differs, nothing is written.

    Another role or email ends their sessions; another email ends their links too, which went to the old one. Who is no
    mentor any more hands their teachers to the follower or, where there is none, to nobody.
    Raises NoSuchPerson, EmailTaken, NotAMentor, LastLead.
    """
    before = find(db, person_id)
    if before is None:
        raise NoSuchPerson
    after = replace(before, **changes)
    after = replace(after, email=normal_email(after.email), name=after.name.strip())
    holder = by_email(db, after.email)
    if holder and holder.id != person_id:
        raise EmailTaken
    if after.mentor_id != before.mentor_id:
        _check_mentor(db, after.mentor_id, person_id)
    return _make_so(db, before, after, by=by, now=now, follower_id=follower_id)


def deactivate(
    db: Database, person_id: int, *, now: datetime, by: int | None = None, follower_id: int | None = None
) -> bool:
    """Somebody has left: they can't get in, and their records stay. False where they had left before.

    Their teachers go to the follower or, where there is none, to nobody. Raises LastLead, NoSuchPerson, NotAMentor.
    """
    person = find(db, person_id)
    if person is None:
        raise NoSuchPerson
    _make_so(db, person, replace(person, active=False), by=by, now=now, follower_id=follower_id)
    return person.active


def reactivate(db: Database, person_id: int, *, now: datetime, by: int | None = None) -> bool:
    """Somebody is back, without the password of before: they need an invitation. False where they were here.

    Their mentor is nobody where the one of before is none any more. Raises NoSuchPerson.
    """
    person = find(db, person_id)
    if person is None:
        raise NoSuchPerson
    if person.active:
        return False
    mentor = find(db, person.mentor_id) if person.mentor_id else None
    still = mentor is not None and mentor.active and mentor.role in MENTORS
    _make_so(db, person, replace(person, active=True, mentor_id=person.mentor_id if still else None), by=by, now=now)
    if person.has_password:
        _keep_password(db, person_id, None, history.note_way(db, person_id, Way.CLEARED, by=by, now=now))
    return True


def _make_so(
    db: Database, before: Person, after: Person, *, by: int | None, now: datetime, follower_id: int | None = None
) -> Person:
    """Keep who somebody is from now on, with all that hangs on it. Raises LastLead, NotAMentor."""
    if after == before:
        return before
    if not (after.active and after.role is Role.LEAD):
        _check_not_last_lead(db, before)
    if not (after.active and after.role in MENTORS):
        _hand_over(db, before.id, follower_id, by=by, now=now)
    history.enter(db, after, by=by, now=now)
    db.execute("update people set sort_name = ? where id = ?", [sort_name(after.name), after.id])
    moved, left = after.email != before.email, before.active != after.active
    if moved or left or after.role is not before.role:
        sessions.end_all(db, after.id)
    if moved or left:
        one_time_links.end_all(db, after.id)
    return after


def _hand_over(db: Database, mentor_id: int, follower_id: int | None, *, by: int | None, now: datetime) -> None:
    """Raises NotAMentor. Nobody follows for a teacher who is the follower themselves."""
    if follower_id == mentor_id:
        raise NotAMentor
    for teacher in teachers_of(db, mentor_id):
        update(db, teacher.id, mentor_id=follower_id if follower_id != teacher.id else None, by=by, now=now)


def set_password(
    db: Database, person_id: int, password_hash: str, *, now: datetime, how: Way = Way.SET, by: int | None = None,
    device: str = "", kind: LinkKind | None = None,
) -> None:
    """Keep a new password's hash, and how it came: `kind` is the kind of link that it was chosen through.

    Every session and link of theirs ends: a copied one is worth nothing now.
    """
    entry = history.note_way(db, person_id, how, by=by, now=now, device=device, kind=kind)
    _keep_password(db, person_id, password_hash, entry)
    sessions.end_all(db, person_id)
    one_time_links.end_all(db, person_id)


def _keep_password(db: Database, person_id: int, password_hash: str | None, entry: int) -> None:
    db.execute("update people set password_hash = ?, password_entry = ? where id = ?", [password_hash, entry, person_id])


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


def everybody(db: Database) -> list[Person]:
    """Everybody who is or was here, in the order in which they came."""
    return [from_row(row) for row in db.rows("select * from people order by id")]


def some(db: Database, ids: Collection[int]) -> dict[int, Person]:
    """Several people by id; ids that nobody has are missing."""
    rows = db.rows("select * from people where id in (select value from json_each(?))", [list_text(sorted(ids))])
    return {row["id"]: from_row(row) for row in rows}


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
    if mentor is None or not mentor.active or mentor.role not in MENTORS or mentor.id == person_id:
        raise NotAMentor


def _check_not_last_lead(db: Database, person: Person) -> None:
    """Raises LastLead. Where somebody can sign in, another who can has to stay; an invitation alone opens nothing."""
    if person.role is not Role.LEAD or not person.active:
        return
    another = (
        "select exists (select 1 from people where role = 'lead' and active = 1 and id <> ?"
        " and (password_hash is not null or not ?))"
    )
    if not db.value(another, [person.id, int(person.has_password)]):
        raise LastLead

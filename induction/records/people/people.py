"""The people of the school: added, changed, listed, and who may see whom."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypedDict, Unpack

from ...rules import days_here
from ...rules.calendar import local
from ...rules.days_here import Fault
from ...rules.email_address import as_typed
from ...rules.person_history import Way
from ...rules.roles import MENTORS, Role
from ...rules.text import folded
from ..store.columns import list_text, mapper, maybe_day_text, moment_text
from ..store.database import Database
from . import calendar_addresses, deputies, history, one_time_links, second_factors, sessions
from .faults import EmailTaken, EndBeforeStart, EndIsPast, LastLead, NoSuchPerson, NotAMentor, PeopleFault, WasErased
from .history import AT_THE_TERMINAL, PasswordOrigin
from .lists import (
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
from .person import CAN_SIGN_IN, Details, Person, from_row

__all__ = [  # the lists and what can't be so are asked of people too, wherever they stand
    "EmailTaken", "EndBeforeStart", "EndIsPast", "LastLead", "NoSuchPerson", "NotAMentor", "PeopleFault", "Person",
    "WasErased", "given_another_course", "here", "leads", "left_and_named_in", "listing", "mentors", "namesakes", "shared_names",
    "teachers_of",
]


@dataclass(frozen=True, slots=True)
class StoredPassword:
    """What signing in rests on. A session begins only while all of it still is as it was when a password was verified."""

    person_id: int
    email: str
    password_hash: str | None  # None: none yet
    role: Role
    active: bool
    starts: date | None
    ends: date | None


# SQL, where `viewer` may see the progress of `p` on the day `:today`.
SEES = (
    "(p.erased_at is null and (viewer.role = 'lead' or (viewer.role = 'mentor' and p.active and (p.mentor = viewer.id or (p.id <>"
    f" viewer.id and exists (select 1 from deputies d where d.mentor = p.mentor and d.deputy = viewer.id and {deputies.AT_PRESENT}))))))"
)
_stored_password = mapper(StoredPassword, person_id="id")


# Writing, each inside a transaction. `by` is who does it, None on the command line


def add(db: Database, details: Details, *, now: datetime, by: int | None = None) -> Person:
    """Add somebody, without a password yet. Raises EmailTaken, EndBeforeStart, EndIsPast, NotAMentor."""
    check_days(details.starts, details.ends, None, now)
    if by_email(db, details.email):
        raise EmailTaken
    _check_mentor(db, details.mentor_id, None)
    return put_new(db, details, by=by, now=now)


def put_new(db: Database, details: Details, *, by: int | None, now: datetime) -> Person:
    """Add somebody whose email is known to be free and whose mentor to be one; raises RuleBroken where that is not so."""
    [row] = db.rows(
        "insert into people (email, name, sort_name, role, mentor, due, created_at, added_by, checklist_key, course, starts, ends)"
        " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) returning *",
        [as_typed(details.email), details.name.strip(), folded(details.name), details.role, details.mentor_id,
         maybe_day_text(details.due), moment_text(now), by, secrets.token_urlsafe(16), details.course,
         maybe_day_text(details.starts), maybe_day_text(details.ends)],
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
    starts: date | None
    ends: date | None


def update(
    db: Database, person_id: int, *, now: datetime, by: int | None = None, follower_id: int | None = None,
    **changes: Unpack[Changes],
) -> Person:
    """Change what is named of somebody, and nothing else; where nothing differs, nothing is written.

    Another role or email ends their sessions; another email ends their links too, which went to the old one. Who is no
    mentor any more hands their teachers to the follower or, where there is none, to nobody.
    Raises NoSuchPerson, EmailTaken, EndBeforeStart, EndIsPast, NotAMentor, LastLead.
    """
    before = _found(db, person_id)
    after = replace(before, **changes)
    check_days(after.starts, after.ends, before.ends, now)
    after = replace(after, email=as_typed(after.email), name=after.name.strip())
    if after.email != before.email and by_email(db, after.email):
        raise EmailTaken
    if after.mentor_id != before.mentor_id:
        _check_mentor(db, after.mentor_id, person_id)
    return put(db, before, after, by=by, now=now, follower_id=follower_id)


def put(
    db: Database, before: Person, after: Person, *, by: int | None, now: datetime, follower_id: int | None = None
) -> Person:
    """Keep who somebody is from now on, with all that hangs on it, as `update` does.

    `before` is known to be so, the email to be free and the mentor to be one; raises RuleBroken where that is not so,
    LastLead, NotAMentor, WasErased.
    """
    if before.erased_at:
        raise WasErased
    if after == before:
        return before
    today = local(now).date()
    if not (after.active and after.role is Role.LEAD and (after.starts is None or after.starts <= today)):
        check_not_last_lead(db, before, today)
    if not (after.active and after.role in MENTORS):
        _hand_over(db, before, follower_id, by=by, now=now)
    history.enter(db, after, by=by, now=now)
    if after.name != before.name:
        db.execute("update people set sort_name = ? where id = ?", [folded(after.name), after.id])
    if after.starts and after.starts != before.starts:
        one_time_links.wait_until(db, after.id, after.starts, now)
    moved, left = after.email != before.email, before.active != after.active
    if moved or left or after.role is not before.role:
        sessions.end_all(db, after.id)
    if moved or left:
        one_time_links.end_all(db, after.id)
    if left:
        calendar_addresses.end_all(db, after.id)
        second_factors.unlink_all(db, after.id, now)
    return after


def deactivate(
    db: Database, person_id: int, *, now: datetime, by: int | None = None, follower_id: int | None = None
) -> bool:
    """Somebody has left: they can't get in, and their records stay. False where they had left before. `by` may be BY_ITSELF.

    Their teachers go to the follower or, where there is none, to nobody. Raises LastLead, NoSuchPerson, NotAMentor.
    """
    person = _found(db, person_id)
    put(db, person, replace(person, active=False), by=by, now=now, follower_id=follower_id)
    return person.active


def reactivate(
    db: Database, person_id: int, *, now: datetime, by: int | None = None, days: tuple[date | None, date | None] = (None, None)
) -> Person | None:
    """Somebody is back, without the password of before: they need an invitation. None where they were here.

    `days` are the first and the last one from now on. Their mentor is nobody where the one of before is none any more.
    Raises EndBeforeStart, EndIsPast, NoSuchPerson.
    """
    person = _found(db, person_id)
    if person.active:
        return None
    check_days(*days, None, now)
    mentor = find(db, person.mentor_id) if person.mentor_id else None
    still = mentor is not None and mentor.active and mentor.role in MENTORS
    after = replace(person, active=True, mentor_id=person.mentor_id if still else None, starts=days[0], ends=days[1])
    back = put(db, person, after, by=by, now=now)
    if person.has_password:
        _keep_password(db, person_id, None, PasswordOrigin(Way.CLEARED, by), now)
    return replace(back, has_password=False)


def _hand_over(db: Database, mentor: Person, follower_id: int | None, *, by: int | None, now: datetime) -> None:
    """Raises NotAMentor. Nobody follows for a teacher who is the follower themselves."""
    if follower_id == mentor.id:
        raise NotAMentor
    if not (mentor.active and mentor.role in MENTORS):
        return  # so nobody has them as a mentor
    for teacher in teachers_of(db, mentor.id):
        update(db, teacher.id, mentor_id=follower_id if follower_id != teacher.id else None, by=by, now=now)


def set_password(
    db: Database, person_id: int, password_hash: str, origin: PasswordOrigin = AT_THE_TERMINAL, *, now: datetime
) -> None:
    """Keep a new password's hash, and how it came. Every session and link of theirs ends: a copied one is worth nothing now."""
    _keep_password(db, person_id, password_hash, origin, now)
    sessions.end_all(db, person_id)
    one_time_links.end_all(db, person_id)


def end_password(db: Database, person_id: int, *, by: int | None, now: datetime) -> bool:
    """They have no password any more, and no link of theirs works; False where they had none."""
    had = _found(db, person_id).has_password
    if had:
        _keep_password(db, person_id, None, PasswordOrigin(Way.CLEARED, by), now)
    sessions.end_all(db, person_id)
    one_time_links.end_all(db, person_id)
    return had


def _keep_password(db: Database, person_id: int, password_hash: str | None, origin: PasswordOrigin, now: datetime) -> None:
    entry = history.note_way(db, person_id, origin, now=now)
    db.execute("update people set password_hash = ?, password_entry = ? where id = ?", [password_hash, entry, person_id])


# Finding one


def password_of(db: Database, email: str) -> StoredPassword | None:
    """The password's hash for an email, however it was typed; None if nobody has that email."""
    row = db.row("select id, email, password_hash, role, active, starts, ends from people where email = ?", [as_typed(email)])
    return None if row is None else _stored_password(row)


def find(db: Database, person_id: int) -> Person | None:
    row = db.row("select * from people where id = ?", [person_id])
    return None if row is None else from_row(row)


def _found(db: Database, person_id: int) -> Person:
    """Raises NoSuchPerson."""
    person = find(db, person_id)
    if person is None:
        raise NoSuchPerson
    return person


def by_email(db: Database, email: str) -> Person | None:
    """Whoever has this email, however it was typed, active or not."""
    row = db.row("select * from people where email = ?", [as_typed(email)])
    return None if row is None else from_row(row)


def everybody(db: Database) -> list[Person]:
    """Everybody who is or was here, in the order in which they came."""
    return [from_row(row) for row in db.rows("select * from people order by id")]


def by_ids(db: Database, ids: Collection[int]) -> dict[int, Person]:
    """Several people by id; ids that nobody has are missing."""
    rows = db.rows("select * from people where id in (select value from json_each(?))", [list_text(sorted(ids))])
    return {row["id"]: from_row(row) for row in rows}


def visible_teacher(db: Database, viewer_id: int, person_id: int, today: date) -> Person | None:
    """Somebody whose progress the viewer may see: their own teacher, that of a mentor for whom they stand in today, or anyone
    for a lead; else None.

    The query starts from the viewer, so that somebody else's teacher and nobody at all are the same answer.
    """
    row = db.row(
        f"select p.* from people viewer join people p on {SEES} where viewer.id = :viewer and viewer.active and p.id = :person",
        {"viewer": viewer_id, "person": person_id, "today": today.isoformat()},
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


def check_days(starts: date | None, ends: date | None, kept: date | None, now: datetime) -> None:
    """Raises EndBeforeStart, EndIsPast; a last day that is `kept` already may be past by now."""
    match days_here.fault(starts, ends, kept, local(now).date()):
        case Fault.TURNED_ROUND:
            raise EndBeforeStart
        case Fault.PAST:
            raise EndIsPast


def check_not_last_lead(db: Database, person: Person, today: date) -> None:
    """Raises LastLead. Where somebody can sign in, another who can has to stay; an invitation alone opens nothing."""
    if person.role is not Role.LEAD or not person.active:
        return
    another = (
        "select exists (select 1 from people where role = 'lead' and active = 1 and id <> ?"
        f" and ({CAN_SIGN_IN} or not ?) and (starts is null or starts <= ?))"
    )
    if not db.value(another, [person.id, int(person.can_sign_in), today.isoformat()]):
        raise LastLead

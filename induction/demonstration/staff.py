"""The invented staff: thirty people, and how each of them stands."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from ..records.people import one_time_links, people
from ..records.people.history import PasswordOrigin
from ..records.people.one_time_links import LinkKind
from ..records.people.person import Details
from ..records.store.database import Database, together
from ..rules import calendar
from ..rules.person_history import Way
from ..rules.roles import Role
from ..services.programme import Programme
from .learning import Learner, take_lessons

DOMAIN = "wrenfield.example"
MENTORS = (("Max Adeyemi", Role.MENTOR), ("Nia Rowlands", Role.MENTOR), ("Sofia Brandt", Role.LEAD), ("Dev Sethi", Role.MENTOR))
SHORT_COURSE = "boundaries-in-ten-minutes"


@dataclass(frozen=True, slots=True)
class Member:
    name: str
    mentor: int | None  # in the order of MENTORS
    due: int | None  # days from today
    passed: int  # lessons
    begun: bool  # the next one too
    care: float  # how wisely they choose, from 0 to 1


STAFF = (
    Member("Tess Okafor", 0, 11, 4, True, 0.72),
    Member("Ben Achterberg", 0, -2, 2, True, 0.55),
    Member("Farida Hussain", 0, 4, 0, False, 0.8),
    Member("Callum Reid", 0, 4, 9, False, 0.75),
    Member("Gwen Pritchard", 0, 25, 4, True, 0.85),
    Member("Ewa Lis", 0, -3, 11, False, 0.9),
    Member("Dana Moran", 1, -6, 2, True, 0.5),
    Member("Idris Castellano", 1, 6, 9, True, 0.7),
    Member("Harpreet Sandhu", 1, 18, 2, False, 0.8),
    Member("Josie Whitlock", 1, 30, 0, True, 0.6),
    Member("Kwame Obi", 1, 9, 11, False, 0.85),
    Member("Martha Farrow", 1, 2, 11, False, 0.95),
    Member("Ngoc Tran", 2, -20, 11, False, 0.8),
    Member("Rhys Bevan", 2, 12, 11, False, 0.7),
    Member("Alice Thorne", 2, 14, 6, False, 0.75),
    Member("Bilal Aziz", 2, 3, 6, True, 0.65),
    Member("Cara Donnelly", 2, 21, 4, False, 0.85),
    Member("Emeka Bright", 2, -1, 9, True, 0.6),
    Member("Fern Kettlewell", 3, 28, 2, True, 0.7),
    Member("Gareth Pugh", 3, 15, 11, False, 0.9),
    Member("Hollie Marchant", 3, 35, 0, False, 0.8),
    Member("Ivo Jurgens", 3, 5, 4, False, 0.6),
    Member("Kirsty McAra", 3, 40, 2, False, 0.9),
    Member("Leo Fontaine", 3, 9, 0, False, 0.7),
    Member("Maeve Corrigan", None, None, 11, False, 0.85),
)

VOLUNTEERS = ("Leo Fontaine", "Maeve Corrigan")  # they are given the short course


def add(db: Database, name: str, role: Role, by: int | None, now: datetime, **more: Any) -> int:
    """Inside a change: somebody more, with what else `Details` holds; their id."""
    email = f"{name.lower().replace(' ', '.')}@{DOMAIN}"
    return people.add(db, Details(email, name, role, **more), now=now, by=by).id


def open_invitation(db: Database, person: int, secret: str, by: int | None, now: datetime) -> None:
    """Inside a change: an invitation is made, and a password chosen by it a little later."""
    one_time_links.make(db, LinkKind.INVITATION, person, now, by=by)
    later, kind = now + timedelta(minutes=40), LinkKind.INVITATION
    people.set_password(db, person, secret, PasswordOrigin(Way.CHOSEN, None, "Chrome on Windows", kind), now=later)


def who(db: Database, name: str) -> int:
    """The id of somebody of that name."""
    found = people.by_email(db, f"{name.lower().replace(' ', '.')}@{DOMAIN}")
    if found is None:
        raise LookupError(name)
    return found.id


@dataclass(frozen=True, slots=True)
class Seniors:
    """Who was here before: the lead, the mentors, and the password that all of them have chosen, hashed."""

    lead: int
    mentors: list[int]
    secret: str


def fill(db: Database, programme: Programme, seniors: Seniors, now: datetime, chance: random.Random) -> None:
    """Everybody of STAFF, invited by the lead, each with what they have done so far."""
    for member in STAFF:
        with together(db):
            arrived = now - timedelta(days=40 + chance.randrange(20))
            due_on = calendar.local(now).date() + timedelta(days=member.due) if member.due is not None else None
            course = SHORT_COURSE if member.name in VOLUNTEERS else None
            mentor = seniors.mentors[member.mentor] if member.mentor is not None else None
            person = add(
                db, member.name, Role.TEACHER, seniors.lead, arrived, mentor_id=mentor, due=due_on, course=course
            )
            if member.passed or member.begun:
                open_invitation(db, person, seniors.secret, seniors.lead, arrived)
                learner = Learner(person, course, member.passed, member.begun, member.care)
                take_lessons(db, programme, learner, now, chance)

"""Whose induction needs a lead's hand: not begun, overdue, without a date, or the policy unread.

Only those are meant who have an induction to do. What is meant is what rules.groups and rules.induction say: a test compares
them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from itertools import chain

from ...rules.groups import Group
from ...rules.induction import Required
from ..people import staff_groups
from ..store.database import Database
from . import groups
from .groups import GROW, Groups


class Need(StrEnum):
    NOT_BEGUN = "not-begun"
    OVERDUE = "overdue"
    NO_DATE = "no-date"
    UNREAD = "unread"


_COURSES = "select id, course from people where +active = 1 and course is not null"


def find(db: Database, required: Required, today: date) -> tuple[Groups, Mapping[Need, Sequence[int]]]:
    """Everybody who has an induction to do, by group; and the ids of those who need each thing."""
    asked = groups.groups(db, required, today)
    return asked, db.remembered(("needs", repr(required), today), GROW, lambda: _needs(db, required, today, asked))


def _needs(db: Database, required: Required, today: date, asked: Groups) -> Mapping[Need, Sequence[int]]:
    undated = groups.undated(db, required, today)
    return {
        Need.NOT_BEGUN: asked[Group.NOT_BEGUN],
        Need.OVERDUE: asked[Group.OVERDUE],
        Need.NO_DATE: [each for each in chain(asked[Group.NOT_BEGUN], asked[Group.ON_THE_WAY]) if each in undated],
        Need.UNREAD: list(_unread(db, required, asked)),
    }


def _unread(db: Database, required: Required, asked: Groups) -> Iterator[int]:
    """Who has the policy to read as a part of their induction: not those who completed a course of theirs before it was asked."""
    if not required.asks_for:
        return
    read, completed = groups.who_has_read(db, required)
    named = {row["id"]: row["course"] for row in db.rows(_COURSES) if row["course"] in required.by_name}
    given = staff_groups.given(db)
    for person in chain.from_iterable(asked.values()):
        courses = required.courses(named.get(person), given.get(person, ()))
        if person not in read and not any(person in completed.get(course, ()) for course in courses):
            yield person

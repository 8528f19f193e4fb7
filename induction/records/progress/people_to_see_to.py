"""Whose induction needs a lead's hand: not begun, overdue, without a date, or the policy unread.

Only those are meant who have an induction to do. What is meant is what rules.groups and rules.induction say: a test compares
them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from itertools import chain

from ...rules.groups import Group
from ...rules.induction import Required
from ..store.database import Database
from . import groups
from .groups import Groups


class Need(StrEnum):
    NOT_BEGUN = "not-begun"
    OVERDUE = "overdue"
    NO_DATE = "no-date"
    UNREAD = "unread"


GROW = ("people_history", "completions", "acknowledgements", "attempts")  # the tables on whose rows it depends, and on no other
_UNDATED = "select id from people where +active = 1 and due is null"
_COURSES = "select id, course from people where +active = 1 and course is not null"
_READ = "select json_group_array(distinct person) as ids from acknowledgements where version >= :asks_for"
_COMPLETED = "select course, json_group_array(person) as ids from completions where lesson = '' group by course"


def find(db: Database, required: Required, today: date) -> tuple[Groups, Mapping[Need, Sequence[int]]]:
    """Everybody who has an induction to do, by group; and the ids of those who need each thing."""
    asked = groups.groups(db, required, today)
    return asked, db.remembered(("needs", repr(required), today), GROW, lambda: _needs(db, required, asked))


def _needs(db: Database, required: Required, asked: Groups) -> Mapping[Need, Sequence[int]]:
    undated = {row["id"] for row in db.rows(_UNDATED)}
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
    [row] = db.rows(_READ, {"asks_for": required.asks_for})
    read = set(json.loads(row["ids"]))
    completed = {row["course"]: set(json.loads(row["ids"])) for row in db.rows(_COMPLETED)}
    done_by_course: dict[str | None, set[int]] = {
        named: set().union(*(completed.get(course, ()) for course in {course for course, _ in required.lessons(named)}))
        for named in (None, *required.by_name)
    }
    named = {row["id"]: row["course"] for row in db.rows(_COURSES) if row["course"] in required.by_name}
    for person in chain.from_iterable(asked.values()):
        if person not in read and person not in done_by_course[named.get(person)]:
            yield person

"""Answers on confidence, before and after a course: kept once, and shared only where their owner says so."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ...rules.confidence import Answers, AnswersByMoment, Moment
from ..store.columns import moment, moment_text
from ..store.database import Database
from . import shares
from .shares import Share


@dataclass(frozen=True, slots=True)
class Kept:
    """All that somebody said of one course."""

    course: str
    said: AnswersByMoment
    at: Mapping[Moment, datetime]
    share: Share | None  # who may read what they would like to talk about


def save(db: Database, *, person_id: int, course: str, stage: Moment, answers: Answers, now: datetime) -> bool:
    """Keep the answers of a stage, none where it was skipped; False, and nothing changed, if there were some before.

    New answers end the sharing: it was said of those that stood then.
    """
    new = bool(db.execute(
        "insert into confidence (person, course, stage, answers, at) values (?, ?, ?, ?, ?)"
        " on conflict (person, course, stage) do nothing",
        [person_id, course, stage, json.dumps(dict(answers), sort_keys=True), moment_text(now)],
    ))
    if new and answers:
        shares.share_confidence(db, person_id, course, None, now)
    return new


def of_person(db: Database, person_id: int) -> dict[str, Kept]:
    """What somebody said, by course, in the order they first did. One query."""
    rows = db.rows(
        "select c.course, c.stage, c.answers, c.at, s.reader, r.name, s.at as shared_at from confidence c"
        " left join confidence_shares s on s.id ="
        " (select max(id) from confidence_shares where person = c.person and course = c.course)"
        " left join people r on r.id = s.reader where c.person = ? order by c.id",
        [person_id],
    )
    courses: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        courses.setdefault(row["course"], []).append(row)
    return {course: _kept(course, stages) for course, stages in courses.items()}


def _kept(course: str, rows: list[dict[str, Any]]) -> Kept:
    first = rows[0]
    return Kept(
        course,
        {Moment(row["stage"]): json.loads(row["answers"]) for row in rows},
        {Moment(row["stage"]): moment(row["at"]) for row in rows},
        Share(first["reader"], first["name"], moment(first["shared_at"])) if first["reader"] else None,
    )

"""Attempts at a lesson's scenarios and their answers: facts, each kept as it was judged that day."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from ...content.model import Rating
from ...rules.judging import Outcome
from ...rules.openings import Opening
from ..store.columns import (
    day_begins,
    fraction_text,
    items,
    list_text,
    maybe_fraction,
    maybe_moment,
    moment,
    moment_text,
)
from ..store.database import Database
from . import lessons_opened


@dataclass(frozen=True, slots=True)
class Answer:
    step: int  # of the whole attempt, from 1
    scenario: str
    scene: str
    chosen: tuple[int, ...]  # the options' numbers, from 1
    rating: Rating
    mark: Fraction
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """What an attempt begins with. Versions are SHA-256 of the words it is about, kept already."""

    person_id: int
    course: str
    lesson: str
    quiz_version: str
    lesson_version: str
    policy_version: int
    pass_mark: int
    drawn: tuple[str, ...]  # the scenarios, in the order they are asked
    started_at: datetime
    asked_again: int | None = None  # where it asks again what a new policy turned round: `retakes.Asked.id`
    opening: Opening | None = None  # of the lesson's page, before it began; None: begun before that was kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt(Beginning):
    """`mark` and the other results are None while it is open."""

    id: int
    finished_at: datetime | None
    mark: Fraction | None
    percent: int | None
    breaches: int | None
    passed: bool | None
    answers: tuple[Answer, ...] = ()


def open_attempt(db: Database, person_id: int, course: str, lesson: str) -> int | None:
    """The id of this person's open attempt at a lesson's scenarios."""
    found: int | None = db.value(
        "select id from attempts where person = ? and course = ? and lesson = ? and finished_at is null",
        [person_id, course, lesson],
    )
    return found


def start_or_resume(db: Database, new: Beginning) -> int:
    """The id of the open attempt, else of a new one."""
    db.execute(
        "insert into attempts (person, course, lesson, quiz_version, lesson_version, policy_version, pass_mark, drawn,"
        " started_at, asked_again, lesson_opened) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " on conflict (person, course, lesson) where finished_at is null do nothing",
        [new.person_id, new.course, new.lesson, new.quiz_version, new.lesson_version, new.policy_version, new.pass_mark,
         list_text(new.drawn), moment_text(new.started_at), new.asked_again, lessons_opened.text(new.opening)],
    )
    started = open_attempt(db, new.person_id, new.course, new.lesson)
    assert started is not None
    return started


def find(db: Database, viewer_id: int, attempt_id: int) -> Attempt | None:
    """The viewer's own attempt, with its answers; None if it is somebody else's, as if it were not there."""
    rows = db.rows("select * from attempts where id = ? and person = ?", [attempt_id, viewer_id])
    return next(iter(_with_answers(db, rows)), None)


def save_answer(db: Database, attempt: Attempt, answer: Answer) -> bool:
    """Keep an answer as it was judged; False, and nothing changed, if since the attempt was read that step was answered
    or its scenario put off.

    Raises RuleBroken where the attempt is finished.
    """
    return bool(db.execute(
        "insert into answers (attempt, step, scenario, scene, chosen, rating, mark, at)"
        " select id, ?, ?, ?, ?, ?, ?, ? from attempts where id = ? and ? in (select value from json_each(drawn))"
        " on conflict (attempt, step) do nothing",
        [answer.step, answer.scenario, answer.scene, list_text(answer.chosen), answer.rating, fraction_text(answer.mark),
         moment_text(answer.at), attempt.id, answer.scenario],
    ))


def replace_drawn(db: Database, attempt: Attempt, drawn: Sequence[str]) -> bool:
    """Other scenarios for an open attempt; False, and nothing changed, if it was answered or changed since it was read.

    Raises RuleBroken where it is finished, or would ask fewer, or none of what was answered.
    """
    return bool(db.execute(
        "update attempts set drawn = ? where id = ? and json(drawn) = json(?)"
        " and (select count(*) from answers where attempt = attempts.id) = ?",
        [list_text(drawn), attempt.id, list_text(attempt.drawn), len(attempt.answers)],
    ))


def finish(db: Database, attempt: Attempt, outcome: Outcome, now: datetime) -> bool:
    """Keep the result of an attempt, for good; False if it has one."""
    return bool(db.execute(
        "update attempts set finished_at = ?, mark = ?, percent = ?, breaches = ?, passed = ?"
        " where id = ? and finished_at is null",
        [moment_text(now), fraction_text(outcome.mark), outcome.percent, outcome.breaches, int(outcome.passed), attempt.id],
    ))


def history(
    db: Database, person_id: int, course: str | None = None, lesson: str | None = None, answers: bool = False
) -> list[Attempt]:
    """A person's attempts, the newest first, of one course or lesson if named; their answers only if asked for."""
    rows = db.rows(
        "select * from attempts where person = :person and (:course is null or course = :course)"
        " and (:lesson is null or lesson = :lesson) order by id desc",
        {"person": person_id, "course": course, "lesson": lesson},
    )
    return _with_answers(db, rows) if answers else [_attempt(row) for row in rows]


def open_ones(db: Database, person_id: int) -> list[Attempt]:
    """A person's open attempts, with their answers, the newest first."""
    rows = db.rows("select * from attempts where person = ? and finished_at is null order by id desc", [person_id])
    return _with_answers(db, rows) if rows else []


def not_passed_since(db: Database, person_id: int, since: Mapping[str, date]) -> frozenset[tuple[str, str]]:
    """The lessons of these courses whose latest try, finished since the course's day, did not pass."""
    rows = db.rows(
        "select course, lesson, passed, max(id) from attempts where person = ? and finished_at >= (select value from json_each(?)"
        " where key = attempts.course) group by course, lesson",
        [person_id, json.dumps({course: day_begins(day) for course, day in since.items()})],
    )
    return frozenset((row["course"], row["lesson"]) for row in rows if not row["passed"])


def latest_ratings(db: Database, person_id: int, course: str, lesson: str) -> dict[str, Rating]:
    """For each scenario ever answered: its least wise answer in the latest attempt that met it. Those met last come last."""
    rows = db.rows(
        "select n.scenario, n.attempt, n.rating from answers n join attempts a on a.id = n.attempt"
        " where a.person = ? and a.course = ? and a.lesson = ? order by n.attempt, n.step",
        [person_id, course, lesson],
    )
    met: dict[str, tuple[int, list[Rating]]] = {}
    for row in rows:
        attempt, ratings = met.pop(row["scenario"], (0, []))
        kept = ratings if attempt == row["attempt"] else []
        met[row["scenario"]] = (row["attempt"], [*kept, Rating(row["rating"])])
    order = list(Rating)
    return {scenario: max(ratings, key=order.index) for scenario, (_, ratings) in met.items()}


def _with_answers(db: Database, rows: Iterable[Mapping[str, Any]]) -> list[Attempt]:
    rows = list(rows)
    given: dict[int, list[Answer]] = defaultdict(list)
    for row in db.rows(
        "select * from answers where attempt in (select value from json_each(?)) order by attempt, step",
        [list_text([row["id"] for row in rows])],
    ):
        given[row["attempt"]].append(_answer(row))
    return [_attempt(row, tuple(given[row["id"]])) for row in rows]


def _attempt(row: Mapping[str, Any], answers: tuple[Answer, ...] = ()) -> Attempt:
    return Attempt(
        id=row["id"],
        person_id=row["person"],
        course=row["course"],
        lesson=row["lesson"],
        quiz_version=row["quiz_version"],
        lesson_version=row["lesson_version"],
        policy_version=row["policy_version"],
        pass_mark=row["pass_mark"],
        drawn=items(row["drawn"]),
        started_at=moment(row["started_at"]),
        finished_at=maybe_moment(row["finished_at"]),
        mark=maybe_fraction(row["mark"]),
        percent=row["percent"],
        breaches=row["breaches"],
        passed=None if row["passed"] is None else bool(row["passed"]),
        asked_again=row["asked_again"],
        opening=lessons_opened.from_text(row["lesson_opened"]),
        answers=answers,
    )


def _answer(row: Mapping[str, Any]) -> Answer:
    return Answer(
        step=row["step"],
        scenario=row["scenario"],
        scene=row["scene"],
        chosen=items(row["chosen"]),
        rating=Rating(row["rating"]),
        mark=Fraction(row["mark"]),
        at=moment(row["at"]),
    )

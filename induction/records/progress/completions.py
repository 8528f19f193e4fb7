"""Completions: one row a person, lesson (or course), version of the words and round, made once and kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from ...rules.openings import Opening
from ..store.columns import day_begins, maybe_day, maybe_day_text, moment, moment_text
from ..store.database import Database
from . import lessons_opened


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    person_id: int
    course: str
    lesson: str = ""  # empty for the course as a whole
    attempt_id: int | None = None  # None where there was nothing to answer
    version: str  # SHA-256 of the words
    percent: int | None = None
    pass_mark: int | None = None
    attempts: int = 0  # tries up to this one: the lesson's, or all of the course's
    policy_version: int
    completed_at: datetime
    opening: Opening | None = None  # of the lesson's page, before; None: completed before that was kept, or a course
    round: date | None = None  # when the round began that it is of; None: the first time
    id: int = field(default=0, compare=False)  # 0 until it is kept


def complete(db: Database, new: Completion) -> bool:
    """A lesson or a whole course is done, in this version of its words and this round; False if it was done before.

    The attempts are counted here, so that they can't be told wrong.
    """
    tries = db.value(
        "select count(*) from attempts where person = ? and course = ? and ? in ('', lesson)"
        " and finished_at is not null",
        [new.person_id, new.course, new.lesson],
    )
    return bool(db.execute(
        "insert into completions (person, course, lesson, attempt, version, percent, pass_mark, lesson_opened, attempts,"
        " policy_version, completed_at, round) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " on conflict (person, course, lesson, version, round) do nothing",
        [new.person_id, new.course, new.lesson, new.attempt_id, new.version, new.percent, new.pass_mark,
         lessons_opened.text(new.opening), tries, new.policy_version, moment_text(new.completed_at),
         maybe_day_text(new.round) or ""],
    ))


def words_before(db: Database, person_id: int, course: str, day: date) -> dict[str, str]:
    """The version of each lesson's words in which somebody had completed it last before a day, by lesson."""
    rows = db.rows(
        "select c.lesson, ifnull(a.lesson_version, c.version) as version, max(c.id) from completions c"
        " left join attempts a on a.id = c.attempt"
        " where c.person = ? and c.course = ? and c.lesson <> '' and c.completed_at < ? group by c.lesson",
        [person_id, course, day_begins(day)],
    )
    return {row["lesson"]: row["version"] for row in rows}


def of_person(db: Database, person_id: int) -> list[Completion]:
    """Everything a person has completed, the oldest first."""
    return [
        Completion(
            person_id=row["person"],
            course=row["course"],
            lesson=row["lesson"],
            attempt_id=row["attempt"],
            version=row["version"],
            percent=row["percent"],
            pass_mark=row["pass_mark"],
            attempts=row["attempts"],
            policy_version=row["policy_version"],
            completed_at=moment(row["completed_at"]),
            opening=lessons_opened.from_text(row["lesson_opened"]),
            round=maybe_day(row["round"] or None),
            id=row["id"],
        )
        for row in db.rows("select * from completions where person = ? order by id", [person_id])
    ]


def done_since(db: Database, since: datetime) -> dict[int, datetime]:
    """Who has done something that completes an induction since then (a lesson, a course, the policy read), and when last."""
    rows = db.rows(
        "select person, max(at) as at from (select person, completed_at as at from completions where completed_at >= :since"
        " union all select person, at from acknowledgements where at >= :since) group by person",
        {"since": moment_text(since)},
    )
    return {row["person"]: moment(row["at"]) for row in rows}

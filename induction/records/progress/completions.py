"""Completions: one row a person, lesson (or course), version of the words and round, made once and kept.

Where a lead has said that one does not count, the same may be done again: `corrections`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from ...rules.openings import Opening
from ..store.columns import Row, day_begins, maybe_day, maybe_day_text, moment, moment_text
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
    id: int = 0  # once it is kept
    counts: bool = True  # at present


_SAME = "(c.person, c.course, c.lesson, c.version, c.round) = (?, ?, ?, ?, ?)"
_ALL = "select c.*, exists (select 1 from completions_that_count where id = c.id) as counts from completions c"


def complete(db: Database, new: Completion) -> bool:
    """A lesson or a whole course is done, in this version of its words and this round; False if it was done before, and counts.

    The attempts are counted here, so that they can't be told wrong.
    """
    key = [new.person_id, new.course, new.lesson, new.version, maybe_day_text(new.round) or ""]
    if db.value(f"select exists (select 1 from completions_that_count c where {_SAME})", key):
        return False
    tries = db.value(
        "select count(*) from attempts where person = ? and course = ? and ? in ('', lesson)"
        " and finished_at is not null",
        [new.person_id, new.course, new.lesson],
    )
    return bool(db.execute(
        "insert into completions (person, course, lesson, attempt, version, percent, pass_mark, lesson_opened, attempts,"
        " policy_version, completed_at, round, after) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
        f" (select max(k.id) from completions c join corrections k on k.completion = c.id and k.counts = 0 where {_SAME}))"
        " on conflict (person, course, lesson, version, round, ifnull(after, 0)) do nothing",
        [new.person_id, new.course, new.lesson, new.attempt_id, new.version, new.percent, new.pass_mark,
         lessons_opened.text(new.opening), tries, new.policy_version, moment_text(new.completed_at),
         maybe_day_text(new.round) or "", *key],
    ))


def words_before(db: Database, person_id: int, course: str, day: date) -> dict[str, str]:
    """The version of each lesson's words in which somebody had completed it last before a day, by lesson."""
    rows = db.rows(
        "select c.lesson, ifnull(a.lesson_version, c.version) as version, max(c.id) from completions_that_count c"
        " left join attempts a on a.id = c.attempt"
        " where c.person = ? and c.course = ? and c.lesson <> '' and c.completed_at < ? group by c.lesson",
        [person_id, course, day_begins(day)],
    )
    return {row["lesson"]: row["version"] for row in rows}


def of_person(db: Database, person_id: int) -> list[Completion]:
    """Everything a person has completed, the oldest first; also what does not count any more."""
    return [_completion(row) for row in db.rows(f"{_ALL} where c.person = ? order by c.id", [person_id])]


def find(db: Database, number: int) -> Completion | None:
    row = db.row(f"{_ALL} where c.id = ?", [number])
    return None if row is None else _completion(row)


def _completion(row: Row) -> Completion:
    return Completion(
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
        counts=bool(row["counts"]),
    )


def done_since(db: Database, since: datetime) -> dict[int, datetime]:
    """Who has done something that completes an induction since then (a lesson, a course, the policy read), and when last."""
    rows = db.rows(
        "select person, max(at) as at from (select person, completed_at as at from completions_that_count where completed_at >= :since"
        " union all select person, at from acknowledgements_that_count where at >= :since) group by person",
        {"since": moment_text(since)},
    )
    return {row["person"]: moment(row["at"]) for row in rows}

"""Scenarios that somebody is asked once more, because a new policy turned their judgement round."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ..store.columns import items, list_text, moment_text
from ..store.database import Database

# The latest asking of each lesson, until a try at it is passed.
_OPEN = (
    "id = (select max(id) from asked_again where person = g.person and course = g.course and lesson = g.lesson)"
    " and not exists (select 1 from attempts where asked_again = g.id and passed = 1)"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """Scenarios of one lesson that somebody is still to meet again."""

    id: int
    course: str
    lesson: str
    scenarios: tuple[str, ...]
    first_policy: bool  # that is what turned them round: there was none when they were taught


@dataclass(frozen=True, slots=True)
class FinishedTry:
    """A finished try at a lesson, and the scenarios that it asked."""

    person_id: int
    quiz_version: str
    scenarios: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asking:
    """Who is to be asked which scenarios again, since which version of the policy and by whom."""

    person_id: int
    course: str
    lesson: str
    scenarios: tuple[str, ...]
    policy_version: int
    by: int
    at: datetime


def ask(db: Database, new: Asking) -> bool:
    """Ask somebody scenarios again; False if they are asked already under this version of the policy."""
    return bool(db.execute(
        "insert into asked_again (person, course, lesson, scenarios, policy_version, asked_by, at)"
        " values (?, ?, ?, ?, ?, ?, ?) on conflict (person, course, lesson, policy_version) do nothing",
        [new.person_id, new.course, new.lesson, list_text(new.scenarios), new.policy_version, new.by, moment_text(new.at)],
    ))


def waiting(db: Database, person_id: int) -> list[Asked]:
    """What somebody is still asked."""
    rows = db.rows(
        "select id, course, lesson, scenarios, policy_version = 1 or not exists (select 1 from attempts where person = g.person"
        " and course = g.course and lesson = g.lesson and policy_version > 0 and asked_again is not g.id) as first_policy"
        f" from asked_again g where person = ? and {_OPEN} order by id",
        [person_id],
    )
    return [
        Asked(row["id"], row["course"], row["lesson"], items(row["scenarios"]), bool(row["first_policy"])) for row in rows
    ]


def quiz_versions_taught(db: Database) -> dict[tuple[str, str], list[str]]:
    """Which versions of each lesson's scenarios active people have finished, by (course, lesson)."""
    found: dict[tuple[str, str], list[str]] = {}
    for row in db.rows(
        "select distinct a.course, a.lesson, a.quiz_version from attempts a join people p on p.id = a.person and p.active"
        " where a.finished_at is not null"
    ):
        found.setdefault((row["course"], row["lesson"]), []).append(row["quiz_version"])
    return found


def finished_tries(db: Database, course: str, lesson: str, besides: int | None = None, person_id: int | None = None) -> list[FinishedTry]:
    """Every finished try at a lesson by active people who have passed it, the oldest first.

    Of one person alone, where one is named; without the tries that answer the asking `besides`.
    """
    rows = db.rows(
        "select a.person, a.quiz_version, a.drawn from attempts a join people p on p.id = a.person and p.active"
        " where a.course = :course and a.lesson = :lesson and a.finished_at is not null and exists"
        " (select 1 from completions_that_count c where c.person = a.person and c.course = :course and c.lesson = :lesson)"
        " and (:person is null or a.person = :person) and (:besides is null or a.asked_again is not :besides) order by a.id",
        {"course": course, "lesson": lesson, "besides": besides, "person": person_id},
    )
    return [FinishedTry(row["person"], row["quiz_version"], items(row["drawn"])) for row in rows]


def still_asked(db: Database) -> dict[tuple[int, str, str], frozenset[str]]:
    """The scenarios that people are still asked, by (person, course, lesson)."""
    rows = db.rows(f"select person, course, lesson, scenarios from asked_again g where {_OPEN}")
    return {(row["person"], row["course"], row["lesson"]): frozenset(items(row["scenarios"])) for row in rows}

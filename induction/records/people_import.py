"""Bringing people in from a file: first what it would do, then all of it or nothing."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from ..learning.people import Role
from . import people
from .database import Database
from .people_csv import LineProblem, Row, Sheet
from .person import Person, from_row


class ProblemsLeft(Exception):
    """The file has problems; nothing of it was brought in."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a file would do. It does nothing while there are problems."""

    added: tuple[Row, ...]
    changed: tuple[Row, ...]
    returning: tuple[Row, ...]  # had left, and are active again
    unchanged: int
    problems: tuple[LineProblem, ...]  # by line


def plan(db: Database, sheet: Sheet) -> Plan:
    """What bringing in this file would do; writes nothing. A row stands for the person with its email."""
    known = _by_email(db)
    emails = {person.id: person.email for person in known.values()}
    added, changed, returning = [], [], []
    for row in sheet.rows:
        person = known.get(row.email)
        if person is None:
            added.append(row)
        elif not person.active:
            returning.append(row)
        elif _differs(row, person, emails):
            changed.append(row)
    problems = [*sheet.problems, *_mentor_problems(sheet, known), *_lead_problems(sheet, known)]
    return Plan(
        tuple(added),
        tuple(changed),
        tuple(returning),
        len(sheet.rows) - len(added) - len(changed) - len(returning),
        tuple(sorted(problems, key=lambda problem: problem.line)),
    )


def carry_out(db: Database, plan: Plan, now: datetime) -> list[int]:
    """Do what the plan says, made in the same transaction; the ids of those added. Raises ProblemsLeft.

    Leads come first, so that the last one can hand over; mentors are set once everybody is there.
    """
    if plan.problems:
        raise ProblemsLeft
    ids = {email: person.id for email, person in _by_email(db).items()}
    new = []
    for row in sorted(plan.added, key=lambda row: row.role is not Role.LEAD):
        role = row.role or Role.TEACHER
        person = people.add(db, email=row.email, name=row.name, role=role, due=row.due, now=now)
        ids[row.email] = person.id
        new.append(person.id)
    for row in plan.returning:
        people.reactivate(db, ids[row.email], now=now)
    rows = sorted(plan.changed + plan.returning, key=lambda row: row.role is not Role.LEAD)
    for row in rows:
        _update(db, row, people.find(db, ids[row.email]).mentor_id, now)
    for row in plan.added + tuple(rows):
        _update(db, row, ids[row.mentor] if row.mentor else None, now)
    return new


def _update(db: Database, row: Row, mentor_id: int | None, now: datetime) -> None:
    person = people.by_email(db, row.email)
    people.update(
        db, person.id, email=row.email, name=row.name, role=row.role or person.role, mentor_id=mentor_id, due=row.due, now=now
    )


def _by_email(db: Database) -> dict[str, Person]:
    return {row["email"]: from_row(row) for row in db.rows("select * from people")}


def _differs(row: Row, person: Person, emails: Mapping[int, str]) -> bool:
    present = (person.name, person.role, emails.get(person.mentor_id), person.due)
    return present != (row.name, row.role or person.role, row.mentor, row.due)


def _mentor_problems(sheet: Sheet, known: Mapping[str, Person]) -> list[LineProblem]:
    """Mentors must be there, or come with the same file, as mentor or lead. One who stays is not asked again."""
    mentors = _those(sheet, known, (Role.MENTOR, Role.LEAD))
    emails = {person.id: person.email for person in known.values()}

    def stays(row: Row) -> bool:
        person = known.get(row.email)
        return person is not None and emails.get(person.mentor_id) == row.mentor

    return [
        LineProblem(
            row.line,
            f"the mentor {row.mentor} is no active mentor or lead; add them to the file as one, or name another.",
        )
        for row in sheet.rows
        if row.mentor and row.mentor not in mentors and not stays(row)
    ]


def _lead_problems(sheet: Sheet, known: Mapping[str, Person]) -> list[LineProblem]:
    leads = {email for email, person in known.items() if person.active and person.role is Role.LEAD}
    if not leads or _those(sheet, known, (Role.LEAD,)):
        return []
    last = max(row.line for row in sheet.rows if row.email in leads)
    return [LineProblem(last, "nobody would be left as lead; keep one, or make somebody else lead first.")]


def _those(sheet: Sheet, known: Mapping[str, Person], roles: Collection[Role]) -> set[str]:
    """The emails of those who will have one of these roles once the file is in."""
    after = {email: person.role for email, person in known.items() if person.active}
    for row in sheet.rows:
        before = known.get(row.email)
        after[row.email] = row.role or (before.role if before else Role.TEACHER)
    return {email for email, role in after.items() if role in roles}

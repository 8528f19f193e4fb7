"""What bringing in a file of people would do: to whom, what of it is weighty, and what can't be so."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from ..records.people.person import Person
from ..rules.roles import Role
from ..rules.text import folded
from .people_file.cell_values import CLEAR
from .people_file.headings import Column
from .people_file.reader import LineProblem, Row, Sheet

_RANK = {Role.TEACHER: 0, Role.MENTOR: 1, Role.LEAD: 2}


@dataclass(frozen=True, slots=True)
class PersonChange:
    """What becomes of one person of the file."""

    line: int
    before: Person | None  # None: somebody new
    email: str
    name: str
    role: Role
    mentor: str | None  # an email
    due: date | None

    @property
    def returns(self) -> bool:
        """Whether they had left, and are to be active again."""
        return self.before is not None and not self.before.active

    @property
    def is_lowered(self) -> bool:
        return self.before is not None and _RANK[self.role] < _RANK[self.before.role]

    @property
    def turn(self) -> tuple[bool, int]:
        """When it is done: leads first, so that the last one can hand over, then mentors, who are named by others; last who
        is less than before, since their teachers may go to somebody else.
        """
        return self.is_lowered, -_RANK[self.role]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a file would do. It does nothing while there are problems."""

    added: tuple[PersonChange, ...]
    changed: tuple[PersonChange, ...]
    returning: tuple[PersonChange, ...]
    unchanged: int
    weighty: tuple[LineProblem, ...]  # roles given, people brought back, names of others, values lost: one by one, to be agreed to
    problems: tuple[LineProblem, ...]  # by line


def plan(sheet: Sheet, known: Collection[Person]) -> Plan:
    """What bringing in this file would do, given everybody who is or was here. A row stands for the person with its email."""
    school = _School(sheet, known)
    changes, problems = [], list(sheet.problems)
    for row in sheet.rows:
        try:
            changes.append(school.change(row))
        except _Unfit as fault:
            problems += [LineProblem(row.line, words) for words in fault.args]
    problems += _lead_problems(sheet, school)
    teachers = _teachers_then(school, changes)
    added = tuple(change for change in changes if change.before is None)
    returning = tuple(change for change in changes if change.returns)
    changed = tuple(change for change in changes if change.before and not change.returns and school.differs(change))
    return Plan(
        added,
        changed,
        returning,
        len(changes) - len(added) - len(returning) - len(changed),
        tuple(LineProblem(change.line, words) for change in changes for words in _weighty(change, school, teachers)),
        tuple(sorted(problems, key=lambda problem: problem.line)),
    )


class _Unfit(Exception):
    """Things about a row that can't be so here; each of `args` says what to write instead."""


class _School:
    """Everybody as they are, and what they will be once the file is in."""

    def __init__(self, sheet: Sheet, known: Collection[Person]) -> None:
        self.known = {person.email: person for person in known}
        self._emails = {person.id: person.email for person in known}
        self.roles = {email: person.role for email, person in self.known.items() if person.active}
        names = {email: person.name for email, person in self.known.items()}
        for row in sheet.rows:
            self.roles[row.email] = self._role(row)
            names[row.email] = row.name or names.get(row.email, "")
        self._mentors: dict[str, list[str]] = {}  # by name, as it is searched
        for email, role in self.roles.items():
            if role is not Role.TEACHER:
                self._mentors.setdefault(folded(names[email]), []).append(email)

    def change(self, row: Row) -> PersonChange:
        """What a row makes of its person. Raises _Unfit."""
        before = self.known.get(row.email)
        stands = self._stands(before) if before else {}
        doubtful = [doubt.words for doubt in row.doubts if not stands or stands[doubt.column] != doubt.typed]
        name = before.name if before and (not row.name or stands[Column.NAME] == row.typed) else row.name
        if not name and not doubtful:
            doubtful = ["the name is missing."]
        if doubtful:
            raise _Unfit(*doubtful)
        present = self.mentor_of(before)
        stays = bool(before and before.active)
        mentor = present if present and (stays or self._is_mentor(present)) else None
        if row.mentor:
            mentor = None if row.mentor is CLEAR else self._mentor(row, row.mentor, present)
        due = before.due if before else None
        if row.due:
            due = None if row.due is CLEAR else row.due
        return PersonChange(row.line, before, row.email, name, self.roles[row.email], mentor, due)

    def _stands(self, person: Person) -> dict[Column, str]:
        """What an export says of somebody now: a file that says the same is never in the wrong."""
        due = person.due.isoformat() if person.due else ""
        return {
            Column.EMAIL: person.email, Column.NAME: " ".join(person.name.split()), Column.ROLE: str(person.role),
            Column.MENTOR: self.mentor_of(person) or "", Column.DUE: due,
        }  # fmt: skip

    def mentor_of(self, person: Person | None) -> str | None:
        return self._emails.get(person.mentor_id) if person and person.mentor_id else None

    def differs(self, change: PersonChange) -> bool:
        before = change.before
        present = before and (before.name, before.role, self.mentor_of(before), before.due)
        return present != (change.name, change.role, change.mentor, change.due)

    def _role(self, row: Row) -> Role:
        before = self.known.get(row.email)
        if row.role is CLEAR:
            return Role.TEACHER
        return row.role or (before.role if before else Role.TEACHER)

    def _mentor(self, row: Row, named: str, present: str | None) -> str:
        """The email of the mentor whom a row names. One who was none before, and stays, is not asked again. Raises _Unfit."""
        if "@" in named:
            stays = named == present and not self._was_mentor(named)
            if not stays and not self._is_mentor(named):
                raise _Unfit(
                    f"the mentor {named} is no active mentor or lead; add them to the file as one, or name another."
                )
            return named
        found = self._mentors.get(folded(_forename_first(named)), [])
        others = [email for email in found if email != row.email]
        if not others:
            raise _Unfit(f"no active mentor or lead is called {named}; write the mentor’s email, or name another.")
        if len(others) > 1:
            raise _Unfit(f"{len(others)} mentors are called {named}; write the email of the one who is meant.")
        return others[0]

    def _is_mentor(self, email: str) -> bool:
        """Whether somebody may be a mentor once the file is in."""
        return self.roles.get(email, Role.TEACHER) is not Role.TEACHER

    def _was_mentor(self, email: str) -> bool:
        return self.known[email].active and self.known[email].role is not Role.TEACHER


def _forename_first(name: str) -> str:
    """*Reid, Max* as *Max Reid*."""
    surname, comma, forename = name.partition(",")
    return f"{forename.strip()} {surname.strip()}" if comma else name


def _lead_problems(sheet: Sheet, school: _School) -> list[LineProblem]:
    leads = {email for email, person in school.known.items() if person.active and person.role is Role.LEAD}
    if not leads or Role.LEAD in school.roles.values():
        return []
    last = max(row.line for row in sheet.rows if row.email in leads)
    return [LineProblem(last, "nobody would be left as lead; keep one, or make somebody else lead first.")]


def _weighty(change: PersonChange, school: _School, teachers: Mapping[str, list[str]]) -> list[str]:
    """What a lead should have read before it is done, in sentences: a role given or lost, a return, another's name, a value cleared."""
    before, who = change.before, f"{change.name} ({change.email})"
    if before is None:
        return [] if change.role is Role.TEACHER else [f"{who} comes in as {change.role}."]
    words = []
    if change.returns:
        words.append(f"{who} had left, and comes back as {change.role}, without the old password.")
    elif change.role is not before.role:
        words.append(f"{who} becomes {change.role}, and is no longer {before.role}.")
        if change.role is Role.TEACHER and change.email in teachers:
            words[-1] += f" Without a mentor at present is then: {', '.join(teachers[change.email])}."
    if not set(folded(change.name).split()) & set(folded(before.name).split()):
        words.append(f"{before.name} ({change.email}) would be called {change.name}.")
    if change.mentor is None and (lost := school.mentor_of(before)):
        words.append(f"{who} loses the mentor {lost}.")
    if change.due is None and before.due:
        words.append(f"{who} loses the date {before.due:%d/%m/%Y}.")
    return words


def _teachers_then(school: _School, changes: Collection[PersonChange]) -> Mapping[str, list[str]]:
    """The names of those whose mentor somebody still is once the file is in, by the mentor's email."""
    mentors = {person.email: school.mentor_of(person) for person in school.known.values() if person.active}
    mentors |= {change.email: change.mentor for change in changes}
    found: dict[str, list[str]] = {}
    for email, mentor in mentors.items():
        if mentor and email in school.known:
            found.setdefault(mentor, []).append(school.known[email].name)
    return found

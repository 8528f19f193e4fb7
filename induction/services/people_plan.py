"""What bringing in a file of people would do: to whom, what of it is weighty, and what can't be so."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from ..records.people.person import Person
from ..records.store.tokens import digest
from ..rules.roles import Role
from ..rules.text import folded
from .people_file.cell_values import CLEAR, Clear
from .people_file.headings import Column
from .people_file.row import LineProblem, Row, Sheet

_RANK = {Role.TEACHER: 0, Role.MENTOR: 1, Role.LEAD: 2}


class State(StrEnum):
    """What a line of a file is to the school."""

    NEW = "new"
    BACK = "back"  # had left
    CHANGED = "changed"
    SAME = "same"


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
    mentor_before: str | None = None  # an email
    starts: date | None = None
    ends: date | None = None
    groups: tuple[str, ...] | None = None  # of staff, by name: those that they belong to then; None: as before
    groups_before: tuple[str, ...] = ()

    @property
    def state(self) -> State:
        if self.before is None:
            return State.NEW
        if not self.before.active:
            return State.BACK
        now = (self.before.name, self.before.role, self.mentor_before, self.before.due, self.before.starts, self.before.ends)
        then = (self.name, self.role, self.mentor, self.due, self.starts, self.ends)
        return State.SAME if now == then and not self.moves else State.CHANGED

    @property
    def moves(self) -> bool:
        """Whether they belong to other groups then."""
        return self.groups is not None and set(map(folded, self.groups)) != set(map(folded, self.groups_before))

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

    changes: tuple[PersonChange, ...]  # of everybody in it, the same too, by line
    weighty: tuple[LineProblem, ...]  # roles given, people brought back, names of others, values lost: one by one, to be agreed to
    problems: tuple[LineProblem, ...]  # by line

    @property
    def added(self) -> tuple[PersonChange, ...]:
        return self.of(State.NEW)

    @property
    def changed(self) -> tuple[PersonChange, ...]:
        return self.of(State.CHANGED)

    @property
    def returning(self) -> tuple[PersonChange, ...]:
        return self.of(State.BACK)

    @property
    def unchanged(self) -> int:
        return len(self.of(State.SAME))

    def of(self, state: State) -> tuple[PersonChange, ...]:
        return tuple(change for change in self.changes if change.state is state)

    def fingerprint(self) -> str:
        """What is another one as soon as anything else would be done, or would have to be agreed to."""
        done = [
            (each.line, each.email, each.state, each.before and (each.before.name, each.before.role, each.before.due),
             each.before and (each.before.starts, each.before.ends), each.mentor_before, each.name, each.role, each.mentor, each.due,
             each.starts, each.ends, each.groups, each.groups_before)
            for each in self.changes if each.state is not State.SAME
        ]  # fmt: skip
        return digest(json.dumps([done, [*map(str, self.weighty)], [*map(str, self.problems)]], default=str))


def plan(sheet: Sheet, known: Collection[Person], groups: Mapping[int, tuple[str, ...]] = MappingProxyType({})) -> Plan:
    """What bringing in this file would do, given everybody who is or was here, and the names of the groups that each belongs
    to. A row stands for the person with its email."""
    school = _School(sheet, known, groups)
    changes, problems = [], list(sheet.problems)
    for row in sheet.rows:
        try:
            changes.append(school.change(row))
        except _Unfit as fault:
            problems += fault.problems
    problems += _lead_problems(sheet, school)
    teachers = _teachers_then(school, changes)
    return Plan(
        tuple(changes),
        tuple(LineProblem(change.line, words) for change in changes for words in _weighty(change, teachers)),
        tuple(sorted(problems, key=lambda problem: problem.line)),
    )


class _Unfit(Exception):
    """Things about a row that can't be so here, with what to write instead."""

    def __init__(self, *problems: LineProblem) -> None:
        super().__init__()
        self.problems = problems


class _School:
    """Everybody as they are, and what they will be once the file is in."""

    def __init__(self, sheet: Sheet, known: Collection[Person], groups: Mapping[int, tuple[str, ...]]) -> None:
        self._groups = groups
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
        wrong = [
            LineProblem(row.line, doubt.words, doubt.column, doubt.meant)
            for doubt in row.doubts if not stands or stands[doubt.column] != doubt.typed
        ]  # fmt: skip
        name = before.name if before and (not row.name or stands[Column.NAME] == row.typed) else row.name
        if not name and not wrong:
            wrong = [LineProblem(row.line, "the name is missing.", Column.NAME)]
        present = self.mentor_of(before)
        stays = bool(before and before.active)
        mentor = present if present and (stays or self._is_mentor(present)) else None
        try:
            if row.mentor:
                mentor = None if row.mentor is CLEAR else self._mentor(row, row.mentor, present)
        except _Unfit as fault:
            wrong += fault.problems
        due = _day(row.due, before.due if before else None)
        starts = _day(row.starts, before.starts if before and stays else None)
        ends = _day(row.ends, before.ends if before and stays else None)
        if starts and ends and ends < starts:
            words = f"the last day, {ends:%d/%m/%Y}, is before the first, {starts:%d/%m/%Y}; mend one of the two."
            wrong.append(LineProblem(row.line, words, Column.LEFT))
        if wrong:
            raise _Unfit(*wrong)
        to, of = () if row.groups is CLEAR else row.groups, self._groups.get(before.id, ()) if before else ()
        return PersonChange(
            row.line, before, row.email, name, self.roles[row.email], mentor, due, present, starts, ends, to, of
        )

    def _stands(self, person: Person) -> dict[Column, str]:
        """What an export says of somebody now: a file that says the same is never in the wrong."""
        due = person.due.isoformat() if person.due else ""
        return {
            Column.EMAIL: person.email, Column.NAME: " ".join(person.name.split()), Column.ROLE: str(person.role),
            Column.MENTOR: self.mentor_of(person) or "", Column.DUE: due,
            Column.START: person.starts.isoformat() if person.starts else "", Column.LEFT: person.ends.isoformat() if person.ends else "",
            Column.GROUPS: "; ".join(self._groups.get(person.id, ())),
        }  # fmt: skip

    def mentor_of(self, person: Person | None) -> str | None:
        return self._emails.get(person.mentor_id) if person and person.mentor_id else None

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
                words = f"the mentor {named} is no active mentor or lead; add them to the file as one, or name another."
                raise _Unfit(LineProblem(row.line, words, Column.MENTOR))
            return named
        sought = folded(forename_first(named))
        others = [email for email in self._mentors.get(sought, []) if email != row.email]
        if not others and sought == folded(row.name):
            words = f"{named} can’t be their own mentor; name somebody else, or leave the cell empty."
            raise _Unfit(LineProblem(row.line, words, Column.MENTOR))
        if not others:
            words = f"no active mentor or lead is called {named}; write the mentor’s email, or name another."
            raise _Unfit(LineProblem(row.line, words, Column.MENTOR))
        if len(others) > 1:
            words = f"{len(others)} mentors are called {named}; write the email of the one who is meant."
            raise _Unfit(LineProblem(row.line, words, Column.MENTOR))
        return others[0]

    def _is_mentor(self, email: str) -> bool:
        """Whether somebody may be a mentor once the file is in."""
        return self.roles.get(email, Role.TEACHER) is not Role.TEACHER

    def _was_mentor(self, email: str) -> bool:
        return self.known[email].active and self.known[email].role is not Role.TEACHER


def _day(said: date | Clear | None, before: date | None) -> date | None:
    """A day as a row leaves it."""
    if said is None:
        return before
    return None if said is CLEAR else said


_TITLES = re.compile(r"(?:mr|mrs|ms|miss|mx|dr|prof)\.? (?=\S)", re.IGNORECASE)


def forename_first(name: str) -> str:
    """*Reid, Max* and *Mr Max Reid* as *Max Reid*."""
    surname, comma, forename = name.partition(",")
    whole = f"{forename.strip()} {surname.strip()}" if comma else name
    found = _TITLES.match(whole)
    return whole[found.end() :] if found else whole


def _lead_problems(sheet: Sheet, school: _School) -> list[LineProblem]:
    leads = {email for email, person in school.known.items() if person.active and person.role is Role.LEAD}
    if not leads or Role.LEAD in school.roles.values():
        return []
    last = max(row.line for row in sheet.rows if row.email in leads)
    words = "nobody would be left as lead; keep one, or make somebody else lead first."
    return [LineProblem(last, words, Column.ROLE)]


def _weighty(change: PersonChange, teachers: Mapping[str, list[str]]) -> list[str]:
    """What a lead should have read before it is done, in sentences: a role given or lost, a return, another's name, a value cleared."""
    before, who = change.before, f"{change.name} ({change.email})"
    if before is None:
        return [] if change.role is Role.TEACHER else [f"{who} comes in as {change.role}."]
    words = []
    if change.state is State.BACK:
        words.append(f"{who} had left, and comes back as {change.role}, without the old password.")
    elif change.role is not before.role:
        words.append(f"{who} becomes {change.role}, and is no longer {before.role}.")
        if change.role is Role.TEACHER and change.email in teachers:
            words[-1] += f" Without a mentor at present is then: {', '.join(teachers[change.email])}."
    if not set(folded(change.name).split()) & set(folded(before.name).split()):
        words.append(f"{before.name} ({change.email}) would be called {change.name}.")
    if change.mentor is None and change.mentor_before:
        words.append(f"{who} loses the mentor {change.mentor_before}.")
    if change.due is None and before.due:
        words.append(f"{who} loses the date {before.due:%d/%m/%Y}.")
    if change.ends and change.ends != before.ends and change.role is not Role.TEACHER:
        words.append(f"{who}, a {change.role}, leaves after {change.ends:%d/%m/%Y}: the account ends by itself.")
    if change.state is not State.BACK:
        for what, was, then in (("first", before.starts, change.starts), ("last", before.ends, change.ends)):
            if was and not then:
                words.append(f"{who} loses the {what} day {was:%d/%m/%Y}.")
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

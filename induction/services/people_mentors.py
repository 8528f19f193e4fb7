"""Who is named as a mentor in a list and is none here: asked about once for each of them, however many lines name them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..rules.email_address import as_typed
from ..rules.roles import Role
from ..rules.text import folded
from .people_file.headings import Column
from .people_plan import forename_first
from .people_preview import Preview

LEAVE, MAKE = "leave", "make"  # what may be answered, beside a mentor's email


@dataclass(frozen=True, slots=True)
class UnknownMentor:
    typed: str  # as the list names them
    lines: tuple[int, ...]  # that do
    email: str = ""  # of the one person of that name who is here, or in the list, and could be made a mentor
    name: str = ""
    several: bool = False  # whether the name is that of several


@dataclass(frozen=True, slots=True)
class Candidate:
    email: str
    name: str


def unknown(preview: Preview) -> list[UnknownMentor]:
    """Those named, in the order of the list."""
    named: dict[str, list[int]] = {}
    for problem in preview.plan.problems:
        typed = preview.sheet.said.get(problem.line, {}).get(Column.MENTOR, "")
        if problem.column is Column.MENTOR and typed and not _is_oneself(preview, problem.line, typed):
            named.setdefault(typed, []).append(problem.line)
    people = _people(preview) if named else {}
    found = []
    for typed, lines in named.items():
        of_that_name = people.get(as_typed(typed) if "@" in typed else folded(forename_first(typed)), [])
        one = of_that_name[0] if len(of_that_name) == 1 else Candidate("", "")
        found.append(UnknownMentor(typed, tuple(lines), one.email, one.name, len(of_that_name) > 1))
    return found


def mentors(preview: Preview) -> dict[str, str]:
    """The names of those who may be somebody's mentor once the list is in, by email and in the order of names."""
    found = {each.email: each.name for each in preview.known if each.active and each.role is not Role.TEACHER}
    found |= {each.email: each.name for each in preview.plan.changes if each.role is not Role.TEACHER}
    gone = {each.email for each in preview.plan.changes if each.role is Role.TEACHER}
    return dict(sorted(((email, name) for email, name in found.items() if email not in gone), key=lambda each: folded(each[1])))


def cells(preview: Preview, answers: Mapping[int, str]) -> dict[int, dict[Column, str]]:
    """What answers about those named mean for the lines of the list; `answers` by the first line that names them."""
    said: dict[int, dict[Column, str]] = {}
    for each in unknown(preview):
        answer = answers.get(each.lines[0])
        if answer == MAKE and each.email:
            line = _line_of(preview, each.email)
            further = line or max([preview.last_line, *preview.mends.cells, *said]) + 1  # one more person
            said.setdefault(further, {}).update({Column.ROLE: "mentor"} if line else {Column.EMAIL: each.email, Column.ROLE: "mentor"})
        elif answer and answer != MAKE:
            for line in each.lines:
                said.setdefault(line, {})[Column.MENTOR] = "" if answer == LEAVE else answer
    return said


def _is_oneself(preview: Preview, line: int, typed: str) -> bool:
    said = preview.sheet.said[line]
    if "@" in typed:
        return as_typed(typed) == as_typed(said.get(Column.EMAIL, ""))
    return folded(forename_first(typed)) == folded(said.get(Column.NAME, ""))


def _people(preview: Preview) -> dict[str, list[Candidate]]:
    """Everybody who is here or in the list, by email and by name as it is searched."""
    names = {each.email: each.name for each in preview.known if each.active}
    names |= {row.email: row.name for row in preview.sheet.rows if row.name}
    found: dict[str, list[Candidate]] = {}
    for email, name in names.items():
        found[email] = [Candidate(email, name)]
        found.setdefault(folded(name), []).append(Candidate(email, name))
    return found


def _line_of(preview: Preview, email: str) -> int:
    """The line of somebody; 0 where they are not in the list."""
    return next((row.line for row in preview.sheet.rows if row.email == email), 0)

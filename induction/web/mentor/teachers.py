"""The teachers whose mentor is asking: a list, to read and to download."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask import Response, render_template
from markupsafe import Markup

from ...records.people import deputies, people
from ...records.people.people import Person
from ...records.progress import sign_offs
from ...rules import calendar, names
from ...rules.induction import Induction, Standing
from ...rules.roles import Role
from ...rules.sign_offs import ASKED_FOR
from ...rules.text import folded
from ...services import progress
from ...wording import dates, days_here, letters, standing
from ...wording.sign_offs import WAITS
from ..incoming_request import asked
from ..parts import done_elsewhere, handed_out, lesson_rows, second_step
from ..parts.write_to import remind, remind_all
from ..site import current_programme, db, now, today, viewer
from .room import blueprint

log = logging.getLogger("induction.mentoring")
SORTS = {"urgent": "Most urgent", "name": "Name", "seen": "Last here", "due": "Due date"}
URGENCY = [Standing.OVERDUE, Standing.DUE_SOON, Standing.ON_TRACK, Standing.COMPLETE]
CSV = ("name", "email", "lessons_done", "lessons", "last_here", "due", "standing", "deputy_for")


@dataclass(frozen=True, slots=True)
class TeacherRow:
    person: Person
    induction: Induction
    standing: Standing
    called: str
    bar: Markup
    words: str  # *4 of 8 lessons*
    last_here: str
    due: str
    first_name: str
    letter: str  # the address of a letter on what is left; empty where nothing is
    elsewhere: list[str]  # what they have done elsewhere, and what it counts for
    waits: str  # that a sign-off is waited for; else empty
    for_mentor: str  # whose teacher it is, where the reader stands in for them; else empty


@dataclass(frozen=True, slots=True)
class OwnInduction:
    """What is left of the mentor's own."""

    left: str  # *4 lessons of 11 are left: about 30 minutes.*
    due: str  # *by Friday 4 December*; empty where there is no date


@dataclass(frozen=True, slots=True)
class TeachersPage:
    rows: list[TeacherRow]
    everyone: int
    counts: Mapping[Standing, int]
    lead: str
    show: str
    sort: str
    sorts: list[tuple[str, str]]
    due_this_week: list[TeacherRow]
    letters: list[str]  # the addresses of one letter to all who are past their date, where they are several
    late: int
    own: OwnInduction | None  # None where nothing is left of it
    is_lead: bool
    second_step: str  # from when on they are asked for one; empty where that is not to come


@blueprint.get("/mentor/")
def teachers() -> str:
    listed = _my_teachers()
    late = [row.person for row in _sorted(listed, "urgent") if row.standing is Standing.OVERDUE and row.person.can_sign_in]
    show, sort = _chosen("show", [each.value for each in Standing]), _chosen("sort", list(SORTS)) or "urgent"
    page = TeachersPage(
        rows=_sorted([row for row in listed if not show or row.standing.value == show], sort),
        everyone=len(listed),
        counts={each: sum(row.standing is each for row in listed) for each in URGENCY},
        lead=_who_needs_a_word(_sorted(listed, "urgent")),
        show=show,
        sort=sort,
        sorts=list(SORTS.items()),
        letters=remind_all(late) if len(late) > 1 else [],
        late=len(late),
        own=_own_induction(),
        due_this_week=[row for row in _sorted(listed, "due") if row.standing is Standing.DUE_SOON],
        is_lead=viewer().role is Role.LEAD,
        second_step=second_step.to_be_had(),
    )
    return render_template("mentor/teachers.html", page=page)


def _own_induction() -> OwnInduction | None:
    """Of whoever mentors: leads find theirs under their name."""
    if viewer().role is not Role.MENTOR:
        return None
    induction = progress.of(db(), current_programme(), viewer(), today()).induction
    left = letters.what_is_left(induction)
    due = f"by {dates.day(induction.due, today())}, {dates.from_now(induction.due, today())}" if induction.due else ""
    return OwnInduction(left, due) if left else None


def _my_teachers() -> list[TeacherRow]:
    seen = deputies.teachers_seen(db(), viewer().id, today())
    found = [each.person for each in seen]
    inductions = progress.of_many(db(), current_programme(), found, today())
    called, first = names.told_apart(found), names.first(found)
    elsewhere = done_elsewhere.in_words({person: each.elsewhere for person, each in inductions.items()})
    waiting = sign_offs.waiting(db(), inductions, now() - ASKED_FOR)
    mentors = names.told_apart(people.by_ids(db(), {each.for_mentor for each in seen if each.for_mentor}).values())
    return [
        _row(each.person, inductions[each.person.id], called[each.person.id], first[each.person.id], elsewhere.get(each.person.id, []),
             WAITS if each.person.id in waiting else "", mentors.get(each.for_mentor or 0, ""))
        for each in seen
    ]


def _row(
    person: Person, induction: Induction, called: str, first_name: str, elsewhere: list[str], waits: str, for_mentor: str
) -> TeacherRow:
    begins = days_here.begins(person.starts, today()) if person.starts and person.starts > today() else ""
    return TeacherRow(
        person,
        induction,
        Standing.ON_TRACK if begins else induction.standing(today()),
        called,
        lesson_rows.bar(induction.stages),
        begins[:1].upper() + begins[1:] or standing.lessons_done(induction),
        standing.last_here(person.last_seen_at, now()),
        standing.due(induction.due, today()),
        first_name,
        "" if begins else remind(person, induction),
        elsewhere,
        waits,
        for_mentor,
    )


def _chosen(name: str, known: list[str]) -> str:
    """A choice of the list's form; one that isn't known counts as none."""
    value = asked(name)
    return value if value in known else ""


def _sorted(listed: list[TeacherRow], sort: str) -> list[TeacherRow]:
    far = date.max
    keys = {
        "name": lambda row: (folded(row.person.name),),
        "seen": lambda row: (row.person.last_seen_at.isoformat() if row.person.last_seen_at else "",),
        "due": lambda row: (row.induction.due or far, folded(row.person.name)),
        "urgent": lambda row: (URGENCY.index(row.standing), row.induction.due or far, folded(row.person.name)),
    }
    return sorted(listed, key=keys[sort])


def _who_needs_a_word(listed: list[TeacherRow]) -> str:
    called = names.first(row.person for row in listed)
    here = [row for row in listed if not row.person.starts or row.person.starts <= today()]
    return standing.who_needs_a_word([(called[row.person.id], row.induction) for row in here], today())


@blueprint.get("/mentor/teachers.csv")
def teachers_csv() -> Response:
    rows = [
        {
            "name": row.person.name,
            "email": row.person.email,
            "lessons_done": row.induction.done,
            "lessons": len(row.induction.lessons),
            "last_here": f"{calendar.local(row.person.last_seen_at):%Y-%m-%d}" if row.person.last_seen_at else "",
            "due": row.induction.due.isoformat() if row.induction.due else "",
            "standing": row.standing.value,
            "deputy_for": row.for_mentor,
        }
        for row in _sorted(_my_teachers(), "urgent")
    ]
    handed_out.note_download("how those stand whom they mentor")
    log.info("Teachers exported: by person %s", viewer().id)
    return handed_out.sheet("my-teachers", CSV, rows)

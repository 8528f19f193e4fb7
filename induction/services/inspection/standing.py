"""How everybody stood to what was required of them on a day."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from ...content.model import Course
from ...records.people.person import Person
from ...records.policy import acknowledgements
from ...records.policy.acknowledgements import Acknowledgement
from ...records.progress import done_elsewhere, standings
from ...records.progress.standings import Done
from ...records.store.database import Database
from ...rules import days_here, pack
from ...rules import done_elsewhere as certificates
from ...rules.days_here import Shut
from ...rules.done_elsewhere import Certificate
from ...rules.induction import Induction, Stage
from ...rules.pack import Stood
from ...wording import pack as wording
from .. import progress
from ..programme import Programme


@dataclass(frozen=True, slots=True)
class CourseStanding:
    """One course, and how far somebody was with it."""

    course: Course
    stood: Stood
    due: date | None
    done_on: date | None  # when they had completed it last, in this round or before
    since: date | None  # when the round began that they were in; None: the first time
    lessons_done: int
    lessons: int
    elsewhere: Certificate | None = None  # in place of it


@dataclass(frozen=True, slots=True)
class PersonStanding:
    """Somebody who was here, and how they stood to all that was asked of them."""

    person: Person
    stood: Stood
    due: date | None  # of the first thing that was left
    courses: tuple[CourseStanding, ...]
    policy: Stood | None  # None: no acknowledgement was asked for
    read: Acknowledgement | None  # the latest version of the policy that they had read
    shut: Shut | None = None  # their first day was still to come, or the last was past: nothing was asked

    @property
    def why_exempt(self) -> str:
        """Why nothing was asked of them at all, in a few words."""
        return wording.why_exempt(self.shut, self.person.active)

    @property
    def lessons_done(self) -> int:
        return sum(each.lessons_done for each in self.courses)

    @property
    def lessons(self) -> int:
        return sum(each.lessons for each in self.courses)


@dataclass(frozen=True, slots=True)
class _Known:
    """What is looked up of everybody at once."""

    done: Mapping[int, Done]
    inductions: Mapping[int, Induction]
    read: Mapping[int, Acknowledgement]
    elsewhere: Mapping[int, list[Certificate]]


def of_people(db: Database, programme: Programme, people: Collection[Person], day: date) -> list[PersonStanding]:
    """How these people stood at the end of a day, by records that are as they were then."""
    ids = [each.id for each in people]
    known = _Known(
        standings.of_people(db, ids),
        progress.of_many(db, programme, people, day),
        acknowledgements.latest_of_all(db),
        done_elsewhere.of_people(db, ids),
    )
    return [_of_person(programme, person, known, day) for person in people]


def _of_person(programme: Programme, person: Person, known: _Known, day: date) -> PersonStanding:
    read = known.read.get(person.id)
    if person.erased_at:
        return PersonStanding(person, Stood.ERASED, None, (), None, read)
    shut = days_here.shut(person.starts, person.ends, day)
    if shut or not person.active:
        return PersonStanding(person, Stood.EXEMPT, None, (), None, read, shut)
    induction = known.inductions[person.id]
    courses = (*_asked(programme, known, person.id, day), *_done_elsewhere(programme, known, person.id, day))
    policy = None
    if induction.policy is not None:
        policy = pack.of_one(done=induction.policy is Stage.DONE, due=person.due, day=day)
    left = [each.due for each in courses if each.stood in (Stood.DUE, Stood.OVERDUE)]
    if policy in (Stood.DUE, Stood.OVERDUE):
        left.append(person.due)
    all_of_it = [each.stood for each in courses] + ([policy] if policy else [])
    return PersonStanding(person, pack.of_all(all_of_it), pack.earliest(left), courses, policy, read)


def _asked(programme: Programme, known: _Known, person_id: int, day: date) -> list[CourseStanding]:
    """The courses that were asked of somebody."""
    induction, completed = known.inductions[person_id], known.done[person_id].courses
    found = []
    for within in induction.rounds:
        lessons = induction.of_course(within.course)
        left = sum(each.stage is not Stage.DONE for each in lessons)
        stood = pack.of_one(done=within.complete or not left, due=within.due, day=day)
        days = [each for each in completed.get(within.course, ()) if each <= day]
        found.append(CourseStanding(
            programme.library.courses[within.course], stood, within.due, days[-1] if days else None, within.begins,
            len(lessons) - left, len(lessons),
        ))  # fmt: skip
    return found


def _done_elsewhere(programme: Programme, known: _Known, person_id: int, day: date) -> list[CourseStanding]:
    """The courses that were theirs, and were not asked since they had been done elsewhere."""
    counting = certificates.counting(known.elsewhere.get(person_id, ()), day)
    return [
        CourseStanding(programme.library.courses[slug], Stood.EXEMPT, None, None, None, 0, 0, counting.get(slug))
        for slug in sorted(known.inductions[person_id].elsewhere)
    ]

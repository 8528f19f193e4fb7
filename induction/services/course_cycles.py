"""To whom a course is given, and when it comes round, as a lead says it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ..content.model import Course
from ..records.people import staff_groups
from ..records.school import course_cycles
from ..records.store.database import Database, transaction
from ..rules import calendar
from ..rules.cycles import Cycle, Saying
from .programme import Programme
from .staff_groups import NoSuchGroup


class ChangedMeanwhile(Exception):
    """Somebody else said something of it after the page had been opened; nothing was overwritten."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a lead would have of a course."""

    cycle: Cycle
    groups: frozenset[int]  # to which it is given
    saw: int  # what `said` was when the page was made


def said(db: Database, course: Course) -> int:
    """What is another number once anything was said of a course."""
    return course_cycles.latest(db, course.slug) + staff_groups.latest_given(db, course.slug)


def change(db: Database, programme: Programme, course: Course, wanted: Wanted, *, by: int | None, now: datetime) -> bool:
    """Keep to whom a course is given and when it comes round from today on; False where it is so already.

    Raises ChangedMeanwhile, NoSuchGroup.
    """
    with transaction(db):
        before = frozenset(staff_groups.given_to(db).get(course.slug, ()))
        cycles = course_cycles.everything(db).get(course.slug)
        cycle = cycles[-1].cycle if cycles else programme.cycle(course)
        if (cycle, before) == (wanted.cycle, wanted.groups):
            return False
        if wanted.saw != said(db, course):
            raise ChangedMeanwhile
        if not wanted.groups <= {each.id for each in staff_groups.listing(db)}:
            raise NoSuchGroup
        if cycle != wanted.cycle:
            since = calendar.local(now).date()
            course_cycles.keep(db, course.slug, Saying(wanted.cycle, since), by=by, now=now)
        for group in before ^ wanted.groups:
            staff_groups.give(db, course.slug, group, group in wanted.groups, by=by, now=now)
        return True

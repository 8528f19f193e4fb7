"""Whose last day is past leaves by itself: the account ends, and their teachers go to whoever was named to follow."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from ..records.people import days_here, handovers, people
from ..records.people.history import BY_ITSELF
from ..records.people.people import Person
from ..records.store.database import Database, transaction
from ..rules.calendar import local
from ..rules.days_here import When
from ..rules.handovers import Handover
from ..rules.roles import MENTORS, Role


@dataclass(frozen=True, slots=True)
class Leaver:
    """A mentor who leaves within four weeks."""

    person: Person
    teachers: int  # whose mentor they are
    plan: Handover | None  # what was said of who follows

    @property
    def open(self) -> bool:
        """Whether it is still to be said who follows."""
        return self.plan is None or self.plan.vacant


def end_whose_day_is_past(db: Database, now: datetime) -> list[int]:
    """End every account whose last day is past, each in a change of its own; whose they were. Done again it does nothing.

    The door has refused them since midnight. The last lead stays.
    """
    return [each.id for each in days_here.over(db, local(now).date()) if _end(db, each.id, now)]


def _end(db: Database, person_id: int, now: datetime) -> bool:
    """False where somebody gave them another day meanwhile, or nobody else could lead."""
    with transaction(db):
        person = people.find(db, person_id)
        shut = days_here.shut(db, person, now) if person and person.active else None
        if person is None or shut is None or shut.when is not When.AFTER:
            return False
        plan = handovers.planned(db, [person.id]).get(person.id)
        follower = plan.follower_id if plan and not plan.vacant else None
        try:
            return people.deactivate(db, person.id, by=BY_ITSELF, now=now, follower_id=follower)
        except people.LastLead:  # of a school that nobody has signed in to yet
            return False


def mentors_who_leave(db: Database, now: datetime) -> list[Leaver]:
    """Those who mentor somebody, in the order of their days."""
    found = days_here.leaving(db, local(now).date(), MENTORS)
    counted = days_here.mentored_by(db, [each.id for each in found])
    plans = handovers.planned(db, counted)
    return [Leaver(each, counted[each.id], plans.get(each.id)) for each in found if each.id in counted]


def leads_who_stay(db: Database, now: datetime) -> list[Person]:
    """Whose last day is past or near and who stays open all the same, being the last lead who can sign in."""
    today = local(now).date()
    found = [*days_here.over(db, today, (Role.LEAD,)), *days_here.leaving(db, today, (Role.LEAD,))]
    return [each for each in found if each.ends and days_here.stays_as_lead(db, each.id, max(today, each.ends + timedelta(days=1)))]

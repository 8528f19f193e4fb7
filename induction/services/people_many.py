"""What is done to many people at once: planned and shown, then all of it or nothing."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from ..records.people import history, people
from ..records.people.people import Person
from ..records.store.database import Database, transaction
from ..rules.people_many import ManyDeed, Stays
from ..rules.person_history import Entry
from ..rules.roles import MENTORS
from .people import NOBODY


class SomeChangedMeanwhile(people.PeopleFault):
    """Some of them were changed after they had been shown; nothing was done."""

    words = "Somebody among them was changed meanwhile."

    def __init__(self, entries: list[Entry]) -> None:
        super().__init__()
        self.entries = entries


class FollowersNotSaid(people.PeopleFault):
    """There are mentors among those who leave, and it was not said who follows each of them."""

    words = "Say who follows each mentor."


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to become of all of them."""

    deed: ManyDeed
    mentor_id: int | None = None  # None: nobody at present
    due: date | None = None
    course: str | None = None
    followers: Mapping[int, int] = field(default_factory=dict)  # where accounts end: by mentor, who follows, or NOBODY


@dataclass(frozen=True, slots=True)
class ManyRow:
    """One of them, as they are and as they would be."""

    before: Person
    after: Person
    stays: Stays | None  # why nothing changes


@dataclass(frozen=True, slots=True)
class ManyPlan:
    rows: list[ManyRow]  # in the order in which people were chosen
    teachers: dict[int, list[Person]]  # by mentor whose account ends: who is here and needs another

    @property
    def changing(self) -> list[ManyRow]:
        return [row for row in self.rows if row.stays is None]

    @property
    def touched(self) -> set[int]:
        """Whose change in between would make it another deed than the one that was shown."""
        return {row.before.id for row in self.rows} | {each.id for listed in self.teachers.values() for each in listed}


def plan(db: Database, person_ids: Collection[int], wanted: Wanted) -> ManyPlan:
    """What would become of these people; ids that nobody has are left out."""
    found = people.by_ids(db, person_ids)
    rows = [_row(found[each], wanted) for each in dict.fromkeys(person_ids) if each in found]
    ending = {row.before.id for row in rows if wanted.deed is ManyDeed.END and row.stays is None}
    mentors = [row.before for row in rows if row.before.id in ending and row.before.role in MENTORS]
    stay = {each.id: [one for one in people.teachers_of(db, each.id) if one.id not in ending] for each in mentors}
    return ManyPlan(rows, {mentor: teachers for mentor, teachers in stay.items() if teachers})


def _row(person: Person, wanted: Wanted) -> ManyRow:
    if not person.active:
        return ManyRow(person, person, Stays.HAS_LEFT)
    if wanted.deed is ManyDeed.MENTOR and wanted.mentor_id == person.id:
        return ManyRow(person, person, Stays.OWN_MENTOR)
    after = _after(person, wanted)
    return ManyRow(person, after, Stays.SO_ALREADY if after == person else None)


def _after(person: Person, wanted: Wanted) -> Person:
    match wanted.deed:
        case ManyDeed.MENTOR:
            return replace(person, mentor_id=wanted.mentor_id)
        case ManyDeed.DUE:
            return replace(person, due=wanted.due)
        case ManyDeed.COURSE:
            return replace(person, course=wanted.course)
        case ManyDeed.END:
            return replace(person, active=False)


def change_many(
    db: Database, person_ids: Collection[int], wanted: Wanted, *, saw: int, by: int | None, now: datetime
) -> list[ManyRow]:
    """Do it to all of them, or to nobody; for whom something changed. None of them where it stood so already.

    `saw` is the number of the latest entry of anybody's history when they were shown. Raises SomeChangedMeanwhile,
    FollowersNotSaid, NotAMentor, LastLead.
    """
    with transaction(db):
        made = plan(db, person_ids, wanted)
        if not made.changing:
            return []
        if entries := history.changed_after(db, made.touched, saw):
            raise SomeChangedMeanwhile(entries)
        if set(made.teachers) - set(wanted.followers):
            raise FollowersNotSaid
        if wanted.deed is ManyDeed.END:
            _end(db, made, wanted.followers, by, now)
        else:
            for row in made.changing:
                after = row.after
                people.update(db, after.id, mentor_id=after.mentor_id, due=after.due, course=after.course, by=by, now=now)
        return made.changing


def _end(db: Database, made: ManyPlan, followers: Mapping[int, int], by: int | None, now: datetime) -> None:
    """Whoever mentors others comes last, so that nobody is handed over who leaves too; of mentors, whose own mentor leaves.

    Raises NotAMentor, LastLead.
    """
    leaving = {row.before.id for row in made.changing}
    if leaving & {followers[mentor] for mentor in made.teachers}:
        raise people.NotAMentor
    for row in sorted(made.changing, key=lambda row: (row.before.role in MENTORS, row.before.mentor_id not in leaving)):
        follower = followers[row.before.id] if row.before.id in made.teachers else NOBODY
        people.deactivate(db, row.before.id, by=by, now=now, follower_id=follower or None)

"""Naming who stands in for a mentor, and taking it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from ..records.people import deputies, people
from ..records.store.database import Database, transaction
from ..rules.deputies import Deputy
from ..rules.roles import MENTORS


class NotTheirMentor(people.PeopleFault):
    """Whoever is to be stood in for is no mentor here, so that there is nobody to see."""

    words = "They mentor nobody here."


class DeputyMeanwhile(people.PeopleFault):
    """Something else was said of that mentor's deputy after the page had been opened."""

    words = "That was changed meanwhile."

    def __init__(self, latest: Deputy) -> None:
        super().__init__()
        self.latest = latest


@dataclass(frozen=True, slots=True)
class Stand:
    """What is to be so: who stands in, from when, and until when."""

    deputy_id: int | None  # None: nobody
    begins: date
    ends: date | None = None


def name_deputy(db: Database, mentor_id: int, wanted: Stand, *, saw: int, by: int | None, now: datetime) -> bool:
    """Say who stands in for a mentor, or that nobody does; False where it stands so.

    `saw` is the number of what was said last when the page was opened; 0 for nothing. Raises NotAMentor, NotTheirMentor,
    DeputyMeanwhile.
    """
    with transaction(db):
        latest = deputies.latest(db, mentor_id)
        if _stands(latest, wanted):
            return False
        if latest and latest.id != saw:
            raise DeputyMeanwhile(latest)
        mentor = people.find(db, mentor_id)
        if mentor is None or not mentor.active or mentor.role not in MENTORS:
            raise NotTheirMentor
        if wanted.deputy_id is not None:
            deputy = people.find(db, wanted.deputy_id)
            if deputy is None or not deputy.active or deputy.role not in MENTORS or deputy.id == mentor_id:
                raise people.NotAMentor
        deputies.say(db, mentor_id, wanted.deputy_id, wanted.begins, wanted.ends, by=by, now=now)
        return True


def _stands(latest: Deputy | None, wanted: Stand) -> bool:
    if wanted.deputy_id is None:
        return latest is None or latest.deputy_id is None
    if latest is None or latest.lapsed:
        return False
    return (latest.deputy_id, latest.begins, latest.ends) == (wanted.deputy_id, wanted.begins, wanted.ends)

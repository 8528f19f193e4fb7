"""A certificate: what is on record of the completion of a course, and how it stands on a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from . import cycles
from .calendar import local
from .cycles import Saying


class State(Enum):
    """What is to be said of a certificate before anything else; the first that is so."""

    CORRECTED = "corrected"  # by a lead: what it says is no longer what the school says
    SUPERSEDED = "superseded"  # the same course was completed again
    EXPIRED = "expired"  # the course has come round
    HOLDS = "holds"


@dataclass(frozen=True, slots=True)
class Head:
    """An entry in the chain of the record, and the head of the chain with it."""

    number: int
    head: str  # 64 hex digits


@dataclass(frozen=True, slots=True)
class Correction:
    """What a lead has said of a completion since."""

    on: date
    words: str


@dataclass(frozen=True, slots=True)
class Certificate:
    """All that a certificate says. It is the same on each day but for what has become of it since, the last three."""

    code: str
    person_id: int
    name: str  # of whom it is, as they were called then
    course: str
    title: str  # of the course then
    lessons: tuple[str, ...]  # their titles then
    at: datetime
    later_round: bool  # not the first time
    policy: int  # the version; 0: the school had none of its own
    policy_day: date | None  # on which that was published
    acknowledged: bool  # whether it had been, by then
    valid_until: date | None  # the day on which the course comes round again; None: no end was set
    head: Head | None
    superseded_on: date | None = None
    correction: Correction | None = None

    @property
    def day(self) -> date:
        return local(self.at).date()

    def state(self, today: date) -> State:
        """How it stands on a day."""
        if self.correction:
            return State.CORRECTED
        if self.superseded_on:
            return State.SUPERSEDED
        return State.EXPIRED if self.valid_until and self.valid_until <= today else State.HOLDS


def valid_until(said: Sequence[Saying], day: date, joined: date) -> date | None:
    """When a course that was completed on a day comes round again, by what had been said of its cycle until then.

    What is said later changes no certificate: what stands on paper and what its page says stay the same.
    """
    until_then = [each for each in said if each.since <= day]
    return cycles.next_begins(until_then, [day], joined, day)

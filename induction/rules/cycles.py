"""Courses that come round: in which round somebody is, since when what they do counts for it, and until when it is due.

A round is one turn of a cycle. The first time is no round of a cycle: it has no day on which it began.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise

from .calendar import DayOfYear, months_later, read_day_of_year

MOST_MONTHS = 60
USUAL_WEEKS, MOST_WEEKS = 6, 52
_MONTHS = re.compile(r"([0-9]{1,3}) months?")


@dataclass(frozen=True, slots=True)
class Cycle:
    """How a course comes round: on a day of each year, or so many months after somebody completed it; else not at all."""

    every: DayOfYear | None = None
    months: int | None = None
    joined_by: DayOfYear | None = None  # who joined or completed after it is not asked in the coming round
    weeks: int = USUAL_WEEKS  # that there are for a round

    @property
    def comes_round(self) -> bool:
        return self.every is not None or self.months is not None

    @property
    def time(self) -> timedelta:
        """How long there is for a round."""
        return timedelta(weeks=self.weeks)


@dataclass(frozen=True, slots=True)
class Saying:
    """A cycle, and the day since which it counts: no round begins before it."""

    cycle: Cycle
    since: date


@dataclass(frozen=True, slots=True)
class Round:
    """A course as it is asked of somebody at present."""

    course: str
    begins: date | None = None  # when this turn of its cycle began for them; None: the first time
    due: date | None = None  # the last day that is still in time
    before: date | None = None  # in a later round: when they had completed it last
    complete: bool = False  # whether they have completed it in this round
    given: date | None = None  # where it is given to a group of theirs: since when

    @property
    def asked_since(self) -> date | None:
        """Since when it is asked of them in this round, where that is not simply since they came."""
        return self.begins or self.given


def of_renewal(renewal: str | None) -> Cycle:
    """What the file of a course says of its renewal: *12 months*, *every 1 September*."""
    if not renewal:
        return Cycle()
    months = _MONTHS.fullmatch(renewal)
    return Cycle(months=int(months[1])) if months else Cycle(every=read_day_of_year(renewal.removeprefix("every ")))


@lru_cache(maxsize=20_000)
def began(said: Sequence[Saying], completed: Sequence[date], joined: date, today: date) -> date | None:
    """The day on which the round began that somebody is in, done or not; None: it is the first.

    `said` is all that was said of the course's cycle, the oldest first; `completed` the days on which they completed it. A
    round that has begun goes on, whatever is said of the cycle meanwhile, unless that is: not at all.
    """
    valid, found = _since_it_last_ended(said), None
    for after, until in pairwise((*completed, today)):
        found = _latest(valid, after, joined, until) or found
    return found


def present(
    course: str, said: Sequence[Saying], completed: Sequence[date], *, joined: date, today: date, own: date | None,
    given: date | None = None,
) -> Round:
    """The round that somebody is in with a course.

    `own` is the date that a lead has given them: it is that of the first time, and gives them more time in a later round
    where it is later. `given`: when a course was given to them later, as one of a group.
    """
    done = tuple(each for each in completed if each <= today)
    begins = began(tuple(said), done, joined, today)
    until = due(said, begins, own, given)
    if begins is None:
        return Round(course, None, until, None, bool(done), given)
    before = next((each for each in reversed(done) if each < begins), None)
    return Round(course, begins, until, before, done[-1] >= begins, given)


def due(said: Sequence[Saying], begins: date | None, own: date | None, given: date | None) -> date | None:
    """The last day of a round that is still in time, as in `present`."""
    time = (said[-1].cycle if said else Cycle()).time
    if begins is None:
        return own if given is None or own is None or own >= given else given + time
    return max(begins + time, own or date.min)


def next_begins(said: Sequence[Saying], completed: Sequence[date], joined: date, today: date) -> date | None:
    """When the next round begins for somebody who has completed the present one; None where none is to come."""
    valid = _since_it_last_ended(said)
    done = [each for each in completed if each <= today]
    if not valid or not done:
        return None
    ahead = date(today.year + 8, 1, 1)  # further than 60 months and a joiner's year
    days = (day for day, _ in _asked(valid[-1:], done[-1], joined, ahead) if day > today)
    return next(days, None)


def _since_it_last_ended(said: Sequence[Saying]) -> Sequence[Saying]:
    ended = max((place for place, each in enumerate(said, 1) if not each.cycle.comes_round), default=0)
    return said[ended:]


def _latest(said: Sequence[Saying], after: date, joined: date, until: date) -> date | None:
    """The latest round that has begun for whoever completed it on the day `after` and not again, up to `until`."""
    return next(reversed([day for day, _ in _asked(said, after, joined, until)]), None)


def _asked(said: Sequence[Saying], after: date, joined: date, until: date) -> Iterator[tuple[date, Cycle]]:
    """Each round that begins for them, up to `until`. One that is open is followed by those of the calendar alone."""
    open_since = None
    for place, each in enumerate(said):
        last = min(until, said[place + 1].since - timedelta(days=1)) if place + 1 < len(said) else until
        for day in _begins(each, after, last):
            if open_since is not None and each.cycle.months is not None:
                continue
            if not _excused(each.cycle, day, max(open_since or after, joined)):
                open_since = day
                yield day, each.cycle


def _begins(said: Saying, after: date, last: date) -> Iterator[date]:
    """The days on which rounds begin by a cycle, after a completion and up to a day."""
    first = max(said.since, after + timedelta(days=1))
    if said.cycle.every:
        days = (said.cycle.every.in_year(year) for year in range(first.year, last.year + 1))
        yield from (day for day in days if first <= day <= last)
    elif said.cycle.months and (day := max(months_later(after, said.cycle.months), first)) <= last:
        yield day


def _excused(cycle: Cycle, begins: date, known: date) -> bool:
    """Whether whoever joined, completed or was asked last on the day `known` did so too late for the round that begins."""
    if cycle.joined_by is None:
        return False
    by = cycle.joined_by.in_year(begins.year)
    return known > (by if by < begins else cycle.joined_by.in_year(begins.year - 1))

"""How a scenario was judged, from tens of people: how many wisely, whether that tells the prepared from the unprepared,
what changed since last school year, and whether the scenario itself is one to look at.

Everything is a sum of whole tens, so that two figures never differ by fewer than ten people.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import sqrt

from ..content.model import Rating

TEN = 10  # people: of fewer nothing is told
ENOUGH = 20  # people, before a scenario is called one to look at
EACH_SIDE = 5  # people who judged it wisely, and who did not, before the two are compared
NEARLY_ALL = 95  # of 100
LEAST_APART, CLEARLY_APART = 5, 15  # of 100 other scenarios
SPREADS = 2  # so many times what chance alone makes of it


class Whom(StrEnum):
    TEACHER = "teacher"
    MENTOR = "mentor"


class Apart(StrEnum):
    """How whoever judged a scenario wisely did with the others of the same try, beside whoever did not."""

    CLEARLY = "clearly better"
    A_LITTLE = "a little better"
    NOT = "no different"
    AGAINST = "less well"
    UNKNOWN = "too few to say"


class Way(StrEnum):
    """How this school year stands beside the last."""

    BETTER = "better"
    SAME = "no clear change"
    WORSE = "less well"
    UNKNOWN = "nothing to compare"


class Look(StrEnum):
    """Why a scenario is one to look at."""

    ALL_RIGHT = "nearly everybody judges it wisely"
    AGAINST = "whoever judges the others wisely misjudges it"


@dataclass(frozen=True, slots=True)
class Others:
    """Of so many people: the sum of how many of 100 of the other scenarios of their try they judged wisely, and of its squares."""

    people: int
    total: int
    squares: int

    @property
    def mean(self) -> float:
        return self.total / self.people

    @property
    def variance(self) -> float:
        return max(0.0, (self.squares - self.total**2 / self.people) / (self.people - 1))


@dataclass(frozen=True, slots=True)
class Part:
    """The tens of teachers, or of mentors, that came full in one school year."""

    whom: Whom
    this_year: bool  # else the last
    counts: Mapping[Rating, int]  # people
    since: date  # since when the first of them counts


@dataclass(frozen=True, slots=True)
class Told:
    """What the tens of a scenario come to that came full in this school year and the last."""

    parts: tuple[Part, ...]
    chosen: Mapping[Whom, Mapping[int, int]]  # people by the number of an option
    others: tuple[Others, Others] | None  # of the first tens, of those who judged it wisely and of those who did not


@dataclass(frozen=True, slots=True)
class Wise:
    """So many of so many people judged it wisely."""

    wise: int
    people: int

    @property
    def of_100(self) -> int:
        """Rounded down, so that *all* is said of all alone."""
        return 100 * self.wise // self.people


@dataclass(frozen=True, slots=True)
class Change:
    """This school year beside the last; either is None where no ten came full in it."""

    now: Wise | None
    before: Wise | None

    @property
    def way(self) -> Way:
        """A change counts where it is more than chance alone would make of so few."""
        if self.now is None or self.before is None:
            return Way.UNKNOWN
        people, wise = self.now.people + self.before.people, self.now.wise + self.before.wise
        by = self.now.wise / self.now.people - self.before.wise / self.before.people
        share = wise / people
        spread = sqrt(share * (1 - share) * (1 / self.now.people + 1 / self.before.people))
        if abs(by) <= SPREADS * spread or by == 0:
            return Way.SAME
        return Way.BETTER if by > 0 else Way.WORSE


@dataclass(frozen=True, slots=True)
class ItemFigures:
    """What is told of a scenario: of this school year and the last."""

    counts: Mapping[Rating, int]
    chosen: Mapping[Whom, Mapping[int, int]]  # people by the number of an option
    people: Mapping[Whom, int]
    since: date
    change: Change
    apart: Apart

    @property
    def told(self) -> Wise:
        return Wise(self.counts[Rating.BEST] + self.counts[Rating.FINE], sum(self.counts.values()))

    @property
    def look(self) -> Look | None:
        told = self.told
        if told.people < ENOUGH:
            return None
        if self.apart is Apart.AGAINST:
            return Look.AGAINST
        return Look.ALL_RIGHT if 100 * told.wise >= NEARLY_ALL * told.people else None


def figures(told: Told) -> ItemFigures:
    """What a lead reads of a scenario."""
    parts = told.parts
    return ItemFigures(
        {rating: sum(part.counts[rating] for part in parts) for rating in Rating},
        told.chosen,
        {each: people for each in Whom if (people := sum(sum(part.counts.values()) for part in parts if part.whom is each))},
        min(part.since for part in parts),
        Change(wise(part for part in parts if part.this_year), wise(part for part in parts if not part.this_year)),
        apart(told.others),
    )


def wise(parts: Iterable[Part]) -> Wise | None:
    """How many of these people judged it wisely; None where there are none."""
    each = [part.counts for part in parts]
    people = sum(sum(counts.values()) for counts in each)
    return Wise(sum(counts[Rating.BEST] + counts[Rating.FINE] for counts in each), people) if people else None


def together(each: Iterable[Wise | None]) -> Wise | None:
    """Several scenarios as one: answers in place of people."""
    known = [one for one in each if one is not None]
    return Wise(sum(one.wise for one in known), sum(one.people for one in known)) if known else None


def compared(tens: int) -> int:
    """Of how many tens the wise and the unwise are compared: the first 2, 4, 8, … of them, so that what is said of them changes
    when many have come, and not when one has."""
    most = ENOUGH // TEN
    if tens < most:
        return 0
    while most * 2 <= tens:
        most *= 2
    return most


def apart(others: tuple[Others, Others] | None) -> Apart:
    """Whether whoever judged it wisely did better with the other scenarios of the same try than whoever did not; told only where
    there are enough of both."""
    if others is None or min(side.people for side in others) < EACH_SIDE:
        return Apart.UNKNOWN
    wisely, not_so = others
    by = wisely.mean - not_so.mean
    if abs(by) < max(LEAST_APART, SPREADS * sqrt(wisely.variance / wisely.people + not_so.variance / not_so.people)):
        return Apart.NOT
    if by < 0:
        return Apart.AGAINST
    return Apart.CLEARLY if by >= CLEARLY_APART else Apart.A_LITTLE

"""The register of approved accounts: whether an account may be used today and, where it may not, why.

An account is approved by a risk assessment that a second person has signed off, and until its review date.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, StrEnum, auto

from ..content.conditions import chosen, in_force
from ..content.model import Facet, Fact, School

REGISTER = "approved-accounts"  # what a stance needs whose school keeps this register
MINIMUM_AGE = "-minimum-age"  # how the facts end that hold a platform's minimum age


class Need(StrEnum):
    """Whether the school's policy uses approved accounts."""

    USED = "used"
    NOT_USED = "not used"
    NOT_CHOSEN = "not chosen"  # until the school decides, none are used


class Reason(Enum):
    """Why an account is not approved now."""

    POLICY = auto()  # none are used here
    OFF = auto()
    GONE = auto()  # somebody who looks after it has left
    PAST = auto()  # its review date
    UNSIGNED = auto()


@dataclass(frozen=True, slots=True)
class AccountStatus:
    """How an account stands, and what it stands on."""

    need: Need
    signed: bool
    review_on: date  # the day itself is still in time
    gone: tuple[str, ...]  # the names of those responsible for it who have left
    off: tuple[date, str] | None  # when and why it was switched off
    reasons: tuple[Reason, ...] = ()  # none: approved

    @property
    def approved(self) -> bool:
        return not self.reasons

    @property
    def late(self) -> bool:
        return Reason.PAST in self.reasons


@dataclass(frozen=True, slots=True)
class Platform:
    key: str  # the fact's name
    name: str
    minimum_age: int
    source: str


def need(facets: Iterable[Facet], school: School) -> Need:
    """Whether a stance in force needs the register, and if none does, whether the school has said so itself."""
    asking = [facet for facet in facets if any(stance.needs == REGISTER for stance in facet.stances)]
    if any(in_force(school, facet).needs == REGISTER for facet in asking):
        return Need.USED
    return Need.NOT_USED if all(chosen(school, facet) for facet in asking) else Need.NOT_CHOSEN


def standing(
    *, need: Need, signed: bool, review_on: date, gone: Sequence[str], off: tuple[date, str] | None, today: date
) -> AccountStatus:
    """How an account stands by its latest risk assessment: every reason for which it is not approved, policy first."""
    weighed = {
        Reason.POLICY: need is not Need.USED,
        Reason.OFF: off is not None,
        Reason.GONE: bool(gone),
        Reason.PAST: review_on < today,
        Reason.UNSIGNED: not signed,
    }
    return AccountStatus(need, signed, review_on, tuple(gone), off, tuple(reason for reason, so in weighed.items() if so))


def platforms(facts: Mapping[str, Fact]) -> list[Platform]:
    """The platforms whose minimum age is a fact, by name."""
    found = [
        Platform(fact.name, fact.what.partition(",")[0], int(fact.value), fact.source)
        for fact in facts.values()
        if fact.name.endswith(MINIMUM_AGE) and re.fullmatch("[0-9]{1,2}", fact.value)
    ]
    return sorted(found, key=lambda platform: platform.name.casefold())


def last_review(today: date) -> date:
    """The last day that a review may be set for: this day next year."""
    try:
        return today.replace(year=today.year + 1)
    except ValueError:  # 29 February
        return date(today.year + 1, 2, 28)

"""The register of approved accounts: whether an account may be used today and, where it may not, why.

An account is approved by a risk assessment that a second person has signed off, and until its review date.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ..content.conditions import chosen, in_force
from ..content.model import Facet, Fact, School
from ..wording.dates import day, short_day

REGISTER = "approved-accounts"  # what a stance needs whose school keeps this register
MINIMUM_AGE = "-minimum-age"  # how the facts end that hold a platform's minimum age


class Need(StrEnum):
    """Whether the school's policy uses approved accounts."""

    USED = "used"
    NOT_USED = "not used"
    NOT_CHOSEN = "not chosen"  # until the school decides, none are used


NOT_IN_USE = {
    Need.NOT_USED: "Our policy uses no approved accounts.",
    Need.NOT_CHOSEN: "The school has not decided yet whether to use approved accounts.",
}


class Reason(StrEnum):
    """Why an account is not approved now, as the register says it in short."""

    POLICY = "none are used here"
    OFF = "switched off"
    GONE = "somebody who looks after it has left"
    PAST = "review date passed"
    UNSIGNED = "waiting to be signed off"


@dataclass(frozen=True, slots=True)
class AccountStatus:
    reasons: tuple[Reason, ...]  # none: approved
    sentences: tuple[str, ...]  # the same, each in a sentence

    @property
    def approved(self) -> bool:
        return not self.reasons

    @property
    def late(self) -> bool:
        return Reason.PAST in self.reasons

    @property
    def word(self) -> str:
        return "Approved" if self.approved else "Not approved now"

    @property
    def short(self) -> str:
        return "; ".join(self.reasons)


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
    """How an account stands by its latest risk assessment.

    `gone` are the names of those responsible for it who have left; `off` is when and why it was switched off. The
    review date itself is still in time.
    """
    found = []
    if need is not Need.USED:
        found.append((Reason.POLICY, NOT_IN_USE[need]))
    if off:
        found.append((Reason.OFF, f"It was switched off on {day(off[0], today)} ({off[1].rstrip('.')})."))
    if gone:
        found.append((Reason.GONE, f"{' and '.join(gone)} {'has' if len(gone) == 1 else 'have'} left."))
    if review_on < today:
        found.append((Reason.PAST, f"Its review date, {short_day(review_on, today)}, has passed."))
    if not signed:
        found.append((Reason.UNSIGNED, "It is waiting for the second signature."))
    return AccountStatus(tuple(reason for reason, _ in found), tuple(sentence for _, sentence in found))


def platforms(facts: Mapping[str, Fact]) -> list[Platform]:
    """The platforms whose minimum age is a fact, by name."""
    found = [
        Platform(fact.name, fact.what.partition(",")[0], int(fact.value), fact.source)
        for fact in facts.values()
        if fact.name.endswith(MINIMUM_AGE) and re.fullmatch("[0-9]{1,2}", fact.value)
    ]
    return sorted(found, key=lambda platform: platform.name.casefold())


def age_fault(platform: str, minimum_age: int, source: str, youngest: int) -> str | None:
    """What is wrong with an audience for a platform, in a sentence that names both ages; None where nothing is."""
    if youngest >= minimum_age:
        return None
    return (
        f"The youngest would be {youngest}, and {platform} asks for {minimum_age} or older ({source}). "
        "Choose an older audience or another platform."
    )


def review_fault(review_on: date, today: date) -> str | None:
    """What is wrong with a review date, in a sentence, or None: it lies within a year."""
    if review_on < today:
        return "That day has passed. Write a day within the coming year."
    last = last_review(today)
    if review_on > last:
        return f"That is more than a year away. Write a day up to {short_day(last, today)}."
    return None


def last_review(today: date) -> date:
    """The last day that a review may be set for: this day next year."""
    try:
        return today.replace(year=today.year + 1)
    except ValueError:  # 29 February
        return date(today.year + 1, 2, 28)

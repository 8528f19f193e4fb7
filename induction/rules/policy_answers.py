"""How a question of the policy stands, by what is in force and what is drafted on it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from ..content.contact_times import written_hours
from ..content.model import Choice, Facet


class Standing(StrEnum):
    """How far the school is with a question."""

    OPEN = "open"  # nothing is chosen: the cautious rule applies
    ANOTHER = "another"  # what is chosen can't be, in this nation or any more
    NO_TIMES = "no-times"  # what is chosen asks for clock times, and none are written
    DRAFTED = "drafted"  # chosen, and not published yet
    CHOSEN = "chosen"

    @property
    def is_open(self) -> bool:
        """Whether an answer is still wanted. Without clock times there is one: the usual ones stand in."""
        return self in (Standing.OPEN, Standing.ANOTHER)


def standing(facet: Facet, nation: str, in_force: Choice | None, drafted: Choice | None) -> Standing:
    """How a question stands in a school of this nation. What is drafted on it counts before what is in force."""
    choice = drafted or in_force
    if choice is None:
        return Standing.OPEN
    stance = facet.stance(choice.stance)
    if stance is None or not stance.allowed_in(nation):
        return Standing.ANOTHER
    if stance.fill and stance.fill.times and not written_hours(choice.words):
        return Standing.NO_TIMES
    return Standing.DRAFTED if drafted else Standing.CHOSEN


def next_open(standings: Mapping[str, Standing], after: str = "") -> str | None:
    """The first question that is open after this one, else before it; of all, where none is named. None: none is."""
    names = list(standings)
    begin = names.index(after) + 1 if after else 0
    return next((name for name in names[begin:] + names[:begin] if standings[name].is_open), None)

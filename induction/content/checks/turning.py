"""How much of a quiz is decided by the school: scenarios whose best answer turns with its policy, its nation or its phase.

Somebody who has read another school's lessons must not pass by them. At least half is the aim of
what is shipped; a school's own scenarios know but one policy, so nothing is warned of.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..model import Facet, Scenario
from .best_option import Effort, turns

AIM = 0.5


@dataclass(frozen=True, slots=True)
class Turning:
    """The scenarios that ask for one answer, by id, as their first scene has it."""

    turn: tuple[str, ...]
    stay: tuple[str, ...]

    @property
    def share(self) -> float:
        """From 0 to 1; 0 where no scenario asks for one answer."""
        asked = len(self.turn) + len(self.stay)
        return len(self.turn) / asked if asked else 0.0


def turning(scenarios: Iterable[Scenario], facets: Mapping[str, Facet]) -> Turning:
    """Which scenarios have another best answer at another school.

    Raises `best_option.TooManyCombinations` where ratings depend on more combinations than can be searched.
    """
    found: dict[bool, list[str]] = {True: [], False: []}
    for scenario in scenarios:
        first = scenario.scenes[scenario.id]
        if first.options and not first.choose_all:
            found[turns(first.options, scenario.phase, facets, Effort())].append(scenario.id)
    return Turning(tuple(found[True]), tuple(found[False]))

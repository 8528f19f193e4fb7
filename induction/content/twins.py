"""Twins: two scenarios of a quiz with the same options word for word, and one fact changed, so that another option is best."""

from __future__ import annotations

from collections.abc import Collection

from .model import Scenario


def twins_of(scenarios: Collection[Scenario]) -> dict[str, str]:
    """The twin of each that has one. Both name each other: one that was drawn from another quiz alone has none."""
    named = {scenario.id: scenario.twin for scenario in scenarios}
    return {word: twin for word, twin in named.items() if twin and twin != word and named.get(twin) == word}


def most_asked(scenarios: Collection[Scenario]) -> int:
    """How many of these one attempt can ask: of twins, one."""
    return len(scenarios) - len(twins_of(scenarios)) // 2

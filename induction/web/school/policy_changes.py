"""What a change of policy would change, as a lead reads it: how much, the first few by name, and the rest to unfold."""

from __future__ import annotations

from dataclasses import dataclass

from ...content.editions.differences import Changes, ScenarioChange
from ...wording import policy

AT_ONCE = 2  # scenarios whose judgements stand open


@dataclass(frozen=True, slots=True)
class ChangesShown:
    all: Changes
    lessons: str  # how many read otherwise, and which
    scenarios: str  # how many are judged otherwise
    people: str  # how many were taught otherwise; empty where that stands elsewhere on the page

    @property
    def first(self) -> tuple[ScenarioChange, ...]:
        return self.all.scenarios[:AT_ONCE]

    @property
    def further(self) -> tuple[ScenarioChange, ...]:
        return self.all.scenarios[AT_ONCE:]


def shown(changes: Changes, people: str = "") -> ChangesShown:
    return ChangesShown(
        changes,
        policy.read_otherwise([each.title for each in changes.lessons]),
        policy.judged_otherwise(len(changes.scenarios), AT_ONCE),
        people,
    )

"""What a change of policy would change, as a lead reads it: how much, the first few, and all of it to unfold."""

from __future__ import annotations

from dataclasses import dataclass

from ...content.editions.differences import Changes, OptionChange, ScenarioChange
from ...content.model import Rating
from ...wording import policy

AT_ONCE = 2  # scenarios that stand open


@dataclass(frozen=True, slots=True)
class ChangesShown:
    all: Changes
    summary: str  # how many lessons read otherwise, and which; how many people were taught otherwise
    scenarios: str  # how many are judged otherwise; empty where none is
    first: list[tuple[str, OptionChange]]  # of the first few, the title and the choice that says most

    @property
    def folded(self) -> str:
        return policy.folded(len(self.all.lessons), len(self.all.scenarios))


def shown(changes: Changes, people: str = "") -> ChangesShown:
    lessons, count = policy.read_otherwise([each.title for each in changes.lessons]), len(changes.scenarios)
    scenarios = policy.judged_otherwise(count, AT_ONCE)
    if not count:
        return ChangesShown(changes, f"{lessons} {scenarios}", "", [])
    first = [(each.title, _telling(each)) for each in changes.scenarios[:AT_ONCE]]
    return ChangesShown(changes, f"{lessons} {people}".strip(), scenarios, first)


def _telling(scenario: ScenarioChange) -> OptionChange:
    """The choice that becomes the best one; else the first that changes."""
    return next((each for each in scenario.options if each.after is Rating.BEST), scenario.options[0])

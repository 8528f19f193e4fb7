"""What a new policy turns round: judgements that somebody was taught, and that are now the opposite."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Protocol

from ..content.edition import JudgedQuiz, JudgedScenario
from ..content.model import Rating

SOUND = frozenset({Rating.BEST, Rating.FINE})


class Met(Protocol):
    """A finished try, as far as this needs it; records keep them."""

    @property
    def person_id(self) -> int: ...
    @property
    def quiz_version(self) -> str: ...
    @property
    def scenarios(self) -> tuple[str, ...]: ...


def turned_round(taught: JudgedQuiz, now: JudgedQuiz) -> frozenset[str]:
    """The scenarios in which an option that was sound (best or fine) is now unwise (poor or over the line), or the reverse.

    Options are compared by scene and words: where the words were changed too, nothing was turned round.
    """
    return frozenset(
        word
        for word, scenario in taught.scenarios.items()
        if word in now.scenarios and _differs(_sound(scenario), _sound(now.scenarios[word]))
    )


def _sound(scenario: JudgedScenario) -> dict[tuple[str, str], bool]:
    return {
        (scene.id, option.label): option.rating in SOUND for scene in scenario.scenes.values() for option in scene.options
    }


def _differs(before: dict[tuple[str, str], bool], after: dict[tuple[str, str], bool]) -> bool:
    return any(after.get(option, sound) is not sound for option, sound in before.items())


def touched(tries: Iterable[Met], turned: Mapping[str, Collection[str]]) -> dict[int, tuple[str, ...]]:
    """Who was last taught which scenarios in a judgement that is turned round now: person -> scenarios.

    `tries` run from the oldest; `turned` names, for each version of the quiz, the scenarios turned round since.
    """
    last = {(each.person_id, scenario): each.quiz_version for each in tries for scenario in each.scenarios}
    found: dict[int, list[str]] = {}
    for (person, scenario), version in last.items():
        if scenario in turned.get(version, ()):
            found.setdefault(person, []).append(scenario)
    return {person: tuple(sorted(scenarios)) for person, scenarios in found.items()}

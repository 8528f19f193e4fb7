"""What a new policy turns round: judgements that somebody was taught, and that are now the opposite."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Protocol

from ..content.editions.quiz_edition import JudgedQuiz
from ..content.model import Rating
from ..content.words import Words

SOUND = frozenset({Rating.BEST, Rating.FINE})

# scenario -> whether each option is sound (best or fine) or unwise (poor or over the line), by scene and words. The words
# are those of the file: a headteacher's name that is another one makes no other choice.
Soundness = Mapping[str, Mapping[tuple[str, Words], bool]]


class FinishedTry(Protocol):
    """A finished try, as far as this needs it; records keep them."""

    @property
    def person_id(self) -> int: ...
    @property
    def quiz_version(self) -> str: ...
    @property
    def scenarios(self) -> tuple[str, ...]: ...


def soundness(quiz: JudgedQuiz) -> Soundness:
    return {
        word: {
            (scene.id, option.written): option.rating in SOUND
            for scene in scenario.scenes.values()
            for option in scene.options
        }
        for word, scenario in quiz.scenarios.items()
    }


def turned_round(taught: Soundness, now: Soundness) -> frozenset[str]:
    """The scenarios in which an option that was sound is now unwise, or the reverse.

    Where the words were changed too, nothing was turned round.
    """
    return frozenset(word for word, options in taught.items() if word in now and _differs(options, now[word]))


def _differs(before: Mapping[tuple[str, Words], bool], after: Mapping[tuple[str, Words], bool]) -> bool:
    return any(after.get(option, sound) is not sound for option, sound in before.items())


def touched(
    tries: Iterable[FinishedTry], turned: Mapping[str, Collection[str]], twins: Mapping[str, str]
) -> dict[int, tuple[str, ...]]:
    """Who was last taught which scenarios in a judgement that is turned round now: person -> scenarios.

    `tries` run from the oldest; `turned` names, for each version of the quiz, the scenarios turned round since. Where
    both of two `twins` were, whoever has met one of them since was taught the other with it.
    """
    last = {(each.person_id, scenario): (number, each.quiz_version) for number, each in enumerate(tries) for scenario in each.scenarios}
    found: dict[int, list[str]] = {}
    for (person, scenario), (number, version) in last.items():
        since = turned.get(version, ())
        twin = twins.get(scenario, "")
        met, then = last.get((person, twin), (-1, ""))
        taught_with_it = met > number and twin in since and twin not in turned.get(then, ())
        if scenario in since and not taught_with_it:
            found.setdefault(person, []).append(scenario)
    return {person: tuple(sorted(scenarios)) for person, scenarios in found.items()}

"""Which scenarios an attempt asks: first what was not judged best, then what was not yet met."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from ..content.edition import JudgedQuiz
from ..content.model import Rating

Shuffle = Callable[[list[str]], None]  # random.shuffle, or a test's own order


def draw(quiz: JudgedQuiz, latest: Mapping[str, Rating], shuffle: Shuffle) -> tuple[str, ...]:
    """The ids of the scenarios for a new attempt, in the order they are asked.

    `latest` is how this person's latest answer to each scenario was judged.
    """
    again = [word for word in quiz.scenarios if latest.get(word, Rating.BEST) is not Rating.BEST]
    unmet = [word for word in quiz.scenarios if word not in latest]
    known = [word for word in quiz.scenarios if latest.get(word) is Rating.BEST]
    for words in (again, unmet, known):
        shuffle(words)
    ask = quiz.ask or len(quiz.scenarios)
    return tuple((again + unmet + known)[:ask])


def another(quiz: JudgedQuiz, drawn: Sequence[str], instead_of: str, shuffle: Shuffle) -> tuple[str, ...]:
    """The same draw with another scenario in the place of one that somebody would rather not meet.

    The other has no warning of its own. Where none is left, the one is simply left out, unless it
    is the only one of the attempt: then the draw stays as it is.
    """
    free = [word for word, scenario in quiz.scenarios.items() if word not in drawn and not scenario.warn]
    shuffle(free)
    changed = [word if word != instead_of else (free[0] if free else None) for word in drawn]
    return tuple(word for word in changed if word) or tuple(drawn)

"""Which scenarios an attempt asks: first what was not judged best, then what was not yet met.

Of twins it asks one, and the next attempt the other: whoever remembers an answer meets the same options, of which
another is best. What a lead has put aside no new attempt asks; of twins the other one stands in.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from enum import StrEnum

from ..content.editions.quiz_edition import JudgedQuiz
from ..content.model import Rating

Shuffle = Callable[[list[str]], None]  # random.shuffle, or a test's own order


class TooFew(StrEnum):
    """Why a scenario can't be put aside."""

    PAIR = "its twin is put aside already"
    QUIZ = "an attempt could not ask as many as it does"


def draw(
    quiz: JudgedQuiz, latest: Mapping[str, Rating], shuffle: Shuffle, aside: Collection[str] = ()
) -> tuple[str, ...]:
    """The ids of the scenarios for a new attempt, in the order they are asked.

    `latest` is how this person's latest answer to each scenario was judged, those met last at the end. What is put
    `aside` is left out.
    """

    def turn(word: str) -> int:
        ratings = (latest.get(each, Rating.BEST) for each in (word, quiz.scenarios[word].twin or word))
        if any(rating is not Rating.BEST for rating in ratings):
            return 0
        return 2 if word in latest else 1

    words = _without(quiz, aside)
    shuffle(words)
    asked = sorted(_one_of_twins(quiz, words, latest), key=turn)
    return _without_warning_first(quiz, asked[: quiz.ask])


def draw_again(quiz: JudgedQuiz, words: Sequence[str], latest: Mapping[str, Rating]) -> tuple[str, ...]:
    """The same for an attempt that asks these scenarios again, and no other."""
    return _without_warning_first(quiz, _one_of_twins(quiz, words, latest))


def _one_of_twins(quiz: JudgedQuiz, words: Sequence[str], latest: Mapping[str, Rating]) -> list[str]:
    """The same scenarios, of twins only the one that was not met last; of two that were never met, the first."""
    met = list(latest)

    def since(word: str) -> tuple[int, int]:
        return met.index(word) if word in latest else -1, words.index(word)

    twins = {word: quiz.scenarios[word].twin for word in words}
    return [word for word, twin in twins.items() if twin is None or twin not in twins or since(word) < since(twin)]


def _without_warning_first(quiz: JudgedQuiz, words: Sequence[str]) -> tuple[str, ...]:
    """The same scenarios: what an attempt begins with carries no warning, where some carry none."""
    first = next((word for word in words if not quiz.scenarios[word].warn), None)
    return tuple(words) if first is None else (first, *(word for word in words if word != first))


def _without(quiz: JudgedQuiz, aside: Collection[str]) -> list[str]:
    """The scenarios that are not put aside; all of them where none would be left, as when the school's phase has changed."""
    return [word for word in quiz.scenarios if word not in aside] or list(quiz.scenarios)


def too_few_without(quiz: JudgedQuiz, aside: Collection[str], word: str) -> TooFew | None:
    """Why one more scenario can't be put aside; None where it can. One of twins always stays, to ask what they are about."""
    if quiz.scenarios[word].twin in aside:
        return TooFew.PAIR
    left = [each for each in quiz.scenarios if each != word and each not in aside]
    return TooFew.QUIZ if len(_one_of_twins(quiz, left, {})) < (quiz.ask or 1) else None


def another(
    quiz: JudgedQuiz,
    drawn: Sequence[str],
    instead_of: str,
    put_off: Collection[str],
    shuffle: Shuffle,
    aside: Collection[str] = (),
) -> tuple[str, ...] | None:
    """The draw with another scenario in the place of one that somebody would rather not meet now; None where it stays.

    The other is on a theme of the one put off, and every theme of the draw is still asked; one without a warning comes
    first. Where none is left, the one put off comes later, at the end. `put_off` are those put off before in the same
    try: they are not asked instead, and each is put off once. The twin of what is drawn, or was put off, is not asked, nor
    what a lead has put `aside`.
    """
    if instead_of in put_off:
        return None
    seen = {*drawn, *put_off}
    left = [word for word in quiz.scenarios if word not in aside and seen.isdisjoint((word, quiz.scenarios[word].twin))]
    fitting = [word for word in left if _fits(quiz, drawn, instead_of, word)]
    shuffle(fitting)
    fitting.sort(key=lambda word: bool(quiz.scenarios[word].warn))
    if fitting:
        return tuple(word if word != instead_of else fitting[0] for word in drawn)
    if drawn[-1] == instead_of:
        return None
    return (*(word for word in drawn if word != instead_of), instead_of)


def _fits(quiz: JudgedQuiz, drawn: Sequence[str], instead_of: str, word: str) -> bool:
    """Whether a scenario shares a theme with the one that it would replace, and no theme of the draw is lost."""
    own, other = set(quiz.scenarios[instead_of].themes), set(quiz.scenarios[word].themes)
    kept = {theme for each in drawn if each != instead_of for theme in quiz.scenarios[each].themes}
    return (not own or bool(own & other)) and own <= kept | other

"""Which scenarios an attempt asks: first what was not judged best, then what was not yet met."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from ..content.editions.quiz_edition import JudgedQuiz
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


def another(
    quiz: JudgedQuiz, drawn: Sequence[str], instead_of: str, put_off: Collection[str], shuffle: Shuffle
) -> tuple[str, ...] | None:
    """The draw with another scenario in the place of one that somebody would rather not meet now; None where it stays.

    The other is on a theme of the one put off, and every theme of the draw is still asked; one without a warning comes
    first. Where none is left, the one put off comes later, at the end. `put_off` are those put off before in the same
    try: they are not asked instead, and each is put off once.
    """
    if instead_of in put_off:
        return None
    left = [word for word in quiz.scenarios if word not in drawn and word not in put_off]
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

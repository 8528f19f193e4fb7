"""Quizzes as small as a rule needs: `quiz(story("a", BEST, POOR), …)`."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from induction.content.editions.quiz_edition import JudgedOption, JudgedQuiz, JudgedScenario, JudgedScene
from induction.content.model import Rating

BEST, FINE, POOR, BREACH = Rating.BEST, Rating.FINE, Rating.POOR, Rating.BREACH


@dataclass(frozen=True)
class Given:
    """An answer as far as judging needs it."""

    scenario: str
    scene: str
    chosen: tuple[int, ...]
    rating: Rating
    mark: Fraction


def scene(word: str, *ratings: Rating, to: dict[int, str] | None = None, choose_all: bool = False) -> JudgedScene:
    """A scene whose options are rated so; `to`: which option leads to which scene."""
    options = tuple(
        JudgedOption(number, f"Option {number}", f"Option {number}", rating, "<p>So.</p>", (to or {}).get(number), (f"Option {number}",))
        for number, rating in enumerate(ratings, start=1)
    )
    return JudgedScene(word, word.title(), "<p>A story.</p>", options, choose_all)


def scenario(
    *scenes: JudgedScene, warn: str | None = None, themes: tuple[str, ...] = (), twin: str | None = None
) -> JudgedScenario:
    """A scenario whose word is its first scene's."""
    return JudgedScenario(
        scenes[0].id, scenes[0].title, themes, None, warn, None, {each.id: each for each in scenes}, twin
    )


def quiz(*scenarios: JudgedScenario, ask: int | None = None, pass_mark: int = 80) -> JudgedQuiz:
    return JudgedQuiz(
        "course", "lesson", "Lesson", ask, pass_mark, {}, {each.id: each for each in scenarios}, {}
    )

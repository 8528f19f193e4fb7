"""Test-wiseness: what somebody would get who reads no story, but has a habit of picking options.

Options give themselves away where the best is the longest, the most careful, the one that tells
somebody, or always stands first. Each habit is marked as the quiz would mark it, beside chance,
which is the habit of picking anything. A habit that is undecided between options picks each of
them equally often, so that no order of the options helps or harms it.

All of it is measured for a school that has chosen nothing, where the strictest stances apply,
in England, and that meets both phases: every scenario counts, and so do all later scenes that
the habit's own picks lead to. In a scene where all that apply are chosen, a habit ticks one option.
It is measured twice, since names change lengths: for a school that has named nobody, and for one
whose people have short names. The figure is the one that pays the habit more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import fmean

from ..conditions import rate
from ..editions.fill import plain
from ..model import Library, Quiz, Rating, Scenario, Scene, School
from ..reading.includes import included_at
from .guessing_words import CAUTIOUS, REPORTING

UNNAMED = School(name="our school")
NAMED = School(
    name="Oakfield School",
    words={
        "safeguarding lead": "Ada Reid",
        "deputy safeguarding lead": "Jo Barker",
        "headteacher": "Helen Marsh",
        "chair of governors": "Owen Clarke",
        "out of hours": "Ada Reid on 01632 960145",
        "induction lead": "Lou Hart",
    },
)
MARKS = {Rating.BEST: 1.0, Rating.FINE: 0.5, Rating.POOR: 0.0, Rating.BREACH: 0.0}
MOST_GAIN = 15.0  # points above chance that guessing may be worth

Labels = Sequence[str]
Habit = Callable[[Labels], list[int]]  # how much each option attracts it


def words_in(listed: Iterable[str]) -> re.Pattern[str]:
    """Finds the listed words, whole and in any case; a star stands for any ending."""
    either = "|".join(re.escape(word).replace(r"\*", r"\w*") for word in sorted(listed, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE)


_cautious = words_in(CAUTIOUS)
_reporting = words_in(REPORTING)

HABITS: dict[str, Habit] = {
    "the longest option": lambda labels: [len(label) for label in labels],
    "the most cautious words": lambda labels: [len(_cautious.findall(label)) for label in labels],
    "the option that mentions reporting": lambda labels: [bool(_reporting.search(label)) for label in labels],
    "the first option": lambda labels: [number == 0 for number in range(len(labels))],
    "the shortest option": lambda labels: [-len(label) for label in labels],
    "the last option": lambda labels: [number == len(labels) - 1 for number in range(len(labels))],
}


@dataclass(frozen=True, slots=True)
class Guess:
    """What a habit is worth in one scenario, from 0 to 1."""

    scenario: str
    mark: float
    chance: float


@dataclass(frozen=True, slots=True)
class Figure:
    """What a habit is worth in a quiz, or in all of them. Marks run from 0 to 100."""

    habit: str
    guesses: tuple[Guess, ...]

    @property
    def mark(self) -> float:
        return 100 * fmean(guess.mark for guess in self.guesses)

    @property
    def chance(self) -> float:
        return 100 * fmean(guess.chance for guess in self.guesses)

    @property
    def gain(self) -> float:
        """Points above chance; below 0 where the habit does harm."""
        return self.mark - self.chance

    @property
    def pays(self) -> bool:
        return self.gain > MOST_GAIN + 1e-9  # exactly 15 points is not more, whatever the floats say

    @property
    def giveaways(self) -> tuple[str, ...]:
        """The scenarios where the habit is worth too much by itself, the worst first."""
        paying = [guess for guess in self.guesses if 100 * (guess.mark - guess.chance) > MOST_GAIN + 1e-9]
        return tuple(guess.scenario for guess in sorted(paying, key=lambda guess: guess.chance - guess.mark))


@dataclass(frozen=True, slots=True)
class _Choice:
    label: str
    mark: float
    leads_to: str | None


def figures(quiz: Quiz, library: Library) -> list[Figure]:
    """One figure for each habit, in the order of HABITS; none for a quiz that asks nothing."""
    unnamed, named = (_figures(quiz, library, school) for school in (UNNAMED, NAMED))
    return [max(pair, key=lambda figure: figure.gain) for pair in zip(unnamed, named, strict=True)]


def _figures(quiz: Quiz, library: Library, school: School) -> list[Figure]:
    choices = {scenario.id: _choices(scenario, library, school) for scenario in quiz.scenarios}
    asking = {name: scenes for name, scenes in choices.items() if any(scenes.values())}
    if not asking:
        return []
    chances = {name: _mark(scenes, name, lambda labels: [0] * len(labels)) for name, scenes in asking.items()}
    return [
        Figure(called, tuple(Guess(name, _mark(scenes, name, habit), chances[name]) for name, scenes in asking.items()))
        for called, habit in HABITS.items()
    ]


def of_its_own(found: list[Figure], quiz: Quiz) -> list[Figure]:
    """The figures of a quiz without the scenarios that it includes from another, where they count; none if no other is left."""
    own = {scenario.id for scenario in quiz.scenarios if included_at(quiz.included, scenario.line) is None}
    rest = [replace(figure, guesses=tuple(guess for guess in figure.guesses if guess.scenario in own)) for figure in found]
    return [figure for figure in rest if figure.guesses]


def together(of_quizzes: Iterable[list[Figure]]) -> list[Figure]:
    """The figures of several quizzes as if all their scenarios were one quiz."""
    met = [figures for figures in of_quizzes if figures]
    return [
        Figure(habit, tuple(guess for figures in met for guess in figures[number].guesses))
        for number, habit in enumerate(HABITS)
        if met
    ]


def _choices(scenario: Scenario, library: Library, school: School) -> dict[str, list[_Choice]]:
    return {name: _scene_choices(scene, library, school) for name, scene in scenario.scenes.items()}


def _scene_choices(scene: Scene, library: Library, school: School) -> list[_Choice]:
    marks = [MARKS[rate(option.rule, school, library.facets)] for option in scene.options]
    if scene.choose_all:
        good = sum(mark > 0 for mark in marks)
        marks = [1 / good if mark > 0 else 0.0 for mark in marks]
    return [
        _Choice(plain(option.label, school, library), mark, option.leads_to)
        for option, mark in zip(scene.options, marks, strict=True)
    ]


def _mark(scenes: dict[str, list[_Choice]], start: str, habit: Habit) -> float:
    """The mean over the scenes that the habit's picks lead to, each counted once."""
    marks = []
    met, waiting = {start}, [start]
    while waiting:
        choices = scenes[waiting.pop()]
        if not choices:
            continue
        weights = habit([choice.label for choice in choices])
        picks = [choice for choice, weight in zip(choices, weights, strict=True) if weight == max(weights)]
        marks.append(fmean(choice.mark for choice in picks))
        following = {choice.leads_to for choice in picks if choice.leads_to} & scenes.keys() - met
        met |= following
        waiting.extend(sorted(following))
    return fmean(marks) if marks else 0.0

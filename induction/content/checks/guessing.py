"""Test-wiseness: what somebody would get who reads no story, but has a habit of picking options.

Options give themselves away where the best is the longest, the most careful, the one that tells
somebody, or always stands first. Each habit is marked as the quiz would mark it, beside chance,
which is the habit of picking anything. A habit that is undecided between options picks each of
them equally often, so that no order of the options helps or harms it.

All of it is measured for schools that have chosen nothing, where the strictest stances apply: of
each nation and each phase, one that has named nobody and one whose people have short names, since
names change lengths and tell who is meant. Each is asked every scenario that fits its phase, and all
later scenes that the habit's own picks lead to. In a scene where all that apply are chosen, a habit
ticks one option. The figure is that of the school whose quiz pays the habit most.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from statistics import fmean

from ..conditions import rate
from ..editions.fill import plain
from ..model import NATIONS, PHASES, Library, Quiz, Rating, RatingRule, Scenario, Scene, School
from ..reading.includes import included_at
from ..words import Words
from .habits import HABITS, Habit

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
_WORDED = tuple(replace(school, nation=nation) for school in (UNNAMED, NAMED) for nation in NATIONS)
SCHOOLS = tuple(replace(school, phase=phase) for phase in reversed(PHASES) for school in _WORDED)
MARKS = {Rating.BEST: 1.0, Rating.FINE: 0.5, Rating.POOR: 0.0, Rating.BREACH: 0.0}
MOST_GAIN = 15.0  # points above chance that guessing may be worth


@dataclass(frozen=True, slots=True)
class Guess:
    """What a habit is worth in one scenario, from 0 to 1."""

    scenario: str
    mark: float
    chance: float


@dataclass(frozen=True, slots=True)
class Figure:
    """What a habit is worth at a school in a quiz, or in all of them. Marks run from 0 to 100."""

    habit: str
    school: School
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


_Scenes = tuple[tuple[str, tuple[_Choice, ...]], ...]  # the first is the scenario's own
Measured = list[list[Figure]]  # of each of SCHOOLS, one figure for each habit, in the order of HABITS; none where it asks nothing


def measure(quiz: Quiz, library: Library) -> Measured:
    """What each habit is worth in a quiz at each school."""
    of_scenarios = [_guesses(scenario, library) for scenario in quiz.scenarios]
    by_school = zip(*of_scenarios, strict=True)
    return [_figures(school, list(filter(None, guesses))) for school, guesses in zip(SCHOOLS, by_school, strict=False)]


def figures(measured: Measured) -> list[Figure]:
    """For each habit the figure of the school where it is worth most; none of a quiz that asks nothing."""
    return [max(of_schools, key=lambda figure: figure.gain) for of_schools in zip(*filter(None, measured), strict=True)]


def of_its_own(measured: Measured, quiz: Quiz) -> Measured:
    """The same without the scenarios that the quiz includes from another, where they count."""
    own = {scenario.id for scenario in quiz.scenarios if included_at(quiz.included, scenario.line) is None}
    return [[rest for figure in of_school if (rest := _of(figure, own)).guesses] for of_school in measured]


def together(of_quizzes: Iterable[Measured]) -> Measured:
    """The same of several quizzes, as if all their scenarios were one quiz."""
    by_school = zip(*filter(None, of_quizzes), strict=True)
    return [
        [_as_one(of_habit) for of_habit in zip(*filter(None, of_school), strict=True)] for of_school in by_school
    ]


def _as_one(figures: tuple[Figure, ...]) -> Figure:
    return replace(figures[0], guesses=tuple(guess for figure in figures for guess in figure.guesses))


def _of(figure: Figure, scenarios: set[str]) -> Figure:
    return replace(figure, guesses=tuple(guess for guess in figure.guesses if guess.scenario in scenarios))


def _figures(school: School, of_scenarios: list[tuple[Guess, ...]]) -> list[Figure]:
    by_habit = zip(*of_scenarios, strict=True)
    return [Figure(habit, school, guesses) for habit, guesses in zip(HABITS, by_habit, strict=False)]  # none where none is asked


def _guesses(scenario: Scenario, library: Library) -> list[tuple[Guess, ...]]:
    """What each habit is worth in a scenario, for each of SCHOOLS; nothing where the school is not asked it.

    Most schools have the same words and marks, and those are looked at once.
    """
    known: dict[_Scenes, tuple[Guess, ...]] = {}
    of_schools = zip(*(_choices(scene, library) for scene in scenario.scenes.values()), strict=True)
    found = []
    for school, choices in zip(SCHOOLS, of_schools, strict=True):
        scenes = tuple(zip(scenario.scenes, choices, strict=True))
        if scenes not in known:
            known[scenes] = _guessed(scenario.id, dict(scenes)) if any(choices) else ()
        found.append(known[scenes] if scenario.phase is None or school.has_phase(scenario.phase) else ())
    return found


def _guessed(scenario: str, scenes: Mapping[str, tuple[_Choice, ...]]) -> tuple[Guess, ...]:
    chance = _mark(scenes, scenario, lambda labels: [0] * len(labels))
    return tuple(Guess(scenario, _mark(scenes, scenario, habit), chance) for habit in HABITS.values())


def _choices(scene: Scene, library: Library) -> list[tuple[_Choice, ...]]:
    """What a scene offers at each of SCHOOLS."""
    labels = [_labels(option.label, library) for option in scene.options]
    marks = [_marks(option.rule, library) for option in scene.options]
    return [
        tuple(
            _Choice(label[number], mark, option.leads_to)
            for label, mark, option in zip(labels, _shares(scene, [mark[number] for mark in marks]), scene.options, strict=True)
        )
        for number in range(len(SCHOOLS))
    ]


def _labels(words: Words, library: Library) -> list[str]:
    if all(isinstance(part, str) for part in words):
        return [plain(words, UNNAMED, library)] * len(SCHOOLS)
    return [plain(words, school, library) for school in _WORDED] * len(PHASES)


def _marks(rule: RatingRule, library: Library) -> list[float]:
    if not rule.cases:
        return [MARKS[rule.otherwise]] * len(SCHOOLS)
    return [MARKS[rate(rule, school, library.facets)] for school in SCHOOLS]


def _shares(scene: Scene, marks: list[float]) -> list[float]:
    """What one option is worth: where all that apply are chosen, its share of them."""
    good = sum(mark > 0 for mark in marks)
    return [1 / good if mark > 0 else 0.0 for mark in marks] if scene.choose_all else marks


def _mark(scenes: Mapping[str, tuple[_Choice, ...]], start: str, habit: Habit) -> float:
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

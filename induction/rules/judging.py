"""Judging an attempt: where it stands, what an answer is worth, and what it comes to.

A situational judgement is not right or wrong: each option is *best*, *fine*, *poor* or over the
line, under the policy in force when the attempt began. All of it works on a `JudgedQuiz`, the
words and ratings that were stored with the attempt; nothing here looks at today's content.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

from ..content.editions.quiz_edition import JudgedOption, JudgedQuiz, JudgedScenario, JudgedScene
from ..content.model import Rating

MARKS = {Rating.BEST: Fraction(1), Rating.FINE: Fraction(1, 2), Rating.POOR: Fraction(0), Rating.BREACH: Fraction(0)}
UNWISE = (Rating.POOR, Rating.BREACH)
LONGEST_STORY = 20  # answers; then the scenario ends, however its scenes go round


class NothingChosen(Exception):
    """No option came with the answer."""


class NoSuchOption(Exception):
    """An option that the scene does not offer, or more than one where one is asked."""


class Given(Protocol):
    """An answer as far as judging needs it; records keep them."""

    @property
    def scenario(self) -> str: ...
    @property
    def scene(self) -> str: ...
    @property
    def chosen(self) -> tuple[int, ...]: ...
    @property
    def rating(self) -> Rating: ...
    @property
    def mark(self) -> Fraction: ...


@dataclass(frozen=True, slots=True)
class Place:
    """Where an attempt stands: the scene to answer now, at which step."""

    step: int  # counts the answers of the whole attempt, from 1
    number: int  # which scenario of the attempt, from 1
    scenario: JudgedScenario
    scene: JudgedScene


@dataclass(frozen=True, slots=True)
class Judgement:
    rating: Rating
    mark: Fraction


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a finished attempt comes to."""

    mark: Fraction  # 0 to 1, never rounded
    breaches: int  # scenarios in which a line was crossed
    passed: bool

    @property
    def percent(self) -> int:
        """The mark as shown, out of 100. Rounded down, so that nobody reads the pass mark and has not passed."""
        return int(self.mark * 100)


def judge(scene: JudgedScene, chosen: Sequence[int]) -> Judgement:
    """Judge the options chosen in a scene, by their numbers.

    Raises NothingChosen, or NoSuchOption where a number is not offered or one choice was asked for.
    """
    picked = [option for option in scene.options if option.number in chosen]
    if not chosen:
        raise NothingChosen
    if len(picked) != len(chosen) or (len(picked) > 1 and not scene.choose_all):
        raise NoSuchOption
    if not scene.choose_all:
        return Judgement(picked[0].rating, MARKS[picked[0].rating])
    return _judge_all_that_apply(scene, picked)


def _judge_all_that_apply(scene: JudgedScene, picked: Sequence[JudgedOption]) -> Judgement:
    def sound(options: Iterable[JudgedOption]) -> int:
        return sum(option.rating in (Rating.BEST, Rating.FINE) for option in options)

    wanted = sound(scene.options)
    unwise = len(picked) - sound(picked)
    mark = max(Fraction(sound(picked) - unwise, wanted), Fraction(0)) if wanted else Fraction(0)
    if any(option.rating is Rating.BREACH for option in picked):
        return Judgement(Rating.BREACH, mark)
    if mark == 1:
        return Judgement(Rating.BEST, mark)
    return Judgement(Rating.FINE if mark >= Fraction(1, 2) else Rating.POOR, mark)


def wisest(options: Sequence[JudgedOption]) -> list[JudgedOption]:
    """Those that are best or, where none is, fine; none where all are unwise."""
    ratings = {option.rating for option in options}
    rating = next((each for each in (Rating.BEST, Rating.FINE) if each in ratings), None)
    return [option for option in options if option.rating is rating]


def follow(scenario: JudgedScenario, given: Sequence[Given]) -> JudgedScene | None:
    """The scene that comes after these answers in this scenario; None when the story has ended.

    The scene returned may be one that ends the story without asking.
    """
    if not given:
        return scenario.scenes[scenario.id]
    last = given[-1]
    scene = scenario.scenes[last.scene]
    if len(given) >= LONGEST_STORY or scene.choose_all:
        return None
    option = next(option for option in scene.options if option.number == last.chosen[0])
    return scenario.scenes[option.leads_to] if option.leads_to else None


def place(quiz: JudgedQuiz, drawn: Sequence[str], given: Sequence[Given]) -> Place | None:
    """The scene to answer now, or None when every scenario drawn has ended."""
    for number, word in enumerate(drawn, start=1):
        scenario = quiz.scenarios[word]
        scene = follow(scenario, answers_in(given, word))
        if scene is not None and scene.options:
            return Place(len(given) + 1, number, scenario, scene)
    return None


def answers_in(given: Sequence[Given], scenario: str) -> list[Given]:
    """The answers given in one scenario, in order."""
    return [answer for answer in given if answer.scenario == scenario]


def judge_scenario(given: Sequence[Given]) -> Judgement:
    """What the answers of one scenario come to.

    The mark is the mean over the scenes met, each counted once, by its first answer; a line
    crossed in any answer is a line crossed. The rating is the least wise of those that count.
    """
    first = list({answer.scene: answer for answer in reversed(given)}.values())
    mark = sum((answer.mark for answer in first), Fraction(0)) / len(first)
    if any(answer.rating is Rating.BREACH for answer in given):
        return Judgement(Rating.BREACH, mark)
    return Judgement(max((answer.rating for answer in first), key=list(Rating).index), mark)


def outcome(quiz: JudgedQuiz, drawn: Sequence[str], given: Sequence[Given]) -> Outcome:
    """What a finished attempt comes to: the mean over its scenarios; passed also needs no line crossed."""
    judged = [judge_scenario(answers_in(given, word)) for word in drawn]
    mark = sum((judgement.mark for judgement in judged), Fraction(0)) / len(judged)
    breaches = sum(judgement.rating is Rating.BREACH for judgement in judged)
    return Outcome(mark, breaches, passed=not breaches and mark * 100 >= quiz.pass_mark)

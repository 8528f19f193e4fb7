"""One scenario for a staff meeting, in the school's own words of today and under its policy of today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from ..content.editions.edition import TakenStance
from ..content.editions.quiz_edition import JudgedScenario
from ..content.model import Course, Lesson, Rating, Scenario
from ..records.progress import standings
from ..records.store.database import Database
from .programme import Programme


@dataclass(frozen=True, slots=True)
class Discussion:
    course: Course
    lesson: Lesson
    scenario: JudgedScenario
    policy: tuple[TakenStance, ...]  # where the school stands on what decides a judgement here
    policy_chosen: bool  # whether the school has chosen every stance that these scenarios rest on
    question: str | None  # for the meeting
    shares: tuple[int, ...] | None  # of every 100 answers: best, fine, poor, over the line; None where fewer than ten have met it
    another: str | None  # the next scenario of the lesson that is not in dispute, round and round


def discussion(db: Database, programme: Programme, course: str, lesson: str, scenario: str, now: datetime) -> Discussion | None:
    """A scenario that is taught here today; None where there is none of these names."""
    of = programme.library.courses.get(course)
    within = of.lesson(lesson) if of else None
    quiz = programme.quiz(of, within) if of and within else None
    found = quiz.scenarios.get(scenario) if quiz else None
    if of is None or within is None or quiz is None or found is None:
        return None
    written = next(each for each in of.quizzes[lesson].scenarios if each.id == scenario)
    theme = quiz.themes.get(found.themes[0]) if found.themes else None
    names = [each for each in quiz.scenarios if each == scenario or each not in programme.put_aside(of, within)]
    following = names[(names.index(scenario) + 1) % len(names)]
    answered = standings.answered(db, now, course, lesson, scenario)
    return Discussion(
        of,
        within,
        found,
        tuple(quiz.stances[name] for name in _decides(written) if name in quiz.stances),
        all(taken.chosen for taken in quiz.stances.values()),
        theme.question if theme else None,
        shares(answered) if answered else None,
        following if following != scenario else None,
    )


def _decides(scenario: Scenario) -> list[str]:
    """The questions of policy that decide a judgement of a scenario, each once."""
    rules = [option.rule for scene in scenario.scenes.values() for option in scene.options]
    terms = [term for rule in rules for _, condition in rule.cases for all_of in condition.any_of for term in all_of]
    return list(dict.fromkeys(term.facet for term in terms))


def shares(counts: Mapping[Rating, int]) -> tuple[int, ...]:
    """Of every 100 answers, how many were judged how, in the order of ratings. They come to 100: the largest remainders go up."""
    total = sum(counts.values())
    exact = [100 * counts[rating] / total for rating in Rating]
    whole = [int(share) for share in exact]
    by_remainder = sorted(range(len(exact)), key=lambda place: whole[place] - exact[place])
    for place in by_remainder[: 100 - sum(whole)]:
        whole[place] += 1
    return tuple(whole)

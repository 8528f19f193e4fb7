"""One scenario for a staff meeting, in the school's own words of today and under its policy of today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ..content.editions.edition import TakenStance
from ..content.editions.quiz_edition import JudgedScenario
from ..content.model import Course, Lesson, Scenario
from ..records.store.database import Database
from . import scenario_figures
from .programme import Programme


@dataclass(frozen=True, slots=True)
class Discussion:
    course: Course
    lesson: Lesson
    scenario: JudgedScenario
    policy: tuple[TakenStance, ...]  # where the school stands on what decides a judgement here
    policy_chosen: bool  # whether the school has chosen every stance that these scenarios rest on
    question: str | None  # for the meeting
    counts: tuple[int, ...] | None  # people by their first choice: best, fine, poor, over the line; None where there are no figures
    another: str | None  # the next scenario of the lesson that is not in dispute, round and round


def discussion(db: Database, programme: Programme, course: str, lesson: str, scenario: str, today: date) -> Discussion | None:
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
    told = scenario_figures.of_scenario(db, programme, of, within, scenario, today)
    return Discussion(
        of,
        within,
        found,
        tuple(quiz.stances[name] for name in _decides(written) if name in quiz.stances),
        all(taken.chosen for taken in quiz.stances.values()),
        theme.question if theme else None,
        scenario_figures.counts(told.figures) if told else None,
        following if following != scenario else None,
    )


def _decides(scenario: Scenario) -> list[str]:
    """The questions of policy that decide a judgement of a scenario, each once."""
    rules = [option.rule for scene in scenario.scenes.values() for option in scene.options]
    terms = [term for rule in rules for _, condition in rule.cases for all_of in condition.any_of for term in all_of]
    return list(dict.fromkeys(term.facet for term in terms))

"""What the checker asks of twins: that they name each other, and have the same options, of which another is best."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from html import unescape
from itertools import islice

from ..markdown.gaps import written
from ..model import Condition, Option, Quiz, Rating, RatingRule, Scenario
from ..problems import Problem, instead, short
from ..reading.includes import included_at
from ..reading.library import MOST_PROBLEMS
from ..twins import twins_of
from ..words import Slot, Words

MOST_SAID = 12  # options without an equal; whoever has those knows enough
LONGEST = 200  # characters of an option that are quoted
EMPHASIS = {"em": "*", "strong": "**"}


def check_twins(quiz: Quiz, unread: Collection[int] = ()) -> Iterator[Problem]:
    """What is wrong with the twins of a quiz. `unread` are the lines whose ratings could not be read.

    A scenario that was drawn from another quiz without its twin has none here.
    """
    yield from islice(_alone(quiz), MOST_PROBLEMS)
    every = {scenario.id: scenario for scenario in quiz.scenarios}
    for word, other in twins_of(quiz.scenarios).items():
        if word < other:  # of each two once, and at the same one wherever both are drawn
            yield from _pair(quiz.path, every[word], every[other], unread)


def _alone(quiz: Quiz) -> Iterator[Problem]:
    """What is said of those that name a twin and have none."""
    every = {scenario.id: scenario for scenario in quiz.scenarios}
    twins = twins_of(quiz.scenarios)
    for scenario in quiz.scenarios:
        if scenario.twin and scenario.id not in twins and included_at(quiz.included, scenario.line) is None:
            yield Problem(quiz.path, scenario.line, _not_named_back(scenario, scenario.twin, every))


def _not_named_back(scenario: Scenario, named: str, every: Mapping[str, Scenario]) -> str:
    twin = every.get(named)
    if twin is None:
        others = [word for word in every if word != scenario.id]
        return f'`twin` names no other scenario of this quiz: "{short(named)}"; {instead(named, others)}'
    if twin is scenario:
        return "this scenario is its own twin; write the id of the other one, which has the same options, or leave `twin` out"
    if twin.twin is None:
        return f'its twin "{twin.id}" on line {twin.line} does not name it back; write twin={scenario.id} after that heading'
    return (
        f'"{twin.id}" on line {twin.line} is the twin of "{short(twin.twin)}", and only two can be twins; '
        "name another one here, or leave `twin` out"
    )


def _pair(path: str, scenario: Scenario, twin: Scenario, unread: Collection[int]) -> Iterator[Problem]:
    if scenario.phase != twin.phase:
        says = f"has phase={twin.phase}" if twin.phase else "has no phase"
        yield Problem(
            path, scenario.line,
            f'its twin "{twin.id}" on line {twin.line} {says}, so some schools would meet one of them alone; write the same in both',
        )
    here, there = _options(scenario), _options(twin)
    if here.keys() - there.keys():
        yield from _without_equal(path, here, there, twin)
    elif there.keys() - here.keys():
        yield from _without_equal(path, there, here, scenario)
    elif here and not any(option.line in unread for option in (*here.values(), *there.values())):
        if all(_best(option.rule) == _best(there[words].rule) for words, option in here.items()):
            yield Problem(
                path, scenario.line,
                f'the same option is best here and in its twin "{twin.id}" on line {twin.line}; '
                "change the fact that tells them apart so that another one is",
                warning=True,
            )


def _options(scenario: Scenario) -> dict[str, Option]:
    """The options of the first scene, by their words as they are written."""
    return {_as_written(option.label): option for option in scenario.scenes[scenario.id].options}


def _as_written(label: Words) -> str:
    text = "".join(written(part) if isinstance(part, Slot) else part for part in label if isinstance(part, Slot | str))
    marked = re.sub(r"</?([a-z]+)[^>]*>", lambda tag: EMPHASIS.get(tag[1], ""), text)
    return " ".join(unescape(marked).split())


def _without_equal(path: str, options: dict[str, Option], others: dict[str, Option], twin: Scenario) -> Iterator[Problem]:
    """What is said of the options that have no equal among those of the twin."""
    missing = [words for words in options if words not in others]
    left = [short(words, LONGEST) for words in others if words not in options]
    for words in missing[:MOST_SAID]:
        what = f"{instead(short(words, LONGEST), left)}, the same in both" if left else "write it there too, or take it out here"
        yield Problem(
            path, options[words].line,
            f'the twin "{twin.id}" on line {twin.line} has no option "{short(words)}"; {what}',
        )


def _best(rule: RatingRule) -> tuple[bool, list[tuple[bool, Condition]]]:
    """Where an option is best, as far as its rating says it in the same way."""
    otherwise = rule.otherwise is Rating.BEST
    cases = [(rating is Rating.BEST, condition) for rating, condition in rule.cases]
    while cases and cases[-1][0] is otherwise:
        cases.pop()
    return otherwise, cases

"""What scenarios come to under every combination of stances: situations of which nothing is left, options that are no longer two.

What is left of feedback is counted in `scenes`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..editions.fill import plain
from ..editions.mentions import Mentions
from ..model import Choice, Library, Option, Quiz, Scenario, Scene, School
from ..problems import Problem, short
from .best_option import Effort, TooManyCombinations
from .rendered_lessons import EFFORT, holds_something, nothing_seen
from .rendered_pieces import Piece, Stances, always, combinations, pieces, where

MOST_SIGNS = 1_000_000  # of options written out for one quiz


def check_scenes(quiz: Quiz, library: Library) -> Iterator[Problem]:
    """All that is wrong with what some school's staff would be asked in a quiz."""
    pieces_left, signs_left = Effort(EFFORT), Effort(MOST_SIGNS)
    for scenario in quiz.scenarios:
        for scene in scenario.scenes.values():
            try:
                found = [*_situation(scenario, scene, library, pieces_left), *_labels(scene, library, signs_left)]
            except TooManyCombinations:
                return
            yield from (Problem(quiz.path, line, message, warning=True) for line, message in found)


def _situation(scenario: Scenario, scene: Scene, library: Library, effort: Effort) -> Iterator[tuple[int, str]]:
    shown = [piece for piece in pieces(scene.words, library) if holds_something(piece)]
    met = {"phase": frozenset({scenario.phase, "all-through"})} if scenario.phase else {}
    if not shown or any(always(piece.when, met) for piece in shown):
        return
    stances = nothing_seen(Piece("", met), shown, library, effort)
    if stances is not None:
        yield scene.line, f"nothing is left of this situation{where(stances)}; write words there that all see"


def _labels(scene: Scene, library: Library, effort: Effort) -> Iterator[tuple[int, str]]:
    """Options that come out empty or alike; those that are alike as they are written have been reported."""
    told: set[tuple[int, int]] = set()
    for stances in combinations(_named(scene, library), library, {}):
        effort.spend(sum(len(part) for option in scene.options for part in ("an option", *option.label) if isinstance(part, str)))
        school = School("", stances.get("nation", "england"), choices={
            facet: Choice(facet, stance) for facet, stance in stances.items() if facet != "nation"
        })  # fmt: skip
        seen: dict[str, Option] = {}
        for option in scene.options:
            label = plain(option.label, school, library)
            other = seen.setdefault(label.lower(), option)
            if (other.line, option.line) not in told and (not label or other.label != option.label):
                told.add((other.line, option.line))
                yield option.line, _alike(label, other, stances)


def _named(scene: Scene, library: Library) -> set[str]:
    """The facets that the words of options hang on, what is written beside a stance included."""
    names = Mentions()
    for option in scene.options:
        names.add(option.label)
    filled = {library.fills[slot.name].facet for slot in names.slots if slot.kind == "fill"}
    facets = names.facets | filled
    bound = any(stance.nations for name in facets & library.facets.keys() for stance in library.facets[name].stances)
    return facets | ({"nation"} if names.nation or bound else set())


def _alike(label: str, other: Option, stances: Stances) -> str:
    if not label:
        return f"no words are left of this option{where(stances)}; write words that all see"
    return (
        f'this option comes out as "{short(label)}"{where(stances) or " until the school has named people of its own"}, '
        f"as the one on line {other.line} does; write other words"
    )

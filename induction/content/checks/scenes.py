"""What the checker asks of a quiz that could be read: its scenes, its ratings, its feedback."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from operator import itemgetter

from ..conditions import values
from ..model import NATIONS, Library, Option, Quiz, Scenario, Scene
from ..problems import Problem
from ..words import OnlyBlock, PolicyBlock, Words
from .beginnings import check_beginning, first_quiz
from .best_option import Effort, TooManyCombinations, without_best
from .reading_age import count_words, wording
from .story import endless, unreachable
from .twins import check_twins

FEWEST_OPTIONS = 3
FEWEST_WORDS = 8  # of feedback
ONE_PHASE = ("primary", "secondary")


def check_quiz(quiz: Quiz, library: Library, unread: Collection[int] = ()) -> Iterator[Problem]:
    """All that is wrong with a quiz. `unread` are the lines whose ratings could not be read."""
    effort = Effort()
    course = library.courses.get(quiz.course)
    dangers = {name for name, theme in course.themes.items() if theme.danger} if course else set()
    if quiz.scenarios:
        yield from _phases(quiz)
        yield from check_twins(quiz, unread)
        if course and quiz is first_quiz(course):
            yield from check_beginning(quiz)
    for scenario in quiz.scenarios:
        yield from _ways(quiz.path, scenario)
        if dangers.intersection(scenario.themes):
            yield from _danger(quiz.path, scenario)
        for scene in scenario.scenes.values():
            yield from _scene(quiz.path, scene)
            if not any(option.line in unread for option in scene.options):
                yield from _ratings(quiz.path, scenario, scene, library, effort)
            for option in scene.options:
                yield from _feedback(quiz.path, scenario, option, library)


def _phases(quiz: Quiz) -> Iterator[Problem]:
    for phase in ONE_PHASE:
        if quiz.ask is None and all(scenario.phase not in (None, phase) for scenario in quiz.scenarios):
            yield Problem(
                quiz.path, quiz.scenarios[0].line, f"no scenario fits a {phase} school; write one without phase", warning=True
            )


def _ways(path: str, scenario: Scenario) -> Iterator[Problem]:
    for scene in unreachable(scenario):
        yield Problem(
            path, scene.line,
            f"this scene can't be reached from its scenario; end an option with a link to it, [{_link(scene)}](#{scene.id})",
        )
    for scene in endless(scenario):
        yield Problem(
            path, scene.line, "this scene never comes to an end; take the link from one of its options, or add an option without"
        )


def _danger(path: str, scenario: Scenario) -> Iterator[Problem]:
    for option in (option for scene in scenario.scenes.values() for option in scene.options if option.rule.cases):
        yield Problem(
            path, option.line,
            "where a child may be in danger no choice of the school decides a rating; rate this option for every school alike",
        )


def _link(scene: Scene) -> str:
    title = "".join(part for part in scene.title if isinstance(part, str))
    return title if title and "<" not in title else "Go on"


def _scene(path: str, scene: Scene) -> Iterator[Problem]:
    if 1 < len(scene.options) < FEWEST_OPTIONS:
        yield Problem(path, scene.line, "two options are little to choose from; write a third that tempts", warning=True)


def _ratings(path: str, scenario: Scenario, scene: Scene, library: Library, effort: Effort) -> Iterator[Problem]:
    if not scene.options:
        return
    try:
        stances = without_best(scene.options, scenario.phase, library.facets, effort)
    except TooManyCombinations:
        yield Problem(
            path, scene.line,
            "these ratings hang on more stances than can be checked; name fewer facets in them, or ask in several scenes",
        )
        return
    if stances == {}:
        yield Problem(path, scene.line, "no option is best; rate one of them [best]")
    elif stances:
        terms = said(stances)
        yield Problem(
            path, scene.line,
            f'no option is best where {terms}; rate one of them [best], or add "best if {terms}" to one',
        )


def said(stances: Mapping[str, str]) -> str:
    """Stances as the words of a condition. An all-through school is both primary and secondary."""
    terms = (
        "phase is primary and phase is secondary" if (facet, stance) == ("phase", "all-through") else f"{facet} is {stance}"
        for facet, stance in stances.items()
    )
    return " and ".join(terms)


def _feedback(path: str, scenario: Scenario, option: Option, library: Library) -> Iterator[Problem]:
    if not option.feedback:
        return  # reported where it was read
    count, stances = fewest_words(option.feedback, scenario.phase, library)
    if count < FEWEST_WORDS:
        where = f" where {said(stances)}" if stances else ""
        amount = "no words" if count == 0 else "one word" if count == 1 else f"{count} words"
        yield Problem(
            path, option.line, f"this feedback has {amount}{where}; say what follows, and why it tempts", warning=True
        )


def fewest_words(words: Words, phase: str | None, library: Library) -> tuple[int, dict[str, str]]:
    """The fewest words that a school can be shown of these, and the stances under which it is."""
    if not any(stance.nations for facet in library.facets.values() for stance in facet.stances):
        return _fewest(words, phase, library, NATIONS)
    return min((_fewest(words, phase, library, (nation,)) for nation in NATIONS), key=itemgetter(0))


def _fewest(words: Words, phase: str | None, library: Library, nations: Sequence[str]) -> tuple[int, dict[str, str]]:
    """The same of schools in these nations."""
    blocks: dict[str, list[PolicyBlock | OnlyBlock]] = {}
    seen = []
    for part in words:
        if isinstance(part, PolicyBlock | OnlyBlock):
            blocks.setdefault(part.facet, []).append(part)
        else:
            seen.append(part)
    count = count_words(wording(tuple(seen), library.facts))
    stances: dict[str, str] = {}
    for facet, of_facet in blocks.items():
        fewest, where = _fewest_shown(of_facet, _met(facet, phase, library, nations), phase, library, nations)
        count += fewest
        stances |= where
    return count, stances


def _met(facet: str, phase: str | None, library: Library, nations: Sequence[str]) -> list[str]:
    """The stances of a facet that schools there may take."""
    if facet == "nation":
        return list(nations)
    if facet in library.facets:
        return [stance.name for stance in library.facets[facet].stances if any(map(stance.allowed_in, nations))]
    known = values(facet, library.facets) or ()
    return [value for value in known if facet != "phase" or phase in (None, value)]


def _fewest_shown(
    blocks: list[PolicyBlock | OnlyBlock], met: list[str], phase: str | None, library: Library, nations: Sequence[str]
) -> tuple[int, dict[str, str]]:
    """The same for the blocks of one facet, of which a school sees those that name its stance."""
    counts: Counter[str] = Counter()
    inside: dict[str, dict[str, str]] = {}
    for block in blocks:
        count, stances = _fewest(block.words, phase, library, nations)
        for value in block.stances if isinstance(block, PolicyBlock) else block.values:
            counts[value] += count
            inside[value] = inside.get(value, {}) | stances
    if not met:
        return 0, {}
    value = min(met, key=counts.__getitem__)
    return counts[value], inside.get(value, {}) | {blocks[0].facet: value}

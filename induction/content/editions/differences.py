"""What a change of policy changes: which lessons' words, and which scenarios' judgements, before and after.

Both are asked of two schools, the one that stands and the one that would; versions and days do not count as changes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from html import escape
from itertools import takewhile

from ..conditions import rate
from ..model import Choice, Lesson, Library, Option, Quiz, Rating, Scenario, School
from ..reading.includes import included_at
from ..words import HelpBlock, OnlyBlock, PolicyBlock, Slot, Words
from .fill import BLOCK_END, plain, render
from .mentions import Mentions

ROUND = 90  # letters of a sentence, before and after the word that changes


@dataclass(frozen=True, slots=True)
class LessonChange:
    """The passages of a lesson that read otherwise, as HTML; `before` or `after` is empty where nothing stood there."""

    course: str
    slug: str
    title: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class OptionChange:
    label: str
    before: Rating
    after: Rating


@dataclass(frozen=True, slots=True)
class ScenarioChange:
    course: str
    lesson: str
    id: str
    title: str
    options: tuple[OptionChange, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    lessons: tuple[LessonChange, ...]
    scenarios: tuple[ScenarioChange, ...]

    @property
    def nothing(self) -> bool:
        return not self.lessons and not self.scenarios


def changes(library: Library, before: School, after: School) -> Changes:
    """All that a school's lessons and scenarios would say and judge otherwise."""
    after = replace(after, policy_version=before.policy_version, policy_since=before.policy_since)
    lessons = (_lesson(lesson, library, before, after) for lesson in _lessons(library))
    scenarios = (_scenario(quiz, scenario, library, before, after) for quiz, scenario in _scenarios(library, before))
    return Changes(tuple(each for each in lessons if each), tuple(each for each in scenarios if each))


def bears_on(library: Library, school: School) -> dict[str, tuple[int, int]]:
    """For each facet, how many lessons and how many scenarios of this school hang on it."""
    counted: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for lesson in _lessons(library):
        for facet in _facets(library, lesson.words):
            counted[facet][0] += 1
    for _, scenario in _scenarios(library, school):
        names = Mentions()
        for scene in scenario.scenes.values():
            names.add_scene(scene)
        for facet in names.facets | _filled_facets(library, names):
            counted[facet][1] += 1
    return {facet: (counted[facet][0], counted[facet][1]) for facet in library.facets}


def _facets(library: Library, words: Words) -> set[str]:
    names = Mentions()
    names.add(words)
    return names.facets | _filled_facets(library, names)


def _filled_facets(library: Library, names: Mentions) -> set[str]:
    return {library.fills[slot.name].facet for slot in names.slots if slot.kind == "fill" and slot.name in library.fills}


def _lessons(library: Library) -> Iterator[Lesson]:
    for course in library.courses.values():
        yield from course.lessons


def _scenarios(library: Library, school: School) -> Iterator[tuple[Quiz, Scenario]]:
    """The scenarios that fit the school's phase, with their quiz; those that a quiz includes, at their home alone."""
    for course in library.courses.values():
        for quiz in course.quizzes.values():
            for scenario in quiz.fitting(school):
                if included_at(quiz.included, scenario.line) is None:
                    yield quiz, scenario


def _lesson(lesson: Lesson, library: Library, before: School, after: School) -> LessonChange | None:
    old, new = _passages(lesson.words, library, before, after)
    return LessonChange(lesson.course, lesson.slug, lesson.title, old, new) if (old, new) != ("", "") else None


def _passages(words: Words, library: Library, before: School, after: School) -> tuple[str, str]:
    """The blocks that read otherwise; where it is a word in a sentence, the words round it."""
    old, new = [], []
    for number, part in enumerate(words):
        if isinstance(part, str | HelpBlock):
            continue
        was, will = render((part,), before, library), render((part,), after, library)
        if was == will:
            continue
        if isinstance(part, PolicyBlock | OnlyBlock):
            old.append(was)
            new.append(will)
        else:
            old.append(_quoted(words, number, before, library))
            new.append(_quoted(words, number, after, library))
    return "".join(old), "".join(new)


def _quoted(words: Words, number: int, school: School, library: Library) -> str:
    """A word in its sentence: what stands before it and after it in the same paragraph."""
    before = BLOCK_END.split(_inline(words[max(0, number - 3) : number][::-1], school, library, reverse=True))[-1]
    after = BLOCK_END.split(_inline(words[number + 1 : number + 4], school, library))[0]
    word = plain((words[number],), school, library)
    said = plain((before,), school, library)[-ROUND:], word, plain((after,), school, library)[:ROUND]
    return f"<p>{escape(' '.join(('…', *filter(None, said), '…')))}</p>"


def _inline(parts: Words, school: School, library: Library, reverse: bool = False) -> str:
    """The HTML of parts up to the first block among them."""
    inline = list(takewhile(lambda part: isinstance(part, str | Slot), parts))
    return render(tuple(inline[::-1] if reverse else inline), school, library)


def _scenario(quiz: Quiz, scenario: Scenario, library: Library, before: School, after: School) -> ScenarioChange | None:
    changed = tuple(
        change
        for scene in scenario.scenes.values()
        for option in scene.options
        if (change := _option(option, library, before, after))
    )
    if not changed:
        return None
    return ScenarioChange(quiz.course, quiz.slug, scenario.id, plain(scenario.title, after, library), changed)


def _option(option: Option, library: Library, before: School, after: School) -> OptionChange | None:
    was, will = rate(option.rule, before, library.facets), rate(option.rule, after, library.facets)
    return OptionChange(plain(option.label, after, library), was, will) if was is not will else None


def by_stance(library: Library, school: School, facet: str, words: Mapping[str, str]) -> Mapping[str, Changes]:
    """For each stance of a facet that the school may choose, what it would change beside what stands.

    `words` are what would be written beside a stance, by its name.
    """
    return {
        stance.name: changes(library, school, school_that_chose(school, Choice(facet, stance.name, words.get(stance.name, ""))))
        for stance in library.facets[facet].offered_in(school.nation)
    }


def school_that_chose(school: School, choice: Choice) -> School:
    """The school as it would be with this choice in force."""
    return replace(school, choices={**school.choices, choice.facet: choice})

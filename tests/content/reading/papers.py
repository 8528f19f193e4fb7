"""Papers for fresh readers: the options of scenarios, with more or less of what a teacher would know.

The order comes from the seed alone, so that the same arguments make the same paper when it is marked.
Nothing on a paper tells a scenario's name, theme or ratings.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from string import ascii_uppercase

from induction.content.editions.lesson_edition import lesson_edition, open_lesson
from induction.content.editions.quiz_edition import JudgedOption, JudgedScene, open_quiz, quiz_edition
from induction.content.model import Course, Lesson, Library, Quiz, Scenario, School
from induction.content.reading.includes import included_at

from .text import as_text

KINDS = {
    "options": "These are the options of {count} scenarios from a staff induction, without what happened",
    "situations": "These are {count} scenarios from a staff induction",
    "lessons": "These are the lessons of a staff induction, and then {count} scenarios from it",
}
HOW = "Answer each with its number and letter, one a line: `1 B`. Where it says *choose all that apply*: `7 A C`."

Key = tuple[str, str]  # a scenario's quiz, by its path, and its id


class NothingTaught(Exception):
    """What is named is no course or lesson. The message says what there is."""


@dataclass(frozen=True, slots=True)
class Item:
    """A scenario's first scene on a paper."""

    number: int
    course: str
    lesson: str
    scene: JudgedScene
    options: tuple[JudgedOption, ...]  # in the order of their letters

    @property
    def name(self) -> str:
        return f"{self.lesson}#{self.scene.id}"

    @property
    def lettered(self) -> dict[str, JudgedOption]:
        return dict(zip(ascii_uppercase, self.options, strict=False))


def taught(library: Library, only: Sequence[str]) -> list[tuple[Course, Lesson, Quiz | None]]:
    """The lessons of the courses for everybody; where some are named as COURSE or COURSE/LESSON, those alone. Raises NothingTaught."""
    every = [(course, lesson) for course in library.courses.values() for lesson in course.lessons]
    wanted = [
        (course, lesson)
        for course, lesson in every
        if ({course.slug, f"{course.slug}/{lesson.slug}"} & set(only) if only else not course.by_name)
    ]
    if not wanted:
        known = ", ".join(f"{course.slug}/{lesson.slug}" for course, lesson in every)
        raise NothingTaught(f"there is no lesson {' or '.join(only)}; write one of {known}")
    return [(course, lesson, course.quizzes.get(lesson.slug)) for course, lesson in wanted]


def scenarios(library: Library, school: School, only: Sequence[str]) -> list[tuple[Course, Quiz, Scenario]]:
    """The scenarios that a school is asked, each once: one drawn from another quiz on the paper stands there alone."""
    quizzes = [(course, quiz) for course, _, quiz in taught(library, only) if quiz]
    homes = {quiz.path for _, quiz in quizzes}
    return [
        (course, quiz, scenario)
        for course, quiz in quizzes
        for scenario in quiz.fitting(school)
        if (drawn := included_at(quiz.included, scenario.line)) is None or drawn.home not in homes
    ]


def items(library: Library, school: School, seed: int, only: Sequence[str] = ()) -> list[Item]:
    """What a paper asks, in its order: of twins one, as in an attempt."""
    asked = scenarios(library, school, only)
    quizzes = {quiz.path: (course, quiz) for course, quiz, _ in asked}
    judged = {path: open_quiz(quiz_edition(*of_course, library, school).text) for path, of_course in quizzes.items()}
    known = {(quiz.path, scenario.id): (course, quiz, scenario) for course, quiz, scenario in asked}
    twins = {(quiz.path, scenario.id): (quiz.path, scenario.twin or "") for _, quiz, scenario in asked}
    found = []
    for number, key in enumerate(one_of_each(list(known), twins, seed), 1):
        course, quiz, scenario = known[key]
        scene = judged[quiz.path].scenarios[scenario.id].scenes[scenario.id]
        options = list(scene.options)
        Random(f"{seed} {quiz.path}#{scenario.id}").shuffle(options)
        found.append(Item(number, course.slug, quiz.slug, scene, tuple(options)))
    return found


def one_of_each(keys: Sequence[Key], twins: Mapping[Key, Key], seed: int) -> list[Key]:
    """One of each pair, as an attempt asks one, in an order by chance. An even seed and the one after it ask both between them."""
    chance = Random(seed // 2)
    pairs = [tuple(sorted((key, twin))) for key in keys if (twin := twins.get(key)) in keys and twin is not None]
    asked = {pair: chance.randrange(2) for pair in dict.fromkeys(sorted(pairs))}
    left_out = {pair[(side + seed) % 2] for pair, side in asked.items()}
    found = [key for key in keys if key not in left_out]
    Random(seed).shuffle(found)
    return found


def paper(kind: str, asked: Sequence[Item], lessons: str = "") -> str:
    """The text that a reader is given. `lessons` go before the scenarios where the kind has them."""
    instruction = f"{KINDS[kind].format(count=len(asked))}. For each, pick the one judged best.\n{HOW}"
    parts = [instruction, *([lessons, "# The scenarios"] if kind == "lessons" else [])]
    return "\n\n".join([*parts, *("\n\n".join(_item(item, kind != "options")) for item in asked)]) + "\n"


def _item(item: Item, told: bool) -> Iterator[str]:
    yield f"## {item.number}{' (choose all that apply)' if item.scene.choose_all else ''}"
    if told:
        yield as_text(item.scene.html)
    yield "\n".join(f"{letter}. {option.label}" for letter, option in item.lettered.items())


def lessons(library: Library, school: School, only: Sequence[str] = ()) -> str:
    """All lessons as the school's staff read them."""
    return "\n\n".join(_lesson(lesson, library, school) for _, lesson, _ in taught(library, only))


def _lesson(lesson: Lesson, library: Library, school: School) -> str:
    shown = open_lesson(lesson_edition(lesson, library, school).text)
    return "\n\n".join(filter(None, [f"# Lesson: {shown.title}", shown.summary, as_text(shown.html)]))

"""The checker: everything that is wrong with the content, or nearly, each with file, line and what to write.

What can't be read is reported by the modules that read; here stands what can only be said of the
whole, and what ages. The day comes in as an argument, so that the same files on the same day give
the same answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from ..model import NATIONS, Lesson, Library, Quiz, School
from ..problems import Problem
from ..reading import library as libraries
from ..reading.includes import Moved, lines_here, moved, settled
from ..reading.library import Reading
from .copies import remember, shipped_since
from .guessing import Figure, figures, measure, of_its_own, together
from .reading_age import reading_age, wording
from .rendered import as_read
from .scenes import check_quiz

OLDEST_READER = 14  # years
FACTS = "courses/facts.yml"

ADVICE = {
    "the longest option": "make other options as long, or the best ones shorter",
    "the most cautious words": "let other options sound as careful",
    "the option that mentions reporting": "let other options tell somebody too, too late or the wrong person",
    "the first option": "change the order of the options",
    "the shortest option": "make other options as short, or the best ones longer",
    "the last option": "change the order of the options",
    "the option with no reason tacked on": "take the reasons out of the options, or give every option one",
    "the option with a name and a now": "name somebody, and say when, in all of the options or in none",
    "the option without the words that are never best": "take such words out of other options, or let a best one have them",
    "the least absolute option": "take *never*, *all*, *only* and their like out of other options, or let the best ones have them",
}


def check(shipped: Path, own: Path | None, today: date, kept: Mapping[str, str] | None = None) -> list[Problem]:
    """All that is wrong with the shipped content and the school's own laid over it, by path and line.

    `kept` is what `copies.remember` gave when the school's copies were first seen. Raises nothing:
    what can't be read is a problem too.
    """
    return problems(libraries.read(shipped, own), today, kept)


@dataclass(frozen=True, slots=True)
class Dated:
    """What was looked at on a day, and ages."""

    path: str
    line: int
    what: str  # *this lesson was reviewed*
    against: str  # *its sources*
    day: date


@dataclass(frozen=True, slots=True)
class Checked:
    """Content that was read, with what is wrong with it on any day, and what ages."""

    reading: Reading
    problems: tuple[Problem, ...]
    dated: tuple[Dated, ...]


def checked(reading: Reading) -> Checked:
    return Checked(reading, (*reading.problems, *_about(reading)), (*_reviewed(reading.library), *_facts(reading.library)))


def problems(reading: Reading, today: date, kept: Mapping[str, str] | None = None) -> list[Problem]:
    """The same of content that has been read."""
    return on_day(checked(reading), today, kept)


def on_day(content: Checked, today: date, kept: Mapping[str, str] | None = None) -> list[Problem]:
    """The same of content that has been checked."""
    aged = (problem for each in content.dated for problem in _aged(each, today))
    found = {*content.problems, *aged, *shipped_under_copies(content.reading, kept or {})}
    return sorted(found, key=lambda problem: (problem.path, problem.line, problem.warning, problem.message))


def to_confirm(library: Library) -> list[str]:
    """A line for each fact whose source nobody has opened: something for a lead to do, and no fault of the content."""
    facts = sorted((fact for fact in library.facts.values() if not fact.checked), key=lambda fact: (fact.status_line, fact.name))
    return [f"{FACTS}:{fact.status_line}: to confirm: {fact.name}; look it up at {fact.source}" for fact in facts]


def passes(problems: Iterable[Problem], strict: bool = False) -> bool:
    """Whether content with these problems may be taught; if `strict`, without a warning too."""
    return not any(strict or not problem.warning for problem in problems)


def teachable(problems: Iterable[Problem]) -> bool:
    """Whether content that passed an earlier release may still be taught: only its words are drawn otherwise than they were written."""
    return not any(problem for problem in problems if not (problem.warning or problem.of_words))


def shipped_files(reading: Reading) -> dict[str, str]:
    """The SHA-256 of each shipped file's text, by path."""
    return {file.path: sha256(file.text.encode()).hexdigest() for file in reading.files if file.root == "shipped"}


def shipped_under_copies(reading: Reading, kept: Mapping[str, str]) -> list[Problem]:
    """A warning for each of the school's copies whose shipped file has changed since it was first seen."""
    return shipped_since(kept, shipped_files(reading))


def remember_copies(reading: Reading, kept: Mapping[str, str]) -> dict[str, str]:
    """What to keep of the shipped files under the school's copies, for `check` to compare later."""
    return remember(kept, shipped_files(reading), [file.path for file in reading.files if file.root == "own"])


def _about(reading: Reading) -> Iterator[Problem]:
    library = reading.library
    unread: dict[str, set[int]] = {}
    for problem in reading.problems:
        unread.setdefault(problem.path, set()).add(problem.line)
    yield from _quizzes(library, unread)
    yield from _reading_ages(library)
    yield from _guessing(library)
    yield from as_read(library)


def _quizzes(library: Library, unread: Mapping[str, set[int]]) -> Iterator[Problem]:
    """What is wrong with each quiz; what is wrong with an included scenario at home too is said there alone."""
    found: list[Problem] = []
    of_included: list[Moved] = []
    for quiz in _all_quizzes(library):
        for problem in check_quiz(quiz, library, lines_here(quiz.included, unread, quiz.path)):
            at_home = moved(quiz.included, problem)
            if at_home:
                of_included.append(at_home)
            else:
                found.append(problem)
    yield from found
    yield from settled(found, of_included)


def _all_quizzes(library: Library) -> list[Quiz]:
    return [quiz for course in library.courses.values() for quiz in course.quizzes.values()]


def _reviewed(library: Library) -> Iterator[Dated]:
    for course in library.courses.values():
        for lesson in course.lessons:
            if lesson.reviewed:
                yield Dated(lesson.path, lesson.reviewed_line, "this lesson was reviewed", "its sources", lesson.reviewed)


def _facts(library: Library) -> Iterator[Dated]:
    for name, fact in library.facts.items():
        if fact.checked:
            yield Dated(FACTS, fact.status_line, f'the fact "{name}" was checked', "its source", fact.checked)


def _aged(dated: Dated, today: date) -> Iterator[Problem]:
    if dated.day > today:
        message = f"{dated.what} on {dated.day}, which is in the future; write the day it was done, or set this computer's clock"
    elif dated.day < _year_before(today):
        message = f"{dated.what} on {dated.day}, over a year ago; check it against {dated.against} and write the new date"
    else:
        return
    yield Problem(dated.path, dated.line, message, warning=True)


def _year_before(today: date) -> date:
    if today.year == date.min.year:
        return date.min
    last_february = today.month == 2 and today.day == 29
    return today.replace(year=today.year - 1, day=28 if last_february else today.day)


def _reading_ages(library: Library) -> Iterator[Problem]:
    """A warning for each text that asks too much, but for one that has its words from such a text."""
    lessons = [lesson for course in library.courses.values() for lesson in course.lessons]
    quizzes = _all_quizzes(library)
    ages = {lesson.path: ("this lesson", reading_age(lesson.words, library.facts)) for lesson in lessons}
    ages |= {quiz.path: ("this quiz", _quiz_reading_age(quiz, library)) for quiz in quizzes}
    hard = {path: (what, age) for path, (what, age) in ages.items() if age is not None and age > OLDEST_READER}
    every: list[Lesson | Quiz] = [*lessons, *quizzes]
    homes = {text.path: {place.home for place in text.included} for text in every}
    for path, (what, age) in hard.items():
        if homes[path].isdisjoint(hard):
            yield Problem(
                path, 1,
                f"{what} asks for a reading age of {age:.1f}, more than {OLDEST_READER}; write shorter sentences and plainer words",
                warning=True,
            )


def _quiz_reading_age(quiz: Quiz, library: Library) -> float | None:
    parts = []
    for scenario in quiz.scenarios:
        for scene in scenario.scenes.values():
            parts.append(wording(scene.words, library.facts))
            for option in scene.options:
                parts += [f"<p>{wording(option.label, library.facts)}</p>", wording(option.feedback, library.facts)]
    return reading_age(tuple(parts), library.facts)


def _guessing(library: Library) -> Iterator[Problem]:
    quizzes = _all_quizzes(library)
    measured = {quiz.path: measure(quiz, library) for quiz in quizzes}
    for path, found in measured.items():
        for figure in figures(found):
            if figure.pays:
                yield _gives_away(path, figure, figure, "")
    own = {quiz.path: rest for quiz in quizzes if any(rest := of_its_own(measured[quiz.path], quiz))}
    if len(own) < 2:
        return
    alone = {path: figures(rest) for path, rest in own.items()}
    for number, figure in enumerate(figures(together(own.values()))):
        if figure.pays:
            worst = max(alone, key=lambda path: (alone[path][number].gain, path))
            yield _gives_away(worst, figure, alone[worst][number], "in all quizzes together, ")


def _at(school: School) -> str:
    """Where a habit pays, unless it is at any school."""
    if school.phase == "all-through" and school.nation == NATIONS[0]:
        return ""
    kind = "n all-through" if school.phase == "all-through" else f" {school.phase}"
    return f" at a{kind} school in {school.nation.replace('-', ' ').title()}"


def _gives_away(path: str, figure: Figure, worst: Figure, where: str) -> Problem:
    message = (
        f"{where}someone who reads no scenario and always picks {figure.habit} gets {figure.mark:.0f} of 100{_at(figure.school)}, "
        f"and {figure.chance:.0f} by chance; {ADVICE[figure.habit]} in {', '.join(worst.giveaways)}"
    )
    return Problem(path, 1, message, warning=True)


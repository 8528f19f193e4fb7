"""How scenarios were judged: counted once a night in tens of people, and told of the scenarios as they are taught today."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ..content.editions.quiz_edition import JudgedScenario
from ..content.model import Course, Lesson, Rating, Theme
from ..records.progress import scenario_tens
from ..records.progress.scenario_tens import Known
from ..records.store.database import Database, transaction
from ..rules import item_figures, school_years
from ..rules.item_figures import Change, ItemFigures, Look, Wise, together
from .open_editions import OpenEditions
from .programme import Programme

CHORE = "count how scenarios were judged"
KEPT_AT_ONCE = 500  # tens, so that nobody waits long
COUNTED_AT_ONCE = 20_000  # answers
BROUGHT = 3  # themes, for one meeting
ALL_WELL = 90  # of 100: of a theme that is judged wisely so often nothing is brought


@dataclass(frozen=True, slots=True)
class Item:
    """A scenario that is taught today, in figures."""

    course: Course
    lesson: Lesson
    scenario: JudgedScenario
    theme: Theme | None  # its first
    aside: bool  # no new attempt asks it
    figures: ItemFigures

    @property
    def place(self) -> str:
        return f"{self.course.slug}/{self.lesson.slug}/{self.scenario.id}"


@dataclass(frozen=True, slots=True)
class ThemeFigures:
    """All scenarios of a theme, the least wisely judged first."""

    theme: Theme
    items: tuple[Item, ...]

    @property
    def answers(self) -> Wise:
        return Wise(sum(each.figures.told.wise for each in self.items), sum(each.figures.told.people for each in self.items))

    @property
    def change(self) -> Change:
        changes = [each.figures.change for each in self.items]
        return Change(together(each.now for each in changes), together(each.before for each in changes))


@dataclass(frozen=True, slots=True)
class Bring:
    """A theme for a staff meeting, and the scenario of it to begin with."""

    theme: ThemeFigures
    item: Item


def count(db: Database, editions: OpenEditions, now: datetime) -> int:
    """Keep the tens that are full by now; how many. Harmless when done twice."""
    known = {version: editions.stored_words(db, version) for version in scenario_tens.quizzes(db)}
    kept = 0
    for some in _in_parts(scenario_tens.late(db, known, now), known):
        full = scenario_tens.full(db, some, now)
        for begin in range(0, len(full), KEPT_AT_ONCE):
            with transaction(db):
                scenario_tens.keep(db, full[begin : begin + KEPT_AT_ONCE], now)
        kept += len(full)
    return kept


def _in_parts(late: Mapping[str, int], known: Known) -> Iterator[Known]:
    """What is known of the scenarios of which tens may be full: of so many at a time as fit into little memory."""
    part: set[str] = set()
    order = dict.fromkeys(words for scenarios in known.values() for words in scenarios.values() if words in late)
    for words in order:  # those of a lesson together
        if part and sum(late[each] for each in part) + late[words] > COUNTED_AT_ONCE:
            yield _of_these(part, known)
            part = set()
        part.add(words)
    if part:
        yield _of_these(part, known)


def _of_these(some: Collection[str], known: Known) -> Known:
    found = {
        quiz: {scenario: words for scenario, words in scenarios.items() if words in some} for quiz, scenarios in known.items()
    }
    return {quiz: scenarios for quiz, scenarios in found.items() if scenarios}


def items(db: Database, programme: Programme, today: date) -> list[Item]:
    """Every scenario that is taught today and has figures, once: where everyone meets it, if that is so."""
    found: dict[str, Item] = {}
    for words, each in _items(db, programme, today, sorted(programme.lessons, key=lambda where: where[0].by_name)):
        found.setdefault(words, each)
    return list(found.values())


def of_scenario(db: Database, programme: Programme, course: Course, lesson: Lesson, word: str, today: date) -> Item | None:
    """One of them, wherever it stands; None where it has no figures."""
    found = (each for _, each in _items(db, programme, today, [(course, lesson)]))
    return next((each for each in found if each.scenario.id == word), None)


def _items(
    db: Database, programme: Programme, today: date, lessons: Sequence[tuple[Course, Lesson]]
) -> Iterator[tuple[str, Item]]:
    """With the words by which each is counted."""
    this_year = school_years.begins(today, programme.school.nation)
    told = scenario_tens.told(db, this_year, school_years.year_before(this_year))
    for course, lesson in lessons if told else ():
        edition, quiz = programme.quiz_edition(course, lesson), programme.quiz(course, lesson)
        if edition is None or quiz is None:
            continue
        aside = programme.put_aside(course, lesson)
        for word, words in programme.editions.words(edition).items():
            if words in told:
                scenario = quiz.scenarios[word]
                theme = quiz.themes.get(scenario.themes[0]) if scenario.themes else None
                yield words, Item(course, lesson, scenario, theme, word in aside, item_figures.figures(told[words]))


def by_theme(found: Sequence[Item]) -> list[ThemeFigures]:
    """The themes of these scenarios, the least wisely judged first; each scenario under its first theme."""
    themes: dict[str, list[Item]] = {}
    for each in found:
        if each.theme:
            themes.setdefault(each.theme.words, []).append(each)
    made = []
    for of_theme in themes.values():
        [theme] = {each.theme.words: each.theme for each in of_theme if each.theme}.values()
        made.append(ThemeFigures(theme, tuple(sorted(of_theme, key=_share))))
    return sorted(made, key=lambda each: each.answers.wise / each.answers.people)


def _share(item: Item) -> float:
    return item.figures.told.wise / item.figures.told.people


def to_bring(themes: Sequence[ThemeFigures]) -> list[Bring]:
    """What to bring to the next staff meeting: of the themes that are judged least wisely, the scenario that is.

    None that is put aside or may mislead, and none that is judged wisely by nearly all.
    """
    found = []
    for theme in themes:
        fit = (each for each in theme.items if not each.aside and each.figures.look is not Look.AGAINST)
        items = [each for each in fit if each.figures.told.of_100 < ALL_WELL]
        if items and theme.answers.of_100 < ALL_WELL:
            found.append(Bring(theme, items[0]))
    return found[:BROUGHT]


def misjudged(found: Sequence[Item], most: int) -> list[Item]:
    """The scenarios that staff misjudge most, of those that are asked; none that nobody misjudged."""
    asked = [each for each in found if not each.aside and each.figures.told.wise < each.figures.told.people]
    return sorted(asked, key=_share)[:most]


def to_look_at(found: Sequence[Item]) -> dict[Look, list[Item]]:
    """The scenarios that may be wrong themselves, by why, the least wisely judged first; those put aside last."""
    by_why = {look: [each for each in found if each.figures.look is look] for look in (Look.AGAINST, Look.ALL_RIGHT)}
    return {look: sorted(each, key=lambda item: (item.aside, _share(item))) for look, each in by_why.items() if each}


def counts(figures: ItemFigures) -> tuple[int, ...]:
    """People, in the order of ratings."""
    return tuple(figures.counts[rating] for rating in Rating)

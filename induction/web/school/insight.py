"""What to bring to the next staff meeting: how scenarios were judged, by theme and one by one. No names, and none to be worked out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import abort, render_template

from ...content.editions.quiz_edition import JudgedOption
from ...rules.item_figures import Look, together
from ...rules.judging import UNWISE
from ...services import scenario_figures
from ...services.programme import Programme
from ...services.scenario_figures import Bring, Item, ThemeFigures
from ...wording import insight as words
from ..incoming_request import asked
from ..site import current_programme, db, today
from .course_reading import find_lesson
from .room import blueprint

TALKED_OF = 5  # scenarios, on the overview


@dataclass(frozen=True, slots=True)
class ToTalkAbout:
    """A scenario that many misjudge."""

    title: str
    href: str  # its page for a staff meeting
    lesson: str
    people: int
    counts: tuple[int, ...]  # best, fine, poor, over the line
    draws: str  # the unwise choice that draws most
    question: str | None


@dataclass(frozen=True, slots=True)
class Brought:
    theme: str
    of: ToTalkAbout


@dataclass(frozen=True, slots=True)
class InsightPage:
    lead: str  # of all that is counted; empty where nothing is
    brought: Sequence[Brought]
    to_look_at: Mapping[Look, Sequence[Item]]
    themes: Sequence[ThemeFigures]
    theme: ThemeFigures | None  # where one is looked at alone
    printed: date


@dataclass(frozen=True, slots=True)
class OptionRow:
    option: JudgedOption
    people: Sequence[int]  # by whom, in the order of the columns


@dataclass(frozen=True, slots=True)
class ScenarioFiguresPage:
    item: Item
    counts: tuple[int, ...]
    columns: Sequence[str]  # *Teachers, 20*
    options: Sequence[OptionRow]
    printed: date


@blueprint.get("/insight")
def insight() -> str:
    found = scenario_figures.items(db(), current_programme(), today())
    themes = scenario_figures.by_theme(found)
    chosen = asked("theme")
    theme = next((each for each in themes if each.theme.words == chosen), None)
    if chosen and theme is None:
        abort(404)
    told = together(each.figures.told for each in found)
    page = InsightPage(
        words.how_all_judge(told) if told else "",
        [_brought(each) for each in scenario_figures.to_bring(themes)],
        scenario_figures.to_look_at(found),
        themes,
        theme,
        today(),
    )
    return render_template("school/insight-theme.html" if theme else "school/insight.html", page=page, words=words)


@blueprint.get("/insight/<course>/<lesson>/<scenario>")
def scenario_insight(course: str, lesson: str, scenario: str) -> str:
    of, within = find_lesson(course, lesson)
    item = scenario_figures.of_scenario(db(), current_programme(), of, within, scenario, today()) or abort(404)
    whom, chosen = item.figures.people, item.figures.chosen
    rows = [
        OptionRow(option, [chosen.get(each, {}).get(option.number, 0) for each in whom])
        for option in item.scenario.scenes[item.scenario.id].options
    ]
    columns = [f"{words.WHOM[each]}, {people:,}" for each, people in whom.items()]
    page = ScenarioFiguresPage(item, scenario_figures.counts(item.figures), columns, rows, today())
    return render_template("school/insight-scenario.html", page=page, words=words)


def most_misjudged(programme: Programme) -> list[ToTalkAbout]:
    """For the overview."""
    found = scenario_figures.items(db(), programme, today())
    return [_to_talk_about(each) for each in scenario_figures.misjudged(found, TALKED_OF)]


def _brought(bring: Bring) -> Brought:
    return Brought(bring.theme.theme.words, _to_talk_about(bring.item))


def _to_talk_about(item: Item) -> ToTalkAbout:
    return ToTalkAbout(
        item.scenario.title,
        f"/school/meeting/{item.place}",
        item.lesson.title,
        item.figures.told.people,
        scenario_figures.counts(item.figures),
        _draws(item),
        item.theme.question if item.theme else None,
    )


def _draws(item: Item) -> str:
    """The unwise choice of the first scene that draws most; empty where none draws anybody."""
    drawn = {
        option: sum(chosen.get(option.number, 0) for chosen in item.figures.chosen.values())
        for option in item.scenario.scenes[item.scenario.id].options
        if option.rating in UNWISE
    }
    most = max(drawn, key=lambda option: drawn[option], default=None)
    return words.draws(drawn[most], most.label) if most and drawn[most] else ""

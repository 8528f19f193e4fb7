"""Progress: what is left, how long it takes, and how somebody stands to their due date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ..content.model import Rating, Theme
from .dates import DUE_SOON

MINUTES_A_SCENARIO = 0.8  # reading, choosing and what follows; measured by reading aloud


class Standing(StrEnum):
    """How somebody stands to their due date. Each has one word and one shape on every page."""

    OVERDUE = "overdue"
    DUE_SOON = "due soon"
    ON_TRACK = "on track"
    COMPLETE = "complete"


class Stage(StrEnum):
    """How far a lesson is."""

    DONE = "done"
    BEGUN = "begun"
    TO_DO = "to do"


def standing(lessons: int, done: int, due: date | None, today: date) -> Standing:
    """Where somebody with `done` of `lessons` stands. The due date itself is still in time."""
    if lessons and done >= lessons:
        return Standing.COMPLETE
    if due is None:
        return Standing.ON_TRACK
    if due < today:
        return Standing.OVERDUE
    return Standing.DUE_SOON if (due - today).days <= DUE_SOON else Standing.ON_TRACK


def stage(lesson: str, completed: Collection[str], begun: Collection[str]) -> Stage:
    if lesson in completed:
        return Stage.DONE
    return Stage.BEGUN if lesson in begun else Stage.TO_DO


def minutes_left(reading: int, scenarios: int) -> int:
    """Minutes for `reading` minutes of lessons and so many scenarios; at least one."""
    return max(1, round(reading + scenarios * MINUTES_A_SCENARIO))


@dataclass(frozen=True, slots=True)
class Talk:
    """A theme that went less well, with a question to open a conversation."""

    theme: str
    words: str
    question: str | None
    scenarios: int


def worth_talking_about(
    judged: Iterable[tuple[Sequence[str], Rating]], themes: Mapping[str, Theme]
) -> list[Talk]:
    """The themes of scenarios judged poor or over the line, most frequent first.

    `judged` is, for each scenario of somebody's latest attempts, its themes and how it was judged.
    Which scenario and which choice it was stays with the teacher.
    """
    counted = Counter(
        theme
        for names, rating in judged
        if rating in (Rating.POOR, Rating.BREACH)
        for theme in names
        if theme in themes
    )
    return [
        Talk(name, themes[name].words, themes[name].question, count)
        for name, count in sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    ]

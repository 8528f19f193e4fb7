"""Progress: what is left, how long it takes, and how somebody stands to their due date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from ..content.model import Rating, Theme
from .calendar import DUE_SOON

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


LessonName = tuple[str, str]  # course and lesson


@dataclass(frozen=True, slots=True)
class Required:
    """What an induction here is made of: the lessons given to everyone, or those of a course given by name instead;
    and the policy, where an acknowledgement of version `asks_for` or a later one is asked for (0: none is)."""

    everyone: tuple[LessonName, ...]
    by_name: Mapping[str, tuple[LessonName, ...]] = field(default_factory=dict)
    asks_for: int = 0

    def lessons(self, course: str | None) -> tuple[LessonName, ...]:
        """The lessons of somebody for whom a lead has named `course`, or has named none."""
        return self.by_name.get(course or "", self.everyone)

    def parts(self, course: str | None) -> int:
        """How many things there are to do: lessons, and the policy."""
        return len(self.lessons(course)) + bool(self.asks_for)


def policy_read(acknowledged: int, asks_for: int, course_completed: bool) -> bool:
    """Whether the policy is no longer open in somebody's induction. A later version is a task of its own: it never undoes one."""
    return acknowledged >= asks_for or course_completed


def standing(parts: int, done: int, due: date | None, today: date) -> Standing:
    """Where somebody with `done` of `parts` (lessons, and the policy) stands. The due date itself is still in time."""
    if parts and done >= parts:
        return Standing.COMPLETE
    if due is None:
        return Standing.ON_TRACK
    if due < today:
        return Standing.OVERDUE
    return Standing.DUE_SOON if (due - today).days <= DUE_SOON else Standing.ON_TRACK


def stage(lesson: Any, completed: Container[Any], begun: Container[Any]) -> Stage:
    """How far a lesson is, by whatever names it."""
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

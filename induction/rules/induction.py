"""The induction of one person: what there is to do, how far it is, how long it takes, and how they stand to their date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property

from ..content.model import Rating, Theme
from .calendar import DUE_SOON
from .cycles import Round, Saying

MINUTES_A_SCENARIO = 0.8  # reading, choosing and what follows; measured by reading aloud
MINUTES_A_LESSON = 5  # where its file names none
MINUTES_FOR_THE_POLICY = 10  # some 1,900 words, as shipped


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


class Begins(StrEnum):
    """What a lesson that is to be done begins with."""

    READING = "reading"
    SCENARIOS = "scenarios"  # in a later round: who judges them wisely has done it
    READING_AGAIN = "reading again"  # in a later round, after a try that did not pass


LessonName = tuple[str, str]  # course and lesson


@dataclass(frozen=True, slots=True)
class Part:
    """A lesson as a part of somebody's induction."""

    lesson: LessonName
    stage: Stage
    reading: int = 0  # minutes, still to come
    scenarios: int = 0  # that one try asks
    scenarios_left: int = 0
    stopped: datetime | None = None  # where it is begun: when the last answer came
    begins_with: Begins = Begins.READING

    @property
    def minutes(self) -> int:
        """Minutes still to come."""
        return 0 if self.stage is Stage.DONE else minutes_for(self.reading, self.scenarios_left)


@dataclass(frozen=True)
class Induction:
    """What is asked of somebody, and by when."""

    lessons: tuple[Part, ...]  # in order
    policy: Stage | None  # whether it is read and acknowledged; None where that is not asked for
    due: date | None  # the earliest day by which something open is due, itself in time; where nothing is open, the last there was
    tried: bool = False  # the scenarios of some lesson, open or finished, passed or not: since what is open was asked
    rounds: tuple[Round, ...] = ()  # of each of their courses, in order
    elsewhere: frozenset[str] = frozenset()  # courses that are not asked, since they were done elsewhere

    def round_of(self, course: str) -> Round:
        """The round that they are in with a course of theirs."""
        return next((each for each in self.rounds if each.course == course), Round(course, due=self.due))

    @property
    def open_rounds(self) -> tuple[Round, ...]:
        """The rounds of those courses in which lessons are left."""
        left = {part.lesson[0] for part in self.left}
        return tuple(each for each in self.rounds if each.course in left)

    def of_course(self, course: str) -> tuple[Part, ...]:
        """The lessons of one of its courses."""
        return tuple(part for part in self.lessons if part.lesson[0] == course)

    @cached_property
    def left(self) -> tuple[Part, ...]:
        """The lessons that are not done."""
        return tuple(part for part in self.lessons if part.stage is not Stage.DONE)

    @property
    def done(self) -> int:
        """How many lessons are done."""
        return len(self.lessons) - len(self.left)

    @property
    def policy_left(self) -> bool:
        return self.policy is Stage.TO_DO

    @property
    def stages(self) -> tuple[Stage, ...]:
        """How far each lesson is."""
        return tuple(part.stage for part in self.lessons)

    @property
    def begun(self) -> bool:
        """Whether a start is made: a lesson is done, or scenarios were tried."""
        return self.tried or self.done > 0

    @property
    def complete(self) -> bool:
        """Whether all of it is done; where there is nothing to do, nobody has done it."""
        return bool(self.lessons or self.policy or self.elsewhere) and not self.left and not self.policy_left

    @property
    def next(self) -> Part | None:
        """The lesson to go on with: where somebody stopped last, else the first that is left."""
        stopped = [(part.stopped, part) for part in self.lessons if part.stopped]
        if stopped:
            return max(stopped, key=lambda each: each[0])[1]
        return next(iter(self.left), None)

    @property
    def minutes_left(self) -> int:
        return sum(part.minutes for part in self.lessons) + (MINUTES_FOR_THE_POLICY if self.policy_left else 0)

    def standing(self, today: date) -> Standing:
        """How they stand. The due date itself is still in time."""
        if self.complete:
            return Standing.COMPLETE
        if self.due is None:
            return Standing.ON_TRACK
        if self.due < today:
            return Standing.OVERDUE
        return Standing.DUE_SOON if (self.due - today).days <= DUE_SOON else Standing.ON_TRACK


def stage(lesson: LessonName, completed: Container[LessonName], begun: Container[LessonName]) -> Stage:
    """How far a lesson is; done counts for more than begun once more."""
    if lesson in completed:
        return Stage.DONE
    return Stage.BEGUN if lesson in begun else Stage.TO_DO


def policy_stage(acknowledged: int, asks_for: int, course_completed: bool) -> Stage | None:
    """How far the policy is, as a part of an induction; None where no version of it asks for an acknowledgement.

    `acknowledged` is the latest version that somebody has. A later one is a task of its own: it never undoes a course.
    """
    if not asks_for:
        return None
    return Stage.DONE if acknowledged >= asks_for or course_completed else Stage.TO_DO


def minutes_for(reading: int, scenarios: int) -> int:
    """Minutes for `reading` minutes of a lesson and so many scenarios; at least one."""
    return max(1, round(reading + scenarios * MINUTES_A_SCENARIO))


@dataclass(frozen=True, slots=True)
class Required:
    """What an induction here is made of: the lessons given to everyone, or those of a course given by name instead, and
    those of the courses given to their groups; when these come round; and the policy, where an acknowledgement of version
    `asks_for` or a later one is asked for (0: none is)."""

    everyone: tuple[LessonName, ...]
    by_name: Mapping[str, tuple[LessonName, ...]] = field(default_factory=dict)
    asks_for: int = 0
    cycles: Mapping[str, tuple[Saying, ...]] = field(default_factory=dict)  # of each course of which anything was said

    def courses(self, named: str | None, groups: Collection[str] = ()) -> tuple[str, ...]:
        """The courses of somebody for whom a lead has named one, or none, and to whose groups some are given."""
        of_all = tuple(dict.fromkeys(course for course, _ in self.everyone))
        theirs = (named,) if named in self.by_name else of_all
        return (*theirs, *(course for course in self.by_name if course in groups and course not in theirs))

    def lessons(self, named: str | None, groups: Collection[str] = ()) -> tuple[LessonName, ...]:
        """Their lessons."""
        further = (self.by_name[course] for course in self.by_name if course in groups and course != named)
        return (*self.by_name.get(named or "", self.everyone), *(lesson for course in further for lesson in course))


def earliest_due(
    opened: Iterable[date | None], policy_left: bool, own: date | None, later: Iterable[date | None]
) -> date | None:
    """The day by which something is due: the earliest of what is open, with the policy by the person's `own` date.

    Where nothing is open, it is the last that there was, of their own and those of `later` rounds.
    """
    dues = [*opened, *([own] if policy_left else [])]
    if dues:
        return min(filter(None, dues), default=None)
    return max(filter(None, (own, *later)), default=None)


def asked_since(opened: Sequence[date | None]) -> date | None:
    """Since when a try counts as a start: where all that is open is asked in later rounds, which began then, the first of these.

    None: any does.
    """
    days = [day for day in opened if day]
    return min(days) if days and len(days) == len(opened) else None


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

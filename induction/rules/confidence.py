"""Confidence before and after a course: when it is asked, and what has changed. Never a mark."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from ..content.model import ConfidenceQuestion

SCALE = {1: "not at all", 2: "a little", 3: "partly", 4: "mostly", 5: "fully"}
LOW = 3  # up to here an answer is worth a talk
LEFT_OPEN = "left open"


class Moment(StrEnum):
    BEFORE = "before"
    AFTER = "after"


Answers = Mapping[str, int]  # 1 to 5 by the question's name; without those left open
AnswersByMoment = Mapping[Moment, Answers]  # the stages answered; skipped ones hold nothing


def open_stage(lessons: Collection[str], completed: Container[str], said: Container[Moment]) -> Moment | None:
    """Which questions can be answered now: those before until a lesson is completed, those after once all are."""
    done = sum(lesson in completed for lesson in lessons)
    if not lessons or 0 < done < len(lessons):
        return None
    stage = Moment.AFTER if done else Moment.BEFORE
    return None if stage in said else stage


def is_offered(stage: Moment, said: AnswersByMoment) -> bool:
    """Whether home offers them. Whoever skipped those before is not asked again; the page itself stays open."""
    return stage is Moment.BEFORE or said.get(Moment.BEFORE) != {}


def latest(said: AnswersByMoment) -> Answers:
    """The answers of the latest stage that has any."""
    return said.get(Moment.AFTER) or said.get(Moment.BEFORE) or {}


def would_talk(questions: Iterable[ConfidenceQuestion], said: AnswersByMoment) -> list[str]:
    """What somebody *would like to talk about*: the questions answered low in the latest stage, the lowest first."""
    answers = latest(said)
    low = [question for question in questions if answers.get(question.name, LOW + 1) <= LOW]
    return [question.talk for question in sorted(low, key=lambda question: answers[question.name])]


@dataclass(frozen=True, slots=True)
class ConfidenceChange:
    """One question: what was said at the start and at the end. None where it was left open or not asked."""

    ask: str
    before: int | None
    after: int | None
    words: str  # *At the start: a little. At the end: mostly. That is more than at the start.*


def changes(questions: Iterable[ConfidenceQuestion], said: AnswersByMoment) -> list[ConfidenceChange]:
    """Question by question; nothing where every stage was skipped. One that is asked no more goes by its name."""
    asks = {question.name: question.ask for question in questions}
    answered = [name for answers in said.values() for name in answers]
    if not answered:
        return []
    names = list(dict.fromkeys([*asks, *answered]))
    return [_change(asks.get(name, name.replace("-", " ")), name, said) for name in names]


def _change(ask: str, name: str, said: AnswersByMoment) -> ConfidenceChange:
    before, after = (said.get(stage, {}).get(name) for stage in Moment)
    spoken = [
        f"At the {when}: {SCALE.get(said[stage].get(name, 0), LEFT_OPEN)}."
        for stage, when in ((Moment.BEFORE, "start"), (Moment.AFTER, "end"))
        if stage in said
    ]
    if before and after:
        spoken.append(_compared(before, after))
    return ConfidenceChange(ask, before, after, " ".join(spoken))


def _compared(before: int, after: int) -> str:
    if after == before:
        return "That is the same."
    if after > before:
        return "That is more than at the start."
    return "That is less than at the start, which often means seeing more of what it takes."

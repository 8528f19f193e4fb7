"""Confidence before and after a course: when it is asked, and what a mentor may read of it. Never a mark."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Mapping
from enum import StrEnum

from ..content.model import ConfidenceQuestion

LOW = 3  # of 1 to 5: up to here an answer is worth a talk


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
    low = [question for question in questions if question.name in answers and answers[question.name] <= LOW]
    return [question.talk for question in sorted(low, key=lambda question: answers[question.name])]

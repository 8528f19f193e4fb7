"""What pages say of how things stand: each sentence is chosen here, by the facts that make it true.

A page brings the facts and shows the sentence; no page decides one of these by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from .numbers import number

# The policy, as leads are told of it and staff read it


@dataclass(frozen=True, slots=True)
class PolicyState:
    """How far a school is with its policy. It may have chosen without a text: so did the first release."""

    published: bool  # a text
    questions: int
    undecided: int  # of the questions

    @property
    def chosen(self) -> bool:
        return self.undecided < self.questions


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """The version that somebody acknowledged last."""

    version: int
    day: str
    paper: str | None  # who recorded a signature on paper


def policy_lead(school: str, state: PolicyState, asked: bool, mine: Acknowledged | None, differs: bool) -> str:
    """The first sentences of the policy's page. `differs`: it reads otherwise than what was acknowledged last."""
    if not state.published:
        return _without_text(school, state)
    undecided = f" Where {school} has not chosen yet, the cautious rule applies, and it says so." if state.undecided else ""
    return f"{_with_text(school, asked, mine, differs)}{undecided}"


def _without_text(school: str, state: PolicyState) -> str:
    if not state.chosen:
        return (
            f"{school} has not published its policy yet. Until it does, the cautious rule applies to each question: "
            "the one that is safest for a child. Nothing has to be acknowledged yet."
        )
    undecided = " Where it has not chosen yet, the cautious rule applies." if state.undecided else ""
    return f"What {school} has chosen, question by question.{undecided} Nothing has to be acknowledged yet."


def _with_text(school: str, asked: bool, mine: Acknowledged | None, differs: bool) -> str:
    if asked and mine:
        since = "Since then something in it has changed." if differs else "It reads the same; you are asked to read it once more."
        return f"You read version {mine.version} on {mine.day}. {since}"
    if asked:
        return "Read it once, in your own time. At the end you say that you have."
    if mine:
        paper = f", on paper; {mine.paper} recorded it" if mine.paper else ""
        return f"You said on {mine.day} that you have read and understood version {mine.version}{paper}. Nothing more is asked of you."
    return f"What {school} has decided."


# Courses, as leads are reminded of them


class CourseState(StrEnum):
    APPROVED = "approved as it stands"
    WITHOUT_POLICY = "approved as it stands, before an approval covered the questions of policy"
    CHANGED = "approved in another version"
    NEVER = "never approved"


def courses_wait(courses: Sequence[tuple[str, CourseState]]) -> str:
    """For leads, one sentence on all courses that are not approved as they stand; else empty. Each is a title and its state."""
    waiting = [each for each in courses if each[1] is not CourseState.APPROVED]
    if not waiting:
        return ""
    if len(waiting) > 1:
        count = number(len(waiting)).capitalize()
        if all(state is CourseState.WITHOUT_POLICY for _, state in waiting):
            return f"An approval now covers the questions of policy too. {count} courses were approved without."
        return f"{count} courses are not approved as they stand."
    [(title, state)] = waiting
    if state is CourseState.WITHOUT_POLICY:
        return f"An approval now covers the questions of policy too. {title} was approved without."
    how = "has changed since it was approved" if state is CourseState.CHANGED else "is not approved yet"
    return f"{title} {how}."

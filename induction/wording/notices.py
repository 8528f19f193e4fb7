"""What pages say of how things stand: each sentence is chosen here, by the facts that make it true.

A page brings the facts and shows the sentence; no page decides one of these by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from .numbers import number

# The policy, as leads are reminded of it and staff read it


@dataclass(frozen=True, slots=True)
class PolicyState:
    """How far a school is with its policy. It may have chosen without a text: so did the first release."""

    published: bool  # a text
    questions: int
    undecided: int  # of the questions

    @property
    def chosen(self) -> bool:
        return self.undecided < self.questions


def policy_waits(state: PolicyState) -> str:
    """For leads, while no text is published; else empty."""
    if state.published:
        return ""
    if not state.chosen:
        return "Your policy is not published yet, so the cautious rules apply. Answer the questions under Policy, and publish it."
    applies = "What you have chosen applies"
    if state.undecided:
        applies += ", and the cautious rule where you have not"
    return f"{applies}; your policy’s text is not published yet. Look at it under Policy, and publish it."


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


# Home


@dataclass(frozen=True, slots=True)
class PolicyTask:
    """The policy, where it is still to be read by somebody."""

    read_before: bool  # an earlier version
    completed: bool  # the induction was completed before
    differs: bool  # from the version read before

    @property
    def heading(self) -> str:
        if not self.read_before:
            return "Read our policy"
        return "Read what has changed" if self.differs else "Read our policy once more"

    @property
    def words(self) -> str:
        stands = " What you have completed stands." if self.completed else ""
        if self.read_before:
            why = "Something in it has changed since you read it." if self.differs else "It reads as it did; everybody is asked again."
            return f"{why}{stands}"
        if self.completed:
            return f"It was published after you had completed the induction.{stands}"
        return "A few minutes. At its end you say that you have read and understood it."


def home_lead(lessons: int, left: int, tried: bool, task: PolicyTask | None, again: int) -> str:
    """How it stands, in a sentence or two. `again`: scenarios that are asked once more."""
    if not lessons:
        return "There are no lessons yet. Your induction lead can add them."
    if not left:
        return f"You have done every lesson. {_besides_lessons(task, again)}"
    kept = "Nothing here has to be done in one go: every answer is kept."
    if left == lessons and not tried:
        return f"Welcome. {kept}"
    return f"{'You are over halfway' if left * 2 < lessons else 'You have made a start'}. {kept}"


def _besides_lessons(task: PolicyTask | None, again: int) -> str:
    if task and task.read_before:
        return "Our policy has changed since you read it." if task.differs else "Everybody is asked to read our policy once more."
    if task and task.completed:
        return "Our policy has been published since then: what is left is to read it, and to say that you have."
    if task:
        return "What is left is to read our policy, and to say that you have."
    if again:
        return f"Our policy has changed since, so {'one scenario is' if again == 1 else 'some scenarios are'} asked once more."
    return "They stay open to you, and every answer is kept."


def what_is_left(lessons: int, left: int, policy: bool, again: int) -> tuple[str, str]:
    """The answer on home, large and small: *4 lessons*, *of 11, and the policy*."""
    if left:
        return _count(left, "lesson"), f"of {lessons}{', and the policy' if policy else ''}"
    if policy:
        return "The policy", f"and no lesson of {lessons}"
    if again:
        return _count(again, "scenario"), "to meet again"
    return "Nothing", f"of {_count(lessons, 'lesson')}"


def _count(count: int, what: str) -> str:
    return f"{count} {what}{'s' * (count != 1)}"


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
            return f"An approval now covers the questions of policy too. {count} courses were approved without: see them under Courses."
        return f"{count} courses are not approved as they stand: read them and approve them under Courses."
    [(title, state)] = waiting
    if state is CourseState.WITHOUT_POLICY:
        return f"An approval now covers the questions of policy too. {title} was approved without: see them under Courses."
    how = "has changed since it was approved" if state is CourseState.CHANGED else "is not approved yet"
    return f"{title} {how}: read it and approve it under Courses."

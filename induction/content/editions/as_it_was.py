"""What somebody met, opened again to be read: a lesson, its scenarios, a course, the policy.

An edition holds its words and all that they name. What of it this release no longer draws is named, so that a page can say
so; where it can't read the text at all, that is left as it was written.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from ..markdown.page import Page
from ..problems import Report, Unknown
from .edition import TakenStance, stored_stances
from .lesson_edition import ShownCourse, ShownLesson, open_course, open_lesson
from .policy_document import PolicyDocument, open_policy
from .quiz_edition import JudgedQuiz, open_quiz

LESSON = Page(folded=False, ticks=False, table="group")
SCENARIOS = Page(folded=False, ticks=False, table="group", anchor=lambda name: "")  # many texts on one page

PICTURE = re.compile(r'<img src="(?:/pictures/)?([^"]*)" alt="([^"]*)"[^>]*>')

Shown = TypeVar("Shown")


@dataclass(frozen=True, slots=True)
class Then(Generic[Shown]):
    """An edition as it is read years later."""

    text: str  # of the edition
    shown: Shown | None  # None: this release can't read it
    unknown: tuple[str, ...]  # what it no longer draws, as *the block “map”*
    source: str  # as it was written
    stances: Mapping[str, TakenStance]  # where the school stood on what the words name
    trouble: str = ""  # why this release can't read it, for the log


def lesson(text: str) -> Then[ShownLesson]:
    """A lesson as it was."""
    return _opened(text, lambda report: open_lesson(text, LESSON, report))


def scenarios(text: str) -> Then[JudgedQuiz]:
    """Scenarios as they were asked."""
    return _opened(text, lambda report: open_quiz(text, SCENARIOS, report))


def course(text: str) -> Then[ShownCourse]:
    """What a course said of itself."""
    return _opened(text, lambda report: open_course(text, LESSON, report))


def policy(text: str) -> Then[PolicyDocument]:
    """The policy as it was."""
    return _opened(text, lambda report: open_policy(text, report))


def with_its_pictures(html: str, kept: Callable[[str], bool]) -> tuple[str, int]:
    """The same with words where a picture stood whose file is not `kept` any more; and how many of those there are."""
    gone = 0

    def told(picture: re.Match[str]) -> str:
        nonlocal gone
        if kept(picture[1]):
            return picture[0]
        gone += 1
        return f'<span class="soft">[A picture stood here that is not kept any more: {picture[2]}]</span>'

    return PICTURE.sub(told, html), gone


def _opened(text: str, open_it: Callable[[Report], Shown]) -> Then[Shown]:
    named: dict[str, None] = {}

    def note(line: int, message: str) -> None:
        if isinstance(message, Unknown):
            named[message.named] = None

    kept = json.loads(text)
    shown, trouble = None, ""
    try:
        shown = open_it(note)
    except Exception as fault:  # whatever a later release stumbles at, what was taught is there to be read
        trouble = f"{type(fault).__name__}: {fault}"
    stances = stored_stances(kept) if "stances" in kept else {}
    return Then(text, shown, tuple(named), kept.get("source", text), stances, trouble)

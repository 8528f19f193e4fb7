"""Courses as leads read and approve them: how far they are, and what the one who signs says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from . import dates
from .numbers import counted


@dataclass(frozen=True, slots=True)
class ReadBy:
    """Who read it, and on which day."""

    name: str
    day: str  # *Thursday 26 November*


def lesson_stands(reading: ReadBy | None, before: ReadBy | None, minutes: int) -> str:
    """*read by Lou Hartley on Thursday 26 November*, *to read, about 24 minutes*, *changed since …: about 2 minutes to read*."""
    if reading:
        return f"read by {reading.name} on {reading.day}"
    if before:
        return f"changed since {before.name} read it on {before.day}: {dates.minutes(minutes)} to read"
    return f"to read, {dates.minutes(minutes)}"


def so_far(read: int, lessons: int) -> str:
    """*3 of 11 read*, *All 11 read*, *Read*."""
    if read < lessons or not lessons:
        return f"{read} of {lessons} read"
    return f"All {lessons} read" if lessons > 1 else "Read"


def left_to_read(left: int) -> str:
    """When it can be approved, while lessons are left to read."""
    if left == 1:
        return "One lesson is left to read. When it is read, the course can be approved here."
    return f"{counted(left, 'lesson').capitalize()} are left to read. When all are read, the course can be approved here."


def signed_words(school: str, readers: Sequence[str], alone: bool) -> str:
    """What somebody signs who approves a course. `alone`: they have read all of it themself."""
    if alone:
        return f"I have read the lessons and scenarios of this course and approve them for {school}."
    have = "has" if len(readers) == 1 else "have"
    return f"{dates.listed(readers)} {have} read the lessons and scenarios of this course. I approve them for {school}."


def kept_as_read(title: str, read: int, lessons: int) -> str:
    """After *Read* was pressed."""
    if read < lessons:
        return f"Kept as read: {title}. {so_far(read, lessons)}."
    return f"Kept as read: {title}. {'That was the last: all' if lessons > 1 else 'All'} of it is read, and it can be approved."

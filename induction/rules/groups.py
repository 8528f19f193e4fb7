"""All who have an induction to do, in four groups.

A teacher has one to do; whoever mentors or leads has, once they are given a date, or a course by name, or have begun. Who
is complete is that and no more, whatever their date; who is past it is that, begun or not.
"""

from __future__ import annotations

from enum import StrEnum


class Group(StrEnum):
    """Where somebody stands among all, the most urgent first. Each has one word and one shape on every page."""

    OVERDUE = "overdue"
    NOT_BEGUN = "not begun"
    ON_THE_WAY = "on the way"
    COMPLETE = "complete"

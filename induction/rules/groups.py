"""All who have an induction to do, in four groups.

A teacher has one to do; whoever mentors or leads has, once they are given a date, or a course by name or in a group, or have
begun: then also when a course of theirs comes round. Who is complete is that and no more, whatever their date; who is past
it is that, begun or not.
"""

from __future__ import annotations

from enum import StrEnum

from .induction import Induction
from .roles import Role


class Group(StrEnum):
    """Where somebody stands among all, the most urgent first. Each has one word and one shape on every page."""

    OVERDUE = "overdue"
    NOT_BEGUN = "not begun"
    ON_THE_WAY = "on the way"
    COMPLETE = "complete"


def has_one_to_do(role: Role, named: str | None, induction: Induction) -> bool:
    """Whether somebody has an induction to do; `named` is the course that is given to them by name."""
    return role is Role.TEACHER or bool(
        induction.due or named or induction.begun or any(each.asked_since for each in induction.rounds)
    )

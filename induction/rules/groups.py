"""All who have an induction to do, in four groups: past their date, not begun, on the way, complete."""

from __future__ import annotations

from enum import StrEnum


class Group(StrEnum):
    """Where somebody stands among all, the most urgent first."""

    OVERDUE = "overdue"
    NOT_BEGUN = "not begun"
    ON_THE_WAY = "on the way"
    COMPLETE = "complete"


def group(*, given: bool, begun: bool, complete: bool, late: bool) -> Group | None:
    """Where somebody stands; None for staff who have no induction to do.

    It is `given` to each teacher; to whoever mentors or leads, once they have a date or a course by name. They have one as
    soon as they have begun, too.
    """
    if not given and not begun:
        return None
    if complete:
        return Group.COMPLETE
    if late:
        return Group.OVERDUE
    return Group.ON_THE_WAY if begun else Group.NOT_BEGUN

"""What needs a lead's hand: each in a sentence, with the page where it is done. It stands on the overview alone."""

from __future__ import annotations

from typing import NamedTuple

from ...services.programme import Programme
from ...wording.notices import courses_wait
from ..site import site


class Reminder(NamedTuple):
    words: str
    href: str  # where it is done; empty where that is on the server
    link: str


def reminders(programme: Programme, courses_listed: bool) -> list[Reminder]:
    """The school's own content where it does not pass, copies that have fallen behind, what waits for a lead.

    `courses_listed`: the checklist says already how the courses stand.
    """
    found = []
    if faults := site().shelf.problems:
        first = faults[0]
        more = f" There are {len(faults) - 1} more; induction check lists them." if len(faults) > 1 else ""
        words = (
            "The school’s own content does not pass the check, so what passed it last is taught. "
            f"{first.path}, line {first.line}: {first.message}.{more}"
        )
        found.append(Reminder(words, "", ""))
    found += [Reminder(f"{changed.path}: {changed.message}.", "", "") for changed in site().shelf.changed]
    if not courses_listed and (words := courses_wait([(course.title, programme.course_state(course)) for course in programme.courses])):
        found.append(Reminder(words, "/school/courses", "The courses"))
    return found

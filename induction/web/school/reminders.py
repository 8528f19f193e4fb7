"""What waits for a lead: each in a sentence, with the page where it is done. It stands on the overview alone."""

from __future__ import annotations

from collections.abc import Iterator

from ...records.people import second_factors
from ...services.programme import Programme
from ...services.what_waits import Waits, courses_to_approve, of_people, to_answer
from ...wording.second_factor import without_one
from ...wording.upkeep import facts_to_confirm
from ..parts import second_step
from ..site import db, now, site, viewer
from . import upkeep


def reminders(programme: Programme, courses_listed: bool) -> list[Waits]:
    """The courses, places without anybody, what colleagues wait for, the site itself; each said once.

    `courses_listed`: the checklist says already how the courses stand.
    """
    courses = [] if courses_listed else courses_to_approve(programme)
    waiting = (*of_people(db(), programme, viewer().id, now()), *to_answer(db(), programme, viewer().id, now()))
    return [*courses, *waiting, *_second_steps(), *_facts(programme), *_own_content(), *_health()]


def _second_steps() -> Iterator[Waits]:
    """One's own, in the days in which nobody has to have one yet; and how many of those who see others' records have none."""
    if site().settings.demo:
        return
    without = set(second_factors.without_one(db()))
    if words := second_step.to_be_had():
        without.discard(viewer().id)  # who has just been told of their own
        yield Waits(words, f"{second_step.HERE}?next=/school/overview", second_step.SET_UP)
    if words := without_one(len(without)):
        yield Waits(words, "/school/people?show=no-second-step", "See who")


def _facts(programme: Programme) -> Iterator[Waits]:
    """It has no date, and can be seen to at any time: so no letter tells of it."""
    if words := facts_to_confirm(len(programme.facts_to_confirm())):
        yield Waits(words, "/school/courses#facts", "Look them up")


def _health() -> Iterator[Waits]:
    for words in upkeep.notices():
        yield Waits(words, upkeep.HERE, "Health")


def _own_content() -> Iterator[Waits]:
    """The school's own content where it does not pass, and copies that have fallen behind."""
    if faults := site().shelf.problems:
        first = faults[0]
        more = f" There are {len(faults) - 1} more; induction check lists them." if len(faults) > 1 else ""
        yield Waits(
            "The school’s own content does not pass the check, so what passed it last is taught. "
            f"{first.path}, line {first.line}: {first.message}.{more}"
        )
    for changed in site().shelf.changed:
        yield Waits(f"{changed.path}: {changed.message}.")

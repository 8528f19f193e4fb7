"""What leads should know of how the site is looked after: that records were put back, and what has aged."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from ..rules.calendar import local
from .dates import clock, listed, short_in_full


def put_back(at: datetime, latest: datetime | None, records_alone: bool) -> str:
    """After a restore. `latest`: of what the backup held, None where it was empty; `records_alone`: no content lay in it."""
    until = f"they go on to {_moment(latest)}. What was done after that is not here" if latest else "they are empty"
    words = f"On {_moment(at)} the records were put back from a backup: {until}."
    if records_alone:
        words += " The backup held the records alone: if the school had lessons or scenarios of its own, look whether they are there."
    return words


def _moment(when: datetime) -> str:
    return f"{short_in_full(local(when).date())}, {clock(when)}"


def another_answer(ask: str, label: str, applies: str) -> str:
    """Of a question of policy, whose answer the law of the school's nation doesn't allow."""
    return f"“{ask}” asks for another answer: “{label}” can’t be chosen in your nation, so “{applies}” applies."


def aged_facts(names: Sequence[str]) -> str:
    """Of facts that nobody has looked up for a year."""
    return f"Facts last checked over a year ago: {listed(names)}."


def facts_to_confirm(count: int) -> str:
    """Of facts that nobody has looked up yet, such as a helpline's hours."""
    facts = "One fact is" if count == 1 else f"{count} facts are"
    return f"{facts} to be confirmed by your school." if count else ""


def aged_lessons(titles: Sequence[str]) -> str:
    """Of lessons that nobody has read again for a year."""
    return f"Lessons last reviewed over a year ago: {listed(titles)}."

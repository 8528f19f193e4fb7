"""What leads should know of how the site is looked after: what the doctor finds, a restore, facts that have aged."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from ...records.store.restore import PutBack, last_put_back
from ...rules import calendar
from ...services.programme import Programme
from ...wording import dates
from ..site import current_programme, now, site, today

A_YEAR = timedelta(days=365)
TOLD_FOR = timedelta(days=14)  # after a restore


def notices() -> list[str]:
    """What stands on the overview until it is seen to, each with what to do. Empty in the demonstration's good hands."""
    found = [f"For whoever looks after the server: {each.words} {each.what_to_do}" for each in site().readiness.unwell()]
    back = last_put_back(site().settings.data)
    if back and now() - back.at < TOLD_FOR:
        found.append(_put_back(back))
    return found + _aged(current_programme(), today())


def _put_back(back: PutBack) -> str:
    until = f"they go on to {_moment(back.latest)}. What was done after that is not here" if back.latest else "they are empty"
    words = f"On {_moment(back.at)} the records were put back from a backup: {until}."
    if back.records_alone:
        words += " The backup held the records alone: if the school had lessons or scenarios of its own, look whether they are there."
    return words


def _moment(when: datetime) -> str:
    there = calendar.local(when)
    return f"{there.day} {there:%B %Y}, {dates.clock(when)}"


def _aged(programme: Programme, day: date) -> list[str]:
    """Facts and lessons that nobody has looked at for a year."""
    facts = [fact.name for fact in programme.library.facts.values() if fact.checked < day - A_YEAR]
    lessons = [lesson.title for _, lesson in programme.lessons if lesson.reviewed and lesson.reviewed < day - A_YEAR]
    found = []
    if facts:
        found.append(
            f"Facts last checked over a year ago: {dates.listed(facts)}. Look each up at its source; `induction check` says where "
            "each stands. A newer version of this program may have them checked."
        )
    if lessons:
        found.append(f"Lessons last reviewed over a year ago: {dates.listed(lessons)}. Read them again; change what no longer holds.")
    return found

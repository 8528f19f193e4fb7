"""What somebody was taught, and what has changed since, in sentences."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from ..rules.calendar import local
from ..rules.happened import Kind
from . import dates
from .numbers import counted, in_figures
from .sentences import sentence

SHORT = 12  # letters of a SHA-256 that tell words apart at a glance
SAME = "Nothing has changed."
MARKED = {"del": "taken out:", "ins": "added:"}  # for whoever hears it


def who(name: str, now: str) -> str:
    """*Tess Okafor*; *Tess Okafor (now Tess Bell)* where they are called otherwise today."""
    return name if name == now else f"{name} (now {now})"


def when(at: datetime) -> str:
    """*Friday 4 December 2026, 10.42 am*, as it will still be understood in years."""
    return dates.day_and_clock(at, date.min)


def what_came(passed: bool, percent: int | None, pass_mark: int | None, lesson: bool) -> str:
    """*94 of 100, passed; 80 was asked for*; *read; it has no scenarios*."""
    if percent is None:
        return "Read. There was nothing to answer." if lesson else "Complete."
    needed = f" {pass_mark} was asked for, and no choice that crosses the line." if pass_mark is not None else ""
    return f"{percent} of 100, {'passed' if passed else 'not passed'}.{needed}"


def policy(version: int, published: date | None) -> str:
    """*Version 3, published on 4 December 2026.* Without one, what judged."""
    if not version:
        return "None was published yet: the cautious rules applied."
    return f"Version {version}, published on {dates.short_in_full(published)}." if published else f"Version {version}."


def signed(typed_name: str, signed_on: date | None, recorded_by: str | None) -> str:
    """*Signed here as T. Okafor.*; *Signed on paper as T. Okafor on 4 December 2026; recorded by Lou Hartley.*"""
    if signed_on is None:
        return f"Signed here as {typed_name}."
    return f"Signed on paper as {typed_name} on {dates.short_in_full(signed_on)}; recorded by {recorded_by}."


def not_drawn(unknown: Collection[str], pictures: int) -> str:
    """What of the words this program can't draw any more; empty where it draws all."""
    said = list(unknown)
    if pictures:
        said.append("a picture whose file is not kept" if pictures == 1 else f"{counted(pictures, 'picture')} whose files are not kept")
    if not said:
        return ""
    return f"This program no longer draws {dates.listed(said, most=8)} as it was then. The words are all here."


def as_then(kind: Kind, who: str, day: str) -> str:
    """*As it was on 4 December 2026, when you completed it.*"""
    did = {Kind.COMPLETION: "completed it", Kind.ATTEMPT: "finished this try", Kind.ACKNOWLEDGEMENT: "signed it"}[kind]
    return f"As it was on {day}, when {who} {did}."


def tries(count: int) -> str:
    """*1 try up to then*; empty where there was none."""
    return f"{count} {'try' if count == 1 else 'tries'} up to then" if count else ""


def begun(began: datetime | None, ended: datetime) -> str:
    """*Begun on 3 December 2026, and gone on with in the words of that day*; empty where it began on the day it ended."""
    day = local(began).date() if began else None
    return f"Begun on {dates.short_in_full(day)}, and gone on with in the words of that day" if day and day != local(ended).date() else ""


def on(day: date) -> str:
    """*4 December 2026*"""
    return dates.short_in_full(day)


def part_of(title: str, there: bool) -> str:
    """*Professional boundaries online*, by its title of today, since that is not kept with a lesson."""
    return f"{title}, as it is called now" if there else f"{title}, a course that is no longer here"


def published(at: datetime, by: str | None) -> str:
    """*Published on 4 December 2026 by Lou Hartley.*"""
    return f"Published on {dates.short_in_full(local(at).date())}{f' by {by}' if by else ''}."


def lesson_row(kept: bool) -> str:
    return "With the facts, the rules and our own words of that day" if kept else "Which words it had is not kept"


def scenarios_row(asked: int) -> str:
    """*The 5 that were asked, with every choice and what follows from each*"""
    return f"The {asked} that were asked, with every choice and what follows from each" if asked else "Which of them were asked is not kept"


def policy_row(version: int) -> str:
    return f"Version {version}, all of it" if version else "None was published yet; the cautious rules that applied"


def lesson_of_course(at: datetime, percent: int | None) -> str:
    """*4 December 2026 · 94*"""
    return f"{dates.short_in_full(local(at).date())} · {'read' if percent is None else percent}"


def choices(own: bool, may_read: bool, kept: bool, first_name: str) -> str:
    """Whose the choices are that are marked; or why none are."""
    if not may_read:
        return f"Which of these {first_name} chose is for {first_name} alone, and for whoever they share it with."
    if not kept:
        return "The single choices have had their time, and were removed. The mark stays."
    if own:
        return "What you chose is marked. Nobody else sees that, unless you share it."
    return f"{first_name} shares with you what they chose; it is marked."


@dataclass(frozen=True, slots=True)
class Found:
    """How much changed in one thing."""

    there: bool
    known: bool
    pieces: int
    rules: int
    gone: int


# What changed since

def lesson_since(found: Found, called: str) -> str:
    """*2 parts of it read otherwise now, and 1 of our rules is another one.* `called`: a lesson, or a course."""
    if not found.there:
        return f"This {called} is no longer taught here under its address of then."
    if not found.known:
        return f"The words of this {called} can’t be compared: those of then, or those of now, can’t be read."
    return _changed(found, "part of it reads", "parts of it read")


def scenarios_since(found: Found) -> str:
    """*1 part of them reads otherwise now, and 2 of them are not asked any more.*"""
    if not found.there:
        return "These scenarios are no longer asked here under the lesson’s address of then."
    if not found.known:
        return "The scenarios can’t be compared: those of then, or those of now, can’t be read."
    return _changed(found, "part of them reads or is judged", "parts of them read or are judged")


def policy_since(version: int, now: int, found: Found) -> str:
    """*Version 5 is in force now. 2 parts of it read otherwise.*"""
    if not now:
        return "No policy is published here."
    if not version:
        return f"No policy was published then. Version {now} is in force now."
    if version == now:
        return f"{SAME} Version {now} is still in force."
    in_force = f"Version {now} is in force now."
    if not found.known:
        return f"{in_force} The words of one of the two are not kept, so they can’t be compared."
    if not found.pieces:
        return f"{in_force} Its words are the same."
    return f"{in_force} {_changed(found, 'part of it reads', 'parts of it read')}"


def _changed(found: Found, one: str, several: str) -> str:
    said = []
    if found.pieces:
        said.append(f"{found.pieces} {one if found.pieces == 1 else several} otherwise now")
    if found.rules:
        said.append(f"{found.rules} of our rules that it rests on {'is another one' if found.rules == 1 else 'are others'}")
    if found.gone:
        said.append(f"{in_figures(found.gone, 'scenario')} {'is' if found.gone == 1 else 'are'} not asked any more")
    return f"{sentence(dates.listed(said))}." if said else SAME

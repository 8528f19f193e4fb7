"""Corrections of what is on record, in sentences: for whoever's entry it is, and for the lead who corrects it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ..rules.calendar import local
from ..rules.corrections import Correction, Kind, counts
from . import dates
from .sentences import ended

# Entries


def lesson(title: str, percent: int | None, on: date, today: date) -> str:
    """*“Friend requests”, passed on Friday 4 December*."""
    return f"“{title}”, {'read' if percent is None else 'passed'} on {dates.day(on, today)}"


def course(title: str, on: date, today: date) -> str:
    return f"The course “{title}”, completed on {dates.day(on, today)}"


def policy(version: int, on: date, today: date) -> str:
    return f"Version {version} of the policy, read and understood on {dates.day(on, today)}"


def sign_off(title: str, by_name: str, on: date, today: date) -> str:
    return f"“{title}”, signed off by {by_name} on {dates.day(on, today)}"


# What was said of them

_NOW = {None: "a note beside it", False: "it does not count", True: "it counts after all"}
_WITH = {False: "it goes with what it belongs to, and does not count", True: "it counts again with it"}  # with another entry


def said(each: Correction, today: date) -> str:
    """*Lou Hartley, Friday 4 December, 10.42 am: it does not count. Taken in another’s name.*"""
    now = _NOW[each.counts] if each.follows is None or each.counts is None else _WITH[each.counts]
    return f"{each.by_name}, {dates.day_and_clock(each.at, today)}: {now}. {_words(each)}"


def _words(each: Correction) -> str:
    right = f" Right is: {ended(each.rightly)}" if each.rightly else ""
    return f"{ended(each.why)}{right}"


WITH_ITS_COURSE = "It goes with the course, which does not count."  # of a sign-off


_ON_HOME = {None: "has a note beside it", False: "does not count any more", True: "counts after all"}


def on_home(each: Correction, what: str, today: date) -> str:
    """For its owner, for two weeks: what was corrected, why, and whom to talk to."""
    day = dates.day(local(each.at).date(), today)
    return (
        f"{each.by_name} corrected your record on {day}. {what}, {_ON_HOME[each.counts]}. {_words(each)}"
        f" If that is not right, talk to {each.by_name}."
    )


def on_certificate(said: Sequence[Correction]) -> str:
    """For anybody who looks a certificate up: whether it counts, without the reason, in which others may be named.

    Empty where nothing was said of it, or where the last word is that it counts after all.
    """
    if not counts(said):
        return "it does not count."
    return "something about it is not right; the school can say what." if said and said[-1].counts is None else ""


# For the lead

CHOICES = {
    None: "Something about it is not right: a note beside it, and nothing else changes",
    False: "It does not count",
    True: "It counts after all",
}


def what_follows(kind: Kind, lesson: bool, first_name: str, lessons: Sequence[str], courses: Sequence[str]) -> str:
    """What else happens where an entry does not count. `lessons` and `courses` are the titles of what does not count with it."""
    if kind is Kind.SIGN_OFF:
        return f"Without it, the course waits for a sign-off again. {first_name} is asked for nothing."
    if kind is Kind.ACKNOWLEDGEMENT:
        asked = f"{first_name} is asked to read the policy again, unless a later version is acknowledged."
    elif lesson:
        asked = f"The lesson is open again for {first_name}, unless it was done another time too."
    else:
        theirs = f", with its lessons: {dates.listed(lessons, most=len(lessons))}" if lessons else ""
        asked = f"The course is open again for {first_name}{theirs}."
    rest = f" With it goes the completion of {dates.listed([f'“{each}”' for each in courses])}, which rests on it." if courses else ""
    return f"{asked}{rest}"


def done(now: bool | None, courses: Sequence[str], lessons: Sequence[str]) -> str:
    """What is said once it is kept."""
    if now is None:
        return "Kept. The note stands beside the entry."
    also, do = dates.listed([f"“{each}”" for each in (*courses, *lessons)]), "do" if len(courses) + len(lessons) > 1 else "does"
    if now:
        return f"Kept. It counts after all{f', and so {do} {also}' if also else ''}."
    return f"Kept. It does not count any more{f', nor {do} {also}' if also else ''}. It stays on record, struck through."


def meanwhile(who: str) -> str:
    """To a lead whose page had not shown the latest correction."""
    return (
        f"{who} corrected this entry after you had opened the page. What you wrote is still here: look at what stands now, and send"
        " it again if it still fits."
    )

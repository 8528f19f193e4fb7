"""First and last days, in words: for those whose days they are, and for whoever leads."""

from __future__ import annotations

from datetime import date

from ..rules.days_here import Fault, Shut, When, leaves_soon
from . import dates
from .numbers import counted

FAULTS = {
    Fault.TURNED_ROUND: "The last day is before the first. Write one that comes after it.",
    Fault.PAST: "That day is past already. Write today, or a day to come.",
}
ASK = "If that is wrong, ask your induction lead."
PAST_OF_SOMEBODY_HERE = "That day is past already. To end the account now, use the button under Leaving."


def not_signed_in(shut: Shut, today: date) -> str:
    """For somebody whose password fits, and whose day it is not."""
    if shut.when is When.BEFORE:
        return f"Your account opens on {dates.day(shut.day, today)}, your first day here. {ASK}"
    return f"Your last day here was {dates.day(shut.day, today)}, so your account is closed. What you did is kept. {ASK}"


def link_waits(first_day: date, today: date, *, lasts: bool) -> tuple[str, str, str]:
    """The page of a link before somebody's first day: title, words, what to do. `lasts`: it works until then, and longer."""
    when = dates.day(first_day, today)
    if not lasts:
        words = f"{when} is your first day here, and until then no password can be chosen."
        return f"Your account opens on {when}", words, f"On that day, open the invitation that you were sent. {ASK}"
    return (
        f"This link works from {when}",
        "That is your first day here. Keep the link: from then on it opens a page on which you choose a password.",
        "There is nothing to do until then. If the day is wrong, tell your induction lead.",
    )


def begins(first_day: date, today: date) -> str:
    """*begins on Monday 1 September*: of somebody in a list."""
    return f"begins on {dates.day(first_day, today)}"


def in_a_list(starts: date | None, ends: date | None, today: date) -> str:
    """*begins on Monday 1 September, leaves after Friday 4 September*; empty where neither is near."""
    words = [begins(starts, today)] if starts and starts > today else []
    if leaves_soon(ends, today) or (words and ends):
        words += [f"leaves after {dates.day(ends, today)}"] if ends else []
    return ", ".join(words)


def not_begun_yet(first: str, first_day: date, today: date) -> str:
    """Above the page of somebody whose first day is to come."""
    when = f"{dates.day(first_day, today)}, {dates.from_now(first_day, today)}"
    return f"{first} begins on {when}. Until then the account is closed, and nothing is overdue."


def last_day(day: date | None, today: date) -> tuple[str, str]:
    """*Friday 18 December*, *in 12 days*."""
    return (dates.day(day, today), dates.from_now(day, today)) if day else ("none", "")


def leaves(name: str, day: date, teachers: int, today: date) -> str:
    """*Max Adeyemi leaves after Friday 18 December, in 12 days, and mentors three teachers.*"""
    return f"{name} leaves after {dates.day(day, today)}, {dates.from_now(day, today)}, and mentors {counted(teachers, 'teacher')}."


def nobody_follows(follower_gone: str | None) -> str:
    """Where it is not said who follows; `follower_gone`: who was to, and has left."""
    if follower_gone:
        return f"{follower_gone} was to follow, and is no mentor here any more."
    return "Nobody is named to follow yet."


def follows(follower: str | None, day: date, today: date) -> str:
    """What was said of who follows."""
    after = f"after {dates.day(day, today)}"
    return f"{follower} mentors them {after}." if follower else f"Nobody mentors them {after}, until somebody is chosen."


def last_lead_stays(name: str, day: date, today: date) -> str:
    """Of the last lead, whose day is past, or is near."""
    if day < today:
        return f"{name}’s last day was {dates.day(day, today)}. The account stays open all the same: no other lead can sign in."
    return f"{name}’s last day is {dates.day(day, today)}, and no other lead can sign in. The account stays open until one can."


def away_for_a_term(names: list[str], count: int) -> str:
    """Of those who could have been here all of a term, and have something to do here or see how others do."""
    has = "has" if count == 1 else "have"
    return (
        f"{dates.listed(names, count)} {has} not signed in for a term, and can still do so."
        " End the account of whoever has left; write to the others."
    )

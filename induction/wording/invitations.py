"""Invitations and links for a new password, as a lead reads of them: until when, by whom, and why one isn't shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from ..rules.calendar import local
from .dates import day, day_and_clock, in_full, listed, recently
from .numbers import plural

YOU = "you"
THE_SERVER = "somebody on the server"
def begin(only_with: str) -> tuple[str, ...]:
    """On a slip of paper. `only_with`: with what teachers sign in, where with no password."""
    choose = "Choose a password: three or four words make a good one."
    return (
        "Point a phone’s camera at the square, or type the link.",
        f"Teachers sign in with {only_with}. Mentors and leads choose a password." if only_with else choose,
        "Begin. You can stop at any time, and go on later.",
    )


class Kind(StrEnum):
    INVITATION = "invitation"
    RESET = "link for a new password"

    @property
    def one(self) -> str:
        """*an invitation*"""
        return f"{'an' if self is Kind.INVITATION else 'a'} {self}"


def until(expires: datetime, now: datetime) -> str:
    """Until when a link works: the last whole day or, where less than a day is left, the hour."""
    today = local(now).date()
    if expires - now < timedelta(days=1):
        return day_and_clock(expires, today)
    return day(local(expires - timedelta(days=1)).date(), today)


def until_in_full(expires: datetime) -> str:
    """The last whole day on which a link works, for what is printed: *Friday 11 December 2026*."""
    return in_full(local(expires - timedelta(days=1)).date())


def made(by: str | None, at: datetime | None, now: datetime) -> str:
    """*by you, today*"""
    when = f", {recently(at, now)}" if at else ""
    return f"by {by or THE_SERVER}{when}"


def works(expires: datetime, now: datetime) -> str:
    """*works until Friday 11 December*"""
    return (
        f"works until {until(expires, now)}"
        if expires > now
        else f"over since {day_and_clock(expires, local(now).date())}"
    )


@dataclass(frozen=True, slots=True)
class Hidden:
    """A link that works and isn't shown: who made it, when, and until when it works."""

    by: str | None  # None: the command line
    at: datetime | None
    expires: datetime


def not_shown(kind: Kind, first: str, link: Hidden, now: datetime) -> str:
    """Why a link that works can't be shown, and what to do."""
    when = f" {_on(link.at, now)}" if link.at else ""
    works = f"It works until {until(link.expires, now)}."
    anew = f"a new {kind}, which ends it"
    if link.by == YOU:
        return f"You made it{when}, and it can’t be shown again. {works} If you have sent it, leave it. If not, make {anew}."
    if link.by is None:
        return f"{THE_SERVER.capitalize()} made it{when}, and it was shown there once. {works} If nobody has sent it, make {anew}."
    return (
        f"{link.by} made it{when}, and only {link.by} can be shown it. {works} If {first} has not got it, make {anew}."
    )


def over(kind: Kind, expires: datetime, now: datetime) -> str:
    return f"The {kind} was over on {day_and_clock(expires, local(now).date())}. Make a new one."


def left(name: str) -> str:
    return f"{name} has left, and has no link that works. Bring them back on their own page first."


def used(kind: Kind, first: str, chosen: datetime, now: datetime) -> str:
    """Somebody has a password since the link was made, and it ended with that."""
    return f"{first} chose a password {_on(chosen, now)}, so the {kind} has ended. There is nothing to send."


def none_open(kind: Kind, first: str, made_before: bool) -> str:
    """There is no link, and there is no password since one was made."""
    if made_before:
        return f"The {kind} from before has ended: {first} got another email, or was away. Make a new one."
    return f"There is no {kind} for {first} yet. Make one."


def no_link(kind: Kind, first: str, by: str | None, latest: Kind | None, at: datetime, now: datetime) -> str:
    """Why none was made, after a page that had not shown the latest one; `latest` is None where it is a password."""
    if latest is None:
        return f"No link was made: {first} chose a password {_on(at, now)}, after you had opened this page."
    return (
        f"No link was made, since {by or THE_SERVER} made {latest.one} for {first} {_on(at, now)}, after you had opened this page."
        f" If {first} has not got it, make {kind.one} now: it ends an earlier one."
    )


def _on(at: datetime, now: datetime) -> str:
    return f"on {day_and_clock(at, local(now).date())}"


# Many at once


def how_many(shown: int, hidden: int, none: int) -> str:
    """How those who are invited stand for a lead: whose link they can be shown, whose they can't, and who has none."""
    everybody = shown + hidden + none
    if not everybody:
        return "Everybody found here has chosen a password."
    said, alone = f"{_people(everybody)} {_have(everybody)} not chosen a password yet.", everybody == 1
    if everybody == shown:
        return f"{said} You have a link for {'them' if alone else 'each'}."
    if everybody == hidden:
        return f"{said} {'They have' if alone else 'Each has'} a link that you can’t be shown."
    if everybody == none:
        return f"{said} {'They have no' if alone else 'None has a'} link that works."
    parts = (
        (shown, f"you have a link for {shown:,}"),
        (hidden, f"{hidden:,} {_have(hidden)} one that you can’t be shown"),
        (none, f"{none:,} {_have(none)} none that works"),
    )
    rest = listed([words for count, words in parts if count])
    return f"{said} {rest[0].upper()}{rest[1:]}."


def shall_these_end(hidden: int) -> str:
    """Before links that work end because new ones are made."""
    if hidden == 1:
        return "One person has a link that works and that you can’t be shown. A new one ends it: send them the new one then."
    return f"{hidden:,} people have a link that works and that you can’t be shown. New ones end these: send them the new ones then."


def outcome(made: int, ended: int, left: int, until: str) -> str:
    """What came of making those that are missing."""
    keep = (
        f" {_people(left)} {'keeps' if left == 1 else 'keep'} the invitation that works and that you can’t be shown."
        if left
        else ""
    )
    if not made:
        return f"Nothing was made.{keep or ' You have a link for everybody here.'}"
    said = f"{made:,} {plural('invitation', made)} made, {'which works' if made == 1 else 'which work'} until {until}."
    if ended:
        said += f" {ended:,} earlier {'one has' if ended == 1 else 'ones have'} ended: send these people the new one."
    return said + keep


def _people(count: int) -> str:
    return "One person" if count == 1 else f"{count:,} people"


def _have(count: int) -> str:
    return "has" if count == 1 else "have"


def slips(here: int, everybody: int, sheet: int, sheets: int) -> str:
    """What a sheet of slips holds."""
    if sheets == 1:
        return f"{here} {plural('slip', here)}, by name."
    return f"Sheet {sheet} of {sheets}, by name: {here} of {everybody:,} slips. Print each sheet by itself."

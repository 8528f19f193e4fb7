"""What is done to many people at once: said before it is done, and after."""

from __future__ import annotations

from datetime import date

from ..rules.people_many import MOST, ManyDeed, Stays
from .dates import day, listed

STAYS = {
    Stays.SO_ALREADY: "stays: that is so already",
    Stays.OWN_MENTOR: "stays: nobody is their own mentor",
    Stays.HAS_LEFT: "stays: has left",
}
SHARED = (
    "What somebody has shared with their mentor was shared with that person alone. Whoever follows reads none of it, and"
    " can ask."
)


def people(count: int) -> str:
    """*1 person*, *38 people*."""
    return "1 person" if count == 1 else f"{count:,} people"


def title(deed: ManyDeed, count: int, hands_over: str = "") -> str:
    """`hands_over` is the mentor whose teachers they all are."""
    if hands_over:
        return f"Hand {hands_over}’s teachers to another"
    return {
        ManyDeed.MENTOR: f"Set the mentor of {people(count)}",
        ManyDeed.DUE: f"Set the date of {people(count)}",
        ManyDeed.COURSE: f"Set the course of {people(count)}",
        ManyDeed.END: f"End the account{'' if count == 1 else 's'} of {people(count)}",
    }[deed]


def button(deed: ManyDeed, count: int, to: str) -> str:
    """*Give 38 people Nia Rowlands as mentor*: what one press does. `to` is as a row says it."""
    who = people(count)
    match deed:
        case ManyDeed.MENTOR:
            return f"Give {who} {to} as mentor" if to else f"Take the mentor from {who}"
        case ManyDeed.DUE:
            return f"Set {to} for {who}" if to else f"Take the date from {who}"
        case ManyDeed.COURSE:
            return f"Give {who} this course"
        case ManyDeed.END:
            return f"End {'this account' if count == 1 else f'{count:,} accounts'}"


def done(deed: ManyDeed, count: int, to: str) -> str:
    """The same once it is done."""
    who, have = people(count), "has" if count == 1 else "have"
    match deed:
        case ManyDeed.MENTOR:
            return f"Done. {who} {have} {to or 'no mentor at present'}{' as mentor' if to else ''}."
        case ManyDeed.DUE:
            return f"Done. {who} {have} {f'until {to}' if to else 'no date'}."
        case ManyDeed.COURSE:
            return f"Done. {who} {'is' if count == 1 else 'are'} given: {to}."
        case ManyDeed.END:
            return f"Done. {who} can’t sign in any more. What they did stays on record. For a week each can be taken back on their page."


def due(when: date | None, today: date) -> str:
    return day(when, today) if when else "no date"


def meanwhile(names: list[str], who: list[str]) -> str:
    """Who of them was changed by whom, after they had been shown."""
    by = listed(list(dict.fromkeys(who)))
    return f"{by} changed {listed(names)} after you had opened this page. Look once more: it shows how they stand now."


def too_many(count: int) -> str:
    return f"That is {people(count)}. Choose at most {MOST:,} at once: narrow the list first."

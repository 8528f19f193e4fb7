"""Passkeys, in words: why one is not taken, and why a site has none."""

from __future__ import annotations

from datetime import date, datetime

from ..rules import calendar
from ..rules.passkeys import MOST, NoPasskeys, Place, Why
from . import dates


def refused(why: Why, place: Place) -> str:
    """What to do, for whoever has just tried."""
    return {
        Why.OLD: "The page had been open for more than five minutes, or this had been sent before. Press the button once more.",
        Why.ELSEWHERE: f"Your browser used it at another address. Open {place.origin} and try there.",
        Why.UNKNOWN: "It opens nothing here: it may have been removed, or belong to another account. Use your password, or "
        "another passkey.",
        Why.UNLOCKED: "Your device did not ask for your face, your finger or its PIN. Switch its lock on, then try again.",
        Why.UNREADABLE: "What your browser sent can’t be read as the answer of a passkey. Press the button once more.",
        Why.STOPPED: "It has been stopped, because there seems to be a copy of it: it opens nothing any more. Come in another way, "
        "remove it, and tell your induction lead.",
        Why.TAKEN: "It is here already. Look for it in your list.",
        Why.TOO_MANY: f"You have {MOST} passkeys here already. Remove one that you no longer use first.",
    }[why]


def none_here(why: NoPasskeys) -> str:
    """Why this site has no passkeys yet, and who changes that."""
    if why is NoPasskeys.NUMBER:
        reason = "A passkey is bound to a site’s name, and this site’s address is a bare number."
    else:
        reason = "Browsers have passkeys for addresses that begin with https, and this site’s doesn’t."
    return f"{reason} Whoever runs it sets INDUCTION_URL. Until then a code from an app does the same."


def detail(added: datetime, used: datetime | None, stopped: datetime | None, now: datetime) -> str:
    """*Added on Monday 2 November · last used today, 10.42 am*, beside its name."""
    words = f"Added on {dates.day(calendar.local(added).date(), _today(now))}"
    if stopped:
        day = dates.day(calendar.local(stopped).date(), _today(now))
        return f"{words} · stopped on {day}: it opens nothing, as there seems to be a copy of it"
    return f"{words} · {'last used ' + _moment(used, now) if used else 'not used yet'}"


def _moment(then: datetime, now: datetime) -> str:
    return f"{dates.recently(then, now)}, {dates.clock(then)}"


def _today(now: datetime) -> date:
    return calendar.local(now).date()

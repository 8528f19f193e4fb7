"""The register of approved accounts: how an account stands, and what is wrong with what a lead writes of one."""

from __future__ import annotations

from datetime import date

from ..rules.account_approval import AccountStatus, Need, Platform, Reason, last_review
from .dates import day, short_day

NOT_IN_USE = {
    Need.NOT_USED: "Our policy uses no approved accounts.",
    Need.NOT_CHOSEN: "The school has not decided yet whether to use approved accounts.",
}
IN_SHORT = {
    Reason.POLICY: "none are used here",
    Reason.OFF: "switched off",
    Reason.GONE: "somebody who looks after it has left",
    Reason.PAST: "review date passed",
    Reason.UNSIGNED: "waiting to be signed off",
}


def in_a_word(status: AccountStatus) -> str:
    return "Approved" if status.approved else "Not approved now"


def in_short(status: AccountStatus) -> str:
    """*switched off; review date passed*; nothing where it is approved."""
    return "; ".join(IN_SHORT[reason] for reason in status.reasons)


def why_not(status: AccountStatus, today: date) -> str:
    """Every reason in a sentence; nothing where it is approved."""
    return " ".join(_sentence(reason, status, today) for reason in status.reasons)


def _sentence(reason: Reason, status: AccountStatus, today: date) -> str:
    match reason:
        case Reason.POLICY:
            return NOT_IN_USE[status.need]
        case Reason.OFF:
            when, why = status.off or (today, "")
            return f"It was switched off on {day(when, today)} ({why.rstrip('.')})."
        case Reason.GONE:
            return f"{' and '.join(status.gone)} {'has' if len(status.gone) == 1 else 'have'} left."
        case Reason.PAST:
            return f"Its review date, {short_day(status.review_on, today)}, has passed."
        case Reason.UNSIGNED:
            return "It is waiting for the second signature."


def how_it_stands(status: AccountStatus, today: date) -> str:
    """What a lead is told after a change of it."""
    if status.approved:
        return f"It is approved until {day(status.review_on, today)}."
    return f"It is not approved yet. {why_not(status, today)}"


def switched_already(off: bool, before: bool) -> str:
    """To whoever switches an account that is so already. `before`: whether it was ever switched."""
    return f"It was {'switched off' if off else 'switched on again' if before else 'never switched off'} already"


def switched_for_another_reason(off: bool, by: str, why: str, written: str) -> str:
    """The same where somebody gave another reason, which stands."""
    return f"{switched_already(off, True)}, by {by} ({why.rstrip('.')}). What you wrote is not kept: “{written}”."


def age_fault(platform: Platform, youngest: int) -> str | None:
    """What is wrong with an audience for a platform, in a sentence that names both ages; None where nothing is."""
    if youngest >= platform.minimum_age:
        return None
    return (
        f"The youngest would be {youngest}, and {platform.name} asks for {platform.minimum_age} or older ({platform.source}). "
        "Choose an older audience or another platform."
    )


def review_fault(review_on: date, today: date) -> str | None:
    """What is wrong with a review date, in a sentence, or None: it lies within a year."""
    if review_on < today:
        return "That day has passed. Write a day within the coming year."
    last = last_review(today)
    if review_on > last:
        return f"That is more than a year away. Write a day up to {short_day(last, today)}."
    return None

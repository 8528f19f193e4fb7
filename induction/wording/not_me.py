"""What is said to somebody who says that a sign-in to their account was not they."""

from __future__ import annotations

from datetime import date, datetime

from ..rules.second_factor import WITH_A_PASSWORD, SessionWay
from .dates import day_and_clock
from .ways_in import with_what


def what(at: datetime, device: str, way: SessionWay, today: date, other: str = "") -> str:
    """*Friday 4 December, 10.42 am: with the password, in Chrome on Windows.*"""
    return f"{day_and_clock(at, today)}: {with_what(way, other)}{f', in {device}' if device else ''}."


def done(way: SessionWay, *, had_password: bool, mailed: bool, leads_told: bool, other: str = "") -> list[str]:
    """What was done, and what is left to do. `other`: what the other provider is called, where that is known."""
    told = "and your induction leads are told" if leads_told else "and it stands in your history"
    said = [f"You have been signed out of your account too, {told}."]
    said.append(
        "What was set up since that sign-in is gone: passkeys, an app for codes, recovery codes, accounts elsewhere. What was there"
        " before stays: once you are in again, look at “Your second step” and remove what is not with you."
    )
    if had_password and mailed:
        said.append(
            "Your password has ended. A link to choose a new one is on its way to your address; it works for an hour, and by “I have"
            " forgotten my password” at the sign-in you get another."
        )
    elif had_password:
        said.append("Your password has ended. Ask your induction lead for a link to choose a new one.")
    if way is SessionWay.PASSKEY:
        said.append("Whoever it was had a passkey of yours, so one of those that are there is not with you.")
    elif way not in WITH_A_PASSWORD:
        said.append(
            f"Whoever it was came in {with_what(way, other)}. So change your password there, too, and sign out everywhere there: otherwise"
            " they can come in again."
        )
    return said

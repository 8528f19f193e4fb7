"""What became of somebody's ways in, each in a sentence: for leads on a person's page, and for themselves."""

from __future__ import annotations

from datetime import date

from ..rules.sign_in_events import EventKind, ToldEvent
from .dates import day_and_clock
from .sentences import sentence
from .ways_in import WITH

THE_SERVER = "Somebody with access to the server"
BY_OTHERS = (  # of which the owner of an account is told on home
    EventKind.LINKED, EventKind.UNLINKED, EventKind.PASSKEY_REFUSED, EventKind.RESET_ASKED, EventKind.RESET_AGREED,
    EventKind.RESET_REFUSED, EventKind.RESET,
)  # fmt: skip


def said(event: ToldEvent) -> str:
    """*A passkey was added: my phone (Chrome on Windows).*"""
    who, where = event.by_name or THE_SERVER, f" ({event.device})" if event.device else ""
    about = f": {event.about}" if event.about else ""
    match event.what:
        case EventKind.LINKED:
            return f"An account elsewhere was linked{about}{where}."
        case EventKind.UNLINKED:
            return f"{who} took an account elsewhere away{about}."
        case EventKind.LET_IN:
            return f"{who} let them in, who had not been invited{about}{where}."
        case EventKind.NEW_DEVICE:
            return f"Somebody signed in {_with(event.about)}, where nobody had signed in to this account before{where}."
        case EventKind.NOT_ME:
            return f"They said that a sign-in {_with(event.about)} was not theirs{where}. Everybody was signed out, and the password ended."
        case EventKind.PASSKEY_ADDED:
            return f"A passkey was added{about}{where}."
        case EventKind.PASSKEY_REMOVED:
            return f"A passkey was removed{about}{where}."
        case EventKind.PASSKEY_REFUSED:
            return f"A passkey was refused and is worth nothing any more{about}{where}: its count went back, as a copy’s does."
        case EventKind.APP_ADDED:
            return f"An app for codes was set up{where}."
        case EventKind.APP_REMOVED:
            return f"The app for codes was removed{where}."
        case EventKind.CODES_MADE:
            return f"Recovery codes were made{where}. Those of before have ended."
        case EventKind.CODE_USED:
            return f"A recovery code was used{where}."
        case EventKind.WRONG_CODES:
            return f"Many wrong codes were tried after the password{where}."
        case EventKind.RESET_ASKED:
            return f"{who} asked that the second step be reset{_why(event.about)}."
        case EventKind.RESET_AGREED:
            return f"{who} agreed that the second step be reset{_why(event.about)}. It is gone."
        case EventKind.RESET_REFUSED:
            return f"{who} refused that the second step be reset{_why(event.about)}."
        case EventKind.RESET:
            return f"{who} reset the second step{_why(event.about)}. It is gone."


def told_lately(event: ToldEvent, today: date) -> str:
    """For the owner of an account, of what others did to their ways in, or somebody who had a link of theirs."""
    when, who = day_and_clock(event.at, today), event.by_name or THE_SERVER
    if event.what is EventKind.RESET_ASKED:
        done = f"{who} asked on {when} that your second step be reset{_why(event.about)}. A second lead has to agree."
    elif event.what is EventKind.RESET_REFUSED:
        done = f"{who} refused on {when} that your second step be reset."
    elif event.what in (EventKind.RESET_AGREED, EventKind.RESET):
        done = f"{who} reset your second step on {when}: passkeys, app and recovery codes of before are gone."
    elif event.what is EventKind.PASSKEY_REFUSED:
        done = f"A passkey of yours was refused on {when}, as a copy of it may be about."
    elif event.what is EventKind.UNLINKED:
        done = f"{who} took your account elsewhere away on {when}, so you don’t sign in by it any more."
    else:
        done = f"An account elsewhere was linked to yours on {when}: {event.about}."
    return f"{done} If you know nothing of that, tell another lead or the head."


def _with(about: str) -> str:
    """`about` is the way or, of a provider that was known by its name, what is said of it."""
    if about.startswith("with "):
        return about
    return next((words for way, words in WITH.items() if way.value == about), "by a way that was not kept")


def _why(about: str) -> str:
    return f": “{sentence(about)}”" if about else ""

"""The second step as it is said: what one has, from when on it is asked for, and why a code is not taken."""

from __future__ import annotations

from datetime import datetime

from ..rules.calendar import local
from ..rules.factor_codes import FEW, NoCode
from ..rules.sign_in_events import EventKind
from . import dates
from .letters import Letter, hello, paragraphs, whom_to_tell
from .numbers import plural

NOT_TAKEN = {
    NoCode.UNLIKE: "A code of your app is six figures; a recovery code is four groups of four signs.",
    NoCode.WRONG: "That code does not fit. Your app shows another every half minute, and a recovery code works once.",
    NoCode.USED: "That code was used already. Wait until your app shows the next one.",
}
NOT_SET_UP = {
    NoCode.UNLIKE: "Write the six figures that your app shows.",
    NoCode.WRONG: "That code does not fit. Type the one that the app shows now. If it still fails, see that the phone sets its clock by"
    " itself.",
}
STARTED_ANEW = "That was begun too long ago, or in another browser, so it begins anew: scan this square."
KEEP_ONE = "It is your only second step, and you have to have one. Set up a passkey or another app first; then this one can go."
SHOWN_BEFORE = "Recovery codes are shown once, and yours were. Those that you have kept work; if you have not kept them, make new ones."
NO_SECOND_STEP = "Recovery codes stand in for an app or a passkey. Set one up first."


def to_be_had_from(since: datetime, now: datetime) -> str:
    """One calm line while nobody has to have one yet."""
    return f"From {dates.day(local(since).date(), local(now).date())} on, signing in with your password asks for a second step too."


def without_one(count: int) -> str:
    """For leads: how many who see others' records rest on a password alone; empty where none does."""
    if not count:
        return ""
    who = "1 mentor or lead signs" if count == 1 else f"{count} mentors and leads sign"
    return f"{who} in with a password alone: without a second step yet."


def codes_left(count: int) -> str:
    """How many recovery codes there are."""
    if not count:
        return "You have no recovery codes."
    return f"You have {count} recovery {plural('code', count)} left."


def few_codes(count: int) -> str:
    """A kind warning where they run out; else empty."""
    if count > FEW:
        return ""
    return "Make new ones while you can still sign in, and put them where you will find them without your phone."


def what_is_lost(*, app: bool, passkey: bool) -> str:
    """*your phone*: without which a recovery code lets somebody in."""
    if not passkey:
        return "your phone"
    return "your phone or the device with your passkey" if app else "the device with your passkey"


def used_a_code(count: int) -> str:
    """Said after one was used."""
    return f"You used a recovery code; it works no more. {codes_left(count)} {few_codes(count)}".strip()


def password_ended(first_name: str, at: datetime, now: datetime, *, mailed: bool) -> str:
    """On the page of somebody who said that a sign-in was not theirs."""
    when = dates.day(local(at).date(), local(now).date())
    sent = "A link for a new one went to them." if mailed else "No link for a new one could be sent to them: make one."
    return f"{first_name}’s password ended on {when}, because {first_name} said that a sign-in was not theirs. {sent}"


def has_one(first_name: str) -> str:
    return f"{first_name} has one: signing in with the password asks for it."


def need_not(first_name: str) -> str:
    return f"{first_name} has none, and need not have one."


def has_none(first_name: str, since: datetime, now: datetime) -> str:
    """Of a mentor or a lead, on their page."""
    if since <= now:
        return f"{first_name} has none. It is set up at the next sign-in with the password, before anything else."
    return f"{first_name} has none yet. From {dates.day(local(since).date(), local(now).date())} on it is asked for."


ONES_OWN = "Is yours lost? Another lead asks on your page that it be reset, and a second one agrees."
NOT_ONES_OWN = "Another lead agrees or refuses, as it is yours. If you have not lost it, tell them."


def at_the_server(email: str) -> str:
    """Where there is no lead who could agree."""
    return (
        "Is it lost? There is no other lead who could agree to its reset, so whoever looks after the server does it:"
        f" `induction people reset-second-step {email}`"
    )


def waits_for_a_second(asked_by: str, at: datetime, until: datetime, now: datetime) -> str:
    last = dates.day(local(until).date(), local(now).date())
    return f"{asked_by} asked for it {dates.recently(at, now)}. A second lead agrees or refuses, until {last}."


def reset_asked(name: str) -> str:
    return f"Asked for. A second lead agrees that the second step of {name} be reset, or refuses, within a week."


def reset_agreed(name: str) -> str:
    return f"Done. The second step of {name} is reset; they set up another at their next sign-in with the password."


def reset_refused(name: str) -> str:
    return f"Refused. The second step of {name} stays as it is."


def reset_waits(name: str, asked_by: str, until: datetime, now: datetime) -> str:
    """On the overview of those leads who can answer."""
    last = dates.day(local(until).date(), local(now).date())
    return f"{asked_by} asks that the second step of {name} be reset. A second lead agrees or refuses, until {last}."


def nobody_but(with_one: int, leads: int) -> str:
    """How many leads have one, where that is too few to help each other out."""
    if leads == 1:
        return "The only lead has no second step."
    return f"{'Only 1' if with_one else 'None'} of {leads} leads has a second step, so they can’t help each other out where one is lost."


LEADS_HAVE_ONE = "Leads have a second step."
NOT_YET_ASKED = "Nobody has to have a second step yet."
LEADS_DO = "Each sets one up under My record, My second step: it takes two minutes."


# Letters

_BY_LETTER = {EventKind.CODE_USED: "used", EventKind.WRONG_CODES: "tried"}
_CHANGED = {  # but for a reset, which is told in a sentence of its own
    EventKind.WRONG_CODES: "Many wrong codes were given after your password",
    EventKind.APP_ADDED: "An app for codes was set up",
    EventKind.APP_REMOVED: "The app for codes was taken away",
    EventKind.PASSKEY_ADDED: "A passkey was added",
    EventKind.PASSKEY_REMOVED: "A passkey was taken away",
    EventKind.PASSKEY_REFUSED: "A passkey was refused, as it may have been copied",
    EventKind.CODES_MADE: "New recovery codes were made; the old ones have ended",
    EventKind.CODE_USED: "A recovery code was used",
}


def changed_letter(
    first_name: str, school: str, what: EventKind, device: str, at: datetime, address: str, about: str = "", left: int | None = None,
    *, to_a_lead: bool = False,
) -> Letter:  # fmt: skip
    """To whoever's second step was changed, so that they learn of it if it was not they."""
    when = dates.day_and_clock(at, local(at).date())
    named = f" ({about})" if about and what in (EventKind.PASSKEY_ADDED, EventKind.PASSKEY_REMOVED) else ""
    by = f", with {device}" if device else ""
    more = f" {codes_left(left)}" if left is not None else ""
    if what is EventKind.RESET:
        done = (
            f"On {when} the second step of your induction account was reset, and you were signed out everywhere. At your next sign-in"
            " with your password you are asked to set up another."
        )
    else:
        done = f"{_CHANGED[what]}{named} for your induction account on {when}{by}."
    if what is EventKind.WRONG_CODES:
        more = " They have not come in. But whoever tries codes knows your password."
    return Letter(
        f"Your second step at {school} was {_BY_LETTER.get(what, 'changed')}",
        paragraphs(
            hello(first_name),
            f"{done}{more}",
            f"If it was you, or you asked for it, there is nothing to do. If it was not, tell {whom_to_tell(to_a_lead=to_a_lead)} today,"
            f" and choose a new password here:\n{address}/forgotten",
            school,
        ),
    )


def reset_asked_letter(first_name: str, school: str, name: str, asked_by: str, until: datetime, at: datetime, address: str) -> Letter:
    """To the other leads, one of whom agrees or refuses. Why stands on the page alone."""
    last = dates.day(local(until).date(), local(at).date())
    return Letter(
        f"A second step is to be reset at {school}",
        paragraphs(
            hello(first_name),
            f"{asked_by} asks that the second step of {name} be reset, since it is lost. A second lead agrees or refuses, until {last}."
            f" Ask {name} yourself first, by telephone or in the corridor.",
            f"It waits here:\n{address}",
            school,
        ),
    )


def reset_of_yours_letter(first_name: str, school: str, asked_by: str, at: datetime) -> Letter:
    """To whom it is about."""
    when = dates.day_and_clock(at, local(at).date())
    return Letter(
        f"Your second step at {school} is to be reset",
        paragraphs(
            hello(first_name),
            f"{asked_by} asked on {when} that the second step of your induction account be reset. Nothing has changed yet: a second"
            " lead agrees or refuses.",
            f"If you have lost your phone and told them, there is nothing to do. If you have not, tell {asked_by} or another lead today.",
            school,
        ),
    )

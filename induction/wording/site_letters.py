"""The letters that the site posts by itself: their words, why one gets them, and what stands beneath."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from ..rules.calendar import local
from ..rules.letters import LetterKind
from ..rules.second_factor import SessionWay
from . import dates
from .invitations import until
from .letters import Letter, hello, no_new_password, open_it, paragraphs, whom_to_tell
from .ways_in import with_what

WHY = {
    LetterKind.INVITATION: "you were added to the school’s staff induction",
    LetterKind.NEW_PASSWORD: "somebody asked for a new password for your account",
    LetterKind.PASSWORD_CHANGED: "the password of your account was changed",
    LetterKind.NEW_DEVICE: "somebody signed in to your account",
    LetterKind.NOT_ME: "you are an induction lead",
    LetterKind.ADDRESS_CHANGED: "this was the address of your account until now",
    LetterKind.SECOND_STEP: "the second step of your account was changed, or is to be",
    LetterKind.FINISHED: "you are their mentor",
    LetterKind.NOTE: "you are an induction lead",
    LetterKind.SIGNATURE: "you are an induction lead",
    LetterKind.ACCOUNT_WAITS: "you are an induction lead",
    LetterKind.LET_IN: "you asked to come in, by signing in with your school’s account",
    LetterKind.HEAD: "a lead named you to keep the head of the chain of evidence",
    LetterKind.TEST: "you asked for it on the page about mail",
}
WHY_HALF_IN = "somebody gave the password of your account"  # and not the second step
WHY_A_WAY_IN = "a new way into your account was made"
TOO_LATE = "It could not be sent in time."
THEY_HAVE_LEFT = "Their account has ended."
OTHER_ADDRESS = "Their address was changed after it was written."
NO_LONGER_SO = "What it says is not so any more."
LINK_ENDED = "The link in it has ended: it was used, or a newer one was made."


@dataclass(frozen=True, slots=True)
class LinkFor:
    """What a letter with a personal link says."""

    first_name: str
    school: str
    link: str
    expires: datetime
    due: date | None
    sender: str  # the lead who made it; empty: nobody here
    now: datetime
    begins: date | None = None  # their first day, where that is to come
    only_with: str = ""  # with what they sign in, where no password opens anything for them

    @property
    def until(self) -> str:
        return until(self.expires, self.now)

    @property
    def if_ended(self) -> str:
        return self.ended_then("ask your induction lead")

    def ended_then(self, otherwise: str) -> str:
        """`otherwise`: what to do where there is nobody to write back to."""
        ask = "write back" if self.sender else otherwise
        return f"It works once, until {self.until}. If it has ended, {ask} and you’ll get another."


def invitation(about: LinkFor) -> Letter:
    """An invitation. Its link stands on a line of its own, so that nothing sticks to it."""
    today = local(about.now).date()
    by = f" It is to be done by {dates.day(about.due, today)}." if about.due else ""
    return Letter(
        f"Your staff induction at {about.school}",
        paragraphs(
            hello(about.first_name),
            f"{about.school} asks its staff to do an induction on professional boundaries online: lessons of a few"
            f" minutes, each with situations to think through. You can stop at any time and carry on where you left off.{by}",
            f"This link is yours alone. {open_it(dates.day(about.begins, today) if about.begins else '', about.only_with)}\n{about.link}",
            about.if_ended,
            about.sender or about.school,
        ),
    )


def way_in(about: LinkFor) -> Letter:
    """An invitation for somebody who can sign in already."""
    who = about.sender or "Somebody with access to the server"
    return Letter(
        f"A new way into your induction at {about.school}",
        paragraphs(
            hello(about.first_name),
            f"{who} made a link for you, by which you choose how you sign in from now on. Everything you have done is kept. The link"
            f" is yours alone:\n{about.link}",
            f"{about.if_ended} Until you use it, you sign in as before. If you know nothing of this, tell another lead or the head.",
            about.sender or about.school,
        ),
    )


def new_password(about: LinkFor, asked: bool, ended: bool = False) -> Letter:
    """A link for a new password; `asked`: whoever is at the sign-in page asked for it, and perhaps it was not they; `ended`:
    they have said that a sign-in was not they, so there is none.
    """
    if about.only_with:
        had = " The password of before has ended." if ended else ""
        return no_new_password(
            about.first_name, about.school, about.link, about.only_with, f"{about.if_ended}{had}", about.sender or about.school
        )
    not_you = "The password of before has ended: choose one that you use nowhere else." if ended else (
        "If it was not you who asked, do nothing: your password stays as it is."
        if asked
        else "If you did not ask for it, write back; until somebody uses it, your password stays as it is."
    )
    return Letter(
        f"A new password for your induction at {about.school}",
        paragraphs(
            hello(about.first_name),
            f"This link is yours alone. Open it and choose a new password; everything you have done is kept:\n{about.link}",
            f"{about.ended_then('choose “I have forgotten my password” at the sign-in')} {not_you}",
            about.sender or about.school,
        ),
    )


def password_changed(
    first_name: str, school: str, when: datetime, address: str, *, on_the_server: bool = False, to_a_lead: bool = False
) -> Letter:
    """To whoever has a new password, so that they learn of it if it was not they."""
    at = dates.day_and_clock(when, local(when).date())
    if on_the_server:
        done = (
            f"On {at} somebody with access to the server set a new password for your induction account. Everywhere you were signed in"
            " you have been signed out."
        )
    else:
        done = f"The password of your induction account was changed on {at}. Everywhere else you have been signed out."
    well = "If you asked for that" if on_the_server else "If it was you"
    return Letter(
        f"Your password at {school} was changed",
        paragraphs(
            hello(first_name),
            done,
            f"{well}, there is nothing to do. If not, tell {whom_to_tell(to_a_lead=to_a_lead)} today, and ask for a new one here:\n"
            f"{address}/forgotten",
            school,
        ),
    )


@dataclass(frozen=True, slots=True)
class SignedInNew:
    """A sign-in in a browser that was not known."""

    first_name: str
    school: str
    when: datetime
    device: str  # *Firefox on Windows*; empty where it is not known
    way: SessionWay
    half: bool  # the password was right, and the second step has not been given
    link: str  # by which they say that it was not they
    other: str = ""  # what the other provider is called, where that is known


def new_device(about: SignedInNew) -> Letter:
    """To whoever's account it is. Its link changes nothing by being opened."""
    when = dates.day_and_clock(about.when, local(about.when).date())
    where = f" in {about.device}" if about.device else ""
    if about.half:
        what = (
            f"On {when} somebody who knows your password gave it at the induction site{where}, where nobody had signed in to your"
            " account before. They were asked for your second step, and had not given it when this letter was written."
        )
    else:
        what = (
            f"On {when} somebody signed in to your induction account {with_what(about.way, about.other)}{where}, where nobody had"
            " signed in to it before."
        )
    return Letter(
        f"{'Your password was used' if about.half else 'You signed in'} on a new device at {about.school}",
        paragraphs(
            hello(about.first_name),
            f"{what} A browser counts as new, too, where its cookies were cleared or its window is a private one.",
            "If it was you, there is nothing to do. If it was not, open this link and say so: whoever it was is signed out and your"
            f" password ends.\n{about.link}",
            "The link works once, for thirty days. We never write to ask for a password.",
            about.school,
        ),
    )


def address_changed(first_name: str, school: str, by: str, now_at: str, when: datetime) -> Letter:
    """To the address that somebody's account had until now."""
    return Letter(
        f"Your address at the induction site of {school} was changed",
        paragraphs(
            hello(first_name),
            f"On {dates.day_and_clock(when, local(when).date())} {by} changed the address of your induction account to {now_at}."
            " Letters go there from now on, and so do links for a new password.",
            "If that is right, there is nothing to do. If it is not, tell another lead or the head today.",
            school,
        ),
    )


def not_me(first_name: str, school: str, name: str, when: datetime, address: str) -> Letter:
    """To a lead: somebody has said that a sign-in to their account was not they."""
    return Letter(
        f"{name} says that a sign-in was not theirs",
        paragraphs(
            hello(first_name),
            f"On {dates.day_and_clock(when, local(when).date())} {name} said that somebody else had signed in to their account."
            " Everybody was signed out of it, its password was ended, and a link for a new one went to their address.",
            "Have a word with them: whether others know the password, and whether they lost a phone or a computer. Who signed in"
            f" when stands here:\n{address}",
            school,
        ),
    )


def finished(first_name: str, school: str, teacher: str, course: str, done_on: date, address: str) -> Letter:
    """To a mentor, when one of their teachers has completed a course. `address` is of that teacher's page."""
    return Letter(
        f"{teacher} has completed {course}",
        paragraphs(
            hello(first_name),
            f"{teacher} completed *{course}* on {dates.day(done_on, done_on)}. A good moment for a short word with them: what was"
            " new, and what they will do differently.",
            f"What may be worth talking about stands here, and once you have talked you sign it off there:\n{address}",
            school,
        ),
    )


def note_waits(first_name: str, school: str, scenario: str, address: str) -> Letter:
    """To a lead, when somebody has said that a scenario is wrong. It says neither who nor what."""
    return Letter(
        "A note on a scenario waits for an answer",
        paragraphs(
            hello(first_name),
            f"Somebody has written a note on the scenario *{scenario}*. They were told that a lead reads it and answers.",
            f"It stands here:\n{address}",
            school,
        ),
    )


def signature_waits(first_name: str, school: str, account: str, address: str) -> Letter:
    """To the other leads, when a risk assessment waits for a second signature."""
    return Letter(
        "A risk assessment waits for a second signature",
        paragraphs(
            hello(first_name),
            f"The risk assessment of *{account}* was written or changed, and a second person signs it before it counts.",
            f"It stands here:\n{address}",
            school,
        ),
    )


def account_waits(first_name: str, school: str, address: str) -> Letter:
    """To a lead, when somebody of the school's own domain wants to come in whom nobody invited. It names nobody."""
    return Letter(
        "Somebody waits to be let in",
        paragraphs(
            hello(first_name),
            f"Somebody signed in with an account of {school}, and is not among the people of the induction. They were told that a"
            " lead looks at it; until then they see nothing.",
            f"Let them in, or say no, here:\n{address}",
            school,
        ),
    )


def let_in(first_name: str, school: str, label: str, address: str) -> Letter:
    """To whoever had not been invited: a lead has let them in. `label`: with what they sign in."""
    return Letter(
        f"You are let in to the induction of {school}",
        paragraphs(
            hello(first_name),
            f"An induction lead of {school} has let you in. Sign in with {label}, by the account with which you asked, and begin:"
            f"\n{address}/sign-in",
            "It is short lessons on professional boundaries online; you can stop at any time and carry on where you left off.",
            school,
        ),
    )


def test(first_name: str, school: str) -> Letter:
    """To see that mail works."""
    return Letter(
        f"A test from the induction site of {school}",
        paragraphs(
            hello(first_name),
            "Mail works: this letter was written by the induction site and taken by the school’s mail server.",
            "If it lay among the spam, ask whoever looks after the school’s mail to let letters from this sender through.",
            school,
        ),
    )


def foot(why: str, school: str, address: str) -> str:
    """What stands beneath each letter: why one gets it, and from where."""
    return f"You get this letter because {why}. It was sent by the induction site of {school}: {address}"



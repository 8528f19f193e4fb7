"""The letters that a lead or a mentor writes to staff, from their own mail program or, once there is mail, from here."""

from __future__ import annotations

from dataclasses import dataclass

from ..rules.induction import Induction
from . import dates
from .numbers import plural


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter to one or several people: its subject and its words, paragraphs parted by an empty line."""

    subject: str
    words: str


UNOPENED = (
    "You begin with the personal link that you were sent; it shows how you sign in. If it has ended or got lost, write"
    " back and you’ll get another."
)


def what_is_left(induction: Induction) -> str:
    """*4 lessons of 11 are left, and our policy to read: about 30 minutes.* Empty where nothing is."""
    lessons, left = len(induction.lessons), len(induction.left)
    if not left:
        return "What is left is to read our policy, and to say that you have." if induction.policy_left else ""
    said = f"{left} {plural('lesson', left)}"
    if left < lessons:
        said += f" of {lessons}"
    policy = ", and our policy to read" if induction.policy_left else ""
    return f"{said} {'is' if left == 1 else 'are'} left{policy}: {dates.minutes(induction.minutes_left)}."


def invitation(
    first_name: str, school: str, link: str, until: str, due: str, sender: str, begins: str = "",
    only_with: str = "",
) -> Letter:  # fmt: skip
    """The letter that a personal link goes out with.

    `until` is the last day on which the link works, *Saturday 12 December*; `due` the day by which the induction is to be
    done, and `begins` their first day where that is to come; empty where there is none. `only_with`: with what they sign in where
    no password opens anything for them, *Google*.
    """
    by = f" It is to be done by {due}." if due else ""
    return Letter(
        f"Your staff induction at {school}",
        paragraphs(
            hello(first_name),
            f"{school} asks its staff to do an induction on professional boundaries online: lessons of a few"
            f" minutes, each with situations to think through. You can stop at any time and carry on where you left off.{by}",
            f"This link is yours alone. {open_it(begins, only_with)}\n{link}",
            f"It works once, until {until}. If it has ended, tell me and I will send another.",
            sender,
        ),
    )


def open_it(begins: str, only_with: str = "") -> str:
    """What to do with an invitation, and from when on where that is not yet. `only_with`: with what, where with no password."""
    then = f"sign in there with {only_with}, and begin:" if only_with else "choose a password, and begin:"
    return f"From {begins} on, your first day, open it, {then}" if begins else f"Open it, {then}"


def new_password(first_name: str, school: str, link: str, until: str, sender: str) -> Letter:
    """The letter that a link for a new password goes out with. `until` is the last hour: *Saturday 28 November, 4.10 pm*."""
    return Letter(
        f"A new password for your induction at {school}",
        paragraphs(
            hello(first_name),
            f"This link is yours alone. Open it and choose a new password; everything you have done is kept:\n{link}",
            f"It works once, until {until}. If it has ended, tell me and I will send another. If you did not ask for it, tell me"
            " too; until somebody uses it, your password stays as it is.",
            sender,
        ),
    )


def no_new_password(first_name: str, school: str, link: str, only_with: str, if_ended: str, sender: str) -> Letter:
    """In the place of a link for a new password, where a password opens nothing for them: what does."""
    return Letter(
        f"Signing in to your induction at {school}",
        paragraphs(
            hello(first_name),
            f"You sign in with {only_with} here, and no password opens anything for you. This link leads there; everything you have done"
            f" is kept:\n{link}",
            f"{if_ended} If you can’t get in with {only_with}, ask for an invitation.",
            sender,
        ),
    )


def reminder(first_name: str, school: str, left: str, due: str, late: bool, address: str, sender: str) -> Letter:
    """A word to somebody whose induction is not done.

    `left` says what is left, as a sentence; `due` is the day, with how near it is, empty where there is none; `late` is
    whether that day is past. `address` is the site's, empty where they have not opened their invitation.
    """
    by = f" It {'was' if late else 'is'} to be done by {due}." if due else ""
    return Letter(
        f"Your induction at {school}",
        paragraphs(
            hello(first_name),
            f"A word about your induction. {left}{by}",
            f"Your induction is here:\n{address}" if address else UNOPENED,
            "If something is in the way, write back and we’ll find a time.",
            sender,
        ),
    )


def reminder_to_several(school: str, address: str, sender: str) -> Letter:
    """A word to several at once, each in blind copy: it names nobody and says of nobody how far they are."""
    return Letter(
        f"Your induction at {school}",
        paragraphs(
            "Hello,",
            "Your induction on professional boundaries online is not done yet. Everything you have answered is kept, and what"
            " is left stands on your first page, with how long it takes and by when.",
            f"Your induction is here:\n{address}",
            "If something is in the way, write back and we’ll find a time.",
            sender,
        ),
    )


def hello(first_name: str) -> str:
    return f"Hello {first_name},"


def whom_to_tell(*, to_a_lead: bool) -> str:
    """Whoever a letter sends somebody to who knows nothing of what it tells."""
    return "another lead or the head" if to_a_lead else "your induction lead"


def paragraphs(*each: str) -> str:
    """Paragraphs as a letter keeps them: parted by an empty line."""
    return "\n\n".join(each)

"""How the mail of the site is said: whether it works, how each letter stands, and what to do."""

from __future__ import annotations

from datetime import datetime

from ..rules.calendar import local
from ..rules.letters import LetterKind, LetterState
from .dates import clock, day_and_clock, recently
from .numbers import plural

NO_MAIL = (
    "This site has no mail server, so it sends nothing by itself. Invitations and new passwords go out as links that you copy,"
    " print or write from your own mail program, and so do reminders."
)
NO_MAIL_DO = (
    "For whoever looks after the server: set INDUCTION_SMTP to the school’s mail server and start the site again; the guide’s"
    " chapter Mail says how."
)
HELD = (
    "Letters are held back, but for those that warn somebody of what happens to their own account. They are written and wait; what"
    " gets too old meanwhile is not sent."
)
WORKS = "Mail works."
UNTRIED = "A mail server is set, and no letter has gone yet. Send yourself one to see whether it works."

KINDS = {
    LetterKind.INVITATION: "Invitation",
    LetterKind.NEW_PASSWORD: "Link for a new password",
    LetterKind.PASSWORD_CHANGED: "Password changed",
    LetterKind.NEW_DEVICE: "Signed in on a new device",
    LetterKind.NOT_ME: "A sign-in was not theirs",
    LetterKind.ADDRESS_CHANGED: "Another address",
    LetterKind.SECOND_STEP: "Second step",
    LetterKind.FINISHED: "A teacher has finished",
    LetterKind.NOTE: "A note waits",
    LetterKind.SIGNATURE: "A signature waits",
    LetterKind.ACCOUNT_WAITS: "An account waits",
    LetterKind.LET_IN: "Let in",
    LetterKind.REMINDER: "Reminder",
    LetterKind.REMINDED: "Teachers were reminded",
    LetterKind.DIGEST: "The week’s overview",
    LetterKind.HEAD: "Head of the chain of evidence",
    LetterKind.TEST: "Test",
}

STATES = {
    LetterState.WAITING: "Waiting",
    LetterState.CLAIMED: "Being sent",
    LetterState.POSTING: "Being sent",
    LetterState.SENT: "Sent",
    LetterState.REFUSED: "Refused",
    LetterState.UNSURE: "Perhaps sent",
    LetterState.DROPPED: "Not sent",
}


def not_again(state: LetterState) -> str:
    """Why a letter is not sent again."""
    if state in (LetterState.WAITING, LetterState.CLAIMED, LetterState.POSTING):
        return "That letter is waiting to go already. Nothing more was changed."
    if state is LetterState.SENT:
        return "That letter was sent meanwhile. Nothing more was changed."
    return "That letter can’t be sent again: its time is over."


def how_mail_is(sent_at: datetime | None, now: datetime) -> str:
    """*Mail works. The last letter went today.*"""
    return f"{WORKS} The last letter went {recently(sent_at, now)}." if sent_at else UNTRIED


def trouble(said: str, since: datetime, next_try: datetime | None, now: datetime) -> str:
    """That the mail server can't be used, since when, and when it is tried again."""
    again = f" It is tried again at {clock(next_try)}." if next_try and next_try > now else " It is tried again in a moment."
    began = day_and_clock(since, local(now).date())
    return f"The mail server could not be used since {began}. It says, or what went wrong is: {said}.{again}"


def what_to_do(said: str) -> str:
    """What to do about what a mail server said, or what went wrong on the way to it."""
    words, code = said.casefold(), said[:3]
    if "refuses the name or the password" in words or code in ("530", "534", "535", "538"):
        return (
            "See that name and password in INDUCTION_SMTP are right, and that the mailbox may send by SMTP with a password:"
            " Microsoft 365 and Google allow that only where somebody has switched it on."
        )
    if "certificate" in words:
        return "The mail server’s certificate has to be renewed, or INDUCTION_SMTP names it by another name than the certificate does."
    if "starttls" in words:
        return "Use smtps:// and port 465 in INDUCTION_SMTP, or another port of the server that offers STARTTLS."
    if "can't be reached" in words or "did not answer" in words or "no such name" in words:
        return (
            "See that the name and the port in INDUCTION_SMTP are right, that the mail server runs, and that this machine may"
            " reach it: the service as shipped reaches nothing else until the guide’s chapter Mail is followed."
        )
    if code in ("550", "551", "553") or "address" in words:
        return (
            "Look whether the address is right, on their page; one that is changed there is used at once. Where it is right, send"
            " the letter again: that tries the address anew."
        )
    if code[:1] == "4":
        return "The server asks to come back later, and the site does, with growing waits."
    return "Show these words to whoever looks after the school’s mail."


def state(letter_state: LetterState, tries: int, done_at: datetime | None, not_before: datetime, now: datetime) -> str:
    """How one letter stands: *Sent today, 10.42 am*, *Waiting, next try at 10.50 am, tried twice*."""
    word = STATES[letter_state]
    if done_at is not None:
        return f"{word} {recently(done_at, now)}, {clock(done_at)}"
    if letter_state is LetterState.WAITING:
        when = f" until {day_and_clock(not_before, local(now).date())}" if not_before > now else ""
        return f"{word}{when}{f', tried {times(tries)}' if tries else ''}"
    return word


def times(count: int) -> str:
    """*once*, *twice*, *3 times*."""
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def outbox(waiting: int, refused: int, unsure: int) -> str:
    """*3 letters wait, 1 was refused.*"""
    said = [f"{waiting} {plural('letter', waiting)} {'waits' if waiting == 1 else 'wait'}"] if waiting else []
    if refused:
        said.append(f"{refused} {'was' if refused == 1 else 'were'} refused")
    if unsure:
        said.append(f"of {unsure} nobody knows whether {'it' if unsure == 1 else 'they'} arrived")
    if not said:
        return "No letter waits, and none was refused."
    words = ", ".join(said)
    return f"{words[0].upper()}{words[1:]}."


def on_its_way(email: str, letter_state: LetterState, done_at: datetime | None, said: str, held: bool, now: datetime) -> str:
    """Of the letter with a link, on the page that shows the link."""
    if letter_state is LetterState.SENT and done_at:
        return f"A letter with it was sent to {email} {recently(done_at, now)}, {clock(done_at)}."
    if letter_state is LetterState.REFUSED:
        return f"The letter with it to {email} was refused by the mail server: {said}."
    if letter_state is LetterState.UNSURE:
        return f"A letter with it to {email} was perhaps sent; the program was stopped, or the line broke, at that moment."
    if letter_state is LetterState.DROPPED:
        return f"The letter with it to {email} was not sent. {said}"
    if held:
        return f"A letter with it to {email} is written and held back, like all letters at present."
    return f"A letter with it is on its way to {email}."


def address_refused(first_name: str, said: str) -> str:
    """Of an address that the mail server has refused, on the page of whose it is."""
    return f"The mail server refuses {first_name}’s address: {said}. Nothing more is sent there until it is changed."

"""The letters' own round: what can go is claimed, asked whether it is still wanted, and posted.

A letter is marked before its words go out, so that it is never posted twice: whoever is stopped in between leaves it unsure,
and a lead decides. One on which the mail server breaks down, or that it refuses, holds up no other.
"""

from __future__ import annotations

import logging
import re
import secrets
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from ..records.people import days_here, one_time_links, people
from ..records.people.people import Person
from ..records.school import outbox, post_office, school
from ..records.school.outbox import Letter
from ..records.store.database import Database, transaction
from ..rules.days_here import When
from ..rules.letters import WAITS, WARN, LetterKind, LetterState, wait_after
from ..wording import letter_html
from ..wording import site_letters as wording
from . import letters

log = logging.getLogger("induction.letters")

AT_ONCE = 20  # claimed and posted over one connection
UNDER_WAY = timedelta(minutes=10)  # a claim older than this is of somebody who was stopped
ADDRESS = re.compile(r"[^\s<>@]+@[^\s<>@]+")  # none goes into a log


class MailFault(Exception):
    """The mail server could not be used, or did not take a letter. `said` is what it said, or what went wrong."""

    def __init__(self, said: str) -> None:
        super().__init__(said)
        self.said = said


class NoServer(MailFault):
    """It can't be used at present, for no letter. No words have gone out, or it has said that it did not take them.

    `on_letter`: it broke down once it was told of this letter, and perhaps because of it.
    """

    def __init__(self, said: str, on_letter: bool = False) -> None:
        super().__init__(said)
        self.on_letter = on_letter


class NotNow(MailFault):
    """It doesn't take this letter at present (4xx)."""


class Refused(MailFault):
    """It doesn't take this letter (5xx). `address`: it is the address that it refuses."""

    def __init__(self, said: str, address: bool = False) -> None:
        super().__init__(said)
        self.address = address


class Unsure(MailFault):
    """The line broke after the words had gone out."""


@dataclass(frozen=True, slots=True)
class Message:
    """A letter as it goes out."""

    id: str  # the same for each try, so that a mail program can tell a copy
    to: str
    school: str
    reply_to: str
    subject: str
    text: str
    html: str


class Line(Protocol):
    """An open line to the mail server."""

    def post(self, message: Message, at: datetime, about_to: Callable[[], bool]) -> str | None:
        """Post a letter; what the server said. `about_to` is asked when nothing but the words is left; where it says no, none go
        out, and None comes back.

        Raises NotNow, Refused, NoServer, Unsure.
        """
        ...


Dial = Callable[[], AbstractContextManager[Line]]  # raises NoServer


@dataclass(slots=True)
class Delivery:
    """What came of a round."""

    sent: int = 0
    waiting: int = 0  # tried, and to be tried again
    refused: int = 0
    unsure: int = 0
    dropped: int = 0
    trouble: str = ""  # why the server could not be used


@dataclass(frozen=True, slots=True)
class Round:
    """What a round of posting needs to know."""

    db: Database
    dial: Dial
    clock: Callable[[], datetime]
    wanted: Callable[[Letter], str]  # why a letter is not wanted any more; nothing where it is
    stopping: Callable[[], bool] = lambda: False  # whether to end after the letter in hand


def put_in_order(db: Database, now: datetime, at_start: bool = False) -> None:
    """See to what whoever was stopped has left under way, and forget what is too old.

    `at_start`: of a server, which has stopped before that, so that nothing waits for ten minutes; `send-mail` may be at work.
    """
    with transaction(db):
        outbox.put_in_order(db, None if at_start else UNDER_WAY, now)


def deliver(walk: Round) -> Delivery:
    """Post what can go, and say what came of it."""
    db, done = walk.db, Delivery()
    now = walk.clock()
    if not outbox.something_to_do(db, UNDER_WAY, now):
        return done
    put_in_order(db, now)
    letters.answer_requests(db, now)
    while not (done.trouble or walk.stopping()) and (batch := _claimed(db, walk.clock())):
        _post(walk, batch, done)
    return done


def _claimed(db: Database, now: datetime) -> list[Letter]:
    state = post_office.look(db)
    if not state.open or (state.next_try and now < state.next_try <= now + WAITS[-1]):  # later: the clock was put back
        return []
    with transaction(db):
        return outbox.claim(db, secrets.token_hex(16), now + UNDER_WAY, AT_ONCE, now, WARN if state.held else None)


def _post(walk: Round, batch: list[Letter], done: Delivery) -> None:
    """Post what was claimed. What is not offered to the server waits as before."""
    left = list(batch)
    try:
        while left and _dropped(walk, left[0], done):
            left.pop(0)
        if not left:
            return
        with walk.dial() as line:
            while left and not walk.stopping():
                letter = left.pop(0)  # from here on its state alone says what becomes of it
                if not _dropped(walk, letter, done):
                    _post_one(walk, line, letter, done)
    except NoServer as fault:
        done.trouble = fault.said
        done.waiting += len(left)
        _note_trouble(walk, fault)
    finally:
        if left:
            with transaction(walk.db):
                for each in left:
                    outbox.lay_back(walk.db, each)


def _note_trouble(walk: Round, fault: NoServer) -> None:
    """Where it broke down on one letter, that letter waits ever longer, and others are tried soon."""
    now, said = walk.clock(), fault.said
    with transaction(walk.db):
        again = now + wait_after(1 if fault.on_letter else post_office.look(walk.db).failures + 1)
        post_office.failed(walk.db, said, again, now)
    log.error("The mail server can't be used: %s. Tried again at %s", ADDRESS.sub("…@…", said), f"{again:%Y-%m-%dT%H:%MZ}")


def _dropped(walk: Round, letter: Letter, done: Delivery) -> bool:
    """Whether it does not go: nobody wants it any more, or its address was refused before."""
    if why := _gone(walk.db, letter, walk.clock()) or walk.wanted(letter):
        state = LetterState.DROPPED
        done.dropped += 1
    elif why := outbox.refused_addresses(walk.db, [letter.email]).get(letter.email, ""):
        state = LetterState.REFUSED
        done.refused += 1
    else:
        return False
    with transaction(walk.db):
        outbox.ended(walk.db, letter, state, why, walk.clock())
    return True


def _gone(db: Database, letter: Letter, now: datetime) -> str:
    """Why a letter is not wanted any more, whatever it is about; empty where it is."""
    if letter.not_after < now:
        return wording.TOO_LATE
    person = people.find(db, letter.person_id) if letter.person_id is not None else None
    if person is None or not person.active or _has_left_by(db, person, now):
        return wording.THEY_HAVE_LEFT
    if person.email != letter.email and letter.kind is not LetterKind.ADDRESS_CHANGED:
        return wording.OTHER_ADDRESS
    if kind := letters.LINKS.get(letter.kind):
        link = one_time_links.kept(db, kind, [person.id]).get(person.id)
        brings = link is not None and link.works(now) and letters.brings_link(letter.key, kind, link.way)
        if not brings or not letters.whole_words(db, letter):
            return wording.LINK_ENDED
    return ""


def _has_left_by(db: Database, person: Person, now: datetime) -> bool:
    """Whether their last day is past, though the account has not ended yet."""
    shut = days_here.shut(db, person, now)
    return shut is not None and shut.when is When.AFTER


def _post_one(walk: Round, line: Line, letter: Letter, done: Delivery) -> None:
    """Raises NoServer, with the letter waiting again."""
    db, clock = walk.db, walk.clock

    def about_to() -> bool:
        with transaction(db):
            return outbox.posting(db, letter, clock() + UNDER_WAY)

    words = letters.whole_words(db, letter)
    message = _message(letter, words, school.called(db), post_office.look(db).address, school.key(db))
    try:
        said = line.post(message, clock(), about_to)
    except NotNow as fault:
        _wait(walk, letter, fault, done)
    except NoServer as fault:
        if fault.on_letter:
            _wait(walk, letter, fault, done)
        else:
            done.waiting += 1
            with transaction(db):
                outbox.lay_back(db, letter)
        raise
    except Refused as fault:
        with transaction(db):
            outbox.ended(db, letter, LetterState.REFUSED, fault.said, clock())
            if fault.address:
                outbox.refuse_address(db, letter.email, fault.said, clock())
        done.refused += 1
        log.warning("Letter %s was refused by the mail server", letter.id)
    except Unsure as fault:
        with transaction(db):
            outbox.ended(db, letter, LetterState.UNSURE, fault.said, clock())
        done.unsure += 1
        log.warning("Letter %s: the line broke while it was being posted", letter.id)
    else:
        if said is not None:
            with transaction(db):
                outbox.sent(db, letter, said, clock())
                post_office.worked(db, clock())
            done.sent += 1


def _wait(walk: Round, letter: Letter, fault: MailFault, done: Delivery) -> None:
    done.waiting += 1
    with transaction(walk.db):
        outbox.later(walk.db, letter, walk.clock() + wait_after(letter.tries), fault.said)


def _message(letter: Letter, words: str, name: str, address: str, key: str) -> Message:
    foot = wording.foot(letter.why, name, address)
    return Message(
        f"{letter.id}.{key[:16]}", letter.email, name, letter.reply_to, letter.subject,
        f"{letter_html.as_text(words)}\n\n-- \n{foot}\n", letter_html.as_html(letter.subject, words, foot),
    )  # fmt: skip

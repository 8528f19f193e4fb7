"""Letters that the site posts by itself: written in the change of the fact that they tell of, posted by a round of their own.

A letter is claimed before it is posted, and marked before its words go out, so that it is never posted twice: whoever is
stopped in between leaves it unsure, and a lead decides. It is asked whether it is still wanted before each try.
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
from ..records.people.one_time_links import LinkKind
from ..records.people.people import Person
from ..records.school import outbox, post_office, school
from ..records.school.outbox import Envelope, Letter
from ..records.school.post_office import Office
from ..records.store.database import Database, transaction
from ..rules.acts import Act, What
from ..rules.calendar import local
from ..rules.days_here import When
from ..rules.letters import KEPT_TRYING, WAITS, LetterKind, LetterState, may_answer_request, wait_after
from ..wording import letter_html
from ..wording import site_letters as wording
from ..wording.letters import Letter as Words
from . import acts, school_days

log = logging.getLogger("induction.letters")

AT_ONCE = 20  # claimed and posted over one connection
UNDER_WAY = timedelta(minutes=10)  # a claim older than this is of somebody who was stopped
SHORTEST = timedelta(minutes=1)  # that a letter may be tried for
ANSWERED = timedelta(hours=1)  # a request for a new password that is older was made to a site that slept
ADDRESS = re.compile(r"[^\s<>@]+@[^\s<>@]+")  # none goes into a log
LINKS = {LetterKind.INVITATION: LinkKind.INVITATION, LetterKind.NEW_PASSWORD: LinkKind.RESET}  # the letters with a personal one


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


def office(db: Database) -> Office:
    """Whether the school has mail, and by which address its links begin."""
    return post_office.look(db)


def set_up_office(db: Database, address: str, open: bool) -> None:
    """At the start of a site: what letters have to know of it."""
    now = post_office.look(db)
    if (now.address, now.open) != (address, open) or now.failures:
        with transaction(db):
            post_office.set_up(db, address, open)


def open_office(db: Database, address: str) -> None:
    """At a command with a mail server set: letters are written, though no site was started with it yet."""
    if not post_office.look(db).open:
        set_up_office(db, address, open=True)


def put(
    db: Database, kind: LetterKind, person: Person, letter: Words, *, key: str, why: str, now: datetime,
    reply_to: str = "", not_before: datetime | None = None, not_after: datetime | None = None,
) -> bool:  # fmt: skip
    """Inside the change of the fact that it tells of: write a letter to somebody.

    False, and nothing written, where the school has no mail, they have left, or one with this key was written before. `why`
    says, as a sentence, why one gets it. It goes from `not_before` to `not_after`; left out: from now on, for three days.
    """
    if not person.active or not post_office.look(db).open:
        return False
    begins = max(not_before or now, now)
    ends = max(not_after or begins + KEPT_TRYING, begins + SHORTEST)
    subject = " ".join(letter.subject.split())  # a name may hold signs that end a line
    return outbox.put(db, Envelope(kind, person.id, person.email, key, subject, letter.words, why, begins, ends, reply_to), now)


def put_test(db: Database, person: Person, now: datetime) -> bool:
    """A letter to whoever asks for one, to see that mail works."""
    with transaction(db):
        letter = wording.test(person.name.split()[0], school.called(db))
        why = wording.WHY[LetterKind.TEST]
        written = put(db, LetterKind.TEST, person, letter, key=f"test {person.id} {now.isoformat()}", why=why, now=now)
        if written:
            acts.note(db, Act(What.TEST_LETTER, person.id, now))
        return written


def hold(db: Database, held: bool, *, by: int, now: datetime) -> bool:
    """Hold all letters back, or let them go; False where it stands so already."""
    with transaction(db):
        if post_office.look(db).held is held:
            return False
        post_office.hold(db, held)
        acts.note(db, Act(What.LETTERS_HELD if held else What.LETTERS_LET_GO, by, now))
        return True


def send_again(db: Database, letter_id: int, *, by: int, now: datetime) -> bool:
    """Post a letter once more that was refused, or of which it is unsure whether it arrived; False where that can't be done.

    An address that was refused is tried again too.
    """
    with transaction(db):
        letter = outbox.find(db, letter_id)
        if letter is None or not outbox.again(db, letter_id, now):
            return False
        acts.note(db, Act(What.LETTER_AGAIN, by, now, letter.person_id, about=letter.subject))
        outbox.try_address(db, letter.email)
        post_office.try_now(db)
        return True


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
    _answer_requests(db, now)
    while not (done.trouble or walk.stopping()) and (batch := _claimed(db, walk.clock())):
        _post(walk, batch, done)
    return done


def _claimed(db: Database, now: datetime) -> list[Letter]:
    state = post_office.look(db)
    if not state.open or state.held or (state.next_try and now < state.next_try <= now + WAITS[-1]):  # later: the clock was put back
        return []
    with transaction(db):
        return outbox.claim(db, secrets.token_hex(16), now + UNDER_WAY, AT_ONCE, now)


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
    if person.email != letter.email:
        return wording.OTHER_ADDRESS
    if kind := LINKS.get(letter.kind):
        link = one_time_links.kept(db, kind, [person.id]).get(person.id)
        if link is None or not link.works(now) or letter.key != _key_of_link(kind, link.way):
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

    message = _message(letter, school.called(db), post_office.look(db).address, school.key(db))
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


def _message(letter: Letter, name: str, address: str, key: str) -> Message:
    foot = wording.foot(letter.why, name, address)
    words = letter.words or ""
    return Message(
        f"{letter.id}.{key[:16]}", letter.email, name, letter.reply_to, letter.subject,
        f"{letter_html.as_text(words)}\n\n-- \n{foot}\n", letter_html.as_html(letter.subject, words, foot),
    )  # fmt: skip


# What somebody is told of


def put_password_changed(db: Database, person: Person, now: datetime) -> None:
    """Inside the change that kept a new password: tell whose it is."""
    letter = wording.password_changed(person.name.split()[0], school.called(db), now, post_office.look(db).address)
    kind = LetterKind.PASSWORD_CHANGED
    put(db, kind, person, letter, key=f"password {person.id} {now.isoformat()}", why=wording.WHY[kind], now=now)


def put_finished(db: Database, person_id: int, course: str, now: datetime) -> None:
    """Inside the change that completed a course: tell their mentor, on the next day and hour for letters."""
    teacher = people.find(db, person_id)
    mentor = people.find(db, teacher.mentor_id) if teacher and teacher.mentor_id else None
    if teacher is None or mentor is None:
        return
    address = f"{post_office.look(db).address}/mentor/{person_id}"
    letter = wording.finished(mentor.name.split()[0], school.called(db), teacher.name, course, local(now).date(), address)
    _put_in_the_day(db, LetterKind.FINISHED, mentor, letter, f"{person_id} {now.isoformat()}", now)


def put_note_waits(db: Database, note: str, scenario: str, now: datetime) -> None:
    """Inside the change that kept a note on a scenario: tell the leads. `note` is what tells it from others."""
    address = f"{post_office.look(db).address}/school/notes"
    for lead in people.leads(db):
        letter = wording.note_waits(lead.name.split()[0], school.called(db), scenario, address)
        _put_in_the_day(db, LetterKind.NOTE, lead, letter, f"{note} to {lead.id}", now)


def put_signature_waits(db: Database, account_id: int, account: str, *, by: int, now: datetime) -> None:
    """Inside the change that wrote a risk assessment: tell the leads who may sign it, on the next day and hour for letters."""
    address = f"{post_office.look(db).address}/school/policy/accounts/{account_id}"
    for lead in people.leads(db):
        if lead.id != by:
            letter = wording.signature_waits(lead.name.split()[0], school.called(db), account, address)
            _put_in_the_day(db, LetterKind.SIGNATURE, lead, letter, f"{account_id} {now.isoformat()} to {lead.id}", now)


def _put_in_the_day(db: Database, kind: LetterKind, person: Person, letter: Words, about: str, now: datetime) -> None:
    goes = school_days.sending_days(db, school.details(db).nation).next_open(now)
    put(db, kind, person, letter, key=f"{kind} {about}", why=wording.WHY[kind], now=now, not_before=goes)


# Links


def _key_of_link(kind: LinkKind, way: int) -> str:
    return f"{kind.value} {way}"


def put_link(
    db: Database, person: Person, kind: LinkKind, token: str, *, by: int | None, now: datetime, asked: bool = False
) -> bool:
    """Inside the change that made a link: write the letter with it. False where the school has no mail.

    `asked`: they have asked for it themselves, at sign-in.
    """
    state = post_office.look(db)
    if not state.open:
        return False
    made = one_time_links.kept(db, kind, [person.id])[person.id]
    maker = people.find(db, by) if by is not None else None
    link = f"{state.address}/{kind.value}/{token}"
    sender = maker.name if maker else ""
    begins = person.starts if person.starts and person.starts > local(now).date() else None
    about = wording.LinkFor(person.name.split()[0], school.called(db), link, made.expires_at, person.due, sender, now, begins)
    if kind is LinkKind.INVITATION:
        letter, letter_kind = wording.invitation(about), LetterKind.INVITATION
    else:
        letter, letter_kind = wording.new_password(about, asked), LetterKind.NEW_PASSWORD
    return put(
        db, letter_kind, person, letter, key=_key_of_link(kind, made.way), why=wording.WHY[letter_kind], now=now,
        reply_to=maker.email if maker else "", not_after=made.expires_at,
    )  # fmt: skip


def letter_with(db: Database, kind: LinkKind, way: int) -> Letter | None:
    """The letter that a link went out with, where there is one; `way` is the number of the way in that it is."""
    return outbox.with_key(db, _key_of_link(kind, way))


def ask_for_password(db: Database, email: str, now: datetime) -> None:
    """Somebody asks at sign-in for a new password: kept, whoever it is, and answered by the letters' own round."""
    with transaction(db):
        outbox.ask_for_password(db, email, now)


def _answer_requests(db: Database, now: datetime) -> None:
    """Those who have an account here get a link: for a new password, or the invitation anew where they never had one."""
    with transaction(db):
        asked, state = outbox.take_requests(db, now - ANSWERED), post_office.look(db)
        for email in dict.fromkeys(asked):
            person = people.by_email(db, email)
            if person is None or not person.active or not state.open:
                continue
            kind = LinkKind.RESET if person.has_password else LinkKind.INVITATION
            letter_kind = LetterKind.NEW_PASSWORD if person.has_password else LetterKind.INVITATION
            if not may_answer_request(outbox.written(db, person.id, letter_kind, now - timedelta(hours=1)), now):
                continue
            token = one_time_links.make(db, kind, person.id, now, by=person.id)
            put_link(db, person, kind, token, by=None, now=now, asked=True)

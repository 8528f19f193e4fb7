"""Letters that the site posts by itself: written in the change of the fact that they tell of. How they go: posting.py."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from ..records.people import history, one_time_links, people
from ..records.people.one_time_links import LinkKind
from ..records.people.people import Person
from ..records.school import outbox, post_office, school
from ..records.school.outbox import Envelope, Letter
from ..records.school.post_office import Office
from ..records.store.database import Database, transaction
from ..rules.acts import Act, What
from ..rules.calendar import local
from ..rules.letters import KEPT_TRYING, LetterKind, may_write_another
from ..rules.roles import Role
from ..wording import mail
from ..wording import site_letters as wording
from ..wording.history import ON_THE_SERVER
from ..wording.letters import Letter as Words
from . import acts, school_days, sign_in_rules

SHORTEST = timedelta(minutes=1)  # that a letter may be tried for
ONE_TEST = timedelta(minutes=1)  # asked for twice within it, one test letter is written
ANSWERED = timedelta(hours=1)  # a request for a new password that is older was made to a site that slept
ITS_TOKEN = "\ufffc"  # where the token of a link stands in words that wait: it is derived as they go out, and is in no backup
WAITING_PAGE = "/school/sign-in/waiting"  # where leads let in who waits
WORKS_YET = timedelta(minutes=30)  # that a link is to work when it is posted once more
LINKS = {LetterKind.INVITATION: LinkKind.INVITATION, LetterKind.NEW_PASSWORD: LinkKind.RESET}  # the letters with a personal one


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
    """A letter to whoever asks for one, to see that mail works; False where one was written to them within a minute."""
    with transaction(db):
        if any(at <= now for at in outbox.written(db, person.id, LetterKind.TEST, now - ONE_TEST)):
            return False
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
        acts.note(db, Act(What.LETTER_AGAIN, by, now, letter.person_id, about=mail.KINDS[letter.kind]))  # a subject may name others
        outbox.try_address(db, letter.email)
        post_office.try_now(db)
        return True


# What somebody is told of


def put_password_changed(db: Database, person: Person, now: datetime, *, on_the_server: bool = False) -> None:
    """Inside the change that kept a new password: tell whose it is."""
    letter = wording.password_changed(
        person.name.split()[0], school.called(db), now, post_office.look(db).address,
        on_the_server=on_the_server, to_a_lead=person.role is Role.LEAD,
    )  # fmt: skip
    kind = LetterKind.PASSWORD_CHANGED
    put(db, kind, person, letter, key=f"password {person.id} {now.isoformat()}", why=wording.WHY[kind], now=now)


def put_address_changed(db: Database, before: Person, after: Person, *, by: int | None, now: datetime) -> None:
    """Inside the change of somebody's address: tell them at the one that they had."""
    lead, kind = people.find(db, by) if by is not None else None, LetterKind.ADDRESS_CHANGED
    who = lead.name if lead else ON_THE_SERVER
    letter = wording.address_changed(before.name.split()[0], school.called(db), who, after.email, now)
    then = replace(after, email=before.email)
    put(db, kind, then, letter, key=f"{kind} {before.id} {now.isoformat()}", why=wording.WHY[kind], now=now)


def put_new_device(db: Database, person: Person, letter: Words, now: datetime, *, half: bool) -> None:
    """Inside the change that began a session in a browser that was not known. Somebody who forgets them all gets a few a day."""
    kind = LetterKind.NEW_DEVICE
    why = wording.WHY_HALF_IN if half else wording.WHY[kind]
    if may_write_another(outbox.written(db, person.id, kind, now - timedelta(days=1)), now):
        put(db, kind, person, letter, key=f"new device {person.id} {now.isoformat()}", why=why, now=now)


def put_not_me(db: Database, person: Person, now: datetime) -> bool:
    """Inside the change in which somebody said that a sign-in was not they: tell the other leads; whether any is told."""
    told = False
    kind, address = LetterKind.NOT_ME, f"{post_office.look(db).address}/school/people/{person.id}"
    for lead in people.leads(db):
        if lead.id != person.id:
            letter = wording.not_me(lead.name.split()[0], school.called(db), person.name, now, address)
            key = f"not me {person.id} {now.isoformat()} to {lead.id}"
            told = put(db, kind, lead, letter, key=key, why=wording.WHY[kind], now=now) or told
    return told


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


def put_account_waits(db: Database, now: datetime) -> None:
    """Inside the change by which an account waits: tell the leads, at most once a day however many there are."""
    address = f"{post_office.look(db).address}{WAITING_PAGE}"
    for lead in people.leads(db):
        letter = wording.account_waits(lead.name.split()[0], school.called(db), address)
        _put_in_the_day(db, LetterKind.ACCOUNT_WAITS, lead, letter, f"{local(now).date()} to {lead.id}", now)


def put_let_in(db: Database, person: Person, label: str, now: datetime) -> bool:
    """Inside the change that let somebody in who waited: tell them, who may not look again by themselves; whether a letter goes."""
    kind = LetterKind.LET_IN
    letter = wording.let_in(person.name.split()[0], school.called(db), label, post_office.look(db).address)
    return put(db, kind, person, letter, key=f"{kind} {person.id}", why=wording.WHY[kind], now=now)


def _put_in_the_day(db: Database, kind: LetterKind, person: Person, letter: Words, about: str, now: datetime) -> None:
    if not post_office.look(db).open:
        return  # and the calendar of bank holidays need not be read
    goes = school_days.sending_days(db, school.details(db).nation).next_open(now)
    put(db, kind, person, letter, key=f"{kind} {about}", why=wording.WHY[kind], now=now, not_before=goes)


# Links


def key_of_link(kind: LinkKind, way: int) -> str:
    return f"{kind.value} {way}"


def brings_link(key: str, kind: LinkKind, way: int) -> bool:
    """Whether a letter brings this link: the one that was written with it, or one of those that were asked for since."""
    return key == key_of_link(kind, way) or key.startswith(f"{key_of_link(kind, way)} asked ")


def put_link(
    db: Database, person: Person, kind: LinkKind, token: str, *, by: int | None, now: datetime, asked: bool = False,
    ended: bool = False,
) -> bool:  # fmt: skip
    """Inside the change that made a link: write the letter with it. False where the school has no mail.

    `asked`: they have asked for it themselves, at sign-in; `ended`: they have said that somebody else signed in.
    """
    state = post_office.look(db)
    if not state.open:
        return False
    made = one_time_links.kept(db, kind, [person.id])[person.id]
    maker = people.find(db, by) if by is not None else None
    kept_as = ITS_TOKEN if one_time_links.token(db, made) == token else token
    link = f"{state.address}/{kind.value}/{kept_as}"
    sender = maker.name if maker else ""
    begins = person.starts if person.starts and person.starts > local(now).date() else None
    only_with = sign_in_rules.only_with(db, person.role)
    about = wording.LinkFor(person.name.split()[0], school.called(db), link, made.expires_at, person.due, sender, now, begins, only_with)
    if kind is LinkKind.INVITATION:
        letter, letter_kind = (wording.way_in if person.can_sign_in else wording.invitation)(about), LetterKind.INVITATION
    else:
        letter, letter_kind = wording.new_password(about, asked, ended), LetterKind.NEW_PASSWORD
    why = wording.WHY_A_WAY_IN if kind is LinkKind.INVITATION and person.can_sign_in else wording.WHY[letter_kind]
    key = key_of_link(kind, made.way)
    if asked and outbox.with_key(db, key):
        key = f"{key} asked {now.isoformat()}"
    return put(
        db, letter_kind, person, letter, key=key, why=why, now=now,
        reply_to=maker.email if maker else "", not_after=made.expires_at,
    )  # fmt: skip


def whole_words(db: Database, letter: Letter) -> str:
    """The words of a letter, with the link that it brings; empty where its words or its link can't be had any more."""
    words, kind = letter.words or "", LINKS.get(letter.kind)
    if kind is None or ITS_TOKEN not in words or letter.person_id is None:
        return words
    link = one_time_links.kept(db, kind, [letter.person_id]).get(letter.person_id)
    token = one_time_links.token(db, link) if link and brings_link(letter.key, kind, link.way) else ""
    return words.replace(ITS_TOKEN, token) if token else ""


def letter_with(db: Database, kind: LinkKind, way: int) -> Letter | None:
    """The letter that a link went out with, where there is one; `way` is the number of the way in that it is."""
    return outbox.with_key(db, key_of_link(kind, way))


def ask_for_password(db: Database, email: str, now: datetime) -> None:
    """Somebody asks at sign-in for a new password: kept, whoever it is, and answered by the letters' own round."""
    with transaction(db):
        outbox.ask_for_password(db, email, now - ANSWERED, now)


def answer_requests(db: Database, now: datetime) -> None:
    """Those who have an account here get a link: for a new password, or the invitation where they never had one.

    One that works for a while yet is posted once more: whoever asks need not be they, and must not end what a lead has given them.
    """
    with transaction(db):
        asked, state = outbox.take_requests(db, now - ANSWERED), post_office.look(db)
        for email in dict.fromkeys(asked):
            person = people.by_email(db, email)
            if person is None or not person.active or not state.open:
                continue
            has_come = person.can_sign_in or history.password_ended(db, person.id) is not None
            kind = LinkKind.RESET if has_come else LinkKind.INVITATION
            letter_kind = LetterKind.NEW_PASSWORD if has_come else LetterKind.INVITATION
            if not may_write_another(outbox.written(db, person.id, letter_kind, now - timedelta(days=1)), now):
                continue
            token = _still_good(db, kind, person, now) or one_time_links.make(db, kind, person.id, now, by=person.id)
            put_link(db, person, kind, token, by=None, now=now, asked=True)


def _still_good(db: Database, kind: LinkKind, person: Person, now: datetime) -> str:
    """The token of a link of theirs that works for a while yet; empty where there is none, or it can't be had again."""
    link = one_time_links.kept(db, kind, [person.id]).get(person.id)
    return one_time_links.token(db, link) if link and link.works(now + WORKS_YET) else ""

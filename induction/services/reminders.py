"""Reminders, and the week's letter: written into the outbox by the caretaker, each once, on the days and in the hours for it."""

from __future__ import annotations

from datetime import date, datetime
from itertools import islice

from ..records.people import people
from ..records.people.people import Person
from ..records.progress import reminded
from ..records.progress.reminded import Part
from ..records.school.outbox import Letter
from ..records.store.database import Database, transaction
from ..rules.calendar import local
from ..rules.induction import Standing
from ..rules.letters import LetterKind
from ..rules.reminders import Due, Reminder, still_so
from ..rules.roles import MENTORS
from ..rules.sending_days import hours, is_open
from ..wording.site_letters import NO_LONGER_SO
from . import letters, progress, reminder_words, school_days
from .programme import Programme
from .reminder_day import REMINDED, Day, ToWrite, is_here, stand

OURS = (LetterKind.REMINDER, LetterKind.REMINDED, LetterKind.DIGEST)
AT_ONCE = 100  # letters in a transaction: others write in between


def plan(db: Database, programme: Programme, now: datetime) -> int:
    """Write what is due at this moment; how many letters. Done again, it writes nothing more."""
    office, today = letters.office(db), local(now).date()
    if not office.open or not is_open(now):
        return 0
    days = school_days.sending_days(db, programme.school.nation)
    if not days.sends(today):
        return 0
    waiting = Day(db, programme, days, now, office.address).letters()
    count = 0
    while batch := list(islice(waiting, AT_ONCE)):
        with transaction(db):
            count += sum(_write(db, each, today, now) for each in batch)
    return count


def _write(db: Database, each: ToWrite, today: date, now: datetime) -> bool:
    written = letters.put(
        db, each.kind, each.person, each.letter, key=reminded.key(each.person.id, today), why=each.why, now=now,
        reply_to=each.reply_to, not_after=hours(today)[1],
    )  # fmt: skip
    for part in each.parts if written else ():
        reminded.add(db, part, now)
    return written


def still_wanted(db: Database, programme: Programme, kind: LetterKind, person_id: int, key: str, now: datetime) -> bool:
    """Whether what a letter of these kinds says still holds: asked before it is posted. Any other letter is wanted.

    Of one with several parts, as long as one of them holds.
    """
    if kind not in OURS:
        return True
    person, today = people.find(db, person_id), local(now).date()
    if person is None or key != reminded.key(person_id, today) or not is_here(person, today):
        return False
    if not school_days.sending_days(db, programme.school.nation).sends(today):
        return False
    return any(_holds(db, programme, person, part, today) for part in reminded.of_letter(db, person_id, today))


def why_not_wanted(db: Database, programme: Programme, letter: Letter, now: datetime) -> str:
    """Why a letter in the outbox is not wanted any more; empty where it is."""
    holds = letter.person_id is None or still_wanted(db, programme, letter.kind, letter.person_id, letter.key, now)
    return "" if holds else NO_LONGER_SO


def _holds(db: Database, programme: Programme, person: Person, part: Part, today: date) -> bool:
    if part.what in list(Reminder):
        standing = stand(person, progress.of_many(db, programme, [person], today)[person.id])
        due = Due(Reminder(part.what), part.about)
        return standing is not None and reminder_words.now_chosen(db)[due.reminder].goes and still_so(due, standing, today)
    if person.role not in MENTORS:
        return False
    if part.what != REMINDED:
        return True
    teachers = [each for each in people.teachers_of(db, person.id) if is_here(each, today)]
    inductions = progress.of_many(db, programme, teachers, today)
    return any(each.standing(today) is Standing.OVERDUE for each in inductions.values())

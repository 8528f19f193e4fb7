"""The demonstration: an invented school with thirty staff at every stage, so that every page is alive.

It lives in a folder of its own, made anew at each start and gone with it, and never touches the real one.
"""

from __future__ import annotations

import random
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from ..records.school import backup_history, course_approvals, lesson_readings, school
from ..records.store import lock
from ..records.store.backup import DAILY, FOLDER, backup, named_for
from ..records.store.database import Database, transaction
from ..rules.roles import Role
from ..services import backups, course_reading, scenario_figures
from ..services.password_hashing import Hashing
from ..services.programme import Programme, Programmes
from ..settings import Settings
from ..wording import backups as backup_words
from . import policy, staff, voices

PREFIX, MARKER = "induction-demo-", "this-is-a-demonstration"
SCHOOL = {
    "safeguarding lead": "Priya Nair",
    "safeguarding lead phone": "01632 960141",
    "deputy safeguarding lead": "Joel Barker",
    "deputy safeguarding lead phone": "01632 960144",
    "headteacher": "Helen Marsh",
    "headteacher phone": "01632 960142",
    "chair of governors": "Owen Clarke",
    "chair of governors phone": "01632 960143",
    "out of hours": "Priya Nair",
    "out of hours phone": "01632 960145",
    "induction lead": "Lou Hartley",
    "data protection lead": "Carol Whitfield",
    "social care phone": "01632 960150",
    "social care out of hours phone": "01632 960151",
    "adult concerns phone": "01632 960152",
    "switchboard": "01632 960140",
}


@contextmanager
def place(real: Settings) -> Iterator[Settings]:
    """The demonstration's settings: a new folder of its own among the machine's temporary ones, gone when it ends.

    It is held from its first moment, so that no other demonstration takes it for one that was killed.
    """
    _sweep()
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    try:
        with lock.serving(folder):
            (folder / MARKER).touch()
            yield replace(real, data=folder, url=None, smtp=None, demo=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _sweep() -> None:
    """Remove the folders of demonstrations that were killed, as far as they are this account's."""
    for marker in Path(tempfile.gettempdir()).glob(f"{PREFIX}*/{MARKER}"):
        with suppress(OSError, lock.ServerRunning), lock.alone(marker.parent):
            shutil.rmtree(marker.parent)


def fill(db: Database, programmes: Programmes, hashing: Hashing, now: datetime) -> None:
    """Invent the school, its people and what they have done. The same school each time, its dates around today."""
    chance = random.Random(2011)
    secret = hashing.hash(secrets.token_urlsafe())  # a password that nobody knows: the demonstration signs in by a click
    with transaction(db):
        school.save(
            db, name="Wrenfield School", nation="england", phase="all-through", words=SCHOOL, public_contacts=False
        )
        lead = staff.add(db, "Lou Hartley", Role.LEAD, None, now - timedelta(days=80))
    policy.publish(db, programmes.current().library, lead, now - timedelta(days=60))
    with transaction(db):
        mentors = [staff.add(db, name, role, lead, now - timedelta(days=70)) for name, role in staff.MENTORS]
        for person in (lead, *mentors):
            staff.open_invitation(db, person, secret, None if person == lead else lead, now - timedelta(days=70))
    programme = programmes.current()
    staff.fill(db, programme, staff.Seniors(lead, mentors, secret), now, chance)
    with transaction(db):
        _approve(db, programme, lead, now - timedelta(days=58))
        policy.keep_register(db, lead, mentors[2], now)
        voices.speak(db, programme, lead, mentors[0], now)
    policy.keep_draft(db, lead, now)
    scenario_figures.count(db, programme.editions, now)
    _look_after(db, lead, now)


def _look_after(db: Database, lead: int, now: datetime) -> None:
    """As a school is looked after: there is a backup, a copy lies elsewhere, and one was proved."""
    backup(db, db.path.parent / FOLDER / named_for(now))
    backups.say_elsewhere(db, True, by=lead, now=now - timedelta(days=57))
    seen = f"{backup_words.OPENED} {backup_words.signed_in('Lou Hartley')}"
    with transaction(db):
        backup_history.say_drilled(db, named_for(now - timedelta(days=12), DAILY), True, seen, now - timedelta(days=12))


def _approve(db: Database, programme: Programme, lead: int, when: datetime) -> None:
    """The lead has read and approved the first course that is given to everyone; others, where there are any, still wait."""
    for course in programme.courses_of(None)[:1]:
        for number, lesson in enumerate(course.lessons):
            words = course_reading.wording(programme, course, lesson)
            read = when - timedelta(days=6 - number // 4 * 3)  # in three sittings
            lesson_readings.keep(db, course=course.slug, lesson=lesson.slug, wording=words, by=lead, now=read)
        words, version = course_reading.wording(programme, course, None), programme.version(course)
        lesson_readings.keep(db, course=course.slug, lesson=lesson_readings.ITSELF, wording=words, by=lead, now=when)
        course_approvals.approve(db, course=course.slug, sha256=version, typed_name="Lou Hartley", by=lead, now=when)

"""The invented staff, and what they have learnt: thirty people at every stage."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

from ..content.model import Course, Lesson, Rating
from ..records.people import one_time_links, people, sessions
from ..records.people.history import PasswordOrigin
from ..records.people.one_time_links import LinkKind
from ..records.people.person import Details
from ..records.progress import attempts
from ..records.progress.attempts import Answer
from ..records.store.database import Database, transaction
from ..rules import calendar, judging
from ..rules.person_history import Way
from ..rules.roles import Role
from ..services import attempts as deeds
from ..services.programme import Programme
from ..wording.reading import OpenedPage

DOMAIN = "wrenfield.example"
MENTORS = (("Max Adeyemi", Role.MENTOR), ("Nia Rowlands", Role.MENTOR), ("Sofia Brandt", Role.LEAD), ("Dev Sethi", Role.MENTOR))
SHORT_COURSE = "boundaries-in-ten-minutes"

# name, mentor, days to the due date, lessons passed, whether the next is begun, how wisely they choose (0 to 1)
STAFF = (
    ("Tess Okafor", 0, 11, 4, True, 0.72),
    ("Ben Achterberg", 0, -2, 2, True, 0.55),
    ("Farida Hussain", 0, 4, 0, False, 0.8),
    ("Callum Reid", 0, 4, 9, False, 0.75),
    ("Gwen Pritchard", 0, 25, 4, True, 0.85),
    ("Ewa Lis", 0, -3, 11, False, 0.9),
    ("Dana Moran", 1, -6, 2, True, 0.5),
    ("Idris Castellano", 1, 6, 9, True, 0.7),
    ("Harpreet Sandhu", 1, 18, 2, False, 0.8),
    ("Josie Whitlock", 1, 30, 0, True, 0.6),
    ("Kwame Obi", 1, 9, 11, False, 0.85),
    ("Martha Farrow", 1, 2, 11, False, 0.95),
    ("Ngoc Tran", 2, -20, 11, False, 0.8),
    ("Rhys Bevan", 2, 12, 11, False, 0.7),
    ("Alice Thorne", 2, 14, 6, False, 0.75),
    ("Bilal Aziz", 2, 3, 6, True, 0.65),
    ("Cara Donnelly", 2, 21, 4, False, 0.85),
    ("Emeka Bright", 2, -1, 9, True, 0.6),
    ("Fern Kettlewell", 3, 28, 2, True, 0.7),
    ("Gareth Pugh", 3, 15, 11, False, 0.9),
    ("Hollie Marchant", 3, 35, 0, False, 0.8),
    ("Ivo Jurgens", 3, 5, 4, False, 0.6),
    ("Kirsty McAra", 3, 40, 2, False, 0.9),
    ("Leo Fontaine", 3, 9, 0, False, 0.7),
    ("Maeve Corrigan", None, None, 11, False, 0.85),
)

VOLUNTEERS = ("Leo Fontaine", "Maeve Corrigan")  # they are given the short course


def add(
    db: Database, name: str, role: Role, now: datetime, mentor: int | None = None, due: date | None = None,
    course: str | None = None, by: int | None = None,
) -> int:
    """Inside a change: somebody more; their id."""
    email = f"{name.lower().replace(' ', '.')}@{DOMAIN}"
    return people.add(db, Details(email, name, role, mentor, due, course), now=now, by=by).id


def open_invitation(db: Database, person: int, secret: str, by: int | None, now: datetime) -> None:
    """Inside a change: an invitation is made, and a password chosen by it a little later."""
    one_time_links.make(db, LinkKind.INVITATION, person, now, by=by)
    later, kind = now + timedelta(minutes=40), LinkKind.INVITATION
    people.set_password(db, person, secret, PasswordOrigin(Way.CHOSEN, None, "Chrome on Windows", kind), now=later)


def who(db: Database, name: str) -> int:
    """The id of somebody of that name."""
    found = people.by_email(db, f"{name.lower().replace(' ', '.')}@{DOMAIN}")
    if found is None:
        raise LookupError(name)
    return found.id


def fill(
    db: Database, programme: Programme, lead: int, mentors: list[int], secret: str, now: datetime, chance: random.Random
) -> None:
    """Everybody of STAFF, invited by the lead, each with what they have done so far."""
    for name, mentor, due, passed, begun, care in STAFF:
        with transaction(db):
            arrived = now - timedelta(days=40 + chance.randrange(20))
            due_on = calendar.local(now).date() + timedelta(days=due) if due is not None else None
            course = SHORT_COURSE if name in VOLUNTEERS else None
            of = mentors[mentor] if mentor is not None else None
            person = add(db, name, Role.TEACHER, arrived, of, due_on, course, by=lead)
            if passed or begun:
                open_invitation(db, person, secret, lead, arrived)
            _take_lessons(db, programme, person, course, passed, begun, care, now, chance)


def _take_lessons(
    db: Database, programme: Programme, person: int, named: str | None, passed: int, begun: bool, care: float, now: datetime,
    chance: random.Random,
) -> None:
    """Pass so many lessons, in as many tries as it takes, and perhaps begin the next; last here a while ago."""
    if not passed and not begun:
        return
    lessons = [(course, lesson) for course in programme.courses_of(named) for lesson in course.lessons]
    when = now - timedelta(days=3 * passed + 2 + chance.randrange(3), hours=chance.randrange(9))
    for course, lesson in lessons[:passed]:
        for tries in range(8):
            when += timedelta(hours=3 + chance.randrange(8))
            if _attempt(db, programme, person, course, lesson, min(1.0, care + tries * 0.15), when, chance):
                break
        when += timedelta(days=2)
    when = min(when, now - timedelta(hours=2 + chance.randrange(30)))
    if begun and passed < len(lessons):
        _attempt(db, programme, person, *lessons[passed], care, when, chance, answers=2)
    if passed >= len(lessons) or passed > 5 and begun:
        _acknowledge(db, programme, person, when)
    sessions.end(db, sessions.start(db, person, device="Chrome on Windows", now=when))


def _acknowledge(db: Database, programme: Programme, person: int, when: datetime) -> None:
    who = people.find(db, person)
    if who and programme.policy.sha256:
        deeds.acknowledge(
            db, programme, person, version=programme.policy.version, sha256=programme.policy.sha256, typed_name=who.name, now=when
        )


def _attempt(
    db: Database,
    programme: Programme,
    person: int,
    course: Course,
    lesson: Lesson,
    care: float,
    when: datetime,
    chance: random.Random,
    answers: int | None = None,
) -> bool:
    """One try, or its first `answers`, choosing well with the chance `care`; whether it was passed."""
    page = OpenedPage(programme.lesson_edition(course, lesson).sha256, when - timedelta(minutes=6))
    number = deeds.begin(db, programme, course, lesson, person, chance.shuffle, when, page)
    while number is not None and answers != 0:
        attempt = attempts.find(db, person, number)
        if attempt is None or attempt.finished_at is not None:
            return bool(attempt and attempt.passed)
        quiz = programme.attempted(attempt)
        here = judging.place(quiz, attempt.drawn, attempt.answers)
        if here is None:
            break
        wise = chance.random() < care
        fitting = [option.number for option in here.scene.options if (option.rating is Rating.BEST) == wise]
        sound = [o.number for o in here.scene.options if o.rating in (Rating.BEST, Rating.FINE)]
        chosen = tuple(sound) if here.scene.choose_all and wise else (chance.choice(fitting or [1]),)
        judgement = judging.judge(here.scene, chosen)
        when += timedelta(seconds=40)
        given = Answer(here.step, here.scenario.id, here.scene.id, chosen, judgement.rating, judgement.mark, when)
        deeds.answer(db, programme, attempt, quiz, given)
        if answers is not None:
            answers -= 1
    return False

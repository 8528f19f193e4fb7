"""The demonstration: an invented school with thirty staff at every stage, so that every page is alive.

It lives in a folder of its own, made anew at each start, and never touches the real one.
"""

from __future__ import annotations

import random
import shutil
from dataclasses import replace
from datetime import datetime, timedelta

from .content.model import Course, Lesson, Rating
from .learning import dates, judging
from .learning.people import Role
from .records import approvals, attempts, conversations, people, school, sessions
from .records.attempts import Answer
from .records.database import Database, transaction
from .settings import Settings
from .web import publishing, taking
from .web.site import Site
from .web.teaching import Teaching

MARKER = "this-is-a-demonstration"
DOMAIN = "wrenfield.example"
SCHOOL = {
    "safeguarding lead": "Priya Nair",
    "safeguarding lead phone": "01632 960141",
    "deputy safeguarding lead": "Joel Barker",
    "deputy safeguarding lead phone": "01632 960144",
    "headteacher": "Helen Marsh",
    "headteacher phone": "01632 960142",
    "chair of governors": "Owen Clarke",
    "chair of governors phone": "01632 960143",
    "out of hours": "Priya Nair on 01632 960145",
    "induction lead": "Lou Hartley",
    "switchboard": "01632 960140",
}
POLICY = {
    "pupil-contact": "school-platforms",
    "contact-hours": "until-six",
    "former-pupils": "adult-and-two-years",
    "parents": "declared-friendships",
    "declared-relationships": "declare-and-agree",
    "personal-phone": "school-phone-on-trips",
    "staff-groups": "no-pupil-data",
    "naming-school": "with-care",
    "outside-work": "declare",
    "gaming": "none",
    "photo-devices": "school-devices",
    "photo-publishing": "named-staff",
    "ai-tools": "approved-tools",
    "phone-searches": "head-and-safeguarding-lead",
}
MENTORS = ("Max Adeyemi", "Nia Rowlands", "Sofia Brandt", "Dev Sethi")

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
    ("Leo Fontaine", 3, None, 0, False, 0.7),
    ("Maeve Corrigan", None, None, 11, False, 0.85),
)


def settings(real: Settings) -> Settings:
    """The demonstration's settings: beside the real folder, emptied of the last demonstration."""
    folder = real.data.with_name(f"{real.data.name}-demo")
    if (folder / MARKER).exists():
        shutil.rmtree(folder)
    folder.mkdir(mode=0o700, parents=True)
    (folder / MARKER).touch()
    return replace(real, data=folder, url=None, demo=True)


def fill(site: Site, now: datetime) -> None:
    """Invent the school, its people and what they have done. The same school each time, its dates around today."""
    db, chance = site.records, random.Random(2011)
    with transaction(db):
        school.save(
            db, name="Wrenfield School", nation="england", phase="all-through", words=SCHOOL, public_contacts=False
        )
        lead = _add(db, "Lou Hartley", Role.LEAD, now - timedelta(days=80))
        about, _ = school.load(db)
        published = now - timedelta(days=60)
        publishing.choose(db, site.shelf.teaching(None).library, about, POLICY, by=lead, now=published)
        mentors = [_add(db, name, Role.MENTOR, now - timedelta(days=70)) for name in MENTORS]
    taught = site.shelf.teaching(None)
    for name, mentor, due, passed, begun, care in STAFF:
        with transaction(db):
            arrived = now - timedelta(days=40 + chance.randrange(20))
            due_on = dates.local(now).date() + timedelta(days=due) if due is not None else None
            person = _add(db, name, Role.TEACHER, arrived, mentors[mentor] if mentor is not None else None, due_on)
            _take_lessons(db, taught, person, passed, begun, care, now, chance)
    with transaction(db):
        _approve(db, taught, lead, now - timedelta(days=58))
        tess = people.by_email(db, f"tess.okafor@{DOMAIN}")
        if tess:
            talked = dates.local(now).date() - timedelta(days=5)
            conversations.record(
                db,
                teacher_id=tess.id,
                mentor_id=mentors[0],
                held_on=talked,
                themes=("friend-requests",),
                key="the demonstration's own",
                now=now - timedelta(days=5),
            )


def _approve(db: Database, taught: Teaching, lead: int, when: datetime) -> None:
    """The lead approves the first course that is given to everyone; others, where there are any, still wait."""
    for course in taught.courses_of(None)[:1]:
        version = taught.version(course)
        approvals.approve(db, course=course.word, sha256=version, typed_name="Lou Hartley", by=lead, now=when)


def _add(
    db: Database, name: str, role: Role, now: datetime, mentor: int | None = None, due: object = None
) -> int:
    email = f"{name.lower().replace(' ', '.')}@{DOMAIN}"
    return people.add(db, email=email, name=name, role=role, mentor_id=mentor, due=due, now=now).id  # type: ignore[arg-type]


def _take_lessons(
    db: Database, taught: Teaching, person: int, passed: int, begun: bool, care: float, now: datetime, chance: random.Random
) -> None:
    """Pass so many lessons, in as many tries as it takes, and perhaps begin the next; last here a while ago."""
    if not passed and not begun:
        return
    lessons = [(course, lesson) for course in taught.courses_of(None) for lesson in course.lessons]
    when = now - timedelta(days=3 * passed + 2 + chance.randrange(3), hours=chance.randrange(9))
    for course, lesson in lessons[:passed]:
        for tries in range(8):
            when += timedelta(hours=3 + chance.randrange(8))
            if _attempt(db, taught, person, course, lesson, min(1.0, care + tries * 0.15), when, chance):
                break
        when += timedelta(days=2)
    when = min(when, now - timedelta(hours=2 + chance.randrange(30)))
    if begun and passed < len(lessons):
        _attempt(db, taught, person, *lessons[passed], care, when, chance, answers=2)
    if passed == len(lessons) or passed > 5 and begun:
        _acknowledge(db, taught, person, when)
    sessions.end(db, sessions.start(db, person, device="Chrome on Windows", now=when))


def _acknowledge(db: Database, taught: Teaching, person: int, when: datetime) -> None:
    who = people.find(db, person)
    if who and taught.policy.sha256:
        taking.acknowledge(
            db, taught, person, version=taught.policy.version, sha256=taught.policy.sha256, typed_name=who.name, now=when
        )


def _attempt(
    db: Database,
    taught: Teaching,
    person: int,
    course: Course,
    lesson: Lesson,
    care: float,
    when: datetime,
    chance: random.Random,
    answers: int | None = None,
) -> bool:
    """One try, or its first `answers`, choosing well with the chance `care`; whether it was passed."""
    number = taking.begin(db, taught, course, lesson, person, chance.shuffle, when)
    while number is not None and answers != 0:
        attempt = attempts.find(db, person, number)
        if attempt is None or attempt.finished_at is not None:
            return bool(attempt and attempt.passed)
        quiz = taught.attempted(attempt)
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
        taking.answer(db, taught, attempt, quiz, given)
        if answers is not None:
            answers -= 1
    return False

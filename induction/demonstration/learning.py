"""What the invented staff have learnt: lessons taken as anybody takes them, more or less wisely."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from ..content.editions.quiz_edition import JudgedScene
from ..content.model import Course, Lesson, Rating
from ..records.people import people, sessions
from ..records.policy.acknowledgements import Signed
from ..records.progress import attempts as records
from ..records.store.database import Database
from ..rules import judging
from ..rules.openings import OpenedPage
from ..services import attempts, completion
from ..services.attempts import Chosen
from ..services.lesson_visits import LessonVisit
from ..services.programme import Programme


@dataclass(frozen=True, slots=True)
class Learner:
    id: int
    course: str | None  # the one that is named for them
    passed: int  # lessons
    begun: bool  # the next one too
    care: float  # how wisely they choose, from 0 to 1


def take_lessons(db: Database, programme: Programme, who: Learner, now: datetime, chance: random.Random) -> None:
    """Pass so many lessons, in as many tries as it takes, and perhaps begin the next; last here a while ago."""
    lessons = [(course, lesson) for course in programme.courses_of(who.course) for lesson in course.lessons]
    when = now - timedelta(days=3 * who.passed + 2 + chance.randrange(3), hours=chance.randrange(9))
    for course, lesson in lessons[: who.passed]:
        for tries in range(8):
            when += timedelta(hours=3 + chance.randrange(8))
            care = min(1.0, who.care + tries * 0.15)
            if _try(db, programme, _visit(programme, who, course, lesson, when), care, chance):
                break
        when += timedelta(days=2)
    when = min(when, now - timedelta(hours=2 + chance.randrange(30)))
    if who.begun and who.passed < len(lessons):
        _try(db, programme, _visit(programme, who, *lessons[who.passed], when), who.care, chance, answers=2)
    if who.passed >= len(lessons) or who.passed > 5 and who.begun:
        _acknowledge(db, programme, who.id, when)
    sessions.end(db, sessions.start(db, who.id, device="Chrome on Windows", now=when))


def _visit(programme: Programme, who: Learner, course: Course, lesson: Lesson, when: datetime) -> LessonVisit:
    page = OpenedPage(programme.lesson_edition(course, lesson).sha256, when - timedelta(minutes=6))
    return LessonVisit(who.id, course, lesson, when, page)


def _try(
    db: Database, programme: Programme, visit: LessonVisit, care: float, chance: random.Random, answers: int | None = None
) -> bool:
    """One try, or its first `answers`, choosing well with the chance `care`; whether it was passed."""
    number, when, given = attempts.begin(db, programme, visit, chance.shuffle), visit.at, 0
    while number is not None and given != answers:
        attempt = records.find(db, visit.person_id, number)
        if attempt is None or attempt.finished_at is not None:
            return bool(attempt and attempt.passed)
        here = judging.place(programme.attempted(attempt), attempt.drawn, attempt.answers)
        if here is None:
            break
        when += timedelta(seconds=40)
        chosen = [Chosen(here.step, here.scene.id, option) for option in _options(here.scene, care, chance)]
        attempts.answer(db, programme, visit.person_id, number, chosen, when)
        given += 1
    return False


def _options(scene: JudgedScene, care: float, chance: random.Random) -> tuple[int, ...]:
    """The numbers of the options that they choose."""
    wise = chance.random() < care
    fitting = [option.number for option in scene.options if (option.rating is Rating.BEST) == wise]
    sound = [option.number for option in scene.options if option.rating in (Rating.BEST, Rating.FINE)]
    return tuple(sound) if scene.choose_all and wise else (chance.choice(fitting or [1]),)


def _acknowledge(db: Database, programme: Programme, person: int, when: datetime) -> None:
    who, policy = people.find(db, person), programme.policy
    if who and policy.sha256:
        completion.acknowledge(db, programme, Signed(person, policy.version, policy.sha256, who.name, when))

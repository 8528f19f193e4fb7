"""People who judge scenarios, one try each, straight into the records; and the night's counting of them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from fractions import Fraction

from induction.content.model import Rating
from induction.records import editions
from induction.records.people import people, sessions
from induction.records.people.person import Details
from induction.records.progress import scenario_tens
from induction.records.store.database import Database, transaction
from induction.rules.roles import Role
from induction.services import scenario_figures
from induction.services.programme import Programme
from tests.cast import COURSE
from tests.records.making import NOW, SHA256, finish, save_answer, start_attempt

OPTION = {Rating.BEST: 2, Rating.FINE: 3, Rating.POOR: 1, Rating.BREACH: 4}
LESSON = "friend-requests"


def words(scenario: str) -> str:
    return hashlib.sha256(scenario.encode()).hexdigest()


def judge(
    db: Database, tries: Sequence[Mapping[str, Rating]], who: str = "eve", *, lesson: str = LESSON, quiz: str = SHA256,
    came: datetime | None = None, role: Role = Role.TEACHER, signed_in: bool = True, finished: bool = True, at: datetime = NOW,
    options: Mapping[str, Mapping[Rating, int]] = {}, first: int = 0,
) -> None:
    """Each of these tries by somebody else: a rating for each scenario; and a later scene that doesn't count."""
    with transaction(db):
        for number, given in enumerate(tries, first):
            email = f"{who}{number}@school.example"
            eve = people.by_email(db, email) or people.add(db, Details(email, "Eve", role), now=came or at - timedelta(days=30))
            if signed_in:
                sessions.start(db, eve.id, device="a browser", now=at)
            attempt = start_attempt(db, eve, lesson, drawn=tuple(given), quiz_version=quiz, lesson_version=quiz, started_at=at)
            for step, (scenario, rating) in enumerate(given.items()):
                mark = Fraction(rating is Rating.BEST)
                answer = {"scenario": scenario, "rating": rating, "mark": mark, "at": at}
                save_answer(db, attempt, 2 * step + 1, scene=scenario, chosen=(options.get(scenario, OPTION).get(rating, 1),), **answer)
                save_answer(db, attempt, 2 * step + 2, scene="reply", chosen=(1,), **{**answer, "rating": Rating.BREACH})
            if finished:
                finish(db, attempt, 0, passed=False, now=at + timedelta(minutes=number))


def of(scenario: str, *ratings: Rating) -> list[dict[str, Rating]]:
    """Tries at one scenario alone."""
    return [{scenario: rating} for rating in ratings]


def night(db: Database, now: datetime = NOW + timedelta(days=1), known: Sequence[str] = ("a", "b", "c", "d", "e")) -> int:
    """Count the tens of invented scenarios; how many there are more."""
    full = scenario_tens.full(db, {SHA256: {scenario: words(scenario) for scenario in known}}, now)
    with transaction(db):
        scenario_tens.keep(db, full, now)
    return len(full)


def judge_here(
    db: Database, programme: Programme, tries: Sequence[Mapping[str, Rating]], who: str = "eve", lesson: str = LESSON, **more: object
) -> None:
    """Tries at scenarios as they are taught here today, under the policy of today; and the counting, which is done within the hour."""
    course = programme.library.courses[COURSE]
    edition = programme.quiz_edition(course, course.lesson(lesson))
    at = datetime.now(UTC) - timedelta(hours=1)
    with transaction(db):
        editions.keep(db, edition, "quiz", at)
    options = {
        word: {option.rating: option.number for option in reversed(scenario.scenes[word].options)}
        for word, scenario in programme.quiz(course, course.lesson(lesson)).scenarios.items()
    }
    judge(db, tries, who, lesson=lesson, quiz=edition.sha256, options=options, **{"at": at} | more)
    scenario_figures.count(db, programme.editions, datetime.now(UTC))

"""Things the tests of the records make: a moment, a version of words, an attempt."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace

from induction.content.editions.edition import Edition
from induction.content.model import Rating
from induction.records import editions
from induction.records.people import history, people
from induction.records.people.people import Person
from induction.records.people.person import Details
from induction.records.policy import versions
from induction.records.policy.versions import NewVersion
from induction.records.progress import attempts, completions
from induction.records.progress.attempts import Answer, Attempt, Beginning
from induction.records.progress.completions import Completion
from induction.records.store import migrations
from induction.records.store.columns import moment_text
from induction.records.store.database import Database, transaction
from induction.rules.judging import Outcome
from induction.rules.roles import Role
from tests.choices import chosen

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
TODAY = date(2026, 11, 24)
COURSE = "professional-boundaries-online"
LESSONS = [(COURSE, "friend-requests"), (COURSE, "late-messages"), (COURSE, "your-own-presence")]
WORDS = '{"kind":"quiz","text":"It is 9.40 pm on Sunday."}'
SHA256 = hashlib.sha256(WORDS.encode()).hexdigest()


@dataclass(frozen=True)
class Cast:
    tess: Person  # new teacher
    max: Person  # her mentor
    nia: Person  # mentor of another
    sam: Person  # whom Nia mentors
    lou: Person  # lead
    ana: Person  # has left


def open_new(folder: Path) -> Database:
    return migrations.open_database(folder / "induction.db", NOW)


def add_cast(db: Database) -> Cast:
    def add(name: str, role: Role, mentor: Person | None = None, due: date | None = None) -> Person:
        email = f"{name.split()[0].lower()}@school.example"
        return people.add(db, Details(email, name, role, mentor_id=mentor and mentor.id, due=due), now=NOW)

    with transaction(db):
        lou = add("Lou Adeyemi", Role.LEAD)
        mentor, nia = add("Max Reid", Role.MENTOR), add("Nia Évans", Role.MENTOR)
        tess = add("Tess Okafor", Role.TEACHER, mentor, date(2026, 12, 4))
        sam = add("Sam Price", Role.TEACHER, nia)
        ana = add("Ana Costa", Role.TEACHER, mentor)
        make_so(db, ana, active=False)
        editions.keep(db, Edition(SHA256, WORDS), "quiz", NOW)
    return Cast(tess, mentor, nia, sam, lou, people.find(db, ana.id))


def add_cast_before(db: Database) -> Cast:
    """The same in the schema of an earlier version, whose people today's code can't read: each by number and name."""
    of = {"Lou Adeyemi": Role.LEAD, "Max Reid": Role.MENTOR, "Nia Évans": Role.MENTOR}
    cast = {name: SimpleNamespace(id=number, name=name) for number, name in enumerate((*of, "Tess Okafor", "Sam Price", "Ana Costa"), 1)}
    with transaction(db):
        for name, each in cast.items():
            db.execute(
                "insert into people (email, name, sort_name, role, created_at, checklist_key) values (?, ?, ?, ?, ?, ?)",
                [f"{each.id}@school.example", name, name.lower(), of.get(name, Role.TEACHER), moment_text(NOW), f"{each.id:016}"],
            )
        editions.keep(db, Edition(SHA256, WORDS), "quiz", NOW)
    lou, mentor, nia, tess, sam, ana = cast.values()
    return Cast(tess, mentor, nia, sam, lou, ana)


def make_so(db: Database, person: Person, **changes) -> None:
    """Inside a transaction: an entry of their history and nothing else, as no deed would write it."""
    history.enter(db, replace(people.find(db, person.id), **changes), by=None, now=NOW)


def start_attempt(db: Database, person: Person, lesson: str = "friend-requests", drawn=("sunday-night",), **more) -> int:
    """Inside a transaction: an open attempt of theirs."""
    words = {"quiz_version": SHA256, "lesson_version": SHA256, "policy_version": 0, "pass_mark": 80, "started_at": NOW}
    return attempts.start_or_resume(
        db, Beginning(**{"person_id": person.id, "course": COURSE, "lesson": lesson, "drawn": drawn, **words, **more})
    )


def found(db: Database, attempt: int) -> Attempt:
    """An attempt, whosever it is."""
    return attempts.find(db, db.value("select person from attempts where id = ?", [attempt]), attempt)


def save_answer(db: Database, attempt: int, step: int = 1, rating: Rating = Rating.BEST, **changed) -> bool:
    answer = {
        "scenario": "sunday-night",
        "scene": "sunday-night",
        "chosen": (2,),
        "rating": rating,
        "mark": Fraction(1) if rating is Rating.BEST else Fraction(0),
        "at": NOW,
    }
    return attempts.save_answer(db, found(db, attempt), Answer(step, **{**answer, **changed}))


def finish(
    db: Database, attempt: int, percent: int = 100, passed: bool = True, breaches: int = 0, now: datetime = NOW
) -> bool:
    return attempts.finish(db, found(db, attempt), Outcome(Fraction(percent, 100), breaches, passed), now)


def complete(db: Database, person_id: int, lesson: str = "friend-requests", **more) -> bool:
    """Inside a transaction: a lesson of theirs is done; with lesson="" the whole course."""
    made = {"course": COURSE, "version": SHA256, "policy_version": 0, "completed_at": NOW}
    return completions.complete(db, Completion(person_id=person_id, lesson=lesson, **made | more))


POLICY = '{"kind":"policy","source":"Staff are kind."}'


def publish(
    db: Database, choices: dict[str, str], by: Person | None, now: datetime = NOW, material: bool = True, text: str = POLICY
) -> int:
    """Inside a transaction: a version of the policy with these stances; its number."""
    return versions.publish(db, new_version(versions.now(db).version, choices, by, now, material, text))


def new_version(
    after: int, stances: dict[str, str], by: Person | None, at: datetime = NOW, material: bool = True, text: str = POLICY
) -> NewVersion:
    return NewVersion(after, chosen(stances), hashlib.sha256(text.encode()).hexdigest(), text, material, "", by and by.id, at)

"""A school of any size with two years of learning behind it, written straight into the records."""

import json
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

from induction import create_app
from induction.records import editions as kept_words
from induction.records.people import people
from induction.records.people.person import Details
from induction.records.school import school
from induction.records.store.database import transaction
from induction.rules.roles import Role
from induction.services import backups, policy_publication
from induction.settings import Settings

NOW = datetime.now(UTC)


def stamp(when: datetime) -> str:
    return when.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def make_crowd(data: Path, count: int) -> dict:
    """A school of `count` people in `data`; who is who, by id."""
    app = create_app(Settings(data=data))
    site = app.extensions["induction"]
    db, chance = site.records, random.Random(count)
    with transaction(db):
        school.save(db, name="Wrenfield School", nation="england", phase="secondary", words={}, public_contacts=False)
        lead = people.add(db, Details("lou@bench.example", "Lou Hartley", Role.LEAD), now=NOW)
        mentors = [
            people.add(db, Details(f"mentor{n}@bench.example", f"Mentor {n}", Role.MENTOR), now=NOW).id
            for n in range(max(1, count // 30))
        ]
    stances = {"pupil-contact": "school-platforms", "parents": "declared-friendships"}
    policy_publication.choose(db, site.programmes.current().library, stances, by=lead.id, at=NOW)
    programme = site.programmes.current()
    with transaction(db):
        editions = {}
        for course, lesson in [(given, each) for given in programme.courses_of(None) for each in given.lessons]:
            words, quiz = programme.lesson_edition(course, lesson), programme.quiz_edition(course, lesson)
            kept_words.keep(db, words, "lesson", NOW)
            kept_words.keep(db, quiz, "quiz", NOW)
            editions[lesson.slug] = (course.slug, quiz.sha256, words.sha256, list(programme.quiz(course, lesson).scenarios))
    teachers = _add_teachers(db, count, mentors, chance)
    _add_learning(db, teachers, editions, chance)
    _acknowledge(db, programme, teachers, chance)
    _add_letters(db, teachers, chance)
    _add_history(db, teachers[: count // 2])
    backups.keep(db, NOW, (), None)  # else the site makes the night's while it is measured
    return {"lead": lead.id, "mentor": mentors[0], "teachers": teachers, "lessons": list(editions)}


def _add_teachers(db, count: int, mentors: list[int], chance: random.Random) -> list[int]:
    with transaction(db):
        first = db.value("select max(id) from people") + 1
        for n in range(count):
            due = (NOW + timedelta(days=chance.randrange(-20, 60))).date().isoformat()
            name = f"Teacher Number {n}"
            db.execute(
                "insert into people (email, name, sort_name, role, mentor, due, created_at, last_seen_at, checklist_key)"
                " values (?, ?, ?, 'teacher', ?, ?, ?, ?, ?)",
                [f"t{n}@bench.example", name, name.lower(), mentors[(n // 30) % len(mentors)], due, stamp(NOW),
                 stamp(NOW - timedelta(days=chance.randrange(90))), f"bench-checklist-key-{n}"],
            )
    return list(range(first, first + count))


def _add_letters(db, teachers: list[int], chance: random.Random) -> None:
    """Ten letters a person that went within seven years, and a few that were refused or wait for better days."""
    states = ["sent"] * 200 + ["refused", "dropped", "unsure"]
    with transaction(db):
        for number in range(10 * len(teachers)):
            person = teachers[number % len(teachers)]
            when = stamp(NOW - timedelta(days=7 * 365 * (1 - number / (10 * len(teachers)))))
            db.execute(
                "insert into letters (kind, person, email, key, subject, why, written_at, not_before, not_after, state, done_at, said)"
                " values ('reminder', ?, ?, ?, 'Your induction', 'it is not done', ?, ?, ?, ?, ?, '250 OK')",
                [person, f"t{person}@bench.example", f"bench {number}", when, when, when, chance.choice(states), when],
            )


def _add_history(db, teachers: list[int]) -> None:
    """Each was given another date in each of seven years."""
    with transaction(db):
        for year in range(7):
            when = NOW - timedelta(days=365 * (7 - year))
            for person in teachers:
                people.update(db, person, due=(when + timedelta(days=30)).date(), now=when)


def _acknowledge(db, programme, teachers: list[int], chance: random.Random) -> None:
    """Two of three have read the policy."""
    with transaction(db):
        for person in teachers:
            if chance.random() < 2 / 3:
                db.execute(
                    "insert into acknowledgements (person, version, sha256, typed_name, at) values (?, ?, ?, 'Somebody', ?)",
                    [person, programme.policy.version, programme.policy.sha256, stamp(NOW)],
                )


def _add_learning(db, teachers: list[int], editions: dict, chance: random.Random) -> None:
    attempt = 0
    with transaction(db):
        for person in teachers:
            done = chance.randrange(len(editions) + 1)
            for lesson in list(editions)[:done]:
                course, quiz, words, scenarios = editions[lesson]
                attempt += 1
                begun = NOW - timedelta(days=chance.randrange(1, 700))
                drawn = chance.sample(scenarios, 5)
                db.execute(
                    "insert into attempts (id, person, course, lesson, quiz_version, lesson_version, policy_version,"
                    " pass_mark, drawn, started_at) values (?, ?, ?, ?, ?, ?, 0, 80, ?, ?)",
                    [attempt, person, course, lesson, quiz, words, json.dumps(drawn), stamp(begun)],
                )
                for step, scenario in enumerate(drawn, 1):
                    db.execute(
                        "insert into answers (attempt, step, scenario, scene, chosen, rating, mark, at)"
                        " values (?, ?, ?, ?, '[1]', ?, '1/1', ?)",
                        [attempt, step, scenario, scenario, chance.choice(("best", "best", "fine", "poor")), stamp(begun)],
                    )
                db.execute(
                    "update attempts set finished_at = ?, mark = '4/5', percent = 80, breaches = 0, passed = 1 where id = ?",
                    [stamp(begun), attempt],
                )
                db.execute(
                    "insert into completions (person, course, lesson, attempt, version, percent, pass_mark, attempts,"
                    " policy_version, completed_at) values (?, ?, ?, ?, ?, 80, 80, 1, 0, ?)",
                    [person, course, lesson, attempt, quiz, stamp(begun)],
                )

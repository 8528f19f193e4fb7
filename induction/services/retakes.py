"""Asking again what a new policy turned round: whom it touches, and what somebody is still to meet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from ..content.editions import quiz_edition
from ..content.model import Course, Lesson, School
from ..content.twins import twins_of
from ..records.people import people
from ..records.people.people import Person
from ..records.progress import attempts, retakes
from ..records.progress.retakes import Asked, Asking
from ..records.store.database import Database, transaction
from ..rules import reversals, selection
from ..rules.names import told_apart
from ..rules.text import folded
from .programme import Programme

LessonName = tuple[str, str]  # course and lesson


@dataclass(frozen=True, slots=True)
class Touched:
    """One lesson, the scenarios of it that are turned round, and who was taught them."""

    course: str
    lesson: str
    title: str
    scenarios: list[str]  # titles
    people: list[tuple[Person, tuple[str, ...]]]  # with the ids of their scenarios, by name
    to_ask: list[tuple[Person, tuple[str, ...]]]  # those of them who are not asked yet

    @property
    def called(self) -> dict[int, str]:
        """What each of them is called, by id."""
        return told_apart(person for person, _ in self.people)


def open_for(db: Database, programme: Programme, person_id: int) -> dict[LessonName, Asked]:
    """What somebody is still asked again, by (course, lesson).

    As far as it is still taught and not put aside, and still the other way round than when they met it last before they
    were asked; of twins, the one that the next try asks.
    """
    found = {}
    for each in retakes.waiting(db, person_id):
        course = programme.library.courses.get(each.course)
        lesson = course.lesson(each.lesson) if course else None
        quiz = programme.quiz(course, lesson) if course and lesson else None
        if course is None or lesson is None or quiz is None:
            continue
        met = retakes.finished_tries(db, each.course, each.lesson, besides=each.id, person_id=person_id)
        turned = {one.quiz_version: programme.turned_round(one.quiz_version, course, lesson) for one in met}
        still = reversals.touched(met, turned, twins_of(course.quizzes[lesson.slug].scenarios)).get(person_id, ())
        known = [word for word in each.scenarios if word in still and word not in programme.put_aside(course, lesson)]
        if known:
            latest = attempts.latest_ratings(db, person_id, each.course, each.lesson)
            found[each.course, each.lesson] = replace(each, scenarios=selection.draw_again(quiz, known, latest))
    return found


def touched(db: Database, programme: Programme, school: School) -> list[Touched]:
    """Whom the policy of `school`, which may be a draft, touches: by lesson."""
    asked, met = retakes.still_asked(db), retakes.quiz_versions_taught(db)
    found = []
    for course, lesson in programme.lessons:
        key = (course.slug, lesson.slug)
        who = _touched_by(db, programme, school, (course, lesson), met[key]) if key in met else {}
        if not who:
            continue
        known = people.by_ids(db, who)
        listed = sorted(((known[person], words) for person, words in who.items()), key=lambda each: folded(each[0].name))
        shown = programme.quiz(course, lesson)
        titles = sorted({shown.scenarios[word].title for words in who.values() for word in words}) if shown else []
        to_ask = [(person, words) for person, words in listed if not asked.get((person.id, *key), frozenset()) >= set(words)]
        found.append(Touched(*key, lesson.title, titles, listed, to_ask))
    return found


def count_touched(db: Database, programme: Programme, schools: Mapping[str, School]) -> dict[str, int]:
    """How many people the policy of each of these schools touches, by the name that it has here."""
    met = retakes.quiz_versions_taught(db)
    people: dict[str, set[int]] = {name: set() for name in schools}
    for course, lesson in programme.lessons:
        taught = met.get((course.slug, lesson.slug), [])
        turned = {name: _turned(db, programme, school, (course, lesson), taught) for name, school in schools.items()}
        if any(any(each.values()) for each in turned.values()):
            tries = retakes.finished_tries(db, course.slug, lesson.slug)
            for name, each in turned.items():
                people[name].update(reversals.touched(tries, each, twins_of(course.quizzes[lesson.slug].scenarios)))
    return {name: len(who) for name, who in people.items()}


def _touched_by(
    db: Database, programme: Programme, school: School, where: tuple[Course, Lesson], met: list[str]
) -> dict[int, tuple[str, ...]]:
    """The scenarios of a lesson that are turned round for each who was taught them in the versions `met`, by person."""
    course, lesson = where
    turned = _turned(db, programme, school, where, met)
    if not any(turned.values()):
        return {}
    tries = retakes.finished_tries(db, course.slug, lesson.slug)
    return reversals.touched(tries, turned, twins_of(course.quizzes[lesson.slug].scenarios))


def _turned(
    db: Database, programme: Programme, school: School, where: tuple[Course, Lesson], met: list[str]
) -> dict[str, frozenset[str]]:
    """The scenarios of a lesson that the policy of a school turns round, for each of the versions `met` of its quiz."""
    course, lesson = where
    quiz = course.quizzes.get(lesson.slug)
    if quiz is None or not met:
        return {}
    would = quiz_edition.quiz_edition(course, quiz, programme.library, school)
    return {version: programme.editions.turned_round(db, version, would) for version in met}


def ask_again(db: Database, programme: Programme, by: int, now: datetime) -> int:
    """Ask everybody whom the policy in force touches just those scenarios again; how many people that is new for."""
    askings = [
        Asking(person.id, each.course, each.lesson, scenarios, programme.policy.version, by, now)
        for each in touched(db, programme, programme.school)
        for person, scenarios in each.to_ask
    ]
    with transaction(db):
        return len({each.person_id for each in askings if retakes.ask(db, each)})

"""Whom a new policy touches: those who were taught a judgement that it turns round, and asking them just that again."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from flask import flash, redirect, render_template
from werkzeug.wrappers import Response

from ...content import edition
from ...content.edition import JudgedQuiz
from ...content.model import School
from ...learning import again
from ...records import asked_again, people
from ...records.database import transaction
from ...records.people import Person
from ..site import db, now, site, teaching, viewer
from .lists import blueprint

log = logging.getLogger("induction.policy")


@dataclass(frozen=True, slots=True)
class Touched:
    """One lesson, the scenarios of it that are turned round, and who was taught them."""

    course: str
    lesson: str
    title: str
    scenarios: list[str]  # titles
    people: list[tuple[Person, tuple[str, ...]]]  # with the ids of their scenarios, by name
    asked: int  # how many of them are asked again already

    @property
    def to_ask(self) -> int:
        return len(self.people) - self.asked


def touched(school: School) -> list[Touched]:
    """Whom the policy of `school`, which may be a draft, touches: by lesson."""
    taught = teaching()
    asked = asked_again.asked_under(db(), taught.policy.version) if school.policy_version == taught.policy.version else frozenset()
    found = []
    for (course, lesson), versions in sorted(asked_again.quiz_versions_taught(db()).items()):
        now_judged = _judged(course, lesson, school)
        if now_judged is None:
            continue
        turned = {version: again.turned_round(site().shelf.judged(version), now_judged) for version in versions}
        if not any(turned.values()):
            continue
        who = again.touched(asked_again.taught(db(), course, lesson), turned)
        if not who:
            continue
        known = people.some(db(), who)
        listed = sorted(((known[person], words) for person, words in who.items()), key=lambda each: each[0].name.casefold())
        titles = sorted({now_judged.scenarios[word].title for words in who.values() for word in words})
        done = sum((person, course, lesson) in asked for person in who)
        found.append(Touched(course, lesson, now_judged.title, titles, listed, done))
    return found


def _judged(course: str, lesson: str, school: School) -> JudgedQuiz | None:
    taught = teaching()
    of = taught.library.courses.get(course)
    quiz = of.quizzes.get(lesson) if of and of.lesson(lesson) else None
    if of is None or quiz is None:
        return None
    version = edition.quiz_edition(of, quiz, taught.library, school)
    return site().shelf.judged(version.sha256, version.text)


@dataclass(frozen=True, slots=True)
class TouchedPage:
    version: int
    lessons: list[Touched]

    @property
    def to_ask(self) -> int:
        return sum(each.to_ask for each in self.lessons)


@blueprint.get("/policy/touched", endpoint="touched")
def touched_page() -> str:
    page = TouchedPage(teaching().policy.version, touched(teaching().school))
    return render_template("school/policy-touched.html", page=page)


@blueprint.post("/policy/touched", endpoint="ask_again")
def ask_again() -> Response:
    """Ask everybody who is touched just those scenarios again."""
    taught = teaching()
    lessons = touched(taught.school)
    with transaction(db()):
        asked = {
            person.id
            for each in lessons
            for person, scenarios in each.people
            if asked_again.ask(
                db(),
                person_id=person.id,
                course=each.course,
                lesson=each.lesson,
                scenarios=scenarios,
                policy_version=taught.policy.version,
                by=viewer().id,
                now=now(),
            )
        }
    log.info("Asked again under policy version %s: %s people, by person %s", taught.policy.version, len(asked), viewer().id)
    count = len(asked)
    told = f"{count} {'person finds' if count == 1 else 'people find'} them on their home page." if count else "Nobody new was asked."
    flash(told, "done")
    return redirect("/school/policy/touched", 303)

"""Whom a new policy touches: those who were taught a judgement that it turns round, and asking them just that again."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from flask import flash, redirect, render_template
from werkzeug.wrappers import Response

from ...content.editions import quiz_edition
from ...content.model import School
from ...records.people import people
from ...records.people.people import Person
from ...records.progress import retakes
from ...records.store.database import transaction
from ...rules import reversals
from ...rules.names import told_apart
from ...rules.text import folded
from ..incoming_request import sent
from ..site import current_programme, db, now, site, viewer
from .room import blueprint

log = logging.getLogger("induction.policy")


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


def touched(school: School) -> list[Touched]:
    """Whom the policy of `school`, which may be a draft, touches: by lesson."""
    programme, weigh = current_programme(), site().shelf.soundness
    asked = retakes.still_asked(db())
    met = retakes.quiz_versions_taught(db())
    found = []
    for course, lesson in programme.lessons:
        key, quiz = (course.slug, lesson.slug), course.quizzes.get(lesson.slug)
        if quiz is None or key not in met:
            continue
        would = quiz_edition.quiz_edition(course, quiz, programme.library, school)
        now_sound = weigh(would.sha256, would.text)
        turned = {version: reversals.turned_round(weigh(version), now_sound) for version in met[key]}
        who = reversals.touched(retakes.finished_tries(db(), *key), turned) if any(turned.values()) else {}
        if not who:
            continue
        known = people.some(db(), who)
        listed = sorted(((known[person], words) for person, words in who.items()), key=lambda each: folded(each[0].name))
        shown = programme.quiz(course, lesson)
        titles = sorted({shown.scenarios[word].title for words in who.values() for word in words}) if shown else []
        to_ask = [(person, words) for person, words in listed if not asked.get((person.id, *key), frozenset()) >= set(words)]
        found.append(Touched(*key, lesson.title, titles, listed, to_ask))
    return found


@dataclass(frozen=True, slots=True)
class TouchedPage:
    version: int
    lessons: list[Touched]

    @property
    def to_ask(self) -> int:
        return sum(len(each.to_ask) for each in self.lessons)


@blueprint.get("/policy/touched", endpoint="touched")
def touched_page() -> str:
    page = TouchedPage(current_programme().policy.version, touched(current_programme().school))
    return render_template("school/policy-retakes.html", page=page)


@blueprint.post("/policy/touched", endpoint="ask_again")
def ask_again() -> Response:
    """Ask everybody who is touched just those scenarios again."""
    programme = current_programme()
    if sent("version") != str(programme.policy.version):
        flash("Nobody was asked: another version was published meanwhile. Look again whom it touches.", "wait")
        return redirect("/school/policy/touched", 303)
    lessons = touched(programme.school)
    with transaction(db()):
        asked = {
            person.id
            for each in lessons
            for person, scenarios in each.to_ask
            if retakes.ask(
                db(),
                person_id=person.id,
                course=each.course,
                lesson=each.lesson,
                scenarios=scenarios,
                policy_version=programme.policy.version,
                by=viewer().id,
                now=now(),
            )
        }
    log.info("Asked again under policy version %s: %s people, by person %s", programme.policy.version, len(asked), viewer().id)
    count = len(asked)
    told = f"{count} {'person finds' if count == 1 else 'people find'} them on their home page." if count else "Nobody new was asked."
    flash(told, "done")
    return redirect("/school/policy/touched", 303)

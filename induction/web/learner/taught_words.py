"""The lesson, the scenarios and the policy as they were on the day when somebody completed, tried or signed something."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import abort, render_template
from markupsafe import Markup

from ...content.editions.as_it_was import Then
from ...content.editions.edition import TakenStance
from ...content.editions.lesson_edition import ShownLesson
from ...content.editions.policy_document import PolicyDocument
from ...content.editions.quiz_edition import JudgedQuiz, JudgedScenario
from ...records.policy.versions import Version
from ...records.progress import attempts
from ...records.progress.attempts import Answer
from ...records.progress.taught import Taught
from ...rules.happened import Kind
from ...services import taught as services
from ...wording import taught as wording
from ..parts import as_it_was
from ..parts.as_it_was import Head
from ..site import current_programme, db
from .room import blueprint


@dataclass(frozen=True, slots=True)
class LessonPage:
    head: Head
    sha256: str
    lesson: ShownLesson | None
    html: Markup
    source: str  # as it was written
    not_drawn: str
    words: str  # the address of the words to the letter; empty where they are not handed out


@as_it_was.of_each(blueprint, "lesson", Kind.COMPLETION, Kind.ATTEMPT)
def lesson(kind: Kind, number: int) -> str:
    of = as_it_was.head(kind, number)
    sha256 = of.taught.lesson_version or abort(404)
    then = services.lesson_then(current_programme(), sha256)
    html, pictures = as_it_was.with_pictures(then.shown.html if then.shown else "")
    page = LessonPage(of, sha256, then.shown, html, then.source, wording.not_drawn(then.unknown, pictures), _to_the_letter(of, "lesson"))
    return render_template("learner/taught-lesson.html", page=page)


def _to_the_letter(of: Head, what: str) -> str:
    return f"{as_it_was.page(of, what)}/words" if of.taught.kind is Kind.COMPLETION else ""


@dataclass(frozen=True, slots=True)
class ScenariosPage:
    head: Head
    sha256: str
    quiz: JudgedQuiz | None
    asked: list[JudgedScenario]
    answers: Mapping[tuple[str, str], Answer]  # by scenario and scene, where whoever asks may read them
    choices: str  # why none are shown, or whose they are
    source: str
    not_drawn: str
    words: str


@as_it_was.of_each(blueprint, "scenarios", Kind.COMPLETION, Kind.ATTEMPT)
def scenarios(kind: Kind, number: int) -> str:
    """Every scene, option and feedback of what was asked; which were chosen, for those who may read that."""
    of = as_it_was.head(kind, number)
    sha256 = of.taught.quiz_version or abort(404)
    then, given = services.quiz_then(current_programme(), sha256), _answers(of.taught)
    asked = _asked(of.taught, then)
    page = ScenariosPage(
        head=of,
        sha256=sha256,
        quiz=then.shown,
        asked=asked,
        answers=given,
        choices=wording.choices(of.taught.own, of.taught.reads_choices, bool(given), of.first_name),
        source=then.source if as_it_was.may_have_all_scenarios() else "",
        not_drawn=wording.not_drawn(then.unknown, 0),
        words=_to_the_letter(of, "scenarios") if as_it_was.may_have_all_scenarios() else "",
    )
    return render_template("learner/taught-scenarios.html", page=page, drawn=lambda html: as_it_was.with_pictures(html)[0])


def _asked(found: Taught, then: Then[JudgedQuiz]) -> list[JudgedScenario]:
    there = then.shown.scenarios if then.shown else {}
    return [there[word] for word in found.drawn if word in there]


def _answers(found: Taught) -> dict[tuple[str, str], Answer]:
    if not found.reads_choices or found.attempt_id is None:
        return {}
    attempt = attempts.find(db(), found.person_id, found.attempt_id)
    return {(each.scenario, each.scene): each for each in attempt.answers} if attempt else {}


@dataclass(frozen=True, slots=True)
class PolicyPage:
    head: Head
    version: Version | None  # None: none was published then
    published: str
    document: PolicyDocument | None
    sections: list[Markup]
    source: str  # as it was written, where it can't be drawn
    stances: list[TakenStance]  # that the lesson and its scenarios held, where the policy's own words are not kept
    not_drawn: str
    words: str


@as_it_was.of_each(blueprint, "policy", *Kind)
def policy(kind: Kind, number: int) -> str:
    of = as_it_was.head(kind, number)
    found = services.policy_then(current_programme(), of.taught.policy_version)
    shown = found.then.shown if found.then else None
    drawn = [as_it_was.with_pictures(section.html) for section in shown.sections] if shown else []
    page = PolicyPage(
        head=of,
        version=found.version,
        published=wording.published(found.version.at, found.version.published_by_name) if found.version else "",
        document=shown,
        sections=[html for html, _ in drawn],
        source=found.then.source if found.then and not shown else "",
        stances=[] if found.then else services.stances_held(current_programme(), of.taught),
        not_drawn=wording.not_drawn(found.then.unknown if found.then else (), sum(gone for _, gone in drawn)),
        words=_to_the_letter(of, "policy") if found.then else "",
    )
    return render_template("learner/taught-policy.html", page=page)

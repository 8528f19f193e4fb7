"""Scenarios one a page: every answer is saved the moment it is sent, and drawn from what is stored."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

from flask import abort, flash, redirect, render_template
from markupsafe import Markup
from werkzeug.wrappers import Response

from ...content.editions.quiz_edition import JudgedOption, JudgedQuiz, JudgedScenario, JudgedScene
from ...content.model import Course, Rating
from ...records.progress import shares
from ...records.progress.attempts import Attempt
from ...records.store.database import transaction
from ...rules import judging
from ...rules.judging import Place
from ...services import attempts
from ...services.attempts import Chosen, Refused, Trouble
from ...services.lesson_visits import LessonVisit
from ...wording import dates
from ...wording.attempts import asks_in_its_words
from ..incoming_request import every, sent
from ..parts import opened_page, sharing
from ..parts.past_attempts import mine
from ..site import current_programme, db, now, viewer
from .attempt_result import result_page
from .room import blueprint

CHOICE = re.compile(r"([1-9][0-9]{0,3})\.([^.\s]{1,200})\.([1-9][0-9]{0,2})")  # step, scene, number of the option


@blueprint.post("/courses/<course>/<lesson>/scenarios")
def scenarios(course: str, lesson: str) -> Response:
    """Go on with the open attempt, or start one: what it asks is drawn once and stored."""
    programme = current_programme()
    of = programme.library.courses.get(course) or abort(404)
    found = of.lesson(lesson) or abort(404)
    visit = LessonVisit(viewer().id, of, found, now(), opened_page.page(of, found))
    attempt_id = attempts.begin(db(), programme, visit, random.shuffle)
    if attempt_id is None:
        abort(404)
    return redirect(f"/attempts/{attempt_id}", 303)


@dataclass(frozen=True, slots=True)
class ScenarioPage:
    attempt: Attempt
    course: Course | None
    lesson_title: str
    place: Place
    total: int
    html: Markup
    trouble: Trouble | None
    warned: bool  # it is said beforehand what it is about
    may_put_off: bool  # somebody who would rather not meet it now may have another

    @property
    def asks_in_its_words(self) -> bool:
        """Whether the scene ends in its own question, so that ours is for screen readers alone."""
        return asks_in_its_words(self.html)

    def value(self, option: JudgedOption) -> str:
        return f"{self.place.step}.{self.place.scene.id}.{option.number}"


@blueprint.get("/attempts/<id:attempt_id>")
def attempt(attempt_id: int) -> str:
    found, quiz = mine(attempt_id)
    if found.finished_at is not None:
        return result_page(found, quiz)
    return _scenario(found, quiz)


def _scenario(found: Attempt, quiz: JudgedQuiz, trouble: Trouble | None = None) -> str:
    here = judging.place(quiz, found.drawn, found.answers) or abort(404)
    untouched = not judging.answers_in(found.answers, here.scenario.id)
    page = ScenarioPage(
        attempt=found,
        course=current_programme().library.courses.get(found.course),
        lesson_title=quiz.title,
        place=here,
        total=len(found.drawn),
        html=Markup(here.scene.html),
        trouble=trouble,
        warned=bool(here.scenario.warn) and untouched,
        may_put_off=bool(here.scenario.warn) and attempts.may_put_off(db(), current_programme(), found),
    )
    return render_template("learner/scenario.html", page=page)


@blueprint.post("/attempts/<id:attempt_id>", endpoint="answer")
def answer(attempt_id: int) -> Response | str | tuple[str, int]:
    """Save an answer, once. The same step again shows what is stored and changes nothing."""
    result = attempts.answer(db(), current_programme(), viewer().id, attempt_id, _chosen(), now()) or abort(404)
    if isinstance(result, Refused):
        page = _scenario(result.attempt, result.quiz, result.trouble)
        return page if result.trouble is Trouble.NOTHING else (page, 400)
    return redirect(f"/attempts/{attempt_id}/{result.step}" if result.step else f"/attempts/{attempt_id}", 303)


def _chosen() -> list[Chosen]:
    parsed = [CHOICE.fullmatch(value) for value in every("option")]
    return [Chosen(int(match[1]), match[2], int(match[3])) if match else Chosen(0, "", 0) for match in parsed]


@dataclass(frozen=True, slots=True)
class StepPage:
    attempt: Attempt
    course: Course | None
    lesson_title: str
    scenario: JudgedScenario
    scene: JudgedScene
    number: int
    total: int
    rating: Rating
    situation: Markup  # the scene's words
    chosen: list[JudgedOption]
    wisest: list[JudgedOption]  # shown open where the choice was unwise
    others: list[JudgedOption]
    ending: JudgedScene | None  # the story's end, where it has words of its own
    goes_on: JudgedScene | None  # the next scene of the same story
    last: bool  # the result comes next
    saved_at: str
    step: int
    policy_chosen: bool  # whether the school has chosen every stance that these scenarios rest on


@blueprint.get("/attempts/<id:attempt_id>/<id:step>")
def step(attempt_id: int, step: int) -> str:
    """What follows from an answer, as it was judged then."""
    found, quiz = mine(attempt_id)
    if step > len(found.answers):
        abort(404)
    given = found.answers[step - 1]
    scenario = quiz.scenarios[given.scenario]
    scene = scenario.scenes[given.scene]
    before = judging.answers_in(found.answers[:step], given.scenario)
    following = judging.follow(scenario, before)
    rest = [option for option in scene.options if option.number not in given.chosen]
    wisest = judging.wisest(rest) if given.rating in judging.UNWISE else []
    page = StepPage(
        attempt=found,
        course=current_programme().library.courses.get(found.course),
        lesson_title=quiz.title,
        scenario=scenario,
        scene=scene,
        number=found.drawn.index(given.scenario) + 1,
        total=len(found.drawn),
        rating=given.rating,
        chosen=[option for option in scene.options if option.number in given.chosen],
        situation=Markup(scene.html),
        wisest=wisest,
        others=[option for option in rest if option not in wisest],
        ending=following if following and not following.options else None,
        goes_on=following if following and following.options else None,
        last=found.finished_at is not None and step == len(found.answers),
        saved_at=dates.clock(given.at),
        step=step,
        policy_chosen=all(taken.chosen for taken in quiz.stances.values()),
    )
    return render_template("learner/step.html", page=page)


@blueprint.post("/attempts/<id:attempt_id>/another")
def another(attempt_id: int) -> Response:
    """Put off one that says beforehand what it is about, and have another one instead. The number asked stays."""
    (found, _), scenario = mine(attempt_id), sent("scenario")
    drawn = attempts.put_off(db(), current_programme(), found, scenario, random.shuffle, now())
    if drawn and scenario in drawn:
        flash("That one comes later, as the last. You can stop there and go on another day.", "done")
    return redirect(f"/attempts/{attempt_id}", 303)


@blueprint.post("/attempts/<id:attempt_id>/share", endpoint="share_attempt")
def share(attempt_id: int) -> Response:
    """Let the mentor whom the page names see the single choices of a finished attempt, or take that back."""
    wanted = sent("share") == "yes"
    if mine(attempt_id)[0].finished_at is None:
        abort(404)
    try:
        with transaction(db()):
            reader = sharing.reader() if wanted else None
            shares.share_attempt(db(), viewer().id, attempt_id, reader.id if reader else None, now())
    except sharing.NotShared as fault:
        flash(str(fault), "wait")
    else:
        flash(
            f"Shared with {reader.name}. Your mentor can see the choices of this try." if reader
            else "Taken back. Your choices are yours alone.",
            "done",
        )
    return redirect(f"/attempts/{attempt_id}", 303)

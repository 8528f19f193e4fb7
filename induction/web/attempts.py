"""Scenarios one a page: every answer is saved the moment it is sent, and drawn from what is stored."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

from flask import Blueprint, abort, flash, redirect, render_template, request
from markupsafe import Markup
from werkzeug.wrappers import Response

from ..content.edition import JudgedOption, JudgedQuiz, JudgedScenario, JudgedScene
from ..content.model import Course, Lesson, Rating
from ..learning import dates, drawing, judging
from ..learning.judging import Place
from ..records import attempts, completions
from ..records.attempts import Answer, Attempt
from ..records.database import transaction
from . import taking
from .history import mine
from .site import db, now, teaching, today, viewer

blueprint = Blueprint("attempts", __name__)
CHOICE = re.compile(r"([1-9][0-9]{0,3})\.([^.\s]{1,200})\.([1-9][0-9]{0,2})")  # step, scene, number of the option
TRIES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


@blueprint.post("/courses/<course>/<lesson>/scenarios")
def scenarios(course: str, lesson: str) -> Response:
    """Go on with the open attempt, or start one: what it asks is drawn once and stored."""
    taught, person = teaching(), viewer().id
    of = taught.library.courses.get(course) or abort(404)
    found = of.lesson(lesson) or abort(404)
    with transaction(db()):
        attempt_id = taking.begin(db(), taught, of, found, person, random.shuffle, now())
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
    chosen: frozenset[str]  # kept when the page comes back with a problem
    trouble: str | None
    warned: bool  # it is said beforehand what it is about
    may_swap: bool  # somebody who would rather not meet it may have another; not where it is asked again for its rule

    @property
    def first_scene(self) -> bool:
        return self.place.scene.id == self.place.scenario.id

    @property
    def asks_in_its_words(self) -> bool:
        """Whether the scene ends in its own question, so that ours is for screen readers alone."""
        return self.html.rstrip().endswith("?</p>")

    def value(self, option: JudgedOption) -> str:
        return f"{self.place.step}.{self.place.scene.id}.{option.number}"


@blueprint.get("/attempts/<id:attempt_id>")
def attempt(attempt_id: int) -> str:
    found, quiz = mine(attempt_id)
    if found.finished_at is not None:
        return _result(found, quiz)
    return _scenario(found, quiz)


def _scenario(found: Attempt, quiz: JudgedQuiz, trouble: str | None = None, chosen: list[str] | None = None) -> str:
    here = judging.place(quiz, found.drawn, found.answers) or abort(404)
    untouched = not judging.answers_in(found.answers, here.scenario.id)
    page = ScenarioPage(
        attempt=found,
        course=teaching().library.courses.get(found.course),
        lesson_title=quiz.title,
        place=here,
        total=len(found.drawn),
        html=Markup(here.scene.html),
        chosen=frozenset(chosen or ()),
        trouble=trouble,
        warned=bool(here.scenario.warn) and untouched,
        may_swap=found.asked_again is None,
    )
    return render_template("learning/scenario.html", page=page)


@blueprint.post("/attempts/<id:attempt_id>", endpoint="answer")
def answer(attempt_id: int) -> Response | str | tuple[str, int]:
    """Save an answer, once. The same step again shows what is stored and changes nothing."""
    sent = request.form.getlist("option")
    with transaction(db()):
        found, quiz = mine(attempt_id)
        here = judging.place(quiz, found.drawn, found.answers)
        parsed = [CHOICE.fullmatch(value) for value in sent]
        step = int(parsed[0][1]) if parsed and parsed[0] else None
        if step is not None and step <= len(found.answers):
            return redirect(f"/attempts/{attempt_id}/{step}", 303)
        if here is None:
            return redirect(f"/attempts/{attempt_id}", 303)
        fits = all(match and (int(match[1]), match[2]) == (here.step, here.scene.id) for match in parsed)
        chosen = tuple(sorted({int(match[3]) for match in parsed if match}))
        try:
            if not fits:
                raise judging.NoSuchOption
            judgement = judging.judge(here.scene, chosen)
        except judging.NothingChosen:
            return _scenario(found, quiz, "nothing")
        except judging.NoSuchOption:
            return _scenario(found, quiz, "elsewhere"), 400
        given = Answer(here.step, here.scenario.id, here.scene.id, chosen, judgement.rating, judgement.mark, now())
        taking.answer(db(), teaching(), found, quiz, given)
    return redirect(f"/attempts/{attempt_id}/{here.step}", 303)


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
    chosen: list[JudgedOption]
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
    page = StepPage(
        attempt=found,
        course=teaching().library.courses.get(found.course),
        lesson_title=quiz.title,
        scenario=scenario,
        scene=scene,
        number=found.drawn.index(given.scenario) + 1,
        total=len(found.drawn),
        rating=given.rating,
        chosen=[option for option in scene.options if option.number in given.chosen],
        others=[option for option in scene.options if option.number not in given.chosen],
        ending=following if following and not following.options else None,
        goes_on=following if following and following.options else None,
        last=found.finished_at is not None and step == len(found.answers),
        saved_at=dates.clock(given.at),
        step=step,
        policy_chosen=all(taken.chosen for taken in quiz.stances.values()),
    )
    return render_template("learning/step.html", page=page)


@blueprint.post("/attempts/<id:attempt_id>/another")
def another(attempt_id: int) -> Response:
    """Another scenario instead of one that says beforehand what it is about. That is not recorded.

    The form names the scenario, so that pressing twice takes no second one away.
    """
    with transaction(db()):
        found, quiz = mine(attempt_id)
        here = judging.place(quiz, found.drawn, found.answers)
        named = here is not None and request.form.get("instead_of") == here.scenario.id
        if here and named and here.scenario.warn and found.asked_again is None and not judging.answers_in(found.answers, here.scenario.id):
            drawn = drawing.another(quiz, found.drawn, here.scenario.id, random.shuffle)
            attempts.replace_drawn(db(), found.id, drawn)
            if drawn == found.drawn:
                flash("There is no other scenario to put in its place. You can leave it and come back later.", "wait")
    return redirect(f"/attempts/{attempt_id}", 303)


@dataclass(frozen=True, slots=True)
class ScenarioResult:
    scenario: JudgedScenario
    rating: Rating
    chosen: list[JudgedOption]  # in the answer that decided it


@dataclass(frozen=True, slots=True)
class ReadAgainRow:
    title: str
    href: str
    because: str  # the scenario's title


@dataclass(frozen=True, slots=True)
class Try:
    number: int
    day: str
    percent: int
    passed: bool
    href: str
    here: bool


@dataclass(frozen=True, slots=True)
class ResultPage:
    attempt: Attempt
    course: Course | None
    lesson: Lesson | None
    lesson_title: str
    heading: str
    which: str  # *second try, Tuesday 10 November*
    results: list[ScenarioResult]
    crossed: list[ScenarioResult]
    read_again: list[ReadAgainRow]
    tries: list[Try]
    course_done: bool
    defaults: list[str]  # questions that the school had not decided, so that the cautious rule judged


def _result(found: Attempt, quiz: JudgedQuiz) -> str:
    results = [_scenario_result(found, quiz, word) for word in found.drawn]
    crossed = [result for result in results if result.rating is Rating.BREACH]
    tries = _tries(found)
    course = teaching().library.courses.get(found.course)
    number = next(each.number for each in tries if each.here)
    done = completions.of_person(db(), found.person_id)
    page = ResultPage(
        attempt=found,
        course=course,
        lesson=course.lesson(found.lesson) if course else None,
        lesson_title=quiz.title,
        heading=_heading(found),
        which=f"{_ordinal(number)} try, {dates.day(dates.local(found.finished_at or now()).date(), today())}",
        results=results,
        crossed=crossed,
        read_again=_read_again(found, results),
        tries=tries,
        course_done=any(each.course == found.course and not each.lesson for each in done),
        defaults=[taken.ask for taken in quiz.stances.values() if not taken.chosen],
    )
    return render_template("learning/result.html", page=page)


def _heading(found: Attempt) -> str:
    if found.passed:
        return "Passed"
    if found.breaches and (found.percent or 0) >= found.pass_mark:
        count = dates.number(found.breaches)
        return f"Nearly there: {count} choice{'s' * (found.breaches != 1)} crossed the line"
    return f"Not yet: {found.percent} of 100"


def _scenario_result(found: Attempt, quiz: JudgedQuiz, word: str) -> ScenarioResult:
    given = judging.answers_in(found.answers, word)
    judgement = judging.judge_scenario(given)
    deciding = next((answer for answer in given if answer.rating is judgement.rating), given[0])
    scene = quiz.scenarios[word].scenes[deciding.scene]
    chosen = [option for option in scene.options if option.number in deciding.chosen]
    return ScenarioResult(quiz.scenarios[word], judgement.rating, chosen)


def _read_again(found: Attempt, results: list[ScenarioResult]) -> list[ReadAgainRow]:
    rows = []
    for result in results:
        read = result.scenario.read
        if result.rating is not Rating.BEST and read:
            anchor = f"#{read.heading}" if read.heading else ""
            href = f"/courses/{found.course}/{read.lesson}{anchor}"
            rows.append(ReadAgainRow(read.title, href, result.scenario.title))
    return rows


def _tries(found: Attempt) -> list[Try]:
    history = attempts.history(db(), found.person_id, course=found.course, lesson=found.lesson)
    finished = [each for each in reversed(history) if each.finished_at]
    return [
        Try(
            number,
            dates.day(dates.local(each.finished_at).date(), today()),
            each.percent or 0,
            bool(each.passed),
            f"/attempts/{each.id}",
            each.id == found.id,
        )
        for number, each in enumerate(finished, start=1)
    ]


def _ordinal(number: int) -> str:
    return TRIES[number - 1] if number <= len(TRIES) else f"{number}th"


@blueprint.post("/attempts/<id:attempt_id>/share")
def share(attempt_id: int) -> Response:
    """Let the mentor see the single choices of a finished attempt, or take that back."""
    wanted = request.form.get("share") == "yes"
    with transaction(db()):
        if not attempts.share(db(), viewer().id, attempt_id, wanted, now()):
            abort(404)
    flash(
        "Shared. Your mentor can see the choices of this try." if wanted else "Taken back. Your choices are yours alone.",
        "done",
    )
    return redirect(f"/attempts/{attempt_id}", 303)

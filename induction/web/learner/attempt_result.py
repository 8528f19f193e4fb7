"""The result of an attempt, as its owner reads it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template

from ...content.editions.quiz_edition import JudgedOption, JudgedQuiz, JudgedScenario
from ...content.model import Course, Lesson, Rating
from ...records.people.people import Person
from ...records.progress import attempts, completions, shares
from ...records.progress.attempts import Attempt
from ...rules import calendar, judging
from ...wording import dates
from ...wording.attempts import heading, mark, what_it_takes, which_try
from ...wording.sharing import Sharing
from ..parts import sharing
from ..site import current_programme, db, now, today
from .next_step import NextStep, after_a_result, whereabouts


@dataclass(frozen=True, slots=True)
class ScenarioResult:
    scenario: JudgedScenario
    rating: Rating
    chosen: list[JudgedOption]  # in the answer that decided it
    href: str  # what followed from that answer


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
    lead: str
    mark: str
    next: NextStep | None  # what a try that was passed leads on to
    which: str  # *second try, Tuesday 10 November*
    results: list[ScenarioResult]
    crossed: list[ScenarioResult]
    read_again: list[ReadAgainRow]
    tries: list[Try]
    defaults: list[str]  # questions that the school had not decided, so that the cautious rule judged
    mentor: Person | None  # at present
    sharing: Sharing
    shared: str  # how it is shared, in words


def result_page(found: Attempt, quiz: JudgedQuiz) -> str:
    """The page of a finished attempt: what was judged well, what crossed a line, what to read again, and sharing it."""
    results = [_scenario_result(found, quiz, word) for word in found.drawn] if found.answers else []  # which go in their time
    crossed = [result for result in results if result.rating is Rating.BREACH]
    tries = _tries(found)
    course = current_programme().library.courses.get(found.course)
    number = next(each.number for each in tries if each.here)
    passed, percent = bool(found.passed), found.percent or 0
    mentor = sharing.mentor()
    shared = sharing.standing(shares.attempts_of(db(), found.person_id).get(found.id), mentor)
    page = ResultPage(
        attempt=found,
        course=course,
        lesson=course.lesson(found.lesson) if course else None,
        lesson_title=quiz.title,
        heading=heading(passed, percent, found.pass_mark, found.breaches or 0),
        lead=what_it_takes(passed, found.pass_mark, _completed_the_course(found)),
        mark=mark(percent),
        next=after_a_result(whereabouts(current_programme())) if passed else None,
        which=which_try(number, calendar.local(found.finished_at or now()).date(), today()),
        results=results,
        crossed=crossed,
        read_again=_read_again(found, results),
        tries=tries,
        defaults=[taken.ask for taken in quiz.stances.values() if not taken.chosen],
        mentor=mentor,
        sharing=shared,
        shared=shared.words("the choices of this try", today()),
    )
    return render_template("learner/attempt-result.html", page=page)


def _completed_the_course(found: Attempt) -> bool:
    """Whether this very try was the last thing left of its course."""
    done = completions.of_person(db(), found.person_id)
    return any(each.course == found.course and not each.lesson and each.completed_at == found.finished_at for each in done)


def _scenario_result(found: Attempt, quiz: JudgedQuiz, word: str) -> ScenarioResult:
    given = judging.answers_in(found.answers, word)
    judgement = judging.judge_scenario(given)
    deciding = next((answer for answer in given if answer.rating is judgement.rating), given[0])
    scene = quiz.scenarios[word].scenes[deciding.scene]
    chosen = [option for option in scene.options if option.number in deciding.chosen]
    href = f"/attempts/{found.id}/{found.answers.index(deciding) + 1}"
    return ScenarioResult(quiz.scenarios[word], judgement.rating, chosen, href)


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
    finished = [(each, each.finished_at) for each in reversed(history) if each.finished_at]
    return [
        Try(
            number,
            dates.day(calendar.local(at).date(), today()),
            each.percent or 0,
            bool(each.passed),
            f"/attempts/{each.id}",
            each.id == found.id,
        )
        for number, (each, at) in enumerate(finished, start=1)
    ]

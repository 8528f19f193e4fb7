"""The result of an attempt, as its owner reads it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template

from ...content.editions.edition import JudgedOption, JudgedQuiz, JudgedScenario
from ...content.model import Course, Lesson, Rating
from ...records.people.people import Person
from ...records.progress import attempts, completions, shares
from ...records.progress.attempts import Attempt
from ...rules import calendar, judging
from ...wording import dates, numbers
from ...wording.sharing import Sharing
from ..parts import sharing
from ..site import current_programme, db, now, today

TRIES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


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
    mentor: Person | None  # at present
    sharing: Sharing
    shared: str  # how it is shared, in words


def result_page(found: Attempt, quiz: JudgedQuiz) -> str:
    """The page of a finished attempt: what was judged well, what crossed a line, what to read again, and sharing it."""
    results = [_scenario_result(found, quiz, word) for word in found.drawn]
    crossed = [result for result in results if result.rating is Rating.BREACH]
    tries = _tries(found)
    course = current_programme().library.courses.get(found.course)
    number = next(each.number for each in tries if each.here)
    mentor = sharing.mentor()
    shared = sharing.standing(shares.attempts_of(db(), found.person_id).get(found.id), mentor)
    page = ResultPage(
        attempt=found,
        course=course,
        lesson=course.lesson(found.lesson) if course else None,
        lesson_title=quiz.title,
        heading=_heading(found),
        which=f"{_ordinal(number)} try, {dates.day(calendar.local(found.finished_at or now()).date(), today())}",
        results=results,
        crossed=crossed,
        read_again=_read_again(found, results),
        tries=tries,
        course_done=_completed_the_course(found),
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


def _heading(found: Attempt) -> str:
    if found.passed:
        return "Passed"
    if found.breaches and (found.percent or 0) >= found.pass_mark:
        count = numbers.number(found.breaches)
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
            dates.day(calendar.local(each.finished_at).date(), today()),
            each.percent or 0,
            bool(each.passed),
            f"/attempts/{each.id}",
            each.id == found.id,
        )
        for number, each in enumerate(finished, start=1)
    ]


def _ordinal(number: int) -> str:
    return TRIES[number - 1] if number <= len(TRIES) else f"{number}th"

"""What somebody has done, as their own record and their mentor's page both show it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort

from ...content.editions.quiz_edition import JudgedOption, JudgedQuiz
from ...content.model import Rating, Theme
from ...records.progress import attempts
from ...records.progress.attempts import Attempt
from ...records.store.database import Database
from ...rules import calendar, induction, judging
from ...rules.induction import Talk
from ...services.programme import Programme
from ...wording import dates, reading
from ..site import current_programme, db, today, viewer


@dataclass(frozen=True, slots=True)
class AnswerShown:
    scenario: str
    rating: Rating
    chosen: list[JudgedOption]


@dataclass(frozen=True, slots=True)
class AttemptShown:
    """One try, as the record keeps it."""

    attempt: Attempt
    lesson: str
    day: str
    answers: list[AnswerShown]
    policy: str  # *version 3*, or *default* where the school had not chosen
    defaults: list[str]  # questions that the school had not decided, so that the cautious rule judged
    by_the_clock: str  # when the lesson was opened, and how long the scenarios took


def policy_words(version: int) -> str:
    return f"version {version}" if version else "default"


def lesson_titles(programme: Programme) -> dict[tuple[str, str], str]:
    """Titles by (course, lesson); a course's own under (course, '')."""
    titles = {(course.slug, lesson.slug): lesson.title for course, lesson in programme.lessons}
    return titles | {(course.slug, ""): course.title for course in programme.courses}


def attempt_shown(programme: Programme, attempt: Attempt, titles: dict[tuple[str, str], str]) -> AttemptShown:
    quiz = programme.attempted(attempt)
    answers = [
        AnswerShown(
            quiz.scenarios[answer.scenario].scenes[answer.scene].title,
            answer.rating,
            [
                option
                for option in quiz.scenarios[answer.scenario].scenes[answer.scene].options
                if option.number in answer.chosen
            ],
        )
        for answer in attempt.answers
    ]
    return AttemptShown(
        attempt,
        titles.get((attempt.course, attempt.lesson), quiz.title),
        dates.day(calendar.local(attempt.finished_at or attempt.started_at).date(), today()),
        answers,
        policy_words(attempt.policy_version),
        [taken.ask for taken in quiz.stances.values() if not taken.chosen],
        reading.by_the_clock(attempt.opening, [answer.at for answer in attempt.answers], today()),
    )


def mine(attempt_id: int) -> tuple[Attempt, JudgedQuiz]:
    """An attempt of whoever is asking, with what it asks; somebody else's is not there."""
    attempt = attempts.find(db(), viewer().id, attempt_id) or abort(404)
    return attempt, current_programme().attempted(attempt)


def talks(records: Database, programme: Programme, person_id: int) -> list[Talk]:
    """The themes that went less well in the latest try at each lesson: what a mentor sees, and no more."""
    judged = []
    themes: dict[str, Theme] = {}
    for attempt in attempts.latest_finished(records, person_id):
        quiz = programme.attempted(attempt)
        themes |= quiz.themes
        judged += [
            (quiz.scenarios[word].themes, judging.judge_scenario(judging.answers_in(attempt.answers, word)).rating)
            for word in attempt.drawn
        ]
    return induction.worth_talking_about(judged, themes)

"""What somebody has done, as their own record and their mentor's page both show it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort

from ...content.editions.quiz_edition import JudgedOption, JudgedQuiz
from ...content.model import Rating
from ...records.progress import attempts
from ...records.progress.attempts import Attempt
from ...records.progress.completions import Completion
from ...services.programme import Programme
from ...wording import openings, standing
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


def lesson_titles(programme: Programme) -> dict[tuple[str, str], str]:
    """Titles by (course, lesson); a course's own under (course, '')."""
    titles = {(course.slug, lesson.slug): lesson.title for course, lesson in programme.lessons}
    return titles | {(course.slug, ""): course.title for course in programme.courses}


def title_of(done: Completion, titles: dict[tuple[str, str], str]) -> str:
    """What a lesson or course that was completed is called; where it is here no more, what it was called then."""
    found = titles.get((done.course, done.lesson))
    return found or current_programme().editions.title(db(), done.version) or done.lesson or done.course


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
        standing.day_of(attempt.finished_at or attempt.started_at, today()),
        answers,
        standing.judged_under(attempt.policy_version),
        [taken.ask for taken in quiz.stances.values() if not taken.chosen],
        openings.by_the_clock(attempt.opening, [answer.at for answer in attempt.answers], today()),
    )


def mine(attempt_id: int) -> tuple[Attempt, JudgedQuiz]:
    """An attempt of whoever is asking, with what it asks; somebody else's is not there."""
    attempt = attempts.find(db(), viewer().id, attempt_id) or abort(404)
    return attempt, current_programme().attempted(attempt)

"""My record: everything that is held about me, to read and to download, and what my mentor can see."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass

from flask import Blueprint, Response, render_template

from ..content.edition import JudgedOption
from ..content.model import Rating, Theme
from ..learning import dates, judging, progress
from ..learning.progress import Talk
from ..records import attempts, completions, conversations, export, people
from ..records.attempts import Attempt
from ..records.conversations import Conversation
from ..records.database import Database
from ..records.people import Person
from .site import db, now, teaching, today, viewer
from .teaching import Teaching

log = logging.getLogger("induction.record")
blueprint = Blueprint("record", __name__)


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


@dataclass(frozen=True, slots=True)
class CompletionShown:
    title: str
    day: str
    percent: int | None
    policy: str
    version: str


@dataclass(frozen=True, slots=True)
class RecordPage:
    person: Person
    mentor: Person | None
    due: str | None
    completions: list[CompletionShown]
    attempts: list[AttemptShown]
    talks: list[Talk]
    conversations: list[Conversation]


@blueprint.get("/record")
def mine() -> str:
    person, taught = viewer(), teaching()
    titles = lesson_titles(taught)
    page = RecordPage(
        person=person,
        mentor=people.find(db(), person.mentor_id) if person.mentor_id else None,
        due=dates.day(person.due, today()) if person.due else None,
        completions=[
            CompletionShown(
                titles.get((each.course, each.lesson), each.lesson or each.course),
                dates.day(dates.local(each.completed_at).date(), today()),
                each.percent,
                policy_words(each.policy_version),
                each.version,
            )
            for each in completions.of_person(db(), person.id)
        ],
        attempts=[attempt_shown(taught, each, titles) for each in attempts.history(db(), person.id, answers=True)],
        talks=talks(db(), taught, person.id),
        conversations=conversations.about(db(), person.id),
    )
    return render_template("learning/record.html", page=page)


def policy_words(version: int) -> str:
    return f"version {version}" if version else "default"


def lesson_titles(taught: Teaching) -> dict[tuple[str, str], str]:
    """Titles by (course, lesson); a course's own under (course, '')."""
    titles = {(course.word, lesson.word): lesson.title for course, lesson in taught.lessons}
    return titles | {(course.word, ""): course.title for course in taught.courses}


def attempt_shown(taught: Teaching, attempt: Attempt, titles: dict[tuple[str, str], str]) -> AttemptShown:
    quiz = taught.attempted(attempt)
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
        dates.day(dates.local(attempt.finished_at or attempt.started_at).date(), today()),
        answers,
        policy_words(attempt.policy_version),
    )


def talks(records: Database, taught: Teaching, person_id: int) -> list[Talk]:
    """The themes that went less well in the latest try at each lesson: what a mentor sees, and no more."""
    judged = []
    themes: dict[str, Theme] = {}
    for attempt in attempts.latest_finished(records, person_id):
        quiz = taught.attempted(attempt)
        themes |= quiz.themes
        judged += [
            (quiz.scenarios[word].themes, judging.judge_scenario(judging.answers_in(attempt.answers, word)).rating)
            for word in attempt.drawn
        ]
    return progress.worth_talking_about(judged, themes)


@blueprint.get("/record/export")
def export_mine() -> Response:
    body = json.dumps(export.person_record(db(), viewer().id), ensure_ascii=False, indent=2)
    log.info("Record exported: person %s", viewer().id)
    answer = Response(body, mimetype="application/json; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="my-induction-record-{dates.local(now()):%Y-%m-%d}.json"'
    return answer

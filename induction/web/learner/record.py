"""My record: everything that is held about me, to read and to download, and what my mentor can see."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, render_template

from ...records import own_record
from ...records.people import people
from ...records.people.people import Person
from ...records.policy.acknowledgements import Acknowledgement
from ...records.progress import attempts, conversations, scenario_notes, scenarios_put_off, shares
from ...records.progress import confidence as confidence_records
from ...records.progress.attempts import Attempt
from ...records.progress.completions import Completion
from ...records.progress.conversations import Conversation
from ...records.progress.scenario_notes import Note
from ...records.progress.shares import Share
from ...rules import calendar
from ...rules.induction import Talk
from ...services import progress
from ...wording import confidence, dates, openings, standing
from ...wording.confidence import ConfidenceChange
from ...wording.history import Told
from ..parts.deputy import deputy
from ..parts.past_attempts import AttemptShown, attempt_shown, lesson_titles
from ..parts.person_history import told
from ..site import current_programme, db, now, today, viewer
from .room import blueprint

log = logging.getLogger("induction.record")
SHOWN = 20  # entries of the history; the download has them all


@dataclass(frozen=True, slots=True)
class CompletionShown:
    title: str
    day: str
    percent: int | None
    policy: str
    version: str
    opened: str  # by the day, of a lesson that was read without scenarios; else its tries say it


@dataclass(frozen=True, slots=True)
class NoteSent:
    """A note to the lead on a scenario, with the answer where there is one."""

    note: Note
    scenario: str  # its title then
    lesson: str


@dataclass(frozen=True, slots=True)
class ConfidenceSaid:
    """What somebody said of how ready they feel, in one course."""

    title: str
    href: str  # empty where the course is there no more
    changes: list[ConfidenceChange]  # none where everything was left open
    shared: str  # *shared with Max Adeyemi on 4 December*; empty where it is not


@dataclass(frozen=True, slots=True)
class PolicyRead:
    """A version of the policy that somebody has acknowledged."""

    version: int
    day: str
    typed_name: str
    recorded_by: str | None  # on paper
    sha256: str


@dataclass(frozen=True, slots=True)
class TryShown:
    """One try, with what only its owner reads of it."""

    shown: AttemptShown
    shared: str  # *Shared with Max Adeyemi on 4 December*; empty where it is not
    put_off: list[str]  # titles of the scenarios


@dataclass(frozen=True, slots=True)
class RecordPage:
    person: Person
    mentor: Person | None
    deputy: str  # who stands in for the mentor and sees the same, in a sentence; else empty
    due: str | None
    completions: list[CompletionShown]
    attempts: list[TryShown]
    talks: list[Talk]
    conversations: list[Conversation]
    confidence: list[ConfidenceSaid]
    notes: list[NoteSent]
    policies: list[PolicyRead]
    policy_asked: bool  # whether there is one to acknowledge
    course: str | None  # one that a lead has named for them
    history: list[Told]  # who they were and how they came in, the latest first
    older: int  # entries that are not shown


@blueprint.get("/record", endpoint="record")
def mine() -> str:
    person, programme = viewer(), current_programme()
    titles, entries, done = lesson_titles(programme), told(person.id), progress.history(db(), person.id)
    page = RecordPage(
        person=person,
        mentor=people.find(db(), person.mentor_id) if person.mentor_id else None,
        deputy=(deputy(person) or ("",))[0],
        due=dates.day(person.due, today()) if person.due else None,
        completions=[_completion(each, titles) for each in done.completions],
        attempts=_tries(done.tries, titles),
        talks=done.talks(programme),
        conversations=conversations.about(db(), person.id),
        confidence=_confidence_said(),
        notes=_notes_sent(titles),
        policies=[_policy_read(each) for each in done.acknowledgements],
        policy_asked=programme.policy.asks_for > 0,
        course=next((course.title for course in programme.by_name if course.slug == person.course), None),
        history=entries[:SHOWN],
        older=max(0, len(entries) - SHOWN),
    )
    return render_template("learner/record.html", page=page)


def _completion(done: Completion, titles: dict[tuple[str, str], str]) -> CompletionShown:
    return CompletionShown(
        titles.get((done.course, done.lesson), done.lesson or done.course),
        standing.day_of(done.completed_at, today()),
        done.percent,
        standing.judged_under(done.policy_version),
        done.version,
        openings.by_the_day([done.opening], today()) if done.attempt_id is None else "",
    )


def _tries(tries: Sequence[Attempt], titles: dict[tuple[str, str], str]) -> list[TryShown]:
    programme, person = current_programme(), viewer().id
    read_by, postponed = shares.attempts_of(db(), person), scenarios_put_off.of_person(db(), person)
    return [
        TryShown(
            attempt_shown(programme, each, titles),
            _shared(read_by.get(each.id)),
            [programme.attempted(each).scenarios[one.scenario].title for one in postponed.get(each.id, ())],
        )
        for each in tries
    ]


def _policy_read(each: Acknowledgement) -> PolicyRead:
    day = each.signed_on or calendar.local(each.at).date()
    return PolicyRead(each.version, dates.day(day, today()), each.typed_name, each.recorded_by_name, each.sha256)


def _shared(share: Share | None) -> str:
    return f"shared with {share.reader_name} on {dates.short_day(calendar.local(share.at).date(), today())}" if share else ""


def _confidence_said() -> list[ConfidenceSaid]:
    courses, said = current_programme().library.courses, []
    for word, kept in confidence_records.of_person(db(), viewer().id).items():
        course = courses.get(word)
        changes = confidence.changes(course.confidence if course else (), kept.said)
        href = f"/courses/{word}/confidence" if course else ""
        said.append(ConfidenceSaid(course.title if course else word, href, changes, _shared(kept.share)))
    return said


def _notes_sent(titles: dict[tuple[str, str], str]) -> list[NoteSent]:
    sent = []
    for note in scenario_notes.of_person(db(), viewer().id):
        quiz = current_programme().stored_quiz(note.quiz_version)
        lesson = titles.get((note.course, note.lesson), quiz.title)
        sent.append(NoteSent(note, quiz.scenarios[note.scenario].title, lesson))
    return sent


@blueprint.get("/record/export", endpoint="export_record")
def export_mine() -> Response:
    body = json.dumps(_everything(), ensure_ascii=False, indent=2)
    log.info("Record exported: person %s", viewer().id)
    answer = Response(body, content_type="application/json; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="my-induction-record-{calendar.local(now()):%Y-%m-%d}.json"'
    return answer


def _everything() -> dict[str, Any]:
    """All that is held, with the words of what was chosen beside the numbers."""
    person, programme = viewer(), current_programme()
    everything = own_record.of_person(db(), person.id) or {}
    tried, titles = attempts.history(db(), person.id, answers=True), lesson_titles(programme)
    for kept, attempt in zip(everything["attempts"], tried, strict=True):
        for answer, shown in zip(kept["answers"], attempt_shown(programme, attempt, titles).answers, strict=True):
            answer["words"] = [option.label for option in shown.chosen]
    return everything

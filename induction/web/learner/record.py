"""My record: everything that is held about me, and what my mentor can see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import render_template

from ...records.people import people
from ...records.people.people import Person
from ...records.policy.acknowledgements import Acknowledgement
from ...records.progress import confidence as confidence_records
from ...records.progress import conversations, corrections, scenario_notes, scenarios_put_off, shares
from ...records.progress import sign_offs as sign_off_records
from ...records.progress.attempts import Attempt
from ...records.progress.completions import Completion
from ...records.progress.conversations import Conversation
from ...records.progress.scenario_notes import Note
from ...records.progress.shares import Share
from ...rules import calendar
from ...rules.corrections import Kind
from ...rules.induction import Talk
from ...services import progress
from ...wording import confidence, cycles, dates, openings, standing
from ...wording.confidence import ConfidenceChange
from ...wording.history import Told as Entry
from ...wording.own_record import Told
from ...wording.sign_offs import MEANS_FOR_ITS_OWNER
from ..parts import certificate_rows, done_elsewhere
from ..parts import corrections as parts
from ..parts.certificate_rows import CertificateRow
from ..parts.corrections import Corrected, SignedShown
from ..parts.deputy import deputy
from ..parts.done_elsewhere import Shown
from ..parts.past_attempts import AttemptShown, attempt_shown, lesson_titles
from ..parts.person_history import told
from ..site import current_programme, db, today, viewer
from .room import blueprint

SHOWN = 20  # entries of the history; the page to print has them all


@dataclass(frozen=True, slots=True)
class CompletionShown:
    title: str
    day: str
    came_to: str  # *94*, *read*, *complete*
    policy: str
    counts: bool  # a lead may have said that it does not
    said: list[str]  # each correction
    signed: list[SignedShown]  # of a course
    opened: str  # of a later round, how it was done; by the day, of a lesson that was read without scenarios: else its tries say it


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
    counts: bool
    said: list[str]  # each correction


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
    certificates: list[CertificateRow]
    elsewhere: list[Shown]  # certificates of other providers
    attempts: list[TryShown]
    talks: list[Talk]
    conversations: list[Conversation]
    confidence: list[ConfidenceSaid]
    notes: list[NoteSent]
    policies: list[PolicyRead]
    policy_asked: bool  # whether there is one to acknowledge
    courses: list[str]  # those that a lead has named for them, or given to a group of theirs
    history: list[Entry]  # who they were and how they came in, the latest first
    older: int  # entries that are not shown
    today: date
    whole: bool  # to print: everything is open, and nothing is left out
    besides: list[Told]  # what My record has no place for
    corrected: bool  # anything
    sign_off_means: str  # empty where there is none


@blueprint.get("/record", endpoint="record")
def mine() -> str:
    return record_page()


def record_page(besides: list[Told] | None = None) -> str:
    """My record; with what has no place on it, all of it, to print."""
    person, programme, whole = viewer(), current_programme(), besides is not None
    titles, entries = lesson_titles(programme), told(person.id)
    done = progress.history(db(), programme, person, today())
    corrected, sign_offs = corrections.of_person(db(), person.id), sign_off_records.of_person(db(), person.id)
    signed = parts.signed(sign_offs, corrected)
    page = RecordPage(
        person=person,
        mentor=people.find(db(), person.mentor_id) if person.mentor_id else None,
        deputy=(deputy(person) or ("",))[0],
        due=dates.day(due, today()) if (due := done.induction(programme, person).due) else None,
        completions=[_completion(each, titles, corrected, signed) for each in done.completions],
        certificates=certificate_rows.rows(person.id),
        elsewhere=done_elsewhere.of_person(person.id),
        attempts=_tries(done.tries, titles),
        talks=done.talks(programme),
        conversations=conversations.about(db(), person.id),
        confidence=_confidence_said(),
        notes=_notes_sent(titles),
        policies=[_policy_read(each, corrected) for each in done.acknowledgements],
        policy_asked=programme.policy.asks_for > 0,
        courses=[course.title for course in done.learner.given if course.by_name],
        history=entries if whole else entries[:SHOWN],
        older=0 if whole else max(0, len(entries) - SHOWN),
        today=today(),
        whole=whole,
        besides=besides or [],
        corrected=bool(corrected),
        sign_off_means=MEANS_FOR_ITS_OWNER if sign_offs else "",
    )
    return render_template("learner/record.html", page=page)


def _completion(
    done: Completion, titles: dict[tuple[str, str], str], corrected: Corrected, signed: Mapping[int, list[SignedShown]]
) -> CompletionShown:
    return CompletionShown(
        titles.get((done.course, done.lesson), done.lesson or done.course),
        standing.day_of(done.completed_at, today()),
        standing.what_was_done(done.lesson, done.percent),
        standing.judged_under(done.policy_version),
        done.counts,
        parts.said_of(Kind.COMPLETION, done.id, corrected),
        signed.get(done.id, []),
        _how(done),
    )


def _how(done: Completion) -> str:
    read = bool(done.opening and done.opening.at)
    opened = openings.by_the_day([done.opening], today()) if done.attempt_id is None else ""
    return ", ".join(filter(None, (cycles.how_it_was_done(done.round, bool(done.attempt_id), read), opened)))


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


def _policy_read(each: Acknowledgement, corrected: Corrected) -> PolicyRead:
    day, said = each.signed_on or calendar.local(each.at).date(), parts.said_of(Kind.ACKNOWLEDGEMENT, each.id, corrected)
    return PolicyRead(each.version, dates.day(day, today()), each.typed_name, each.recorded_by_name, each.counts, said)


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

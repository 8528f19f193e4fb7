"""One teacher, as their mentor sees them and may record a conversation with them. To anyone else the page does not exist."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort, flash, redirect, render_template
from werkzeug.wrappers import Response

from ...records.people import people
from ...records.people.people import Person
from ...records.progress import confidence as confidence_records
from ...records.progress import conversations, shares
from ...records.progress.conversations import Conversation
from ...records.progress.shares import Share
from ...rules import calendar, confidence
from ...rules.induction import LessonName, Stage, Standing, Talk
from ...rules.openings import Opening
from ...rules.roles import Role
from ...services import progress
from ...services.programme import Programme
from ...services.progress import History
from ...wording import cycles, dates, days_here, openings, standing
from ..parts import certificate_rows, done_elsewhere, lesson_rows, past_attempts
from ..parts.certificate_rows import CertificateRow
from ..parts.past_attempts import AttemptShown
from ..parts.seen import Theirs, new_key, page_key
from ..parts.write_to import remind
from ..site import current_programme, db, now, today, viewer
from .conversation import ConversationForm, record
from .room import blueprint
from .sign_off import SignOffForm, SignOffShown, shown, sign


@dataclass(frozen=True, slots=True)
class MentorRow:
    """A lesson, as a mentor sees how it went."""

    title: str
    stage: Stage
    detail: list[str]  # *Monday 9 November · 94*, *2 tries*, *lesson opened on Sunday 8 November*


@dataclass(frozen=True, slots=True)
class TeacherPage:
    person: Person
    first_name: str
    standing: Standing
    began: str
    done: int
    rows: list[MentorRow]
    tried: bool  # some lesson's scenarios to their end
    last_here: str
    due: str | None
    due_in: str | None
    talks: list[Talk]
    shared: list[AttemptShown]
    conversations: list[Conversation]
    form: ConversationForm
    key: str
    theirs: Theirs | None  # what was kept from the page before, where it is another conversation
    may_edit: bool
    policy: str | None  # how far the policy is read; None where nothing is to be acknowledged
    courses: list[str]  # those that are given to them by name, or to a group of theirs
    rounds: list[str]  # what has come round for them once more and is open, in sentences
    letter: str  # the address of a letter on what is left; empty where nothing is
    elsewhere: list[str]  # what they have done elsewhere, and what it counts for
    certificates: list[CertificateRow]
    would_talk: list[str]  # what they would like to talk about, where they share it
    sign_off: SignOffShown


@blueprint.route("/mentor/<id:person_id>", methods=["GET", "POST"])
def teacher(person_id: int) -> Response | str:
    person = people.visible_teacher(db(), viewer().id, person_id, today()) or abort(404)
    history, talks, form, titles = _opened_with(person, ConversationForm(data={"held_on": today()}))
    if not form.validate_on_submit():
        return render_template("mentor/teacher.html", page=_teacher_page(person, history, talks, form))
    theirs = record(person, form, titles)
    if theirs:
        return render_template("mentor/teacher.html", page=_teacher_page(person, history, talks, form, new_key(), theirs))
    flash(f"Kept. {person.name.split()[0]} can read it under My record.", "done")
    return redirect(f"/mentor/{person.id}", 303)


@blueprint.post("/mentor/<id:person_id>/sign-off", endpoint="sign_off")
def sign_off(person_id: int) -> Response | str:
    """Sign off what somebody has completed. Pressed twice, it is signed off once."""
    person = people.visible_teacher(db(), viewer().id, person_id, today()) or abort(404)
    signing = SignOffForm()
    offered = shown(person, signing)
    if signing.validate() or offered.form is None:  # none: pressed twice, or signed off by another meanwhile
        return sign(person, signing)
    history, talks, form, _ = _opened_with(person, ConversationForm(formdata=None, data={"held_on": today()}))
    return render_template("mentor/teacher.html", page=_teacher_page(person, history, talks, form, sign_off=offered))


def _opened_with(person: Person, form: ConversationForm) -> tuple[History, list[Talk], ConversationForm, dict[str, str]]:
    """What the page of a teacher needs, and the titles of the themes that the form offers."""
    programme = current_programme()
    history = progress.history(db(), programme, person, today())
    titles = {name: theme.words for course in programme.courses for name, theme in course.themes.items()}
    talks = history.talks(programme)
    form.offer(titles, {talk.theme for talk in talks})
    return history, talks, form, titles


def _teacher_page(
    person: Person, history: History, talks: list[Talk], form: ConversationForm, key: str | None = None,
    theirs: Theirs | None = None, sign_off: SignOffShown | None = None,
) -> TeacherPage:
    programme = current_programme()
    begins = days_here.begins(person.starts, today()) if person.starts and person.starts > today() else ""
    induction = history.induction(programme, person)
    return TeacherPage(
        person=person,
        first_name=person.name.split()[0],
        standing=Standing.ON_TRACK if begins else induction.standing(today()),
        began=begins or standing.began(history.tries[-1].started_at if history.tries else None, induction, today()),
        done=induction.done,
        rows=_rows(programme, person, history),
        tried=bool(history.latest),
        last_here=standing.last_here(person.last_seen_at, now()),
        due=dates.day(induction.due, today()) if induction.due else None,
        due_in=dates.from_now(induction.due, today()) if induction.due else None,
        talks=talks,
        shared=_shared(programme, person, history),
        conversations=conversations.about(db(), person.id),
        form=form,
        key=key or page_key(),
        theirs=theirs,
        may_edit=viewer().role is Role.LEAD,
        policy=_policy(programme, history),
        courses=[course.title for course in history.learner.given if course.by_name],
        rounds=[
            cycles.in_a_later_round(programme.library.courses[each.course].title, each, today())
            for each in induction.open_rounds if each.begins
        ],
        letter="" if begins else remind(person, induction),
        elsewhere=done_elsewhere.in_words({person.id: induction.elsewhere}).get(person.id, []),
        certificates=certificate_rows.rows(person.id),
        would_talk=_would_talk(programme, person),
        sign_off=sign_off or shown(person),
    )


def _rows(programme: Programme, person: Person, history: History) -> list[MentorRow]:
    opened, finished = _opened(history), history.finished_tries
    return [
        MentorRow(
            row.title,
            row.part.stage,
            [
                *([row.detail] if row.part.stage is Stage.DONE else []),
                *filter(None, (standing.tries(finished[row.part.lesson]), opened.get(row.part.lesson))),
            ],
        )
        for course in history.learner.given
        for row in lesson_rows.rows(programme, course, history.learner.lessons(programme, course), history.learner, today())
    ]


def _shared(programme: Programme, person: Person, history: History) -> list[AttemptShown]:
    """The choices of those of their latest tries that they share with whoever is asking."""
    read_by, titles = shares.attempts_of(db(), person.id), past_attempts.lesson_titles(programme)
    return [past_attempts.attempt_shown(programme, each, titles) for each in history.latest if _reads(read_by.get(each.id))]


def _reads(share: Share | None) -> bool:
    """Whether it was shared with whoever is asking: a lead sees everybody's page, and a new mentor their teacher's."""
    return share is not None and share.reader_id == viewer().id


def _opened(history: History) -> dict[LessonName, str]:
    """When each lesson was opened before it was tried, or read for the first time, by the day; empty where nothing is known."""
    first_done = {(each.course, each.lesson): each for each in reversed(history.completions) if each.counts}
    known: dict[LessonName, list[Opening | None]] = {}
    for each in history.tries:
        known.setdefault((each.course, each.lesson), []).append(each.opening)
    for lesson, done in first_done.items():
        known.setdefault(lesson, []).append(done.opening)
    return {lesson: openings.by_the_day(each, today()) for lesson, each in known.items()}


def _would_talk(programme: Programme, person: Person) -> list[str]:
    """What they would like to talk about, where they share it with whoever is asking."""
    kept = confidence_records.of_person(db(), person.id)
    shared = [(course, kept[course.slug]) for course in programme.courses if course.slug in kept and _reads(kept[course.slug].share)]
    return [talk for course, each in shared for talk in confidence.would_talk(course.confidence, each.said)]


def _policy(programme: Programme, history: History) -> str | None:
    policy, read = programme.policy, None
    if latest := history.acknowledged:
        read = standing.PolicyRead(latest.version, latest.signed_on or calendar.local(latest.at).date())
    return standing.policy_so_far(policy.asks_for, policy.version, read, today())

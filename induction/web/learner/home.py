"""Home: what is left of somebody's induction, how long it takes and by when; and what else waits for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import redirect, render_template, session
from markupsafe import Markup
from werkzeug.wrappers import Response

from ...content.model import Course
from ...records.progress import certificates, sign_offs
from ...records.progress.retakes import Asked
from ...records.progress.sign_offs import SignOff
from ...rules import calendar
from ...rules.induction import Stage
from ...rules.roles import Role
from ...services import confidence
from ...services.confidence import Offer
from ...services.programme import Programme
from ...services.progress import Progress
from ...wording import cycles, dates, standing
from ...wording import sign_offs as signing
from ...wording.sentences import sentence
from ...wording.standing import AskedAgain
from ..parts import corrections, done_elsewhere, lesson_rows
from ..parts.deputy import deputy
from ..parts.person_history import told_lately
from ..parts.write_to import blank_letter
from ..security.sign_in import FIRST_HOME, WELCOME
from ..site import current_programme, db, today, viewer
from .next_step import NextStep, Whereabouts, lesson_title, on_home, whereabouts
from .refresher import Refresher, of_round
from .room import blueprint


@dataclass(frozen=True, slots=True)
class CourseRows:
    course: Course
    drawn: Markup  # the rows
    done_on: str | None  # *Monday 9 November*, when the whole course was completed
    again: str  # when it comes round again, in a sentence; empty where it does not
    signed: str  # by whom it was signed off; empty where nobody has


@dataclass(frozen=True, slots=True)
class AskedRow:
    """Scenarios of one lesson to meet again, because a policy turned them round."""

    title: str
    href: str
    asked: AskedAgain
    after_another: bool  # a try that was begun before comes first


@dataclass(frozen=True, slots=True)
class Answers:
    """What is left, how long it takes and by when: each answer large, and what stands small behind it."""

    left: tuple[str, str]
    minutes: tuple[str, str]
    due: tuple[str, str]


@dataclass(frozen=True, slots=True)
class HomePage:
    heading: str
    lead: str  # one sentence on how it stands
    bar: Markup
    answers: Answers | None  # while something is left
    certificates: int  # of somebody who has finished
    stays: str  # what may be asked once one has finished; empty before
    next: NextStep | None
    refreshers: list[Refresher]  # courses that have come round once more
    courses: list[CourseRows]
    mentor: tuple[str, str] | None  # name, and the address of a letter to them
    deputy: tuple[str, str, str] | None  # who stands in for the mentor: words, first name, the address of a letter
    policy_row: Markup  # empty where nothing is to be acknowledged here
    asked: list[AskedRow]
    more: list[Course]  # for those who are given a short course: what is there besides
    offer: Offer | None  # questions on how ready they feel
    elsewhere: list[str]  # what they have done elsewhere, which counts here
    notices: list[str]  # what others did to their account of late


LANDING = {Role.MENTOR: "/mentor/", Role.LEAD: "/school/overview"}  # where the day's work is; teachers have it at home


@blueprint.get("/")
def home() -> Response | str:
    """Where one lands: a teacher on home, whoever looks after others on what is to do for them."""
    if session.pop(FIRST_HOME, False):
        return redirect(WELCOME, 303)
    landing = LANDING.get(viewer().role)
    return redirect(landing, 303) if landing else own_induction()


@blueprint.get("/induction")
def own_induction() -> str:
    programme, person, day = current_programme(), viewer(), today()
    at = whereabouts(programme)
    known, given = at.known, at.known.learner.given
    signed = sign_offs.of_person(db(), person.id)
    policy = (Stage.TO_DO if at.task else Stage.DONE) if known.induction.policy else None
    page = HomePage(
        heading="You have finished" if at.finished else f"Hello, {person.name.split()[0]}",
        lead=_lead(programme, at),
        bar=lesson_rows.bar((*known.induction.stages, *([policy] if policy else []))),
        answers=_answers(at, day) if known.induction.lessons and not at.finished else None,
        certificates=len(certificates.of_person(db(), person.id)) if at.finished else 0,
        stays=standing.stays(programme.policy.asks_for) if at.finished else "",
        next=on_home(programme, at),
        refreshers=[each for course in given if (each := of_round(course, known.learner.round_of(course)))],
        courses=[_course_rows(programme, course, known, day, signed) for course in given],
        mentor=_mentor(known.waiting.mentor),
        deputy=deputy(person),
        policy_row=_policy_row(programme, policy),
        asked=[_asked_row(programme, at, asked) for asked in at.asked.values()],
        more=[course for course in programme.courses if course not in given and not course.by_name],
        offer=confidence.offer(db(), person.id, given, known.learner.completed),
        elsewhere=done_elsewhere.in_words({person.id: known.induction.elsewhere}).get(person.id, []),
        notices=[*corrections.told_lately(person.id), *told_lately(person.id)],
    )
    return render_template("learner/home.html", page=page)


def _lead(programme: Programme, at: Whereabouts) -> str:
    if at.finished:
        return standing.finished(at.finished_on, today())
    return standing.home_lead(at.known.induction, at.task, at.again)


def _answers(at: Whereabouts, day: date) -> Answers:
    induction, task, again = at.known.induction, at.task, at.again
    return Answers(
        standing.what_is_left(induction, task, again),
        standing.how_long(induction, task, again),
        standing.by_when(induction, day),
    )


def _course_rows(programme: Programme, course: Course, known: Progress, day: date, signed: Sequence[SignOff]) -> CourseRows:
    rows = lesson_rows.rows(programme, course, known.induction.of_course(course.slug), known.learner, day)
    done = known.learner.course_completed(course)
    again = cycles.again(known.learner.again.get(course.slug), day)
    by = [each for each in signed if done and each.counts and (each.course, each.completed_at) == (course.slug, done.at)]
    words = [signing.signed(each.by_name, each.typed_name, calendar.local(each.at).date(), day) for each in by]
    said = sentence(f"{dates.listed(words)}.") if words else ""
    return CourseRows(course, lesson_rows.drawn(rows), standing.day_of(done.at, day) if done else None, again, said)


def _mentor(mentor: tuple[str, str] | None) -> tuple[str, str] | None:
    """Their name, and the address of a letter to them."""
    return (mentor[0], blank_letter(mentor[1])) if mentor else None


def _policy_row(programme: Programme, stage: Stage | None) -> Markup:
    def drawn() -> Markup:
        return Markup(render_template("learner/_policy-row.html", stage=stage, version=programme.policy.version))

    return programme.remember(("policy row", stage), drawn) if stage else Markup()


def _asked_row(programme: Programme, at: Whereabouts, asked: Asked) -> AskedRow:
    title = lesson_title(programme, (asked.course, asked.lesson))
    begun = at.known.learner.begun.get((asked.course, asked.lesson))
    other = begun is not None and begun.asked_again != asked.id
    again = AskedAgain(len(asked.scenarios), asked.first_policy)
    return AskedRow(title, f"/courses/{asked.course}/{asked.lesson}", again, other)

"""The courses: how far leads are with reading each, and a lead's word that the school approves it."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from flask import abort, flash, redirect, render_template
from werkzeug.wrappers import Response

from ...content.editions.lesson_for_leads import CourseForLeads
from ...content.editions.lesson_pieces import Piece
from ...content.editions.pieces import Changed
from ...content.model import Course, Fact
from ...records.people import staff_groups
from ...records.school import course_approvals, lesson_readings
from ...records.school.course_approvals import Approval
from ...services import course_reading, scenarios_aside
from ...services.course_reading import Outcome
from ...services.programme import Programme
from ...services.scenarios_aside import AsideIn
from ...wording import course_reading as words
from ...wording import dates, standing
from ...wording.cycles import comes_round
from ...wording.notices import CourseState
from ...wording.scenarios_aside import stands
from ..incoming_request import sent
from ..parts.signature import SignatureForm
from ..site import current_programme, db, now, today, viewer
from .lesson_states import LessonState, lesson_states
from .room import blueprint

log = logging.getLogger("induction.school")
SHOWN = 12  # letters of a version: enough to tell it from any other


@dataclass(frozen=True, slots=True)
class ApprovalRow:
    """An approval as it is shown."""

    by: str
    typed_name: str
    day: str
    version: str
    present: bool  # of the course as it stands


@dataclass(frozen=True, slots=True)
class AsideRow:
    """A scenario that is put aside, as it is shown."""

    title: str
    href: str
    words: str


@dataclass(frozen=True, slots=True)
class CourseRow:
    """One course of the list. Neither `approved` nor `before`: no lead has ever approved it."""

    course: Course
    scenarios: int
    so_far: str  # *3 of 11 read*
    approved: ApprovalRow | None  # as it stands
    before: ApprovalRow | None  # in another version
    without_policy: bool  # that was this very course, but for the questions of policy that it hangs on
    aside: list[AsideRow]


@dataclass(frozen=True, slots=True)
class CoursesPage:
    school: str
    rows: list[CourseRow]
    to_confirm: list[Fact]

    @property
    def next(self) -> str:
        """The course to read next: the first that waits; its button is the page's main one."""
        return next((row.course.slug for row in self.rows if not row.approved), "")


@blueprint.get("/courses")
def courses() -> str:
    programme = current_programme()
    rows = [_row(programme, course, lesson_states(programme, course)) for course in (*programme.courses_of(None), *programme.by_name)]
    page = CoursesPage(programme.school.name, rows, programme.facts_to_confirm())
    return render_template("school/courses.html", page=page)


def _row(programme: Programme, course: Course, lessons: list[LessonState]) -> CourseRow:
    approved, before = programme.approval(course), programme.approved_before(course)
    return CourseRow(
        course,
        sum(len(quiz.fitting(programme.school)) for quiz in course.quizzes.values()),
        words.so_far(sum(each.read for each in lessons), len(lessons)),
        _shown(programme, course, approved) if approved else None,
        _shown(programme, course, before) if before and not approved else None,
        programme.course_state(course) is CourseState.WITHOUT_POLICY,
        [_aside(each) for each in scenarios_aside.all_aside(programme, course)],
    )


def _aside(each: AsideIn) -> AsideRow:
    kept = each.kept
    return AsideRow(
        each.title,
        f"/school/courses/{each.course.slug}/{each.lesson.slug}/{kept.scenario}",
        stands(kept.by_name, standing.day_of(kept.at, today()), kept.why),
    )


def _shown(programme: Programme, course: Course, each: Approval) -> ApprovalRow:
    return ApprovalRow(
        by=each.approved_by_name,
        typed_name=each.typed_name,
        day=standing.day_of(each.at, today()),
        version=each.sha256[:SHOWN],
        present=each.sha256 == programme.version(course),
    )


def to_whom(programme: Programme, course: Course) -> str:
    """*everyone*, *kitchen, supply, and whoever is given it by name*."""
    if not course.by_name:
        instead = bool(programme.by_name)
        return "everyone, but for those who are given another one in its place" if instead else "everyone"
    names = {each.id: each.name for each in staff_groups.listing(db())}
    groups = [names[each] for each in staff_groups.given_to(db()).get(course.slug, ()) if each in names]
    return f"{', '.join(groups)}, and whoever is given it by name" if groups else "whoever is given it by name"


@dataclass(frozen=True, slots=True)
class CoursePage:
    row: CourseRow
    to_whom: str  # *everyone*
    comes_round: str  # *It comes round every 1 September, …*
    school: str
    version: str
    lessons: list[LessonState]
    minutes: str  # to read what is left; empty where nothing is
    itself: CourseForLeads
    changes: list[Changed[Piece]] | None  # of what it says of itself, since a lead approved that; None: never, or not
    signed: str  # what whoever approves it signs; empty while lessons are left to read
    mine: ApprovalRow | None  # whoever is asking has approved it as it stands
    history: list[ApprovalRow]
    form: SignatureForm
    trouble: Outcome | None

    @property
    def course(self) -> Course:
        return self.row.course

    @property
    def next(self) -> LessonState | None:
        """The lesson to read next."""
        return next((each for each in self.lessons if not each.read), None)

    @property
    def left(self) -> str:
        """What is left to read before it can be approved."""
        return words.left_to_read(sum(not each.read for each in self.lessons))


@blueprint.get("/courses/<course>", endpoint="course")
def read_course(course: str) -> str:
    return _course(find_course(course), SignatureForm())


def find_course(word: str) -> Course:
    return current_programme().library.courses.get(word) or abort(404)


def _course(course: Course, form: SignatureForm, trouble: Outcome | None = None) -> str:
    programme = current_programme()
    history = course_approvals.of_course(db(), course.slug)
    school, version = programme.school, programme.version(course)
    mine = next((each for each in history if (each.approved_by, each.sha256) == (viewer().id, version)), None)
    lessons = lesson_states(programme, course)
    left = sum(each.minutes for each in lessons if not each.read)
    page = CoursePage(
        row=_row(programme, course, lessons),
        to_whom=to_whom(programme, course),
        comes_round=comes_round(programme.cycle(course)),
        school=school.name,
        version=version,
        lessons=lessons,
        minutes=dates.minutes(left) if left else "",
        itself=course_reading.of_itself(programme, course),
        changes=_changes_of_itself(programme, course),
        signed=_signed(school.name, lessons),
        mine=_shown(programme, course, mine) if mine else None,
        history=[_shown(programme, course, each) for each in history],
        form=form,
        trouble=trouble,
    )
    return render_template("school/course.html", page=page)


def _changes_of_itself(programme: Programme, course: Course) -> list[Changed[Piece]] | None:
    _, before = course_reading.itself(db(), programme, course)
    kept = lesson_readings.words(db(), before.sha256) if before else None
    return course_reading.changes(programme, course, None, kept) if kept else None


def _signed(school: str, lessons: list[LessonState]) -> str:
    if not all(each.read for each in lessons):
        return ""
    readers = {each.reader: each.reading.name for each in lessons if each.reading}
    return words.signed_words(school, list(readers.values()), set(readers) <= {viewer().id})


@blueprint.post("/courses/<course>", endpoint="approve")
def approve(course: str) -> Response | str:
    """Keep that a lead approves the course in the version that was on the page."""
    found, form, programme = find_course(course), SignatureForm(), current_programme()
    if sent("version") != programme.version(found):
        return _course(found, form, Outcome.MEANWHILE)
    if not form.validate():
        return _course(found, form)
    outcome = course_reading.approve(
        db(), programme, found, sent("version"), typed_name=form.name.data or "", by=viewer().id, now=now()
    )
    if outcome in (Outcome.MEANWHILE, Outcome.UNREAD):
        return _course(found, form, outcome)
    if outcome is Outcome.KEPT:
        log.info("Course %s approved in version %s by person %s", found.slug, sent("version")[:SHOWN], viewer().id)
    flash(
        f"Approved for {programme.school.name}: {found.title}. Its lessons no longer say that they wait for it."
        if outcome is Outcome.KEPT
        else "You had approved this version before. That stands; nothing else was kept.",
        "done",
    )
    return redirect("/school/courses", 303)

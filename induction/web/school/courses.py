"""The courses as a lead reads them, each whole on one page, and a lead's word that the school approves it."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from flask import abort, flash, redirect, render_template
from markupsafe import Markup
from werkzeug.wrappers import Response

from ...content.editions import course_on_one_page, course_version
from ...content.editions.fill import says
from ...content.model import Course, Fact
from ...records.school import course_approvals
from ...records.school.course_approvals import Approval
from ...records.store.database import transaction
from ...rules import calendar
from ...services.programme import Programme
from ...wording import dates
from ...wording.notices import CourseState
from ..incoming_request import sent
from ..parts.ascii_markup import ascii_markup
from ..parts.signature import SignatureForm
from ..site import current_programme, db, now, today, viewer
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
class CourseRow:
    """One course of the list. Neither `approved` nor `before`: no lead has ever approved it."""

    course: Course
    scenarios: int
    approved: ApprovalRow | None  # as it stands
    before: ApprovalRow | None  # in another version
    without_policy: bool  # that was this very course, but for the questions of policy that it hangs on


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
    rows = [_row(programme, course) for course in (*programme.courses_of(None), *programme.by_name)]
    page = CoursesPage(programme.school.name, rows, programme.facts_to_confirm())
    return render_template("school/courses.html", page=page)


def _row(programme: Programme, course: Course) -> CourseRow:
    approved, before = programme.approval(course), programme.approved_before(course)
    return CourseRow(
        course,
        sum(len(quiz.fitting(programme.school)) for quiz in course.quizzes.values()),
        _shown(programme, course, approved) if approved else None,
        _shown(programme, course, before) if before and not approved else None,
        programme.course_state(course) is CourseState.WITHOUT_POLICY,
    )


def _shown(programme: Programme, course: Course, each: Approval) -> ApprovalRow:
    return ApprovalRow(
        by=each.approved_by_name,
        typed_name=each.typed_name,
        day=dates.day(calendar.local(each.at).date(), today()),
        version=each.sha256[:SHOWN],
        present=each.sha256 == programme.version(course),
    )


@dataclass(frozen=True, slots=True)
class PolicyQuestion:
    """A question of policy, with each answer that a school may give: its label, and what the policy says then."""

    ask: str
    answers: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class CoursePage:
    row: CourseRow
    school: str
    version: str
    words: Markup  # the whole course, the same for every lead
    questions: list[PolicyQuestion]  # of policy, that it hangs on
    mine: ApprovalRow | None  # whoever is asking has approved it as it stands
    history: list[ApprovalRow]
    form: SignatureForm
    trouble: str | None

    @property
    def course(self) -> Course:
        return self.row.course


@blueprint.get("/courses/<course>", endpoint="course")
def read_course(course: str) -> str:
    return _course(_find(course), SignatureForm())


def _find(word: str) -> Course:
    return current_programme().library.courses.get(word) or abort(404)


def _course(course: Course, form: SignatureForm, trouble: str | None = None) -> str:
    programme = current_programme()
    history = course_approvals.of_course(db(), course.slug)
    school, library = programme.school, programme.library
    version = programme.version(course)
    mine = next((each for each in history if (each.approved_by, each.sha256) == (viewer().id, version)), None)
    page = CoursePage(
        row=_row(programme, course),
        school=school.name,
        version=version,
        words=programme.remember(("whole", course.slug), lambda: _words(programme, course)),
        questions=[
            PolicyQuestion(facet.ask, [(stance.label, says(stance, school, library)) for stance in facet.offered_in(school.nation)])
            for facet in course_version.questions(course, library)
        ],
        mine=_shown(programme, course, mine) if mine else None,
        history=[_shown(programme, course, each) for each in history],
        form=form,
        trouble=trouble,
    )
    return render_template("school/course.html", page=page)


def _words(programme: Programme, course: Course) -> Markup:
    shown = course_on_one_page.on_one_page(course, programme.library, programme.school)
    return ascii_markup(render_template("school/_course-whole.html", course=course, whole=shown))


@blueprint.post("/courses/<course>", endpoint="approve")
def approve(course: str) -> Response | str:
    """Keep that a lead has read and approves the course in the version that was on the page."""
    found, form = _find(course), SignatureForm()
    version = current_programme().version(found)
    if sent("version") != version:
        return _course(found, form, "meanwhile")
    if not form.validate():
        return _course(found, form)
    with transaction(db()):
        made = course_approvals.approve(
            db(), course=found.slug, sha256=version, typed_name=form.name.data or "", by=viewer().id, now=now()
        )
    if made:
        log.info("Course %s approved in version %s by person %s", found.slug, version[:SHOWN], viewer().id)
    flash(
        f"Approved for {current_programme().school.name}: {found.title}. Its lessons no longer say that they wait for it." if made
        else "You had approved this version before. That stands; nothing else was kept.",
        "done",
    )
    return redirect("/school/courses", 303)

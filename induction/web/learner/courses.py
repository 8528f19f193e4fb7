"""Courses and their lessons, as whoever takes them reads them; and the checklists of their own presence online."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort, redirect, render_template
from markupsafe import Markup
from werkzeug.wrappers import Response

from ...content.model import Course, Lesson
from ...rules.induction import Stage, minutes_for
from ...services import completion, progress
from ...services.lesson_visits import LessonVisit
from ...wording import cycles, dates, standing
from ..parts import lesson_rows, opened_page
from ..parts.ascii_markup import ascii_markup
from ..parts.shell import own_home
from ..site import current_programme, db, now, today, viewer
from .refresher import Refresher, of_round
from .room import blueprint


def _find_course(slug: str) -> Course:
    return current_programme().library.courses.get(slug) or abort(404)


def find_lesson(course: str, lesson: str) -> tuple[Course, Lesson]:
    found = _find_course(course)
    return found, found.lesson(lesson) or abort(404)


@dataclass(frozen=True, slots=True)
class CoursePage:
    course: Course
    about: Markup
    rows: Markup
    done_on: str | None
    again: str  # when it comes round again, in a sentence; empty where it does not
    refresher: Refresher | None  # where it has come round once more
    comes_round: str  # empty where it does not


@blueprint.get("/courses/<course>/")
def course(course: str) -> str:
    found, programme = _find_course(course), current_programme()
    learner = progress.learner(db(), programme, viewer(), today())
    done = learner.course_completed(found)
    page = CoursePage(
        found,
        Markup(programme.about(found)),
        lesson_rows.drawn(lesson_rows.rows(programme, found, learner.lessons(programme, found), learner, today())),
        standing.day_of(done.at, today()) if done else None,
        cycles.again(learner.again.get(found.slug), today()),
        of_round(found, learner.round_of(found)),
        cycles.comes_round(programme.cycle(found)) if programme.cycle(found).comes_round else "",
    )
    return render_template("learner/course.html", page=page, words=cycles)


@dataclass(frozen=True, slots=True)
class LessonPage:
    title: str
    words: Markup  # what the lesson says, the same for everyone here
    sources: Markup  # what it stands on, likewise
    course_list: Markup
    done: bool
    begun: bool  # a try at its scenarios is open, perhaps a further one
    href: str
    scenarios: int  # asked in one attempt; 0 where the lesson has none
    minutes: str  # for the scenarios
    opened: str  # says, signed, that it was opened now and in which words


@blueprint.get("/courses/<course>/<lesson>")
def lesson(course: str, lesson: str) -> str:
    of, found = find_lesson(course, lesson)
    programme = current_programme()
    asked = programme.scenarios_in_a_try(of, found)
    stages, begun = progress.stages(db(), programme, of, viewer(), today())
    number = programme.keys(of).index((course, lesson)) + 1
    page = LessonPage(
        title=found.title,
        words=programme.remember(("words", of.slug, lesson), lambda: _words(of, found, number)),
        sources=programme.remember(("sources", of.slug, lesson), lambda: _sources(of, found)),
        course_list=programme.remember(("list", of.slug, number, stages), lambda: _course_list(of, number, stages)),
        done=stages[number - 1] is Stage.DONE,
        begun=(of.slug, lesson) in begun,
        href=f"/courses/{of.slug}/{found.slug}",
        scenarios=asked,
        minutes=dates.minutes(minutes_for(0, asked)),
        opened=opened_page.mark(of, found),
    )
    return render_template("learner/lesson.html", page=page)


def _words(course: Course, lesson: Lesson, number: int) -> Markup:
    shown = current_programme().lesson(course, lesson)
    text = render_template("learner/_lesson-words.html", course=course.slug, lesson=shown, number=number, lessons=len(course.lessons))
    return ascii_markup(text)


def _sources(course: Course, lesson: Lesson) -> Markup:
    programme = current_programme()
    shown, approved = programme.lesson(course, lesson), programme.approved(course)
    return ascii_markup(render_template("learner/_lesson-sources.html", lesson=shown, approved=approved, school=programme.school.name))


def _course_list(course: Course, here: int, stages: tuple[Stage, ...]) -> Markup:
    rows_of = list(zip(course.lessons, stages, strict=True))
    return Markup(render_template("learner/_course-list.html", course=course, rows=rows_of, here=here))


@blueprint.post("/courses/<course>/<lesson>")
def read_lesson(course: str, lesson: str) -> Response:
    """A lesson without scenarios is done when its reader says so."""
    of, found = find_lesson(course, lesson)
    programme = current_programme()
    if programme.scenarios_in_a_try(of, found):
        abort(405)
    completion.lesson_read(db(), programme, LessonVisit(viewer().id, of, found, now(), opened_page.page(of, found)))
    return redirect(own_home(viewer().role), 303)


@dataclass(frozen=True, slots=True)
class PresenceList:
    """One private checklist, with the lesson where it stands."""

    title: str
    lesson: str  # its title
    href: str
    html: Markup


@blueprint.get("/presence")
def presence() -> str:
    lists = [
        PresenceList(each.title, lesson.title, f"/courses/{course.slug}/{lesson.slug}#{each.heading}".rstrip("#"), Markup(each.html))
        for course, lesson, each in current_programme().checklists
    ]
    return render_template("learner/presence.html", page=lists)

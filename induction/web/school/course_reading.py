"""A lesson with its scenarios as a lead reads it, all of it or what changed, and that it is read."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from flask import abort, flash, redirect, render_template
from werkzeug.wrappers import Response

from ...content.editions.lesson_for_leads import LessonForLeads
from ...content.editions.lesson_pieces import Piece
from ...content.editions.pieces import Changed
from ...content.model import Course, Lesson
from ...records.school import lesson_readings
from ...services import course_reading
from ...services.course_reading import Outcome
from ...wording import dates, standing
from ...wording.course_reading import kept_as_read
from ...wording.scenarios_aside import stands
from ..incoming_request import asked, sent
from ..site import current_programme, db, now, today, viewer
from .courses import find_course
from .lesson_states import LessonState, lesson_states
from .room import blueprint

log = logging.getLogger("induction.school")


@dataclass(frozen=True, slots=True)
class LessonPage:
    course: Course
    state: LessonState
    lessons: int
    shown: LessonForLeads
    version: str  # of the words on the page
    minutes: str
    changes: list[Changed[Piece]] | None  # since it was read, or since the page was opened that was sent; None: all is shown
    meanwhile: bool  # it changed while the page lay open that was sent
    aside: dict[str, str]  # what is said of scenarios that are put aside, by id
    next: LessonState | None  # another lesson that is to be read


def find_lesson(course: str, lesson: str) -> tuple[Course, Lesson]:
    found = find_course(course)
    return found, found.lesson(lesson) or abort(404)


@blueprint.get("/courses/<course>/<lesson>", endpoint="course_lesson")
def read_lesson(course: str, lesson: str) -> str:
    return _lesson(*find_lesson(course, lesson))


def _lesson(course: Course, lesson: Lesson, opened: str | None = None) -> str:
    """The page. `opened`: the version that was on a page which is out of date."""
    programme, words = current_programme(), course_reading.wording(current_programme(), course, lesson)
    programme.editions.shown(words)
    states = lesson_states(programme, course)
    state = next(each for each in states if each.lesson.slug == lesson.slug)
    before = opened or ("" if asked("whole") else state.version_before)
    kept = lesson_readings.words(db(), before) or programme.editions.wording(before)
    page = LessonPage(
        course=course,
        state=state,
        lessons=len(states),
        shown=course_reading.to_read(programme, course, lesson),
        version=words.sha256,
        minutes=dates.minutes(state.minutes),
        changes=course_reading.changes(programme, course, lesson, kept) if kept else None,
        meanwhile=opened is not None,
        aside={
            id: stands(each.by_name, standing.day_of(each.at, today()), each.why)
            for id, each in programme.put_aside(course, lesson).items()
        },
        next=_next(states, state),
    )
    return render_template("school/course-lesson.html", page=page)


def _next(states: list[LessonState], here: LessonState) -> LessonState | None:
    """The lesson to read after this one: the next that is not read, else the first."""
    left = [each for each in states if not each.read and each is not here]
    return next((each for each in left if each.number > here.number), left[0] if left else None)


@blueprint.post("/courses/<course>/<lesson>", endpoint="lesson_read")
def lesson_read(course: str, lesson: str) -> Response | str:
    """Keep that a lead has read the lesson in the words that were on the page, and lead on to the next."""
    of, found = find_lesson(course, lesson)
    programme, version = current_programme(), sent("version")
    outcome = course_reading.read(db(), programme, of, found, version, viewer().id, now())
    if outcome is Outcome.MEANWHILE:
        return _lesson(of, found, version)
    states = lesson_states(programme, of)
    state = next(each for each in states if each.lesson.slug == found.slug)
    if outcome is Outcome.KEPT:
        log.info("Lesson %s of course %s read in version %s by person %s", found.slug, of.slug, version[:12], viewer().id)
        flash(kept_as_read(found.title, sum(each.read for each in states), len(states)), "done")
    else:
        flash(f"You had read {found.title} in these words before. That stands; nothing more was kept.", "done")
    following = _next(states, state)
    return redirect(following.href if following else f"/school/courses/{of.slug}", 303)

"""Home: what is left of somebody's induction, how long it takes and by when; and what else waits for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import redirect, render_template
from markupsafe import Markup
from werkzeug.wrappers import Response

from ...content.model import Course
from ...rules.induction import Part, Stage
from ...rules.roles import Role
from ...services import confidence, progress, retakes
from ...services.confidence import Offer
from ...services.programme import Programme
from ...services.progress import Progress
from ...wording import standing
from ...wording.standing import PolicyTask
from ..parts import lesson_rows
from ..parts.deputy import deputy
from ..parts.lesson_rows import LessonRow
from ..parts.person_history import told_lately
from ..site import current_programme, db, now, today, viewer
from .room import blueprint


@dataclass(frozen=True, slots=True)
class NextLesson:
    """The lesson to go on with."""

    title: str
    href: str
    number: int
    stopped: str  # *you stopped this morning*; empty where it is not begun
    left: str  # *Three scenarios left, about 4 minutes.*


@dataclass(frozen=True, slots=True)
class CourseRows:
    course: Course
    rows: list[LessonRow]
    drawn: Markup  # the rows
    done_on: str | None  # *Monday 9 November*, when the whole course was completed


@dataclass(frozen=True, slots=True)
class AskedRow:
    """Scenarios to meet again, because a new policy turned them round."""

    because: str
    first_policy: bool
    title: str
    href: str
    scenarios: int
    after_another: bool  # a try that was begun before comes first


@dataclass(frozen=True, slots=True)
class HomePage:
    first_name: str
    lead: str  # one sentence on how it stands
    bar: Markup
    lessons: int
    left: tuple[str, str]  # each answer large, and what stands small behind it
    minutes: str
    due: tuple[str, str]
    next: NextLesson | None
    courses: list[CourseRows]
    mentor: tuple[str, str] | None  # name and email
    deputy: tuple[str, str, str] | None  # who stands in for the mentor: words, first name, email
    policy_row: Markup  # empty where nothing is to be acknowledged here
    policy_version: int
    task: PolicyTask | None  # the policy, where it is still to be read
    asked: list[AskedRow]
    more: list[Course]  # for those who are given a short course: what is there besides
    offer: Offer | None  # questions on how ready they feel
    notices: list[str]  # what others did to their account of late


LANDING = {Role.MENTOR: "/mentor/", Role.LEAD: "/school/overview"}  # where the day's work is; teachers have it at home


@blueprint.get("/")
def home() -> Response | str:
    """Where one lands: a teacher on home, whoever looks after others on what is to do for them."""
    landing = LANDING.get(viewer().role)
    return redirect(landing, 303) if landing else own_induction()


@blueprint.get("/induction")
def own_induction() -> str:
    programme, person, day = current_programme(), viewer(), today()
    known = progress.of(db(), programme, person)
    given, induction = programme.courses_of(person.course), known.induction
    courses = [_course_rows(programme, course, known, day) for course in given]
    asked = _asked(programme, known, person.id) if known.waiting.asked_again else []
    task, again = _policy_task(programme, known), sum(each.scenarios for each in asked)
    policy = (Stage.TO_DO if task else Stage.DONE) if induction.policy else None
    page = HomePage(
        first_name=person.name.split()[0],
        lead=standing.home_lead(induction, task, again, all(each.first_policy for each in asked)),
        bar=lesson_rows.bar((*induction.stages, *([policy] if policy else []))),
        lessons=len(induction.lessons),
        left=standing.what_is_left(induction, task, again),
        minutes=standing.how_long(induction, task, again),
        due=standing.by_when(induction, task, again, day),
        next=_next([row for each in courses for row in each.rows], induction.next),
        courses=courses,
        mentor=known.waiting.mentor,
        deputy=deputy(person),
        policy_row=_policy_row(programme, policy),
        policy_version=programme.policy.version,
        task=task,
        asked=asked,
        more=[course for course in programme.courses if course not in given and not course.by_name],
        offer=confidence.offer(db(), person.id, given, known.learner.completed),
        notices=told_lately(person.id),
    )
    return render_template("learner/home.html", page=page)


def _course_rows(programme: Programme, course: Course, known: Progress, day: date) -> CourseRows:
    rows = lesson_rows.rows(programme, course, known.induction.of_course(course.slug), known.learner, day)
    done = known.learner.course_completed(course)
    return CourseRows(course, rows, lesson_rows.drawn(rows), standing.day_of(done.at, day) if done else None)


def _policy_row(programme: Programme, stage: Stage | None) -> Markup:
    def drawn() -> Markup:
        return Markup(render_template("learner/_policy-row.html", stage=stage, version=programme.policy.version))

    return programme.remember(("policy row", stage), drawn) if stage else Markup()


def _next(rows: list[LessonRow], part: Part | None) -> NextLesson | None:
    for number, row in enumerate(rows, start=1):
        if part and row.part.lesson == part.lesson:
            stopped = standing.stopped(part.stopped, now()) if part.stopped else ""
            return NextLesson(row.title, row.href, number, stopped, standing.lesson_left(part, row.detail))
    return None


def _policy_task(programme: Programme, known: Progress) -> PolicyTask | None:
    """A version that asks to be read once more is a task also for those who have completed the induction."""
    read, policy = known.waiting.acknowledged, programme.policy
    if read >= policy.asks_for:
        return None
    return PolicyTask(read > 0, not known.induction.policy_left, bool(read and programme.policy_changes(read)))


def _asked(programme: Programme, known: Progress, person_id: int) -> list[AskedRow]:
    found = []
    for (course, lesson), asked in retakes.open_for(db(), programme, person_id).items():
        title = next(each.title for each in programme.library.courses[course].lessons if each.slug == lesson)
        begun = known.learner.begun.get((course, lesson))
        other = begun is not None and begun.asked_again != asked.id
        because = standing.asked_because(asked.first_policy)
        found.append(AskedRow(because, asked.first_policy, title, f"/courses/{course}/{lesson}", len(asked.scenarios), other))
    return found

"""The teacher's way: home, course, lesson, my presence online."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort, redirect, render_template
from markupsafe import Markup
from werkzeug.wrappers import Response

from ...content.model import Course, Lesson
from ...records.people import people
from ...records.people.people import Person
from ...records.progress import attempts, completions, standings, tasks
from ...records.store.database import transaction
from ...rules import calendar
from ...rules.induction import Stage, minutes_left, stage
from ...services import attempts as deeds
from ...services import confidence
from ...services.confidence import Offer
from ...services.programme import Programme
from ...wording import dates, notices
from ...wording.notices import PolicyTask
from ..parts import opened_page
from ..parts.lesson_rows import Learner, LessonRow, drawn, learner, rows
from ..parts.person_history import told_lately
from ..site import current_programme, db, now, today, viewer
from .room import blueprint

MINUTES_FOR_THE_POLICY = 5


def who_is_learning() -> Learner:
    person = viewer().id
    return learner(completions.of_person(db(), person), attempts.open_ones(db(), person))


@dataclass(frozen=True, slots=True)
class CourseRows:
    course: Course
    rows: list[LessonRow]
    drawn: Markup  # the rows
    done_on: str | None  # *Monday 9 November*, when the whole course was completed


@dataclass(frozen=True, slots=True)
class PolicyRow:
    """The policy, as one of the things to do."""

    stage: Stage
    version: int
    task: PolicyTask | None  # None where it is done


@dataclass(frozen=True, slots=True)
class AskedRow:
    """Scenarios to meet again, because a new policy turned them round."""

    title: str
    href: str
    scenarios: int
    after_another: bool  # a try that was begun before comes first


@dataclass(frozen=True, slots=True)
class HomePage:
    first_name: str
    lead: str  # one sentence on how it stands
    stages: list[Stage]
    lessons: int
    left: tuple[str, str]  # each answer large, and what stands small behind it
    minutes: str
    due: tuple[str, str]
    next: LessonRow | None
    next_number: int
    stopped: str | None
    courses: list[CourseRows]
    mentor: Person | None
    policy: PolicyRow | None  # None: nothing is to be acknowledged here
    asked: list[AskedRow]
    more: list[Course]  # for those who are given a short course: what is there besides
    offer: Offer | None  # questions on how ready they feel
    notices: list[str]  # what others did to their account of late

    @property
    def policy_next(self) -> bool:
        """Whether the policy is what comes next."""
        return self.next is None and self.policy is not None and self.policy.task is not None


@blueprint.get("/")
def home() -> str:
    programme, person, who = current_programme(), viewer(), who_is_learning()
    given = programme.courses_of(person.course)
    courses = [_course_rows(programme, course, who) for course in given]
    waiting = tasks.waiting(db(), person.id)
    policy = _policy_row(programme, who, given, waiting.acknowledged)
    every = [row for each in courses for row in each.rows]
    left = [row for row in every if row.stage is not Stage.DONE]
    begun = [row for row in left if row.stopped]
    following = max(begun, key=lambda row: row.stopped) if begun else (left[0] if left else None)  # type: ignore[arg-type,return-value]
    again = _asked(programme, person.id) if waiting.asked_again else []
    scenarios, task = sum(each.scenarios for each in again), policy.task if policy else None
    page = HomePage(
        first_name=person.name.split()[0],
        lead=notices.home_lead(len(every), len(left), waiting.tried, task, scenarios),
        stages=[*(row.stage for row in every), *([policy.stage] if policy else [])],
        lessons=len(every),
        left=notices.what_is_left(len(every), len(left), task is not None, scenarios),
        minutes=_minutes(left, task, scenarios),
        due=_by_when(person, bool(left), task, scenarios),
        next=following,
        next_number=every.index(following) + 1 if following else 0,
        stopped=_stopped(following),
        courses=courses,
        mentor=people.find(db(), person.mentor_id) if person.mentor_id else None,
        policy=policy,
        asked=again,
        more=[course for course in programme.courses if course not in given and not course.by_name],
        offer=confidence.offer(db(), person.id, given, who.completed),
        notices=told_lately(person.id),
    )
    return render_template("learner/home.html", page=page)


def _course_rows(programme: Programme, course: Course, who: Learner) -> CourseRows:
    listed = rows(programme, course, who, today())
    return CourseRows(course, listed, drawn(listed), _done_on(who, course))


def _policy_row(programme: Programme, who: Learner, given: tuple[Course, ...], acknowledged: int) -> PolicyRow | None:
    policy = programme.policy
    if not policy.asks_for:
        return None
    done = any((course.slug, "") in who.completed for course in given)
    if acknowledged >= policy.asks_for:
        return PolicyRow(Stage.DONE, policy.version, None)
    differs = bool(acknowledged and programme.policy_changes(acknowledged))
    return PolicyRow(Stage.TO_DO, policy.version, PolicyTask(acknowledged > 0, done, differs))


def _asked(programme: Programme, person_id: int) -> list[AskedRow]:
    found = []
    for (course, lesson), asked in deeds.asked(db(), programme, person_id).items():
        title = next(each.title for each in programme.library.courses[course].lessons if each.slug == lesson)
        begun = attempts.open_attempt(db(), person_id, course, lesson)
        found_try = attempts.find(db(), person_id, begun) if begun else None
        other = found_try is not None and found_try.asked_again != asked.id
        found.append(AskedRow(title, f"/courses/{course}/{lesson}", len(asked.scenarios), other))
    return found


def _minutes(left: list[LessonRow], task: PolicyTask | None, again: int) -> str:
    minutes = sum(row.minutes for row in left) + (MINUTES_FOR_THE_POLICY if task else 0)
    minutes += minutes_left(0, again) if again else 0
    return dates.minutes(minutes) if minutes else "no more"


def _by_when(person: Person, left: bool, task: PolicyTask | None, again: int) -> tuple[str, str]:
    """The date of the induction, as long as something of it is left; what came after it was completed has none."""
    if person.due and (left or (task and not task.completed)):
        return dates.day(person.due, today()), dates.from_now(person.due, today())
    return ("no date", "is set") if left or task or again else ("done", "")


def _stopped(row: LessonRow | None) -> str | None:
    if row is None or row.stopped is None:
        return None
    hour = calendar.local(row.stopped).hour
    part = "morning" if hour < 12 else "afternoon" if hour < 18 else "evening"
    when = dates.recently(row.stopped, now())
    if when == "today":
        return f"you stopped this {part}"
    if when == "yesterday":
        return f"you stopped yesterday {part}"
    return f"you stopped on {when}" if when[0].isdigit() else f"you stopped on {when} {part}"


def _done_on(who: Learner, course: Course) -> str | None:
    done = who.completed.get((course.slug, ""))
    return dates.day(calendar.local(done.completed_at).date(), today()) if done else None


def find_course(word: str) -> Course:
    return current_programme().library.courses.get(word) or abort(404)


def find_lesson(course: str, lesson: str) -> tuple[Course, Lesson]:
    found = find_course(course)
    return found, found.lesson(lesson) or abort(404)


@dataclass(frozen=True, slots=True)
class CoursePage:
    course: Course
    about: Markup
    rows: Markup
    done_on: str | None


@blueprint.get("/courses/<course>/")
def course(course: str) -> str:
    found, programme, who = find_course(course), current_programme(), who_is_learning()
    page = CoursePage(found, Markup(programme.about(found)), drawn(rows(programme, found, who, today())), _done_on(who, found))
    return render_template("learner/course.html", page=page)


@dataclass(frozen=True, slots=True)
class LessonPage:
    title: str
    words: Markup  # what the lesson says, the same for everyone here
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
    programme, asked = current_programme(), current_programme().asked(of, found)
    done, begun = standings.done_and_begun(db(), viewer().id)
    stages = tuple(stage(key, done, begun) for key in programme.keys(of))
    number = of.lessons.index(found) + 1
    page = LessonPage(
        title=found.title,
        words=programme.remember(("words", of.slug, lesson), lambda: _words(of, found, number)),
        course_list=programme.remember(("list", of.slug, number, stages), lambda: _course_list(of, number, stages)),
        done=stages[number - 1] is Stage.DONE,
        begun=(of.slug, lesson) in begun,
        href=f"/courses/{of.slug}/{found.slug}",
        scenarios=asked,
        minutes=dates.minutes(minutes_left(0, asked)),
        opened=opened_page.mark(of, found),
    )
    return render_template("learner/lesson.html", page=page)


def _words(course: Course, lesson: Lesson, number: int) -> Markup:
    shown = current_programme().lesson(course, lesson)
    text = render_template(
        "learner/_lesson-words.html",
        lesson=shown,
        number=number,
        lessons=len(course.lessons),
        approved=current_programme().approved(course),
        school=current_programme().school.name,
    )
    # One curly quote makes all of a page's letters twice as wide in memory, and each page slower to send.
    return Markup(text.encode("ascii", "xmlcharrefreplace").decode())


def _course_list(course: Course, here: int, stages: tuple[Stage, ...]) -> Markup:
    rows_of = list(zip(course.lessons, stages, strict=True))
    return Markup(render_template("learner/_course-list.html", course=course, rows=rows_of, here=here))


@blueprint.post("/courses/<course>/<lesson>", endpoint="read_lesson")
def read(course: str, lesson: str) -> Response:
    """A lesson without scenarios is done when its reader says so."""
    of, found = find_lesson(course, lesson)
    programme = current_programme()
    if programme.asked(of, found):
        abort(405)
    page = opened_page.page(of, found)
    with transaction(db()):
        deeds.read(db(), programme, of, found, viewer().id, now(), page)
    return redirect("/", 303)


@blueprint.get("/presence")
def presence() -> str:
    lists = [Markup(html) for html in current_programme().checklists]
    return render_template("learner/presence.html", page=lists)

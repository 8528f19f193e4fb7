"""The mentor's way: my teachers, one teacher, a conversation on record.

A mentor finds a teacher only among their own; for anyone else's address the page does not exist.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from flask import Response, abort, flash, redirect, render_template
from werkzeug.wrappers import Response as AnyResponse

from ...records import exports
from ...records.people import people
from ...records.people.people import Person
from ...records.policy import acknowledgements
from ...records.policy.acknowledgements import Acknowledgement
from ...records.progress import attempts, completions, conversations, shares
from ...records.progress import confidence as confidence_records
from ...records.progress import standings as progress_records
from ...records.progress.attempts import Attempt
from ...records.progress.completions import Completion
from ...records.progress.conversations import Conversation
from ...records.progress.shares import Share
from ...rules import calendar, confidence, induction, names
from ...rules.induction import Stage, Standing, Talk
from ...rules.names import told_apart
from ...rules.roles import Role
from ...rules.text import folded
from ...services.programme import Programme
from ...wording import dates, reading
from ...wording.reading import Opening
from ..incoming_request import asked
from ..parts import past_attempts
from ..parts.lesson_rows import LessonRow, learner, rows
from ..parts.past_attempts import AttemptShown
from ..parts.school_form import new_key, page_key
from ..parts.seen import Theirs
from ..site import current_programme, db, now, today, viewer
from .conversation import ConversationForm, record
from .room import blueprint

log = logging.getLogger("induction.mentoring")
SORTS = (("urgent", "Most urgent"), ("name", "Name"), ("seen", "Last here"), ("due", "Due date"))
URGENCY = [Standing.OVERDUE, Standing.DUE_SOON, Standing.ON_TRACK, Standing.COMPLETE]


@dataclass(frozen=True, slots=True)
class TeacherRow:
    person: Person
    called: str
    stages: list[Stage]
    done: int
    last_here: str
    due: str
    standing: Standing
    policy_left: bool  # the policy is still to be read, as a part of the induction
    tried: bool  # they have begun the scenarios of some lesson, whether or not they passed

    @property
    def words(self) -> str:
        """*4 of 8 lessons*, *All 8 lessons*, *All 8 lessons, policy to read*, *Not begun*."""
        count = len(self.stages)
        if count and self.done == count:
            return f"All {count} lessons{', policy to read' if self.policy_left else ''}"
        if not self.done and not self.tried:
            return "Not begun"
        return f"{self.done} of {count} lessons"


@dataclass(frozen=True, slots=True)
class TeachersPage:
    rows: list[TeacherRow]
    everyone: int
    counts: dict[Standing, int]
    lead: str
    show: str
    sort: str
    due_this_week: list[TeacherRow]
    is_lead: bool


def _my_teachers() -> list[TeacherRow]:
    found = people.teachers_of(db(), viewer().id)
    learnt = progress_records.of_people(db(), [person.id for person in found])
    wanted = current_programme().required
    called, listed = told_apart(found), []
    for person in found:
        learning, lessons = learnt[person.id], wanted.lessons(person.course)
        stages = [induction.stage(lesson, learning.completed, learning.begun) for lesson in lessons]
        done = stages.count(Stage.DONE)
        completed = any(course in learning.courses for course, _ in lessons)
        read = induction.policy_read(learning.acknowledged, wanted.asks_for, completed)
        listed.append(
            TeacherRow(
                person,
                called[person.id],
                stages,
                done,
                dates.recently(person.last_seen_at, now()) if person.last_seen_at else "not yet",
                dates.short_day(person.due, today()) if person.due else "no date",
                induction.standing(wanted.parts(person.course), done + (read and wanted.asks_for > 0), person.due, today()),
                not read,
                learning.tried,
            )
        )
    return listed


def _sorted(listed: list[TeacherRow], sort: str) -> list[TeacherRow]:
    far = date.max
    keys = {
        "name": lambda row: (folded(row.person.name),),
        "seen": lambda row: (row.person.last_seen_at.isoformat() if row.person.last_seen_at else "",),
        "due": lambda row: (row.person.due or far, folded(row.person.name)),
        "urgent": lambda row: (URGENCY.index(row.standing), row.person.due or far, folded(row.person.name)),
    }
    return sorted(listed, key=keys[sort])


@blueprint.get("/mentor/")
def teachers() -> str:
    listed = _my_teachers()
    show, sort = _chosen("show", [standing.value for standing in Standing]), _chosen("sort", [key for key, _ in SORTS])
    counts = {standing: sum(row.standing is standing for row in listed) for standing in URGENCY}
    shown = [row for row in listed if not show or row.standing.value == show]
    page = TeachersPage(
        rows=_sorted(shown, sort or "urgent"),
        everyone=len(listed),
        counts=counts,
        lead=_what_needs_doing(_sorted(listed, "urgent")),
        show=show,
        sort=sort or "urgent",
        due_this_week=[row for row in _sorted(listed, "due") if row.standing is Standing.DUE_SOON],
        is_lead=viewer().role is Role.LEAD,
    )
    return render_template("mentor/teachers.html", page=page)


def _chosen(name: str, known: list[str]) -> str:
    """A choice of the list's form; one that isn't known counts as none."""
    value = asked(name)
    return value if value in known else ""


def _what_needs_doing(listed: list[TeacherRow]) -> str:
    """One sentence with at most two names."""
    if not listed:
        return ""
    late = [row for row in listed if row.standing is Standing.OVERDUE]
    idle = [row for row in listed if row.words == "Not begun" and row.standing is not Standing.OVERDUE]
    called, said = names.first(row.person for row in listed), []
    for row in late[:2]:
        days = (today() - row.person.due).days if row.person.due else 0
        said.append(f"{called[row.person.id]} is {dates.number(days)} day{'s' * (days != 1)} past the date")
    for row in idle[: 2 - len(said)]:
        said.append(f"{called[row.person.id]} has not begun")
    if not said:
        if all(row.standing is Standing.COMPLETE for row in listed):
            return "Everyone has completed the induction."
        return "Nobody is past a date. All are on their way."
    more = len(late) + len(idle) - len(said)
    rest = f" {dates.number(more).capitalize()} more need a word." if more else " The rest are on their way."
    return " and ".join(said) + "." + (rest if len(listed) > len(said) else "")


@blueprint.get("/mentor/teachers.csv")
def teachers_csv() -> Response:
    columns = ("name", "email", "lessons_done", "lessons", "last_here", "due", "standing")
    sheet = [
        {
            "name": row.person.name,
            "email": row.person.email,
            "lessons_done": row.done,
            "lessons": len(row.stages),
            "last_here": f"{calendar.local(row.person.last_seen_at):%Y-%m-%d}" if row.person.last_seen_at else "",
            "due": row.person.due.isoformat() if row.person.due else "",
            "standing": row.standing.value,
        }
        for row in _sorted(_my_teachers(), "urgent")
    ]
    log.info("Teachers exported: by person %s", viewer().id)
    answer = Response(exports.csv_text(columns, sheet), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="my-teachers-{today().isoformat()}.csv"'
    return answer


@dataclass(frozen=True, slots=True)
class TeacherPage:
    person: Person
    first_name: str
    standing: Standing
    began: str | None
    done: int
    rows: list[LessonRow]
    tries: dict[tuple[str, str], int]
    opened: dict[tuple[str, str], str]  # when each lesson was opened, by the day; empty where nothing is known
    last_here: str
    due: str | None
    due_in: str | None
    talks: list[Talk]
    shared: list[AttemptShown]
    conversations: list[Conversation]
    themes: dict[str, str]
    form: ConversationForm
    key: str
    theirs: Theirs | None  # what was kept from the page before, where it is another conversation
    may_edit: bool
    policy: str | None  # how far the policy is read; None where nothing is to be acknowledged
    course: str | None  # the course that a lead has named for them
    would_talk: list[str]  # what they would like to talk about, where they share it


@blueprint.route("/mentor/<id:person_id>", methods=["GET", "POST"])
def teacher(person_id: int) -> AnyResponse | str:
    person = people.visible_teacher(db(), viewer().id, person_id) or abort(404)
    form = ConversationForm()
    themes = {name: theme.words for course in current_programme().courses for name, theme in course.themes.items()}
    form.themes.choices = themes
    if not form.validate_on_submit():
        return render_template("mentor/teacher.html", page=_teacher_page(person, form, themes))
    theirs = record(person, form)
    if theirs:
        page = _teacher_page(person, form, themes, new_key(), theirs)
        return render_template("mentor/teacher.html", page=page)
    flash(f"Kept. {person.name.split()[0]} can read it under My record.", "done")
    return redirect(f"/mentor/{person.id}", 303)


def _teacher_page(
    person: Person, form: ConversationForm, themes: dict[str, str], key: str | None = None, theirs: Theirs | None = None
) -> TeacherPage:
    programme = current_programme()
    tried = attempts.history(db(), person.id)
    who = learner(completions.of_person(db(), person.id), [each for each in tried if each.finished_at is None])
    given = programme.courses_of(person.course)
    listed = [row for course in given for row in rows(programme, course, who, today())]
    done = sum(row.stage is Stage.DONE for row in listed)
    acknowledged = next(reversed(acknowledgements.of_person(db(), person.id)), None)
    completed = any((course.slug, "") in who.completed for course in given)
    read = induction.policy_read(acknowledged.version if acknowledged else 0, programme.policy.asks_for, completed)
    titles = past_attempts.lesson_titles(programme)
    read_by = shares.attempts_of(db(), person.id)
    shared = [each for each in attempts.latest_finished(db(), person.id) if _reads(read_by.get(each.id))]
    counts: dict[tuple[str, str], int] = {}
    for each in tried:
        if each.finished_at:
            counts[each.course, each.lesson] = counts.get((each.course, each.lesson), 0) + 1
    return TeacherPage(
        person=person,
        first_name=person.name.split()[0],
        standing=induction.standing(
            programme.required.parts(person.course), done + (read and programme.required.asks_for > 0), person.due, today()
        ),
        began=dates.day(calendar.local(tried[-1].started_at).date(), today()) if tried else None,
        done=done,
        rows=listed,
        tries=counts,
        opened=_opened(tried, who.completed.values()),
        last_here=_last_here(person),
        due=dates.day(person.due, today()) if person.due else None,
        due_in=dates.from_now(person.due, today()) if person.due else None,
        talks=past_attempts.talks(db(), programme, person.id),
        shared=[past_attempts.attempt_shown(programme, each, titles) for each in shared],
        conversations=conversations.about(db(), person.id),
        themes=themes,
        form=form,
        key=key or page_key(),
        theirs=theirs,
        may_edit=viewer().role is Role.LEAD,
        policy=_policy_words(programme, acknowledged),
        course=given[0].title if person.course and given and given[0].by_name else None,
        would_talk=_would_talk(programme, person),
    )


def _reads(share: Share | None) -> bool:
    """Whether it was shared with whoever is asking: a lead sees everybody's page, and a new mentor their teacher's."""
    return share is not None and share.reader_id == viewer().id


def _opened(tried: Iterable[Attempt], completed: Iterable[Completion]) -> dict[tuple[str, str], str]:
    known: dict[tuple[str, str], list[Opening | None]] = {}
    for each in (*tried, *completed):
        known.setdefault((each.course, each.lesson), []).append(each.opening)
    return {lesson: reading.by_the_day(openings, today()) for lesson, openings in known.items()}


def _would_talk(programme: Programme, person: Person) -> list[str]:
    """What they would like to talk about, where they share it with whoever is asking."""
    kept = confidence_records.of_person(db(), person.id)
    shared = [(course, kept[course.slug]) for course in programme.courses if course.slug in kept and _reads(kept[course.slug].share)]
    return [talk for course, each in shared for talk in confidence.would_talk(course.confidence, each.said)]


def _policy_words(programme: Programme, latest: Acknowledgement | None) -> str | None:
    """*read on Monday 9 November (version 3)*, *to read: version 4*; None where nothing is to be acknowledged."""
    if not programme.policy.asks_for:
        return None
    if latest is None:
        return f"to read: version {programme.policy.version}"
    day = dates.day(latest.signed_on or calendar.local(latest.at).date(), today())
    read = f"version {latest.version}, read on {day}"
    return read if latest.version >= programme.policy.asks_for else f"{read}; version {programme.policy.version} is still to read"


def _last_here(person: Person) -> str:
    if person.last_seen_at is None:
        return "not yet"
    return f"{dates.recently(person.last_seen_at, now()).capitalize()}, {dates.clock(person.last_seen_at)}"

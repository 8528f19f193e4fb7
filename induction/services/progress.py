"""How far somebody is with their induction, and how they stand: put together here for every page that tells of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from ..content.model import Course, Theme
from ..records.people import people, staff_groups
from ..records.people.people import Person
from ..records.policy import acknowledgements
from ..records.policy.acknowledgements import Acknowledgement
from ..records.progress import attempts, completions, done_elsewhere, standings
from ..records.progress.attempts import Attempt
from ..records.progress.completions import Completion
from ..records.progress.standings import Completed, Done, Waiting
from ..records.store.database import Database
from ..rules import calendar, cycles, induction, judging
from ..rules.cycles import Round
from ..rules.induction import Begins, Induction, LessonName, Part, Stage, Talk
from . import lesson_parts
from .programme import Programme


@dataclass(frozen=True, slots=True)
class Learner:
    """What somebody has done, by lesson: of a course that comes round, in the round that they are in."""

    completed: Mapping[LessonName, Completed]  # the best of each lesson; (course, '') is the course's own
    begun: Mapping[LessonName, Attempt]  # tries that are open
    given: tuple[Course, ...] = ()  # the courses that are asked of them
    rounds: Mapping[str, Round] = field(default_factory=dict)  # of each course here
    elsewhere: frozenset[str] = frozenset()  # courses that are not asked, since they were done elsewhere
    not_passed: frozenset[LessonName] = frozenset()  # in a later round: lessons whose latest try in it did not pass
    again: Mapping[str, date] = field(default_factory=dict)  # when the next round of a course begins that is done

    def lessons(self, programme: Programme, course: Course) -> tuple[Part, ...]:
        """How far they are with each lesson of a course, to the scenario at which they stopped."""
        lessons = lesson_parts.of_course(programme, course, self.completed, self.begun, self.round_of(course))
        return tuple(self._as_it_goes_on(programme, part) for part in lessons)

    def course_completed(self, course: Course) -> Completed | None:
        """Whether a course as a whole is done."""
        return self.completed.get((course.slug, ""))

    def round_of(self, course: Course) -> Round:
        return self.rounds.get(course.slug) or Round(course.slug)

    def induction(self, programme: Programme, person: Person, acknowledged: int, tried: date | None) -> Induction:
        parts = [part for course in self.given for part in self.lessons(programme, course)]
        found = _induction(programme, person, parts, [self.round_of(course) for course in self.given], acknowledged, tried)
        return replace(found, elsewhere=self.elsewhere)

    def _as_it_goes_on(self, programme: Programme, part: Part) -> Part:
        if part.stage is Stage.BEGUN:
            return self._within(programme, part)
        if part.begins_with is Begins.SCENARIOS and part.lesson in self.not_passed:
            return replace(part, begins_with=Begins.READING_AGAIN, reading=lesson_parts.reading(programme, part.lesson))
        return part

    def _within(self, programme: Programme, part: Part) -> Part:
        """A lesson that is begun, with what is left of the try."""
        attempt = self.begun[part.lesson]
        here = judging.place(programme.attempted(attempt), attempt.drawn, attempt.answers)
        left = len(attempt.drawn) - here.number + 1 if here else 1
        stopped = attempt.answers[-1].at if attempt.answers else attempt.started_at
        return replace(part, scenarios=len(attempt.drawn), scenarios_left=left, stopped=stopped, reading=0)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far somebody is at present."""

    learner: Learner
    induction: Induction
    waiting: Waiting


@dataclass(frozen=True, slots=True)
class History:
    """Everything that somebody has done on the way; each table is read once."""

    tries: Sequence[Attempt]  # with their answers, the newest first
    completions: Sequence[Completion]  # the oldest first; also what does not count any more
    acknowledgements: Sequence[Acknowledgement]  # likewise
    learner: Learner

    @property
    def latest(self) -> list[Attempt]:
        """The latest finished try at each lesson, the newest first."""
        found: dict[LessonName, Attempt] = {}
        for each in self.tries:
            if each.finished_at:
                found.setdefault((each.course, each.lesson), each)
        return list(found.values())

    @property
    def finished_tries(self) -> Counter[LessonName]:
        """How many there are at each lesson."""
        return Counter((each.course, each.lesson) for each in self.tries if each.finished_at)

    @property
    def acknowledged(self) -> Acknowledgement | None:
        """The latest version of the policy that they have acknowledged, as far as it counts."""
        return next((each for each in reversed(self.acknowledgements) if each.counts), None)

    def induction(self, programme: Programme, person: Person) -> Induction:
        acknowledged = self.acknowledged.version if self.acknowledged else 0
        tried = calendar.local(self.tries[0].started_at).date() if self.tries else None
        return self.learner.induction(programme, person, acknowledged, tried)

    def talks(self, programme: Programme) -> list[Talk]:
        """The themes that went less well in the latest try at each lesson: what a mentor sees, and no more."""
        judged = []
        themes: dict[str, Theme] = {}
        for attempt in (each for each in self.latest if each.answers):  # which go in their time
            quiz = programme.attempted(attempt)
            themes |= quiz.themes
            judged += [
                (quiz.scenarios[each].themes, judging.judge_scenario(judging.answers_in(attempt.answers, each)).rating)
                for each in attempt.drawn
            ]
        return induction.worth_talking_about(judged, themes)


def learner(db: Database, programme: Programme, person: Person, today: date) -> Learner:
    """What somebody has done so far, at whichever course."""
    return _learner(db, programme, person, standings.completed(db, person.id), attempts.open_ones(db, person.id), today)


def of(db: Database, programme: Programme, person: Person, today: date) -> Progress:
    """How far somebody is at present."""
    who, waiting = learner(db, programme, person, today), standings.waiting(db, person.id)
    return Progress(who, who.induction(programme, person, waiting.acknowledged, waiting.tried), waiting)


def history(db: Database, programme: Programme, person: Person, today: date) -> History:
    """All that somebody has done."""
    tries = attempts.history(db, person.id, answers=True)
    kept = completions.of_person(db, person.id)
    completed = [((each.course, each.lesson), Completed(each.completed_at, each.percent)) for each in kept if each.counts]
    learner = _learner(db, programme, person, completed, [each for each in tries if each.finished_at is None], today)
    return History(tries, kept, acknowledgements.of_person(db, person.id), learner)


def of_many(db: Database, programme: Programme, people: Collection[Person], today: date) -> dict[int, Induction]:
    """The inductions of many people by id, in four queries. How far they are within a lesson that is begun is not looked up."""
    found, groups = standings.of_people(db, [person.id for person in people]), staff_groups.given(db)
    elsewhere = done_elsewhere.courses(db, today)
    return {
        person.id: _as_done(programme, person, found[person.id], groups.get(person.id, {}), elsewhere.get(person.id, frozenset()), today)
        for person in people
    }


def courses_of(db: Database, programme: Programme, person: Person) -> tuple[Course, ...]:
    """The courses that are asked of somebody."""
    return programme.courses_of(person.course, staff_groups.given(db).get(person.id, {}))


def stages(db: Database, programme: Programme, course: Course, person: Person, today: date) -> tuple[tuple[Stage, ...], set[LessonName]]:
    """How far somebody is with each lesson of a course; and every lesson in which a try is open, perhaps a further one.

    One query where the course does not come round, since the margin of each lesson asks for it.
    """
    if programme.said_of_cycle(course):
        who = learner(db, programme, person, today)
        return tuple(part.stage for part in who.lessons(programme, course)), set(who.begun)
    done, begun = standings.done_and_begun(db, person.id)
    return tuple(induction.stage(lesson, done, begun) for lesson in programme.keys(course)), begun


def round_of(db: Database, programme: Programme, course: Course, person_id: int, today: date) -> Round:
    """The round that somebody is in with a course."""
    if not programme.said_of_cycle(course):
        return Round(course.slug)
    person = people.find(db, person_id)
    assert person is not None
    return learner(db, programme, person, today).round_of(course)


def has_just_completed(db: Database, programme: Programme, course: Course, person_id: int, today: date) -> bool:
    """Whether a course is complete for somebody, in the round that they are in, and its completion is not kept yet.

    All its lessons are done then, and the policy is read where that is asked for: the first time. A course without lessons
    never is.
    """
    person = people.find(db, person_id)
    assert person is not None
    who = _learner(db, programme, person, standings.completed(db, person_id), (), today)
    lessons, later = who.lessons(programme, course), who.round_of(course).begins is not None
    if not lessons or who.course_completed(course):
        return False
    acknowledged = acknowledgements.latest_version(db, person_id)
    policy = induction.policy_stage(acknowledged, programme.policy.asks_for, course_completed=later)
    return Induction(lessons, policy, due=None).complete


def _learner(
    db: Database, programme: Programme, person: Person, completed: Iterable[tuple[LessonName, Completed]],
    begun: Iterable[Attempt], today: date,
) -> Learner:
    completed = list(completed)
    groups = staff_groups.given(db).get(person.id, {})
    days: dict[str, list[date]] = {}
    for (course, whole), each in completed:
        if not whole:
            days.setdefault(course, []).append(calendar.local(each.at).date())
    found = {course.slug: _round(programme, course, person, days.get(course.slug, ()), groups, today) for course in programme.courses}
    began = {course: each.begins for course, each in found.items() if each.begins}
    best: dict[LessonName, Completed] = {}
    for lesson, each in completed:
        before, since = best.get(lesson), began.get(lesson[0])
        if since and calendar.local(each.at).date() < since:
            continue
        if before is None or (each.percent or 0) > (before.percent or 0):
            best[lesson] = each
    opened = {course: day for course, day in began.items() if not found[course].complete}
    given, elsewhere = _asked(programme, person, groups, found, done_elsewhere.courses(db, today).get(person.id, frozenset()))
    not_passed = attempts.not_passed_since(db, person.id, opened) if opened else frozenset()
    again = {course.slug: day for course in programme.courses if (day := _again(programme, course, person, days, found, today))}
    return Learner(best, {(each.course, each.lesson): each for each in begun}, given, found, elsewhere, not_passed, again)


def _again(
    programme: Programme, course: Course, person: Person, days: Mapping[str, Sequence[date]], found: Mapping[str, Round], today: date
) -> date | None:
    """When a course that somebody has completed comes round again; None where it does not."""
    said = programme.said_of_cycle(course)
    done = said and found[course.slug].complete
    return cycles.next_begins(said, sorted(days[course.slug]), person.joined, today) if done else None


def _asked(
    programme: Programme, person: Person, groups: Mapping[str, date], found: Mapping[str, Round], elsewhere: frozenset[str]
) -> tuple[tuple[Course, ...], frozenset[str]]:
    """The courses that are asked of somebody; and those of theirs that are not: done elsewhere, and not here."""
    given = programme.courses_of(person.course, groups)
    without = frozenset(course.slug for course in given if course.slug in elsewhere and not found[course.slug].complete)
    return tuple(course for course in given if course.slug not in without), without


def _round(
    programme: Programme, course: Course, person: Person, days: Sequence[date], groups: Mapping[str, date], today: date
) -> Round:
    said, given = programme.said_of_cycle(course), groups.get(course.slug)
    given = None if course.slug == person.course else given
    return cycles.present(course.slug, said, sorted(days), joined=person.joined, today=today, own=person.due, given=given)


def _as_done(
    programme: Programme, person: Person, done: Done, groups: Mapping[str, date], elsewhere: frozenset[str], today: date
) -> Induction:
    rounds_there = {
        course.slug: _round(programme, course, person, done.courses.get(course.slug, ()), groups, today)
        for course in programme.courses_of(person.course, groups)
    }
    given, without = _asked(programme, person, groups, rounds_there, elsewhere)
    found = [rounds_there[course.slug] for course in given]
    parts: list[Part] = []
    for course, each in zip(given, found, strict=True):
        since = each.begins or date.min
        completed = {lesson for lesson, day in done.completed.items() if day >= since}
        parts += lesson_parts.of_course(programme, course, completed, done.begun, each)
    return replace(_induction(programme, person, parts, found, done.acknowledged, done.tried), elsewhere=without)


def _induction(
    programme: Programme, person: Person, lessons: Sequence[Part], found: Sequence[Round], acknowledged: int, tried: date | None
) -> Induction:
    completed = any(each.complete or each.begins for each in found)
    policy = induction.policy_stage(acknowledged, programme.policy.asks_for, completed)
    left = {part.lesson[0] for part in lessons if part.stage is not Stage.DONE}
    opened = [each for each in found if each.course in left]
    due = induction.earliest_due(
        [each.due for each in opened], policy is Stage.TO_DO, person.due, [each.due for each in found if each.begins]
    )
    since = induction.asked_since([each.begins for each in opened])
    has_tried = tried is not None and (since is None or tried >= since)
    return Induction(tuple(lessons), policy, due, has_tried, tuple(found))

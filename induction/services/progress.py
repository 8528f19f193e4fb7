"""How far somebody is with their induction, and how they stand: put together here for every page that tells of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..content.model import Course, Lesson, Theme
from ..records.people.people import Person
from ..records.policy import acknowledgements
from ..records.policy.acknowledgements import Acknowledgement
from ..records.progress import attempts, completions, standings
from ..records.progress.attempts import Attempt
from ..records.progress.completions import Completion
from ..records.progress.standings import Completed, Done, Waiting
from ..records.store.database import Database
from ..rules import induction, judging
from ..rules.induction import MINUTES_A_LESSON, Induction, LessonName, Part, Stage, Talk
from .programme import Programme


@dataclass(frozen=True, slots=True)
class Learner:
    """What somebody has done, by lesson."""

    completed: Mapping[LessonName, Completed]  # the best of each lesson; (course, '') is the course's own
    begun: Mapping[LessonName, Attempt]  # tries that are open

    def lessons(self, programme: Programme, course: Course) -> tuple[Part, ...]:
        """How far they are with each lesson of a course, to the scenario at which they stopped."""
        lessons = _lessons(programme, course, self.completed, self.begun)
        return tuple(self._within(programme, part) if part.stage is Stage.BEGUN else part for part in lessons)

    def course_completed(self, course: Course) -> Completed | None:
        """Whether a course as a whole is done."""
        return self.completed.get((course.slug, ""))

    def induction(self, programme: Programme, person: Person, acknowledged: int, tried: bool) -> Induction:
        given = programme.courses_of(person.course)
        parts = [part for course in given for part in self.lessons(programme, course)]
        completed = any(self.course_completed(course) for course in given)
        return _induction(programme, person, parts, acknowledged, completed, tried)

    def _within(self, programme: Programme, part: Part) -> Part:
        """A lesson that is begun, with what is left of the try."""
        attempt = self.begun[part.lesson]
        here = judging.place(programme.attempted(attempt), attempt.drawn, attempt.answers)
        left = len(attempt.drawn) - here.number + 1 if here else 1
        stopped = attempt.answers[-1].at if attempt.answers else attempt.started_at
        return Part(part.lesson, part.stage, scenarios=len(attempt.drawn), scenarios_left=left, stopped=stopped)


@dataclass(frozen=True, slots=True)
class LessonFigures:
    """How many people stand where with a lesson."""

    title: str
    done: int
    begun: int
    to_do: int


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
    completions: Sequence[Completion]  # the oldest first
    acknowledgements: Sequence[Acknowledgement]  # the oldest first
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

    def induction(self, programme: Programme, person: Person) -> Induction:
        acknowledged = self.acknowledgements[-1].version if self.acknowledgements else 0
        return self.learner.induction(programme, person, acknowledged, bool(self.tries))

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


def learner(db: Database, person_id: int) -> Learner:
    """What somebody has done so far, at whichever course."""
    return _learner(standings.completed(db, person_id), attempts.open_ones(db, person_id))


def of(db: Database, programme: Programme, person: Person) -> Progress:
    """How far somebody is at present."""
    who, waiting = learner(db, person.id), standings.waiting(db, person.id)
    return Progress(who, who.induction(programme, person, waiting.acknowledged, waiting.tried), waiting)


def history(db: Database, person_id: int) -> History:
    """All that somebody has done."""
    tries = attempts.history(db, person_id, answers=True)
    kept = completions.of_person(db, person_id)
    completed = [((each.course, each.lesson), Completed(each.completed_at, each.percent)) for each in kept]
    learner = _learner(completed, (each for each in tries if each.finished_at is None))
    return History(tries, kept, acknowledgements.of_person(db, person_id), learner)


def of_many(db: Database, programme: Programme, people: Collection[Person]) -> dict[int, Induction]:
    """The inductions of many people by id, in three queries. How far they are within a lesson that is begun is not looked up."""
    found = standings.of_people(db, [person.id for person in people])
    return {person.id: _as_done(programme, person, found[person.id]) for person in people}


def stages(db: Database, programme: Programme, course: Course, person_id: int) -> tuple[tuple[Stage, ...], set[LessonName]]:
    """How far somebody is with each lesson of a course; and every lesson in which a try is open, perhaps a further one.

    One query, since the margin of each lesson asks for it.
    """
    done, begun = standings.done_and_begun(db, person_id)
    return tuple(induction.stage(lesson, done, begun) for lesson in programme.keys(course)), begun


def has_just_completed(db: Database, programme: Programme, course: Course, person_id: int) -> bool:
    """Whether a course is complete for somebody, and its completion is not kept yet.

    All its lessons are done then, and the policy is read where that is asked for. A course without lessons never is.
    """
    who = _learner(standings.completed(db, person_id), ())
    lessons = who.lessons(programme, course)
    if not lessons or who.course_completed(course):
        return False
    acknowledged = acknowledgements.latest_version(db, person_id)
    policy = induction.policy_stage(acknowledged, programme.policy.asks_for, course_completed=False)
    return Induction(lessons, policy, due=None).complete


def figures(db: Database, programme: Programme, everyone: int) -> list[LessonFigures]:
    """How many of `everyone` here have done and begun each lesson; a course given by name is there for whom it is given to."""
    counted, given = standings.lesson_figures(db), standings.given(db)
    by_name = {course.slug: given.get(course.slug, 0) for course in programme.by_name}
    found = []
    for course, lesson in programme.lessons:
        done, begun = counted.get((course.slug, lesson.slug), (0, 0))
        whose = by_name.get(course.slug, everyone - sum(by_name.values()))
        found.append(LessonFigures(lesson.title, done, begun, max(0, whose - done - begun)))
    return found


def _learner(completed: Iterable[tuple[LessonName, Completed]], begun: Iterable[Attempt]) -> Learner:
    best: dict[LessonName, Completed] = {}
    for lesson, each in completed:
        before = best.get(lesson)
        if before is None or (each.percent or 0) > (before.percent or 0):
            best[lesson] = each
    return Learner(best, {(each.course, each.lesson): each for each in begun})


def _as_done(programme: Programme, person: Person, done: Done) -> Induction:
    given = programme.courses_of(person.course)
    parts = [part for course in given for part in _lessons(programme, course, done.completed, done.begun)]
    completed = any(course.slug in done.courses for course in given)
    return _induction(programme, person, parts, done.acknowledged, completed, done.tried)


def _induction(
    programme: Programme, person: Person, lessons: Iterable[Part], acknowledged: int, completed: bool, tried: bool
) -> Induction:
    policy = induction.policy_stage(acknowledged, programme.policy.asks_for, completed)
    return Induction(tuple(lessons), policy, person.due, tried)


def _lessons(
    programme: Programme, course: Course, completed: Container[LessonName], begun: Container[LessonName]
) -> Iterator[Part]:
    for part in _to_do(programme, course):
        stage = induction.stage(part.lesson, completed, begun)
        yield part if stage is Stage.TO_DO else Part(part.lesson, stage)


def _to_do(programme: Programme, course: Course) -> tuple[Part, ...]:
    """The lessons of a course as whoever has not begun finds them."""

    def parts() -> tuple[Part, ...]:
        return tuple(_whole(programme, course, lesson) for lesson in course.lessons)

    found: tuple[Part, ...] = programme.remember(("parts", course.slug), parts)
    return found


def _whole(programme: Programme, course: Course, lesson: Lesson) -> Part:
    scenarios = programme.scenarios_in_a_try(course, lesson)
    reading = lesson.minutes or MINUTES_A_LESSON
    return Part((course.slug, lesson.slug), Stage.TO_DO, reading, scenarios, scenarios)

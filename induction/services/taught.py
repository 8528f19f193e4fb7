"""Exactly what somebody was taught: the lesson, the scenarios, the course and the policy as they were, and what changed since.

What is compared is what was kept with what is taught now; each comparison has a bound, and is made once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..content.editions import since_last, then_and_now
from ..content.editions.as_it_was import Then
from ..content.editions.edition import TakenStance
from ..content.editions.lesson_edition import ShownCourse, ShownLesson
from ..content.editions.lesson_pieces import Piece
from ..content.editions.pieces import Changed
from ..content.editions.policy_document import PolicyDocument
from ..content.editions.quiz_edition import JudgedQuiz
from ..content.model import Course, Lesson
from ..records import editions
from ..records.policy import versions
from ..records.policy.versions import Version
from ..records.progress.taught import Taught
from .programme import Programme


@dataclass(frozen=True, slots=True)
class PolicyThen:
    """A version of the policy; without `then` its words are not kept."""

    version: Version | None
    then: Then[PolicyDocument] | None


@dataclass(frozen=True, slots=True)
class Since:
    """What changed in one thing since then."""

    there: bool = True  # it is still taught, or asked, or published
    known: bool = True  # its words of then and of now can be compared
    pieces: tuple[Changed[Piece], ...] = ()
    rules: tuple[since_last.Changed, ...] = ()  # of the school that it rests on, by the question that each answers
    gone: tuple[str, ...] = ()  # of scenarios: the titles of those that are asked no more

    @property
    def nothing(self) -> bool:
        return self.there and self.known and not (self.pieces or self.rules or self.gone)


SAME, GONE, UNKNOWN = Since(), Since(there=False), Since(known=False)


# As they were

def lesson_then(programme: Programme, sha256: str) -> Then[ShownLesson]:
    """A lesson in words that are kept. Raises LookupError where they are not."""
    return programme.editions.lesson_then(sha256, _kept(programme, sha256))


def quiz_then(programme: Programme, sha256: str) -> Then[JudgedQuiz]:
    """Scenarios in words that are kept, judged as they were. Raises LookupError where they are not."""
    return programme.editions.quiz_then(sha256, _kept(programme, sha256))


def course_then(programme: Programme, sha256: str) -> Then[ShownCourse]:
    """What a course said of itself in words that are kept. Raises LookupError where they are not."""
    return programme.editions.course_then(sha256, _kept(programme, sha256))


def policy_then(programme: Programme, number: int) -> PolicyThen:
    """A version of the policy, with its words where they are kept."""
    found = versions.version(programme.records, number) if number else None
    if found is None or not found.text or not found.sha256:
        return PolicyThen(found, None)
    text = found.text
    return PolicyThen(found, programme.editions.policy_then(found.sha256, lambda: text))


def stances_held(programme: Programme, taught: Taught) -> list[TakenStance]:
    """Where the school stood on all that the lesson and its scenarios name, as these hold it."""
    held: dict[str, TakenStance] = {}
    if taught.lesson_version:
        held.update(lesson_then(programme, taught.lesson_version).stances)
    if taught.quiz_version:
        held.update(quiz_then(programme, taught.quiz_version).stances)
    if taught.course_version:
        held.update(course_then(programme, taught.course_version).stances)
    return list(held.values())


def _kept(programme: Programme, sha256: str) -> Callable[[], str]:
    return lambda: editions.text(programme.records, sha256)


def title(programme: Programme, taught: Taught) -> str:
    """What the lesson or the course was called that day; its word where that is not kept."""
    version = taught.lesson_version or taught.quiz_version or taught.course_version
    return (version and programme.editions.title(programme.records, version)) or taught.lesson or taught.course


# What changed since

def lesson_since(programme: Programme, taught: Taught) -> Since:
    """What the lesson says otherwise now."""
    course, lesson = _taught_now(programme, taught)
    if not taught.lesson_version:
        return UNKNOWN
    if not (course and lesson):
        return GONE
    now = programme.lesson_edition(course, lesson)
    if now.sha256 == taught.lesson_version:
        return SAME
    before = lesson_then(programme, taught.lesson_version)
    after = programme.editions.lesson_then(now.sha256, lambda: now.text)
    if before.shown is None or after.shown is None:
        return UNKNOWN
    was, reads = before.shown, after.shown
    found = programme.editions.changes((taught.lesson_version, now.sha256), lambda: then_and_now.of_lesson(was, reads))
    return Since(pieces=tuple(found), rules=since_last.rules(before.text, now.text))


def scenarios_since(programme: Programme, taught: Taught) -> Since:
    """What the scenarios that were asked say, or judge, otherwise now."""
    course, lesson = _taught_now(programme, taught)
    now = programme.quiz_edition(course, lesson) if course and lesson else None
    if not taught.quiz_version:
        return UNKNOWN
    if now is None:
        return GONE
    if now.sha256 == taught.quiz_version:
        return SAME
    before, after = quiz_then(programme, taught.quiz_version), programme.editions.quiz_then(now.sha256, lambda: now.text)
    if before.shown is None or after.shown is None:
        return UNKNOWN
    was, reads = before.shown, after.shown
    between = (taught.quiz_version, now.sha256, *taught.drawn)
    found = programme.editions.changes(between, lambda: then_and_now.of_scenarios(was, reads, taught.drawn))
    gone = tuple(was.scenarios[word].title for word in taught.drawn if word in was.scenarios and word not in reads.scenarios)
    return Since(pieces=tuple(found), gone=gone)


def course_since(programme: Programme, taught: Taught) -> Since:
    """What the course says of itself otherwise now."""
    course = programme.library.courses.get(taught.course)
    if not taught.course_version:
        return UNKNOWN
    if course is None:
        return GONE
    now = programme.course_edition(course)
    if now.sha256 == taught.course_version:
        return SAME
    before = course_then(programme, taught.course_version)
    after = programme.editions.course_then(now.sha256, lambda: now.text)
    if before.shown is None or after.shown is None:
        return UNKNOWN
    was, reads = before.shown, after.shown
    return Since(pieces=tuple(programme.editions.changes((taught.course_version, now.sha256), lambda: then_and_now.of_course(was, reads))))


def policy_since(programme: Programme, taught: Taught) -> Since:
    """What the policy says otherwise now."""
    if taught.policy_version == programme.policy.version > 0:
        return SAME
    before, after = policy_then(programme, taught.policy_version), policy_then(programme, programme.policy.version)
    if after.version is None:
        return GONE
    if not (before.then and after.then and before.then.shown and after.then.shown):
        return UNKNOWN
    was, reads = before.then.shown, after.then.shown
    between = (before.version.sha256 or "", after.version.sha256 or "") if before.version else ()
    return Since(pieces=tuple(programme.editions.changes(between, lambda: then_and_now.of_policy(was, reads))))


def _taught_now(programme: Programme, taught: Taught) -> tuple[Course | None, Lesson | None]:
    course = programme.library.courses.get(taught.course)
    return course, course.lesson(taught.lesson) if course else None

"""What is taught here, kept ready in memory.

`Shelf` holds the content and reads it again when a file changes and passes the check. `Programme`
is one state of content and school together: what the school's policy and contacts change in the
words is worked out once for each, not for each page.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from ..content.checks import checker
from ..content.editions import course_version, fill, lesson_edition, policy_document, quiz_edition
from ..content.editions.edition import Edition
from ..content.editions.lesson_edition import ShownLesson
from ..content.editions.policy_document import PolicyDocument, SectionChange
from ..content.editions.quiz_edition import JudgedQuiz
from ..content.model import Course, Lesson, Library, School
from ..content.problems import Problem
from ..content.reading import library
from ..records import editions
from ..records.policy import versions as policy_records
from ..records.policy.versions import PolicyNow
from ..records.progress.attempts import Attempt
from ..records.school import course_approvals as approval_records
from ..records.school import school as school_records
from ..records.school.course_approvals import Approval
from ..records.store.database import Database
from ..rules import reversals
from ..rules.induction import Required
from ..rules.reversals import Soundness
from ..wording.notices import CourseState, PolicyState
from . import own_content

log = logging.getLogger("induction.content")
LOOK_AGAIN = 2.0  # seconds between two looks at the files
PATIENCE = 4.0  # seconds that a page waits for files that have changed; after that it shows what was taught before
REMEMBERED = 2000  # pieces of pages that are the same for many
OPEN_QUIZZES = 64  # judged quizzes kept in memory, those of attempts in progress among them
WEIGHED_QUIZZES = 500  # versions of quizzes of which it is kept which options were sound
_NOTHING = object()


class Programme:
    """One state of content and school. Never changes; made anew when either does."""

    def __init__(
        self, shelf: Shelf, content: Library, school: School, policy: PolicyNow, approvals: dict[tuple[str, str], Approval]
    ) -> None:
        self._shelf = shelf
        self.library = content
        self.school = school
        self.policy = policy
        self._approvals = approvals  # by course and version, the latest last
        self._remembered: dict[tuple[Hashable, ...], Any] = {}

    @cached_property
    def courses(self) -> tuple[Course, ...]:
        return tuple(self.library.courses.values())

    @cached_property
    def lessons(self) -> tuple[tuple[Course, Lesson], ...]:
        """Every lesson of every course, in the order they are taken."""
        return tuple((course, lesson) for course in self.courses for lesson in course.lessons)

    def courses_of(self, named: str | None) -> tuple[Course, ...]:
        """The courses of somebody: the one that a lead has named for them, else all that are given to everyone."""
        named_one = tuple(course for course in self.courses if course.by_name and course.slug == named)
        return named_one or tuple(course for course in self.courses if not course.by_name)

    @cached_property
    def by_name(self) -> tuple[Course, ...]:
        """The courses that a lead gives to people by name."""
        return tuple(course for course in self.courses if course.by_name)

    @cached_property
    def required(self) -> Required:
        """What an induction here is made of."""
        return Required(
            tuple(key for course in self.courses_of(None) for key in self.keys(course)),
            {course.slug: self.keys(course) for course in self.by_name},
            self.policy.asks_for,
        )

    @cached_property
    def words(self) -> frozenset[tuple[str, str]]:
        """(course, lesson) of every lesson there is now."""
        return frozenset((course.slug, lesson.slug) for course, lesson in self.lessons)

    def keys(self, course: Course) -> tuple[tuple[str, str], ...]:
        """(course, lesson) of each lesson of a course, in order."""
        return self.remember(("keys", course.slug), lambda: tuple((course.slug, each.slug) for each in course.lessons))

    def remember(self, key: tuple[Hashable, ...], make: Callable[[], Any]) -> Any:
        """What `make` gave when it was first asked for under this key. Full, it begins anew."""
        found = self._remembered.get(key, _NOTHING)
        if found is _NOTHING:
            found = make()
            if len(self._remembered) >= REMEMBERED:
                self._remembered.clear()
            self._remembered[key] = found
        return found

    def lesson_edition(self, course: Course, lesson: Lesson) -> Edition:
        key = ("lesson edition", course.slug, lesson.slug)
        return self.remember(key, lambda: lesson_edition.lesson_edition(lesson, self.library, self.school))

    def quiz_edition(self, course: Course, lesson: Lesson) -> Edition | None:
        """The scenarios that follow a lesson, or None where none do."""
        quiz = course.quizzes.get(lesson.slug)
        if quiz is None:
            return None
        key = ("quiz edition", course.slug, lesson.slug)
        return self.remember(key, lambda: quiz_edition.quiz_edition(course, quiz, self.library, self.school))

    def asked(self, course: Course, lesson: Lesson) -> int:
        """How many scenarios one attempt at a lesson asks; 0 where it has none."""
        return self.remember(("asked", course.slug, lesson.slug), lambda: self._count_asked(course, lesson))

    def _count_asked(self, course: Course, lesson: Lesson) -> int:
        quiz = self.quiz(course, lesson)
        return (quiz.ask or len(quiz.scenarios)) if quiz else 0

    def course_edition(self, course: Course) -> Edition:
        key = ("course edition", course.slug)
        return self.remember(key, lambda: lesson_edition.course_edition(course, self.library, self.school))

    def lesson(self, course: Course, lesson: Lesson) -> ShownLesson:
        """A lesson in this school's words."""
        version = self.lesson_edition(course, lesson)
        return self.remember(("lesson", version.sha256), lambda: lesson_edition.open_lesson(version.text))

    def quiz(self, course: Course, lesson: Lesson) -> JudgedQuiz | None:
        """A lesson's scenarios as this school's policy judges them."""
        version = self.quiz_edition(course, lesson)
        return self._shelf.judged(version.sha256, version.text) if version else None

    def attempted(self, attempt: Attempt) -> JudgedQuiz:
        """The scenarios an attempt began with, in the words and under the policy of that moment."""
        return self._shelf.judged(attempt.quiz_version)

    def turned_round(self, version: str, course: Course, lesson: Lesson) -> frozenset[str]:
        """The scenarios of a lesson that were judged the other way round in this version of them."""
        now = self.quiz_edition(course, lesson)
        if now is None:
            return frozenset()
        weigh = self._shelf.soundness
        key = ("turned round", version, now.sha256)
        return self.remember(key, lambda: reversals.turned_round(weigh(version), weigh(now.sha256, now.text)))

    def version(self, course: Course) -> str:
        """What a lead approves of a course: its files, and the facts and questions of policy in them, as they stand."""
        key = ("course version", course.slug)
        return self.remember(key, lambda: course_version.course_version(course, self.library, self.school.nation))

    def approval(self, course: Course) -> Approval | None:
        """The latest approval of a course as it stands; None where no lead has approved that."""
        return self._approvals.get((course.slug, self.version(course)))

    def approved(self, course: Course) -> bool:
        return self.approval(course) is not None

    def course_state(self, course: Course) -> CourseState:
        """How a course stands with its approval."""
        return self.remember(("course state", course.slug), lambda: self._course_state(course))

    def _course_state(self, course: Course) -> CourseState:
        if self.approved(course):
            return CourseState.APPROVED
        if (course.slug, course_version.without_policy(course, self.library, self.school.nation)) in self._approvals:
            return CourseState.WITHOUT_POLICY
        return CourseState.CHANGED if self.approved_before(course) else CourseState.NEVER

    def approved_before(self, course: Course) -> Approval | None:
        """The latest approval of a course in any version."""
        return next((each for each in reversed(self._approvals.values()) if each.course == course.slug), None)

    @cached_property
    def checklists(self) -> tuple[str, ...]:
        """The private checklists of all lessons, to be found on one page."""
        return tuple(html for course, lesson in self.lessons for html in self.lesson(course, lesson).checklists)

    @cached_property
    def document(self) -> PolicyDocument | None:
        """The policy's text as it was published last; None where none was."""
        return self._shelf.document(self.policy.version) if self.policy.sha256 else None

    @cached_property
    def policy_state(self) -> PolicyState:
        """How far the school is with its policy."""
        facets = self.library.facets
        undecided = sum(not fill.has_chosen(self.school, self.library, name) for name in facets)
        return PolicyState(bool(self.policy.sha256), len(facets), undecided)

    def policy_changes(self, since: int) -> list[SectionChange]:
        """What the policy's text says otherwise than in the version `since`."""
        return self.remember(("policy changed since", since), lambda: self._policy_changes(since))

    def _policy_changes(self, since: int) -> list[SectionChange]:
        before = self._shelf.document(since)
        return policy_document.changes(before, self.document) if before and self.document else []

    def about(self, course: Course) -> str:
        """What the course is for, in this school's words."""
        return self.remember(("about", course.slug), lambda: fill.render(course.words, self.school, self.library))


class Shelf:
    """The content on the shelf: shipped, with the school's own laid over it.

    Raises ShippedContentFaulty at start where what is shipped does not pass. Where the school's
    own does not pass, whatever it holds, the last that did is taught (kept in the data folder), else
    the shipped alone; `problems` says what to mend, for leads to see.
    """

    def __init__(self, shipped: Path, data: Path, records: Database) -> None:
        self._shipped = shipped
        self._records = records
        self._data = data
        self._reading = threading.Lock()
        self._looked = 0.0
        self._signature: Hashable = None
        self._teaching: tuple[int, Programme] | None = None
        self._quizzes: OrderedDict[str, JudgedQuiz] = OrderedDict()
        self._opening = threading.Lock()
        self._weighed: dict[str, Soundness] = {}
        self.problems: list[Problem] = []  # of the school's own content, where it does not pass
        self.changed: list[Problem] = []  # the school's copies whose shipped file has changed since
        self._library = self._at_start()

    def programme(self, revision: int | None) -> Programme:
        """What is taught now. `revision` is the school's, where the caller has just read it."""
        self._look()
        if revision is None:
            revision = school_records.revision(self._records)
        ready = self._teaching
        if ready is None or ready[0] != revision or ready[1].library is not self._library:
            school, policy = school_records.load(self._records)
            approvals = approval_records.latest(self._records)
            ready = (revision, Programme(self, self._library, school, policy, approvals))
            self._teaching = ready
        return ready[1]

    def judged(self, sha256: str, text: str | None = None) -> JudgedQuiz:
        """The judged quiz of a version, today's or an older one's; without its text, as it is stored."""
        with self._opening:
            quiz = self._quizzes.get(sha256)
            if quiz is None:
                quiz = quiz_edition.open_quiz(text or editions.text(self._records, sha256) or "")
                self._quizzes[sha256] = quiz
                if len(self._quizzes) > OPEN_QUIZZES:
                    self._quizzes.popitem(last=False)
            self._quizzes.move_to_end(sha256)
            return quiz

    def soundness(self, sha256: str, text: str | None = None) -> Soundness:
        """Which options of a version are sound. It displaces no quiz that somebody is in the middle of."""
        found = self._weighed.get(sha256)
        if found is None:
            quiz = self._quizzes.get(sha256) or quiz_edition.open_quiz(text or editions.text(self._records, sha256) or "")
            found = reversals.soundness(quiz)
            if len(self._weighed) >= WEIGHED_QUIZZES:
                self._weighed.clear()
            self._weighed[sha256] = found
        return found

    def document(self, version: int) -> PolicyDocument | None:
        """The policy's text in one version, as it is stored."""
        found = policy_records.version(self._records, version)
        return policy_document.open_policy(found.text) if found and found.text else None

    def _at_start(self) -> Library:
        day = _today()
        self._signature = library.signature(self._shipped, self._data)
        own = None
        if own_content.has_own(self._data):
            own = self._read_own(day) or own_content.read_last(self._shipped, self._data, day)
        if own is None:
            own = own_content.read_shipped(self._shipped, day)
            own_content.keep_pictures(self._shipped, self._data, own.pictures)
        return own

    def _read_own(self, day: date) -> Library | None:
        """Everything, if it passes the check; else None, with `problems` set."""
        copies = own_content.copies(self._data)
        reading, found = own_content.check(self._shipped, self._data, day, copies)
        self.problems = [problem for problem in found if not problem.warning]
        self.changed = []
        if reading is None or self.problems:
            log.warning("The school's own content does not pass the check: %s problems", len(self.problems))
            return None
        self.changed = checker.shipped_under_copies(reading, copies)
        own_content.keep(self._shipped, self._data, reading)
        return reading.library

    def _look(self) -> None:
        """Read again if a file changed: at most every two seconds, beside the requests, which wait a little and no longer."""
        if time.monotonic() - self._looked < LOOK_AGAIN or not self._reading.acquire(blocking=False):
            return
        signature = library.signature(self._shipped, self._data)
        if signature == self._signature:
            self._looked = time.monotonic()
            self._reading.release()
            return
        reader = threading.Thread(target=self._read_again, args=(signature,), daemon=True)
        reader.start()
        reader.join(PATIENCE)

    def _read_again(self, signature: Hashable) -> None:
        try:
            self._signature = signature
            fresh = self._read_own(_today())
            if fresh is not None:
                self._library = fresh
                log.info("Content read again")
        except Exception:
            log.exception("Content could not be read again; what was taught goes on")
        finally:
            self._looked = time.monotonic()
            self._reading.release()


def _today() -> date:
    return datetime.now(UTC).date()

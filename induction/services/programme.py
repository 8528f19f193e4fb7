"""What is taught here: the content in the words, and under the policy, of this school."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, update_wrapper
from typing import Any, Concatenate, ParamSpec, TypeVar

from ..content.editions import course_version, fill, lesson_edition, lesson_wording, policy_document, quiz_edition
from ..content.editions.edition import Edition
from ..content.editions.lesson_edition import ShownChecklist, ShownLesson
from ..content.editions.policy_document import PolicyDocument, SectionChange
from ..content.editions.quiz_edition import JudgedQuiz
from ..content.model import Course, Fact, Lesson, Library, School
from ..content.twins import most_asked
from ..records.policy.versions import PolicyNow
from ..records.progress.attempts import Attempt
from ..records.school import course_approvals, course_cycles, scenarios_aside
from ..records.school import school as school_records
from ..records.school.course_approvals import Approval
from ..records.school.scenarios_aside import Kept
from ..records.store.database import Database
from ..rules import cycles
from ..rules.cycles import Cycle, Saying
from ..rules.induction import Required
from ..wording.notices import CourseState, PolicyState
from .open_editions import OpenEditions
from .shelf import Shelf

REMEMBERED = 2000  # pieces of pages that are the same for many
_NOTHING = object()

Asked = ParamSpec("Asked")
Made = TypeVar("Made")


def _once(make: Callable[Concatenate[Programme, Asked], Made]) -> Callable[Concatenate[Programme, Asked], Made]:
    """A method that makes its answer once for each course, or lesson of one, or number that it is asked about."""

    def ready(self: Programme, /, *of: Asked.args, **named: Asked.kwargs) -> Made:
        key = (make, *(each.slug if isinstance(each, (Course, Lesson)) else each for each in of))
        if key not in self._made:
            self._made[key] = make(self, *of, **named)
        found: Made = self._made[key]
        return found

    return update_wrapper(ready, make)


@dataclass(frozen=True, eq=False, repr=False)
class Programme:
    """One state of content and school. It never changes: another is made when either does.

    What the school's policy and contacts change in the words is worked out once here, not for each page.
    """

    library: Library
    school: School
    policy: PolicyNow
    approvals: dict[tuple[str, str], Approval]  # by course and version, the latest last
    aside: dict[tuple[str, str], Kept]  # scenarios, by id and version
    cycles: dict[str, tuple[Saying, ...]]  # what leads have said of when a course comes round
    records: Database
    editions: OpenEditions
    _made: dict[Hashable, Any] = field(default_factory=dict, init=False)
    _pieces: dict[Hashable, Any] = field(default_factory=dict, init=False)

    def remember(self, key: tuple[Hashable, ...], make: Callable[[], Any]) -> Any:
        """A piece of a page, as `make` gave it when it was first asked for under this key. Full, it begins anew."""
        found = self._pieces.get(key, _NOTHING)
        if found is _NOTHING:
            found = make()
            if len(self._pieces) >= REMEMBERED:
                self._pieces.clear()
            self._pieces[key] = found
        return found

    # Courses and lessons

    @cached_property
    def courses(self) -> tuple[Course, ...]:
        return tuple(self.library.courses.values())

    @cached_property
    def lessons(self) -> tuple[tuple[Course, Lesson], ...]:
        """Every lesson of every course, in the order they are taken."""
        return tuple((course, lesson) for course in self.courses for lesson in course.lessons)

    def courses_of(self, named: str | None, groups: Collection[str] = ()) -> tuple[Course, ...]:
        """The courses of somebody: the one that a lead has named for them, else all that are given to everyone; and beside
        these the ones that are given to `groups` of theirs, as far as they are here."""
        named_one = next((course for course in self.by_name if course.slug == named), None)
        theirs = (named_one,) if named_one else tuple(course for course in self.courses if not course.by_name)
        return (*theirs, *(course for course in self.by_name if course.slug in groups and course is not named_one))

    @cached_property
    def by_name(self) -> tuple[Course, ...]:
        """The courses that a lead gives to people by name, or to groups of staff."""
        return tuple(course for course in self.courses if course.by_name)

    def facts_to_confirm(self) -> list[Fact]:
        """What ages and concerns this school's nation, and nobody has looked up yet."""
        return [fact for fact in self.library.facts.values() if not fact.checked and fact.is_for(self.school.nation)]

    @cached_property
    def required(self) -> Required:
        """What an induction here is made of."""
        return Required(
            tuple(key for course in self.courses_of(None) for key in self.keys(course)),
            {course.slug: self.keys(course) for course in self.by_name},
            self.policy.asks_for,
            {course.slug: said for course in self.courses if (said := self.said_of_cycle(course))},
        )

    @_once
    def said_of_cycle(self, course: Course) -> tuple[Saying, ...]:
        """All that was said of when a course comes round, first by its own file; empty where it never did."""
        said = (Saying(cycles.of_renewal(course.renewal), date.min), *self.cycles.get(course.slug, ()))
        return said if any(each.cycle.comes_round for each in said) else ()

    def cycle(self, course: Course) -> Cycle:
        """When a course comes round at present."""
        said = self.said_of_cycle(course)
        return said[-1].cycle if said else Cycle()

    @_once
    def keys(self, course: Course) -> tuple[tuple[str, str], ...]:
        """(course, lesson) of each lesson of a course, in order."""
        return tuple((course.slug, each.slug) for each in course.lessons)

    @_once
    def about(self, course: Course) -> str:
        """What the course is for, in this school's words: HTML."""
        return fill.render(course.words, self.school, self.library)

    @_once
    def course_edition(self, course: Course) -> Edition:
        return lesson_edition.course_edition(course, self.library, self.school)

    @_once
    def lesson_edition(self, course: Course, lesson: Lesson) -> Edition:
        return lesson_edition.lesson_edition(lesson, self.library, self.school)

    @_once
    def lesson(self, course: Course, lesson: Lesson) -> ShownLesson:
        """A lesson in this school's words."""
        return lesson_edition.open_lesson(self.lesson_edition(course, lesson).text)

    @cached_property
    def checklists(self) -> tuple[tuple[Course, Lesson, ShownChecklist], ...]:
        """The private checklists of all lessons, to be found on one page."""
        return tuple(
            (course, lesson, each) for course, lesson in self.lessons for each in self.lesson(course, lesson).checklists
        )

    # Scenarios

    @_once
    def quiz_edition(self, course: Course, lesson: Lesson) -> Edition | None:
        """The scenarios that follow a lesson, or None where none do."""
        quiz = course.quizzes.get(lesson.slug)
        return quiz_edition.quiz_edition(course, quiz, self.library, self.school) if quiz else None

    @_once
    def scenarios_in_a_try(self, course: Course, lesson: Lesson) -> int:
        """How many scenarios one attempt at a lesson asks; 0 where it has none."""
        quiz = course.quizzes.get(lesson.slug)
        if quiz is None:
            return 0
        fitting, aside = quiz.fitting(self.school), self.put_aside(course, lesson)
        most = most_asked([each for each in fitting if each.id not in aside] or fitting)
        return min(quiz.ask or most, most)

    @_once
    def scenario_version(self, course: Course, lesson: Lesson, word: str) -> str | None:
        """The version of a scenario's words; None where the lesson has none of that id."""
        quiz = course.quizzes.get(lesson.slug)
        scenario = next((each for each in quiz.scenarios if each.id == word), None) if quiz else None
        return lesson_wording.scenario_version(quiz, scenario, self.library, self.school.nation) if quiz and scenario else None

    @_once
    def put_aside(self, course: Course, lesson: Lesson) -> dict[str, Kept]:
        """The scenarios of a lesson that a lead has put aside in these words, by id: no new attempt asks them."""
        return {word: kept for (word, version), kept in self.aside.items() if self.scenario_version(course, lesson, word) == version}

    def quiz(self, course: Course, lesson: Lesson) -> JudgedQuiz | None:
        """A lesson's scenarios as this school's policy judges them."""
        now = self.quiz_edition(course, lesson)
        return self.editions.quiz(now) if now else None

    def stored_quiz(self, version: str) -> JudgedQuiz:
        """Scenarios as they are stored, in the words and under the policy of that day."""
        return self.editions.stored_quiz(self.records, version)

    def attempted(self, attempt: Attempt) -> JudgedQuiz:
        """The scenarios an attempt began with."""
        return self.stored_quiz(attempt.quiz_version)

    @_once
    def turned_round(self, version: str, course: Course, lesson: Lesson) -> frozenset[str]:
        """The scenarios of a lesson that were judged the other way round in this version of them."""
        now = self.quiz_edition(course, lesson)
        return self.editions.turned_round(self.records, version, now) if now else frozenset()

    # What a lead has approved

    @_once
    def version(self, course: Course) -> str:
        """What a lead approves of a course: its files, and the facts and questions of policy in them, as they stand."""
        return course_version.course_version(course, self.library, self.school.nation)

    def approval(self, course: Course) -> Approval | None:
        """The latest approval of a course as it stands; None where no lead has approved that."""
        return self.approvals.get((course.slug, self.version(course)))

    def approved(self, course: Course) -> bool:
        return self.approval(course) is not None

    def approved_before(self, course: Course) -> Approval | None:
        """The latest approval of a course in any version."""
        return next((each for each in reversed(self.approvals.values()) if each.course == course.slug), None)

    @_once
    def course_state(self, course: Course) -> CourseState:
        """How a course stands with its approval."""
        if self.approved(course):
            return CourseState.APPROVED
        if (course.slug, course_version.without_policy(course, self.library, self.school.nation)) in self.approvals:
            return CourseState.WITHOUT_POLICY
        return CourseState.CHANGED if self.approved_before(course) else CourseState.NEVER

    # The policy

    @cached_property
    def document(self) -> PolicyDocument | None:
        """The policy's text as it was published last; None where none was."""
        return self.editions.document(self.records, self.policy.version) if self.policy.sha256 else None

    @cached_property
    def policy_state(self) -> PolicyState:
        """How far the school is with its policy."""
        facets = self.library.facets
        undecided = sum(not fill.has_chosen(self.school, self.library, name) for name in facets)
        return PolicyState(bool(self.policy.sha256), len(facets), undecided)

    @_once
    def policy_changes(self, since: int) -> list[SectionChange]:
        """What the policy's text says otherwise than in the version `since`."""
        before = self.editions.document(self.records, since)
        return policy_document.changes(before, self.document) if before and self.document else []


class Programmes:
    """The programme as it stands, made anew when the content on the shelf or the school has changed."""

    def __init__(self, shelf: Shelf, records: Database, editions: OpenEditions) -> None:
        self._shelf = shelf
        self._records = records
        self._editions = editions
        self._latest: tuple[int, Programme] | None = None

    def current(self, revision: int | None = None) -> Programme:
        """What is taught now. `revision` is the school's, where the caller has just read it."""
        library = self._shelf.library()
        if revision is None:
            revision = school_records.revision(self._records)
        if self._latest is None or self._latest[0] != revision or self._latest[1].library is not library:
            self._latest = (revision, self._made(library))
        return self._latest[1]

    def _made(self, library: Library) -> Programme:
        return made_of(library, self._records, self._editions)


def made_of(library: Library, records: Database, editions: OpenEditions) -> Programme:
    """The programme of a school as its records stand."""
    school, policy = school_records.load(records)
    approvals, aside = course_approvals.latest(records), scenarios_aside.now(records)
    return Programme(library, school, policy, approvals, aside, course_cycles.everything(records), records, editions)

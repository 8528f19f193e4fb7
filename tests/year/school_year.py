"""A school played through from one September to the next with a moved clock: its deeds, the caretaker's rounds, a real mail server.

The clock looks in at set hours of each day, also at night and on holidays, when nothing may go. `Year.letters` are
those that arrived, each with the moment at which the school's clock stood.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from induction import create_app
from induction.demonstration import policy
from induction.records.people import people, sessions
from induction.records.people.person import Details, Person
from induction.records.policy.acknowledgements import Signed
from induction.records.progress import attempts as records
from induction.records.school import course_approvals, lesson_readings, school
from induction.records.store.database import transaction
from induction.rules import judging
from induction.rules.calendar import SCHOOL_TIME, local
from induction.rules.roles import Role
from induction.services import attempts, completion, course_reading, leavers, reminders
from induction.services import people as deeds
from induction.services.attempts import Chosen
from induction.services.lesson_visits import LessonVisit
from induction.serving import caretaker
from induction.settings import Settings, from_environment
from tests import walking
from tests.cast import SCHOOL, SECRET
from tests.post import Arrived, PostOffice

COURSE = "professional-boundaries-online"
LOOKS = (time(2, 30), time(6, 59), time(7, 1), time(9), time(12, 30), time(17, 59), time(18, 1), time(23, 59))


@dataclass(frozen=True, slots=True)
class Letter:
    at: datetime  # by the school's clock
    to: str  # the name before the @
    subject: str
    letter: Arrived


def in_order(words: list[str]) -> None:
    """The shuffle of somebody who has no chance."""


@dataclass
class Year:
    """A school, and its clock."""

    folder: Path
    post: PostOffice
    now: datetime
    deeds: dict[date, list[tuple[time, Callable[[], object]]]] = field(default_factory=lambda: defaultdict(list))
    letters: list[Letter] = field(default_factory=list)

    def __post_init__(self) -> None:
        settings: Settings = from_environment({"INDUCTION_DATA": str(self.folder), "INDUCTION_SMTP": self.post.url})
        self.site = create_app(settings).extensions["induction"]
        self.db = self.site.records
        with transaction(self.db):
            school.save(self.db, **SCHOOL)

    # Playing it through

    def on(self, day: date, what: Callable[[], object], at: time = time(10)) -> None:
        """Let something be done on a day to come."""
        self.deeds[day].append((at, what))

    def live_until(self, day: date) -> None:
        """Everything up to the end of a day, in its order; letters go a moment after what they tell of."""
        for when, what in self._moments(day):
            self.now = when
            if what is not None:
                what()
            self._caretaker()

    def _moments(self, until: date) -> Iterator[tuple[datetime, Callable[[], object] | None]]:
        day = local(self.now).date()
        while day <= until:
            todo: list[tuple[time, Callable[[], object] | None]] = [(each, None) for each in LOOKS]
            todo += self.deeds.pop(day, [])
            for at, what in sorted(todo, key=lambda pair: pair[0]):
                moment = datetime.combine(day, at, SCHOOL_TIME).astimezone(UTC)
                if moment >= self.now:
                    yield moment, what
            day += timedelta(days=1)

    def _caretaker(self) -> None:
        leavers.end_whose_day_is_past(self.db, self.now)
        reminders.plan(self.db, self.programme, self.now)
        before = len(self.post.arrived)
        caretaker.post_letters(self.site, lambda: self.now)
        for each in self.post.arrived[before:]:
            self.letters.append(Letter(local(self.now), each.to[0].partition("@")[0], each.subject, each))

    @property
    def programme(self):
        return self.site.programmes.current()

    # What people do

    def person(self, name: str) -> Person:
        found = people.by_email(self.db, f"{name}@school.example")
        assert found is not None
        return found

    def add(self, name: str, full: str, role: Role = Role.TEACHER, **more: object) -> None:
        """A lead adds somebody, who opens their invitation and chooses a password: `opens`, days later; None: never."""
        opens = more.pop("opens", 1)
        mentor = more.pop("mentor", None)
        lead = people.by_email(self.db, "lou@school.example")
        details = Details(f"{name}@school.example", full, role, mentor_id=self.person(mentor).id if mentor else None, **more)
        who, _ = deeds.add(self.db, details, by=lead.id if lead else None, now=self.now)
        if opens is not None:
            self.on(local(self.now).date() + timedelta(days=opens), lambda: self._opened(who.id), time(11))

    def look_in(self) -> None:
        """Whoever mentors or leads is here for a moment."""
        with transaction(self.db):
            for person in people.everybody(self.db):
                if person.active and person.has_password and person.role is not Role.TEACHER:
                    sessions.end(self.db, sessions.start(self.db, person.id, device="Firefox on Windows", now=self.now))

    def _opened(self, person_id: int) -> None:
        with transaction(self.db):
            people.set_password(self.db, person_id, SECRET, now=self.now)

    def publish_policy(self) -> None:
        policy.publish(self.db, self.programme.library, self.person("lou").id, self.now)

    def approve_courses(self) -> None:
        """The lead has read what is taught, and says so."""
        programme, lead = self.programme, self.person("lou")
        with transaction(self.db):
            for course in programme.courses:
                for lesson in (*course.lessons, None):
                    words = course_reading.wording(programme, course, lesson)
                    slug = lesson.slug if lesson else lesson_readings.ITSELF
                    lesson_readings.keep(self.db, course=course.slug, lesson=slug, wording=words, by=lead.id, now=self.now)
                version = programme.version(course)
                course_approvals.approve(self.db, course=course.slug, sha256=version, typed_name=lead.name, by=lead.id, now=self.now)

    def study(self, name: str, lessons: int | None = None, wisely: bool = True) -> None:
        """Somebody takes so many of the lessons that they have not done, or all, and says that they have read the policy."""
        who = self.person(name)
        course = self.programme.library.courses[COURSE]
        for lesson in course.lessons[:lessons]:
            self._take(who.id, lesson.slug, wisely)
        asked = self.programme.policy
        if lessons is None and asked.sha256:
            completion.acknowledge(self.db, self.programme, Signed(who.id, asked.version, asked.sha256, who.name, self.now))

    def _take(self, person_id: int, lesson: str, wisely: bool) -> None:
        programme = self.programme
        course = programme.library.courses[COURSE]
        number = attempts.begin(self.db, programme, LessonVisit(person_id, course, course.lesson(lesson), self.now), in_order)
        while (attempt := records.find(self.db, person_id, number)) and attempt.finished_at is None:
            here = judging.place(programme.attempted(attempt), attempt.drawn, attempt.answers)
            chosen = [Chosen(here.step, here.scene.id, option) for option in walking.choice(here.scene, wisely)]
            attempts.answer(self.db, programme, person_id, number, chosen, self.now)

    # Looking at it

    def to(self, name: str) -> list[Letter]:
        return [each for each in self.letters if each.to == name]

    def table(self) -> str:
        """Every letter that went, a line each."""
        return "\n".join(f"{each.at:%a %d %b %Y %H:%M}  {each.to:<6} {each.subject}" for each in self.letters)

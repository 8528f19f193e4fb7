"""Somebody who takes lessons by the deeds alone, without a page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from induction.records.progress import attempts as records
from induction.records.progress.attempts import Attempt
from induction.records.store.database import Database
from induction.rules import judging
from induction.services import attempts
from induction.services.attempts import Answered, Chosen
from induction.services.lesson_visits import LessonVisit
from induction.services.programme import Programme
from tests import walking
from tests.records.making import COURSE, NOW


def in_order(words: list[str]) -> None:
    """The shuffle of somebody who has no chance."""


@dataclass(frozen=True)
class Taker:
    db: Database
    programme: Programme
    id: int
    now: datetime = NOW

    def visit(self, lesson: str, course: str = COURSE, **more) -> LessonVisit:
        of = self.programme.library.courses[course]
        return LessonVisit(self.id, of, of.lesson(lesson), **{"at": self.now, **more})

    def begin(self, lesson: str, course: str = COURSE) -> int:
        return attempts.begin(self.db, self.programme, self.visit(lesson, course), in_order)

    def attempt(self, number: int) -> Attempt:
        return records.find(self.db, self.id, number)

    def choice(self, number: int, wisely: bool = True) -> list[Chosen]:
        """The options that a wise (or an unwise) person chooses where the attempt stands."""
        attempt = self.attempt(number)
        here = judging.place(self.programme.attempted(attempt), attempt.drawn, attempt.answers)
        return [Chosen(here.step, here.scene.id, option) for option in walking.choice(here.scene, wisely)]

    def send(self, number: int, chosen: list[Chosen]):
        return attempts.answer(self.db, self.programme, self.id, number, chosen, self.now)

    def take(self, lesson: str, course: str = COURSE, wisely: bool = True, but: int = 0) -> int:
        """All scenarios of a lesson, or all but the last few answers; the attempt's id."""
        number = self.begin(lesson, course)
        while self.attempt(number).finished_at is None:
            if but and self._left(number) <= but:
                break
            assert isinstance(self.send(number, self.choice(number, wisely)), Answered)
        return number

    def _left(self, number: int) -> int:
        """How many scenarios of the attempt are not ended."""
        attempt = self.attempt(number)
        here = judging.place(self.programme.attempted(attempt), attempt.drawn, attempt.answers)
        return len(attempt.drawn) - here.number + 1



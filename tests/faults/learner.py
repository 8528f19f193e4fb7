"""Somebody who takes lesson after lesson, and notes each answer the moment the server has said that it is saved."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from flask import Flask
from sqlite_utils.utils import sqlite3

from induction.content.model import Rating
from induction.records.store import evidence_check
from induction.records.store.database import Database
from tests.cast import COURSE
from tests.faults.server import Browser, Page

LESSON = "friend-requests"
Wise = Mapping[str, tuple[int, ...]]  # scene: the numbers of what to choose there


def wise_choices(app: Flask) -> Wise:
    """What to choose in each scene to pass."""
    programme = app.extensions["induction"].programmes.current()
    sound = (Rating.BEST, Rating.FINE)
    return {
        scene.id: tuple(option.number for option in scene.options if option.rating in sound)
        for course, lesson in programme.lessons
        for scenario in programme.quiz(course, lesson).scenarios.values()
        for scene in scenario.scenes.values()
    }


def begin(browser: Browser, lesson: str = LESSON) -> str:
    """Start the scenarios, or go on with them; the attempt's address."""
    page = browser.send(f"/courses/{COURSE}/{lesson}/scenarios")
    assert page.status == 303 and page.where, page.text
    return page.where


def options(page: Page) -> list[str]:
    return page.field("option")


@dataclass(frozen=True, slots=True)
class Saved:
    """An answer that the server acknowledged."""

    at: float  # seconds since 1970, taken after the answer to the request had arrived
    attempt: int
    step: int
    chosen: tuple[int, ...]


class Learner:
    def __init__(self, browser: Browser, wise: Wise, lesson: str = LESSON) -> None:
        self.browser = browser
        self.wise = wise
        self.lesson = lesson
        self.attempt: str | None = None
        self.saved: list[Saved] = []

    def answer(self) -> None:
        """Answer the next scene, of a new attempt where the last has ended; what fails is not counted."""
        self.attempt = self.attempt or begin(self.browser, self.lesson)
        page = self.browser.open(self.attempt)
        offered = options(page)
        if not offered:
            assert page.status == 200, page.text
            self.attempt = None
            return
        step, scene, _ = offered[0].split(".")
        assert not self.was_saved(int(step)), f"step {step} of {self.attempt} was saved, and is asked again"
        wise = self.wise.get(scene, (1,))
        chosen = wise if 'type="checkbox"' in page.text else wise[:1]
        page = self.browser.send(self.attempt, option=[f"{step}.{scene}.{number}" for number in chosen])
        assert page.status == 303 and page.where == f"{self.attempt}/{step}", page.text
        self.saved.append(Saved(time.time(), number_of(self.attempt), int(step), chosen))

    def was_saved(self, step: int) -> bool:
        return any((each.attempt, each.step) == (number_of(self.attempt), step) for each in self.saved)


def number_of(address: str) -> int:
    return int(re.fullmatch(r"/attempts/([0-9]+)", address)[1])


@dataclass(frozen=True, slots=True)
class Kept:
    """What a database holds of attempts."""

    answers: dict[tuple[int, int], tuple[int, ...]]  # (attempt, step): chosen
    finished: dict[int, tuple[str, Fraction]]  # attempt: when, mark
    completions: set[tuple[int, str, str]]  # person, lesson ('' for the course), when

    def lacks(self, saved: list[Saved]) -> list[Saved]:
        return [each for each in saved if self.answers.get((each.attempt, each.step)) != each.chosen]


def read(database: Path) -> Kept:
    """Open a database as it lies there, in whatever state it was left, and see that it is sound and its evidence holds."""
    connection = sqlite3.connect(database, isolation_level=None)
    try:
        assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]
        assert connection.execute("pragma foreign_key_check").fetchall() == []
        answers = connection.execute("select attempt, step, chosen from answers").fetchall()
        finished = connection.execute("select id, finished_at, mark from attempts where mark is not null").fetchall()
        completions = connection.execute("select person, lesson, completed_at from completions").fetchall()
    finally:
        connection.close()
    with closing(Database(database)) as db:
        assert evidence_check.check(db).fault is None
    return Kept(
        {(attempt, step): tuple(map(int, chosen.strip("[]").split(","))) for attempt, step, chosen in answers},
        {attempt: (at, Fraction(mark)) for attempt, at, mark in finished},
        set(completions),
    )

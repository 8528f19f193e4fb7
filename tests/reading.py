"""Leads who read courses lesson by lesson, by the deeds alone."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from induction.services import course_reading
from tests.cast import COURSE, Cast


def read_lessons(
    cast: Cast, now: datetime, *, who: str = "lou", course: str = COURSE, only: Collection[str] = (), but: Collection[str] = ()
) -> None:
    """A lead reads lessons of a course in their present words: all of them, `only` some, or all `but` some."""
    programme = cast.programme
    of = programme.library.courses[course]
    for lesson in of.lessons:
        if lesson.slug not in but and (not only or lesson.slug in only):
            version = course_reading.wording(programme, of, lesson).sha256
            course_reading.read(cast.records, programme, of, lesson, version, cast.who(who).id, now)

"""Editions of lessons, and of what a course says of itself."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from ..markdown.blocks.checklist import checklists_in
from ..markdown.page import ITS_OWN, Page
from ..model import Course, Lesson, Library, School
from ..problems import silent
from ..reading.course import read_course
from ..reading.course_file import CourseFile
from ..reading.lesson import read_lesson
from ..source.front_matter import shown
from .edition import Edition, make_edition, stored_library, stored_school
from .fill import plain, render
from .mentions import Mentions


@dataclass(frozen=True, slots=True)
class ShownChecklist:
    """A private checklist, to be shown away from its lesson."""

    heading: str  # its id in the lesson; empty where it stands before the first
    title: str
    html: str


@dataclass(frozen=True, slots=True)
class ShownLesson:
    """A lesson in one school's words."""

    title: str
    summary: str
    minutes: int | None
    reviewed: date | None
    sources: tuple[str, ...]  # those for its nation
    html: str
    headings: tuple[tuple[str, str], ...]  # id and title

    @property
    def checklists(self) -> tuple[ShownChecklist, ...]:
        """Each private checklist in the lesson, under the heading where it stands."""
        return tuple(ShownChecklist(*self._heading_before(start), html) for start, html in checklists_in(self.html))

    def _heading_before(self, place: int) -> tuple[str, str]:
        before = [each for each in self.headings if self.html.find(f'id="{each[0]}"') < place]
        return before[-1] if before else ("", self.title)


def lesson_edition(lesson: Lesson, library: Library, school: School) -> Edition:
    """The edition of a lesson at a school."""
    names = Mentions()
    names.add_lesson(lesson)
    return make_edition({"kind": "lesson", "course": lesson.course, "word": lesson.slug, "source": lesson.source}, names, library, school)


def course_edition(course: Course, library: Library, school: School) -> Edition:
    """The edition of a course's own page at a school: its lessons have editions of their own."""
    names = Mentions()
    names.add(course.words)
    return make_edition({"kind": "course", "course": course.slug, "word": course.slug, "source": course.source}, names, library, school)


def open_lesson(text: str, page: Page = ITS_OWN) -> ShownLesson:
    """The lesson of an edition's text, in the words that it holds, as it stands on a page."""
    kept = json.loads(text)
    library, school = stored_library(kept), stored_school(kept)
    lesson, _ = read_lesson(CourseFile.of(kept["course"], kept["word"], kept["source"], silent), library, silent, page)
    headings = tuple((heading.id, plain(heading.title, school, library)) for heading in lesson.headings)
    sources = tuple(source.words for source in lesson.sources if not source.nations or school.nation in source.nations)
    return ShownLesson(
        lesson.title, lesson.summary, lesson.minutes, lesson.reviewed, sources,
        render(lesson.words, school, library), headings,
    )  # fmt: skip


def title(text: str) -> str:
    """What a lesson or a course is called, in an edition's text; its words are not read for it."""
    kept = json.loads(text)
    return shown(CourseFile.of(kept["course"], kept["word"], kept["source"], silent).table, "title", silent, 1)


def open_course(text: str, page: Page = ITS_OWN) -> str:
    """The HTML of what a course is for, in the words that an edition's text holds, as it stands on a page."""
    kept = json.loads(text)
    course, _ = read_course(CourseFile.of(kept["course"], kept["word"], kept["source"], silent), stored_library(kept), silent, page)
    return render(course.words, stored_school(kept), stored_library(kept))

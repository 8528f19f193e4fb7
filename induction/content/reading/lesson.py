"""Reading a lesson."""

from __future__ import annotations

from ..markdown.html_writer import HtmlWriter
from ..markdown.page import ITS_OWN, Page
from ..model import Lesson, Library
from ..problems import Report
from ..source import front_matter
from .course_file import CourseFile
from .sources import read_sources

KEYS = ("title", "summary", "minutes", "reviewed", "sources", "draws")


def read_lesson(file: CourseFile, known: Library, report: Report, page: Page = ITS_OWN) -> tuple[Lesson, HtmlWriter]:
    """A lesson as it stands on a page, and what wrote it. Raises TooMuch, which has been reported."""
    table = file.table
    if file.slug.lower() == "confidence":
        report(1, 'no lesson can be called "confidence", which is the address of a course\'s questions; give the file another name')
    front_matter.check_keys(table, KEYS, report)
    title = front_matter.shown(table, "title", report, 1)
    summary = front_matter.shown(table, "summary", report)
    minutes = front_matter.whole_number(table, "minutes", 1, 600, report)
    reviewed = front_matter.day(table, "reviewed", report)
    sources = read_sources(table, report)
    words, writer = file.written(known, report, page)
    lesson = Lesson(
        file.course, file.slug, file.number, title, summary, minutes, reviewed, sources, words, tuple(writer.headings),
        file.path, file.text, reviewed_line=table.lines.get("reviewed", 1), anchors=frozenset(writer.anchors),
    )  # fmt: skip
    return lesson, writer

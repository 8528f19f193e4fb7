"""A file of a course, its front matter read once and apart from its words."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..markdown.html_writer import HtmlWriter
from ..markdown.page import ITS_OWN, Page
from ..markdown.parser import tree
from ..model import Library
from ..problems import Report
from ..source import front_matter
from ..source.yaml_lines import Table
from ..words import Words


@dataclass(frozen=True, slots=True)
class CourseFile:
    """The index of a course, a lesson or a quiz: what it is called, and what it says."""

    course: str
    slug: str
    text: str
    table: Table  # the front matter
    body: str  # the words after it
    first_line: int  # of those
    path: str = ""  # empty where it is read again from an edition
    number: int = 0  # in the order of a course's lessons

    @classmethod
    def of(cls, course: str, slug: str, text: str, report: Report, path: str = "", number: int = 0) -> CourseFile:
        """A file with this text."""
        return cls(course, slug, text, *front_matter.split(text, report), path, number)

    def with_text(self, text: str) -> CourseFile:
        """The same with other words after its front matter."""
        body, first_line = front_matter.body_of(text)
        return replace(self, text=text, body=body, first_line=first_line)

    def written(self, known: Library, report: Report, page: Page = ITS_OWN) -> tuple[Words, HtmlWriter]:
        """Its words, and what wrote them. Raises TooMuch, which has been reported."""
        root, braces = tree(self.body, self.first_line, report)
        writer = HtmlWriter(braces, known, self.course, report, headings=True, page=page)
        writer.line = self.first_line
        return writer.words(root), writer

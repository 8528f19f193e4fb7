"""What a block is: a name, what may stand on its first line and in it, and the HTML that it becomes.

In the tree a block is an element named for it, `block-phone`, with its title as the child `block-title` where it has one,
so that words in braces and emphasis work there too.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from typing import ClassVar, Protocol

from ...model import Library
from ...problems import Report
from ...source import line_marks
from ...words import Part, Words, say_something
from ..page import Page


class Writer(Protocol):
    """What a block may ask of who writes its text (`html_writer.HtmlWriter`)."""

    known: Library
    course: str
    page: Page
    report: Report
    line: int  # that is being written

    def html(self, html: str) -> None:
        """Put HTML as it stands."""

    def text(self, text: str | None) -> None:
        """Put plain text."""

    def tag(self, name: str, attributes: Mapping[str, str | Words]) -> None:
        """Put a tag that opens."""

    def part(self, part: Part) -> None:
        """Put a part of words."""

    def put(self, words: Words) -> None:
        """Put words that are written already."""

    def element(self, element: etree.Element) -> None:
        """Put an element, without what follows it."""

    def inside(self, element: etree.Element) -> None:
        """Put an element's text and children."""

    def inline(self, element: etree.Element) -> Words:
        """What stands in an element, as words of their own."""

    def words_for_some(self, elements: Iterable[etree.Element]) -> Words:
        """Elements as words of their own, which some schools see and others don't."""

    def find_line(self, element: etree.Element) -> int:
        """Move to the first line that an element's words stand on."""

    def claim_checklist(self, name: str, line: int) -> None:
        """Note the id of a checklist, which may be given once in a file."""


class Block(ABC):
    """One type of block. It is made once and keeps nothing of a text."""

    name: ClassVar[str]

    def begin(self, element: etree.Element, argument: str, line: int) -> None:
        """Put what stands on the first line, after the bar, into the block's element."""
        element.set("argument", argument)

    @abstractmethod
    def write(self, writer: Writer, block: etree.Element) -> None:
        """Write the block with a writer that stands on its first line, and report there what is wrong with it."""


class TitledBlock(Block):
    """A block whose first line is its title."""

    def begin(self, element: etree.Element, argument: str, line: int) -> None:
        etree.SubElement(element, "block-title").text = line_marks.line_mark(line) + argument

    def title(self, writer: Writer, block: etree.Element, otherwise: str = "") -> Words:
        """The block's title; where it has none, `otherwise`, or a problem if that is empty."""
        title = writer.inline(block[0])
        if say_something(title):
            return title
        if not otherwise:
            writer.report(writer.line, f"the block `{self.name}` has no words after its name; write `/// {self.name} | …`")
        return (otherwise,)


def initial(title: Words) -> str:
    """The first letter of a title, upper case; a dot where it begins with a gap."""
    letters = re.sub(r"<[^>]*>|&[^;]*;", "", title[0]) if title and isinstance(title[0], str) else ""
    letter = next((letter for letter in letters if letter.isalnum()), "·")
    return letter.upper()

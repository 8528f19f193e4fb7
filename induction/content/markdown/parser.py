"""Markdown as this site reads it: a tree, in which raw HTML is words and not HTML.

`structure` makes the tree of lists, quotes and paragraphs; what stands in their lines is read by Python-Markdown.
"""

from __future__ import annotations

import html
import re
import string
import xml.etree.ElementTree as etree

from markdown import Markdown
from markdown.inlinepatterns import AUTOMAIL_RE, ENTITY_RE, InlineProcessor
from markdown.util import ETX, STX

from ..problems import Report
from ..source import leftovers, line_marks
from . import block_structure

NO_BREAK = "\xa0"
UNUSED = ("html", "reference", "short_reference", "image_reference", "short_image_ref")  # no links are defined elsewhere

# Where two kinds of stress cross, as in *a **b*c**, Python-Markdown 3.11 loses the sign after the third; so letters are counted.
CROSSING = re.compile(r"(?<!\*)\*(?!\*).*\*\*|\*\*.*(?<!\*)\*(?!\*)|(?<!_)_(?!_).*__|__.*(?<!_)_(?!_)|\*.*_.*\*|_.*\*.*_", re.DOTALL)
ASIDE = re.compile(rf"\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+\"[^\"]*\")?\)|{ENTITY_RE}")  # what isn't among the words


class _Entity(InlineProcessor):
    """`&pound;` is the character that it names."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[str | None, int, int]:
        character = html.unescape(m.group(1))
        if character in string.punctuation:  # the sign itself, as if a backslash stood before it
            return f"{STX}{ord(character)}{ETX}", m.start(0), m.end(0)
        plain = (character.isprintable() or character == NO_BREAK) and not line_marks.PRIVATE.search(character)
        return (character if plain else None), m.start(0), m.end(0)


class _Address(InlineProcessor):
    """An address among the words is what it is: no sign in it is markup."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[str, int, int]:
        return m.group(0), m.start(0), m.end(0)


class _Mail(InlineProcessor):
    """`<name@school.example>` is a link to write there."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[etree.Element, int, int]:
        link = etree.Element("a", {"href": f"mailto:{m.group(1).removeprefix('mailto:')}"})
        link.text = m.group(1).removeprefix("mailto:")
        return link, m.start(0), m.end(0)


def _letters(text: str) -> int:
    return sum(sign.isalnum() for sign in text)


def tree(text: str, first_line: int, report: Report) -> tuple[etree.Element, tuple[str, ...]]:
    """The element tree of a text, and what stood in its braces. Raises TooMuch, which has been reported."""
    root, braces = block_structure.build(text, first_line, report)
    md = _markdown()
    written = [(element, element.text) for element in root.iter() if element.text and CROSSING.search(element.text)]
    md.treeprocessors["inline"].run(root)
    for element, before in written:
        if _letters("".join(element.itertext())) < _letters(ASIDE.sub("", before)):
            report(line_marks.first_line(before, first_line), "these * and ** cross each other; close first what was opened last")
    leftovers.find(root, report)
    md.treeprocessors["unescape"].run(root)
    return root, braces


def _markdown() -> Markdown:
    md = Markdown()
    md.ESCAPED_CHARS = list(string.punctuation)
    for pattern in UNUSED:
        md.inlinePatterns.deregister(pattern)
    md.inlinePatterns.register(_Entity(ENTITY_RE, md), "entity", 80)
    md.inlinePatterns.register(_Mail(AUTOMAIL_RE, md), "automail", 110)
    md.inlinePatterns.register(_Address(leftovers.BARE.pattern, md), "bare address", 70)
    return md

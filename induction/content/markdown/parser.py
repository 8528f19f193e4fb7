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
from markdown.util import ETX, STX, AtomicString

from ..problems import Report
from ..source import leftovers, line_marks
from . import block_structure

MARKUP = re.compile(r"[\\`*_\[<&]|  \n")  # without one of these words are words alone
NO_BREAK = "\xa0"
UNUSED = ("html", "reference", "short_reference", "image_reference", "short_image_ref")  # no links are defined elsewhere

# Where two kinds of stress cross, as in *a **b*c**, Python-Markdown 3.11 loses the sign after the third; so letters are counted.
CROSSING = re.compile(r"(?<!\*)\*(?!\*).*\*\*|\*\*.*(?<!\*)\*(?!\*)|(?<!_)_(?!_).*__|__.*(?<!_)_(?!_)|\*.*_.*\*|_.*\*.*_", re.DOTALL)
Stands = tuple[etree.Element | str | None, int, int]  # what for, and from where to where
ASIDE = re.compile(rf"\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+\"[^\"]*\")?\)|{ENTITY_RE}")  # what isn't among the words


class _Signs(InlineProcessor):
    """Signs among the words that stand for something."""

    def handleMatch(self, m: re.Match[str], data: str) -> Stands:  # type: ignore[override]  # as the class above has it
        return self.stands_for(m), m.start(0), m.end(0)

    def stands_for(self, signs: re.Match[str]) -> etree.Element | str | None:
        """What is put in their place; None where they stay."""
        raise NotImplementedError


class _Entity(_Signs):
    """`&pound;` is the character that it names."""

    def stands_for(self, signs: re.Match[str]) -> str | None:
        character = html.unescape(signs[1])
        if character in string.punctuation:  # the sign itself, as if a backslash stood before it
            return f"{STX}{ord(character)}{ETX}"
        plain = (character.isprintable() or character == NO_BREAK) and not line_marks.PRIVATE.search(character)
        return character if plain else None


class _Address(_Signs):
    """An address among the words is what it is: no sign in it is markup."""

    def stands_for(self, signs: re.Match[str]) -> str:
        return signs[0]


class _Mail(_Signs):
    """`<name@school.example>` is a link to write there."""

    def stands_for(self, signs: re.Match[str]) -> etree.Element:
        address = signs[1].removeprefix("mailto:")
        link = etree.Element("a", {"href": f"mailto:{address}"})
        link.text = address
        return link


def _letters(text: str) -> int:
    return sum(sign.isalnum() for sign in text)


def tree(text: str, first_line: int, report: Report) -> tuple[etree.Element, tuple[str, ...]]:
    """The element tree of a text, and what stood in its braces. Raises TooMuch, which has been reported."""
    root, braces = block_structure.build(text, first_line, report)
    md = _markdown()
    written: list[tuple[etree.Element, str]] = []
    for element in root.iter():
        words = element.text or ""
        if not MARKUP.search(words):
            element.text = AtomicString(words)  # which Markdown leaves as it is
        elif CROSSING.search(words):
            written.append((element, words))
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

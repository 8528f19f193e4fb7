"""Reading the text of a school's policy on acceptable use: its title, and its sections under headings."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from dataclasses import dataclass, replace
from html import escape

from ..markdown.html_writer import HtmlWriter
from ..markdown.parser import tree
from ..model import Library
from ..problems import Report
from ..source import front_matter
from ..words import Slot, Words

TEMPLATE = "courses/policy.md"
TEXT_KEYS = ("title",)
FRONT = re.compile(r"---[ ]*\n")


@dataclass(frozen=True, slots=True)
class PolicySection:
    """Words under a heading; those before the first heading have no title. Ids are given to all, from their titles."""

    id: str
    title: Words
    words: Words


@dataclass(frozen=True, slots=True)
class PolicyText:
    """A text as it was read: its title, its sections, and what drew them."""

    title: Words
    sections: tuple[PolicySection, ...]
    writer: HtmlWriter


def read_policy_text(text: str, known: Library, report: Report) -> PolicyText:
    """The title and the sections of a text. Raises TooMuch, which has been reported."""
    table, body, first_line = front_matter.split(text, report)
    front_matter.check_keys(table, TEXT_KEYS, report)
    title = front_matter.shown(table, "title", report, 1)
    read = sections_of(body, first_line, known, report)
    return replace(read, title=read.title or (escape(title, quote=False),))


def own_title(words: str, report: Report) -> tuple[str, str, int]:
    """The title in the front matter of a school's own words, if they have any; the words after it, and their first line."""
    if not FRONT.match(words):
        return "", words, 1
    table, body, first_line = front_matter.split(words, report)
    front_matter.check_keys(table, TEXT_KEYS, report)
    return front_matter.shown(table, "title", report), body, first_line


def sections_of(body: str, first_line: int, known: Library, report: Report, taken: frozenset[str] = frozenset()) -> PolicyText:
    """The title and the sections of a text. No id is one of `taken`, nor there twice."""
    root, braces = tree(body, first_line, report)
    writer = HtmlWriter(braces, known, "", report, headings=True)
    writer.line = first_line
    sections: list[PolicySection] = []
    heading: etree.Element | None = None
    under: list[etree.Element] = []

    def close() -> None:
        if heading is None and not under:
            return
        title: Words = ()
        name = ""
        if heading is not None:
            writer.find_line(heading)
            name = writer.heading_id(heading)
            title = writer.inline(heading)
        sections.append(PolicySection(_free(name or _slug(title), taken | {each.id for each in sections}), title, writer.words(under)))

    elements = list(root)
    title = writer.inline(elements.pop(0)) if elements and elements[0].tag == "h1" else ()
    for element in elements:
        if element.tag == "h2":
            close()
            heading, under = element, []
        else:
            under.append(element)
    close()
    return PolicyText(title, tuple(sections), writer)


def _slug(title: Words) -> str:
    letters = "".join(part if isinstance(part, str) else part.name for part in title if isinstance(part, str | Slot))
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"<[^>]*>|&\w+;", "", letters).lower()).strip("-")[:60] or "top"


def _free(name: str, taken: frozenset[str]) -> str:
    while name in taken:
        name += "-again"
    return name

"""Markdown as this site reads it: a tree, in which raw HTML is words and not HTML."""

from __future__ import annotations

import html
import re
import xml.etree.ElementTree as etree

from markdown import Markdown
from markdown.extensions.attr_list import AttrListExtension
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import AUTOMAIL_RE, ENTITY_RE, InlineProcessor

from . import marks
from .blocks import Blocks


class _Entity(InlineProcessor):
    """`&pound;` is the character that it names."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[str | None, int, int]:
        character = html.unescape(m.group(1))
        plain = character.isprintable() and not marks.PRIVATE.search(character)
        return (character if plain else None), m.start(0), m.end(0)


class _Mail(InlineProcessor):
    """`<name@school.example>` is a link to write there."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[etree.Element, int, int]:
        link = etree.Element("a", {"href": f"mailto:{m.group(1).removeprefix('mailto:')}"})
        link.text = m.group(1).removeprefix("mailto:")
        return link, m.start(0), m.end(0)


def tree(text: str) -> etree.Element:
    """The element tree of a text that `scan` has made ready."""
    md = _markdown()
    lines = text.split("\n")
    for preprocessor in md.preprocessors:
        lines = preprocessor.run(lines)
    root = md.parser.parseDocument(lines).getroot()
    for processor in md.treeprocessors:
        changed = processor.run(root)
        root = root if changed is None else changed
    return root


def _markdown() -> Markdown:
    md = Markdown(tab_length=2, extensions=[AttrListExtension(), TableExtension(use_align_attribute=True), Blocks()])
    md.preprocessors.deregister("html_block")
    md.inlinePatterns.deregister("html")
    md.inlinePatterns.register(_Entity(ENTITY_RE, md), "entity", 80)
    md.inlinePatterns.register(_Mail(AUTOMAIL_RE, md), "automail", 110)
    md.treeprocessors.deregister("prettify")
    return md

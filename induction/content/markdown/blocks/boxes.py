"""Boxes round words that have a title: `key`, `law` and `more`."""

from __future__ import annotations

import xml.etree.ElementTree as etree

from ...source import line_marks
from .base import TitledBlock, Writer


class Key(TitledBlock):
    """`/// key | title`: the point to remember."""

    name = "key"

    def write(self, writer: Writer, block: etree.Element) -> None:
        writer.html('<div class="key">\n<p class="key-label">')
        writer.put(self.title(writer, block, "To remember"))
        writer.html("</p>\n")
        for child in block[1:]:
            if child.tag == "p" and not child.attrib:
                writer.html("<p><span>")
                writer.inside(child)
                writer.html("</span></p>\n")
            else:
                writer.element(child)
        writer.html("</div>\n")


class Law(TitledBlock):
    """`/// law | title`: what the law or guidance says; a last paragraph `Source: …` names it."""

    name = "law"

    def write(self, writer: Writer, block: etree.Element) -> None:
        writer.html('<div class="law">\n<p class="law-label"><span aria-hidden="true">§</span> ')
        writer.put(self.title(writer, block, "What the guidance says"))
        writer.html("</p>\n")
        for child in block[1:]:
            text = line_marks.unmarked(child.text or "")
            if child.tag == "p" and child is block[-1] and text.startswith("Source:"):
                writer.find_line(child)
                child.text = text.removeprefix("Source:").lstrip()
                writer.html('<p class="source">')
                writer.inside(child)
                writer.html("</p>\n")
            else:
                writer.element(child)
        writer.html("</div>\n")


class More(TitledBlock):
    """`/// more | title`: folded away until asked for, where the page folds anything."""

    name = "more"

    def write(self, writer: Writer, block: etree.Element) -> None:
        folded = writer.page.folded
        writer.html('<details class="more">\n<summary><span>' if folded else '<div class="more">\n<p><b>')
        writer.put(self.title(writer, block))
        writer.html('</span></summary>\n<div class="more-text">\n' if folded else '</b></p>\n<div class="more-text">\n')
        for child in block[1:]:
            writer.element(child)
        writer.html("</div>\n</details>\n" if folded else "</div>\n</div>\n")

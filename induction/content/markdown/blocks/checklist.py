"""`checklist`: a private list to tick. The ticks stay in the reader's browser (`static/`, by `data-checklist`)."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree

from .base import Block, Writer

WRITTEN = re.compile(r'<div class="checklist".*?</div>', re.DOTALL)  # no other div stands in it
CLEAR = (
    '<p class="checklist-note" hidden>Only you see these ticks. They stay in this browser, where others who use this '
    'browser profile could see them. <button type="button" class="as-link" data-clear>Clear my ticks</button></p>\n'
)


class Checklist(Block):
    """`/// checklist | its-id`, and one plain list. Where the page has no ticks, the list alone."""

    name = "checklist"

    def write(self, writer: Writer, block: etree.Element) -> None:
        line, name = writer.line, block.get("argument", "")
        if not name:
            writer.report(line, "the checklist has no id; write `/// checklist | its-id`")
        else:
            writer.claim_checklist(name, line)
        if not len(block) or any(child.tag != "ul" for child in block):
            writer.report(line, "a checklist holds one plain list; write each thing to tick on a line that begins with `- `")
        if writer.page.ticks:
            writer.tag("div", {"class": "checklist", "data-checklist": f"{writer.course}/{name}"})
            writer.html(f"\n{CLEAR}<ul>\n")
        else:
            writer.html("<div>\n<ul>\n")
        for number, item in enumerate((item for child in block for item in child), 1):
            self._item(writer, f"c-{name}-{number}", item)
        writer.html("</ul>\n</div>\n")

    def _item(self, writer: Writer, box: str, item: etree.Element) -> None:
        writer.find_line(item)
        words = item[0] if len(item) == 1 and item[0].tag == "p" and not (item.text or "").strip() else item
        if any(child.tag in ("ul", "ol", "p", "blockquote", "pre") for child in words):
            writer.report(writer.line, "one thing to tick holds a list, a quote or several paragraphs; write it on one line")
        writer.html("<li>")
        if writer.page.ticks:
            writer.tag("label", {"for": box})
            writer.tag("input", {"type": "checkbox", "id": box, "autocomplete": "off"})
            writer.html("<span>")
            writer.inside(words)
            writer.html("</span></label></li>\n")
        else:
            writer.inside(words)
            writer.html("</li>\n")


def checklists_in(html: str) -> tuple[tuple[int, str], ...]:
    """The checklists of a text as it is shown to one school, each with where it begins."""
    return tuple((found.start(), found[0]) for found in WRITTEN.finditer(html))

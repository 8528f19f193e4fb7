"""From Markdown's tree to `Words`: the HTML that a page gets, with gaps for what a school fills in.

What is drawn is a short list of tags and attributes. Whatever else a text may try is words, or a problem.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections.abc import Callable, Iterable
from html import escape

from . import draw_blocks, marks
from .links import fault_of_link, fault_of_picture
from .model import Heading, Library, Part, Slot, Words
from .nearest import Report, TooMuch, instead, is_word, short
from .words import SCHOOL_WORDS

BLOCK_TAGS = frozenset("p ul ol li blockquote pre table thead tbody tr th td h2 h3".split())
INLINE_TAGS = frozenset("strong em code".split())
VOID_TAGS = frozenset(("br", "hr"))
DEEPEST = 60  # elements in each other
QUIET = frozenset(("align",))  # what tables bring along, and no stylesheet here uses


class Pen:
    """Draws the text of one file, and reports what can't be drawn with the line it stands on."""

    def __init__(self, braces: tuple[str, ...], known: Library, course: str, report: Report, headings: bool) -> None:
        self.known = known
        self.course = course
        self.report = report
        self.headings: list[Heading] = []
        self.line = 1
        self._braces = braces
        self._may_head = headings
        self._ids: dict[str, int] = {}
        self._checklists: dict[str, int] = {}
        self._parts: list[Part] = []
        self._depth = 0

    # What others call

    def words(self, elements: Iterable[etree.Element]) -> Words:
        """Elements drawn one after the other."""
        return self.collect(lambda: [self.draw(element) for element in elements])

    def inline(self, element: etree.Element) -> Words:
        """What stands in an element, without the element."""
        return self.collect(lambda: self.inside(element))

    def collect(self, draw: Callable[[], object]) -> Words:
        """What `draw` draws, as words of their own."""
        outer, self._parts = self._parts, []
        draw()
        drawn, self._parts = self._parts, outer
        return joined(drawn)

    def find_line(self, element: etree.Element) -> int:
        """Move to the first line that an element's words stand on."""
        for text in element.itertext():
            self.line = marks.first_line(text, 0) or self.line
            if marks.LINE.search(text):
                break
        return self.line

    def _find_braces(self, element: etree.Element) -> None:
        """Move to the line of a block's attributes: that of its last words, or the next one."""
        lines = [marks.line_of(mark) for text in element.itertext() for mark in marks.LINE.finditer(text)]
        if lines:
            self.line = lines[-1] + (element.tag in ("p", "li"))

    def claim(self, name: str, line: int, ids: dict[str, int] | None = None) -> None:
        """Note an id, which may be given once in a file, whatever its capitals."""
        ids = self._ids if ids is None else ids
        if not is_word(name):
            self.report(line, f'"{short(name)}" can\'t be an id; write letters, digits and hyphens')
        elif name.lower() in ids:
            self.report(line, f'the id "{name}" is on line {ids[name.lower()]} too; give one of them another')
        ids.setdefault(name.lower(), line)

    def claim_checklist(self, name: str, line: int) -> None:
        self.claim(name, line, self._checklists)

    @property
    def checklists(self) -> dict[str, int]:
        """The ids of the checklists drawn, in lower case, with their lines."""
        return self._checklists

    # Drawing

    def html(self, html: str) -> None:
        self._parts.append(html)

    def part(self, part: Part) -> None:
        self._parts.append(part)

    def text(self, text: str | None) -> None:
        """Words: escaped, with words in braces as gaps; marks of lines move the pen."""
        at = 0
        for mark in marks.EITHER.finditer(text or ""):
            self._plain(text[at : mark.start()])
            if mark[1]:
                self.line = marks.line_of(mark)
            else:
                self._gap(self._braces[marks.number_of(mark[0])])
            at = mark.end()
        self._plain((text or "")[at:])

    def _plain(self, text: str) -> None:
        if "{{" in text:
            self.report(self.line, "two braces open here and don't close on the same line; write {{ school }}, say")
        if text:
            self.html(escape(text.replace("\x1f", ""), quote=False))

    def _gap(self, inside: str) -> None:
        name = " ".join(inside.split())
        if name.startswith("fact ") or name == "fact":
            slot, known = Slot("fact", name[5:]), self.known.facts.keys()
        elif name.startswith("nation:"):
            slot, known = Slot("nation", name[7:].strip()), {word for words in self.known.nations.values() for word in words}
        elif name.startswith("stance:"):
            slot, known = Slot("stance", name[7:].strip()), self.known.facets.keys()
        elif name in self.known.fills:
            slot, known = Slot("fill", name), self.known.fills.keys()
        else:
            slot, known = Slot("school", name), [*SCHOOL_WORDS, *self.known.fills]
        if slot.name in known:
            self.part(slot)
            return
        kind = {"fact": "fact", "nation": "word of a nation", "stance": "facet", "fill": "word", "school": "word in braces"}[slot.kind]
        hint = f"write {{{{ fact {name} }}}}" if slot.kind == "school" and name in self.known.facts else instead(slot.name, known)
        self.report(self.line, f'unknown {kind} "{short(slot.name)}"; {hint}')
        self.html(escape(f"{{{{ {name} }}}}", quote=False))

    def inside(self, element: etree.Element) -> None:
        """An element's text and children. Raises TooMuch, which has been reported."""
        self._depth += 1
        if self._depth > DEEPEST:
            self.report(self.line, "emphasis or links stand too deep in each other here; write it flatter")
            raise TooMuch
        self.text(element.text)
        for child in element:
            self.draw(child)
            self.text(child.tail)
        self._depth -= 1

    def draw(self, element: etree.Element) -> None:
        """An element, without what follows it."""
        tag = element.tag
        if tag.startswith("block-"):
            draw_blocks.draw(self, element)
        elif tag == "a":
            self._link(element)
        elif tag == "img":
            self._picture(element)
        elif re.fullmatch("h[1-6]", tag):
            self._heading(element)
        elif tag in ("code", "pre"):
            self._code(element)
        elif tag in VOID_TAGS:
            self.html(f"<{tag}{self.attributes(element)}>\n")
        elif tag in BLOCK_TAGS or tag in INLINE_TAGS:
            self._plain_tag(element)

    def _plain_tag(self, element: etree.Element) -> None:
        tag = element.tag
        if tag in BLOCK_TAGS and element.attrib:
            self._find_braces(element)
        opening = f"<{tag}{self.attributes(element)}>"
        table = tag == "table"
        self.html(f'<div class="scrolls" role="region" aria-label="Table" tabindex="0">{opening}' if table else opening)
        self.inside(element)
        self.html(f"</{tag}></div>\n" if table else f"</{tag}>\n" if tag in BLOCK_TAGS else f"</{tag}>")

    def _code(self, element: etree.Element) -> None:
        """Code as it stands, braces and all. Markdown has escaped it already."""
        if element.tag == "pre":
            for code in element:
                code.text = f"{(code.text or '').rstrip()}\n"
            self.html("<pre>")
            self.inside(element)
            self.html("</pre>\n")
            return
        self.find_line(element)
        code = marks.BRACES.sub(
            lambda mark: f"{{{{{escape(self._braces[marks.number_of(mark[0])], quote=False)}}}}}", marks.unmarked(element.text or "")
        )
        self.html(f"<code{self.attributes(element)}>{code}</code>")

    def _heading(self, element: etree.Element) -> None:
        line = self.find_line(element)
        if not self._may_head:
            self.report(
                line,
                "a heading stands inside a block, a list or a quote; only one at the left margin can be a scenario or a scene",
            )
        elif element.tag not in ("h2", "h3"):
            self.report(line, "only headings of the second and third level can be used; write ## or ###")
        attributes = self.attributes(element)
        title = self.inline(element)
        if "id" in element.attrib and self._may_head:
            self.headings.append(Heading(element.get("id"), title))
        self.html(f"<{element.tag}{attributes}>")
        self._parts.extend(title)
        self.html(f"</{element.tag}>\n")

    def attributes(self, element: etree.Element, *allowed: str) -> str:
        """The id and classes of an element, as HTML; anything else that stands there is reported."""
        drawn = ""
        for name, value in element.items():
            if name == "id" and value is not None:
                self.claim(value, self.line)
            elif name not in ("class", *allowed):
                if name not in QUIET:
                    self.refuse_attribute(name)
                continue
            drawn += f' {name}="{escape(value or "")}"'
        return drawn

    def refuse_attribute(self, name: str) -> None:
        self.report(
            self.line,
            f'the attribute "{short(marks.unmarked(name))}" can\'t be used here; write {{#id}} or {{.class}}, or leave the braces out',
        )

    def _link(self, element: etree.Element) -> None:
        href = marks.unmarked(element.get("href") or "")
        filled = marks.BRACES.sub("0", href)
        fault = fault_of_link(filled)
        if filled != href and not fault and not href.startswith(("tel:", "mailto:")):
            fault = "words in braces stand in the address of a link; write them in its words, or in a tel: link"
        if href.startswith("#") and not self._may_head:
            fault = "only the last words of an option can lead to a scene; write the link there, after the full stop"
        if fault:
            self.report(self.line, fault)
        title = f' title="{escape(marks.unmarked(element.get("title")))}"' if element.get("title") else ""
        extra = {name: value for name, value in element.items() if name not in ("href", "title")}
        self.html('<a href="')
        self.text(href)
        self.html(f'"{title}{self.attributes(etree.Element("a", extra))}>')
        self.inside(element)
        self.html("</a>")

    def _picture(self, element: etree.Element) -> None:
        source = marks.unmarked(element.get("src") or "")
        fault = fault_of_picture(source) or (
            ""
            if marks.unmarked(element.get("alt") or "").strip()
            else "this picture has no words for who can't see it; write ![what it shows](…)"
        )
        if fault:
            self.report(self.line, fault)
        extra = {name: value for name, value in element.items() if name not in ("src", "alt", "title")}
        self.html(f'<img src="{escape(source)}" alt="')
        self.text(element.get("alt"))
        self.html(f'"{self.attributes(etree.Element("img", extra))}>')


def joined(parts: Iterable[Part]) -> Words:
    """The same parts, with pieces of HTML that follow each other made one."""
    whole: list[Part] = []
    for part in parts:
        if isinstance(part, str) and whole and isinstance(whole[-1], str):
            whole[-1] += part
        else:
            whole.append(part)
    return tuple(whole)

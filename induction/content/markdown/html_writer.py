"""From Markdown's tree to `Words`: the HTML that a page gets, with gaps for what a school fills in.

What is drawn is a short list of tags, and of attributes that their writer may set: an id on headings and paragraphs.
Whatever else a text may try is words, or a problem.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections.abc import Callable, Iterable, Mapping
from html import escape

from .. import link_rules
from ..model import Heading, Library, Picture
from ..problems import OfWords, Report, TooMuch, instead, is_word, short
from ..school_words import SCHOOL_WORDS
from ..source import line_marks
from ..words import Part, Slot, Words, joined, say_something
from . import write_blocks
from .html_tags import tag
from .leaf_blocks import refusal

BLOCK_TAGS = frozenset("p ul ol li blockquote table thead tbody tr th td".split())
INLINE_TAGS = frozenset(("strong", "em"))
VOID_TAGS = frozenset(("br", "hr"))
DEEPEST = 60  # elements in each other
KEPT = ("start", "value")  # of lists: the numbers that were written
SLOTS = {"nation:": "nation", "stance:": "stance", "fact ": "fact"}
NAMED = {"fact": "fact", "nation": "word of a nation", "stance": "facet", "fill": "word", "school": "word in braces"}


class HtmlWriter:
    """Draws the text of one file, and reports what can't be drawn with the line it stands on.

    `folder` is where the file stands among the site's addresses: its links and pictures go from there.
    """

    def __init__(self, braces: tuple[str, ...], known: Library, course: str, report: Report, headings: bool) -> None:
        self.known = known
        self.course = course
        self.folder = f"/courses/{course}/" if course else "/courses/"
        self.report = report
        self.headings: list[Heading] = []
        self.links: list[tuple[int, str]] = []  # within the site, with their lines
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

    def filled(self, text: str) -> Words:
        """Plain text with words in braces as gaps."""
        return self.collect(lambda: self.text(text))

    def collect(self, draw: Callable[[], object]) -> Words:
        """What `draw` draws, as words of their own."""
        outer, self._parts = self._parts, []
        draw()
        drawn, self._parts = self._parts, outer
        return joined(drawn)

    def find_line(self, element: etree.Element) -> int:
        """Move to the first line that an element's words stand on."""
        for text in element.itertext():
            self.line = line_marks.first_line(text, 0) or self.line
            if line_marks.LINE.search(text):
                break
        return self.line

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
    def ids(self) -> frozenset[str]:
        """The ids given in the text, in lower case: where a link may lead."""
        return frozenset(self._ids)

    @property
    def checklists(self) -> dict[str, int]:
        """The ids of the checklists drawn, in lower case, with their lines."""
        return self._checklists

    # Drawing

    def html(self, html: str) -> None:
        self._parts.append(html)

    def part(self, part: Part) -> None:
        self._parts.append(part)

    def tag(self, name: str, attributes: Mapping[str, str | Words]) -> None:
        """A tag that opens, its attributes escaped."""
        self._parts.extend(tag(name, attributes))

    def text(self, text: str | None) -> None:
        """Words: escaped, with words in braces as gaps; marks of lines move the pen."""
        at = 0
        for mark in line_marks.EITHER.finditer(text or ""):
            self._plain(text[at : mark.start()])
            if mark[1]:
                self.line = line_marks.line_of(mark)
            else:
                self._gap(self._braces[line_marks.number_of(mark[0])])
            at = mark.end()
        self._plain((text or "")[at:])

    def _plain(self, text: str) -> None:
        if "{{" in text:
            self.report(self.line, "two braces open here and don't close on the same line; write {{ school }}, say")
        if text:
            self.html(escape(text.replace("\x1f", ""), quote=False))

    def _gap(self, inside: str) -> None:
        name = " ".join(inside.split())
        slot = self._slot(name)
        known = {
            "fact": self.known.facts.keys(),
            "nation": {word for words in self.known.nations.values() for word in words},
            "stance": self.known.facets.keys(),
            "fill": self.known.fills.keys(),
            "school": [*SCHOOL_WORDS, *self.known.fills],
        }[slot.kind]
        if slot.name in known:
            self.part(slot)
            return
        hint = f"write {{{{ fact {name} }}}}" if slot.kind == "school" and name in self.known.facts else instead(slot.name, known)
        self.report(self.line, f'unknown {NAMED[slot.kind]} "{short(slot.name)}"; {hint}')
        self.html(escape(f"{{{{ {name} }}}}", quote=False))

    def _slot(self, name: str) -> Slot:
        for begin, kind in SLOTS.items():
            if f"{name} ".startswith(begin):
                return Slot(kind, name[len(begin) :].strip())
        return Slot("fill" if name in self.known.fills else "school", name)

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
            write_blocks.draw(self, element)
        elif tag == "a":
            self._link(element)
        elif tag == "img":
            self._picture(element)
        elif re.fullmatch("h[1-6]", tag):
            self._heading(element)
        elif tag in ("code", "pre"):
            self._code(element)
        elif tag in VOID_TAGS:
            self.html(f"<{tag}>\n")
        elif tag in BLOCK_TAGS or tag in INLINE_TAGS:
            self._plain_tag(element)

    def _plain_tag(self, element: etree.Element) -> None:
        tag = element.tag
        if element.get("id"):
            self.claim(element.get("id"), self.find_line(element))
        if tag == "table":
            self.tag("div", {"class": "scrolls", "role": "region", "aria-label": "Table", "tabindex": "0"})
        self.tag(tag, {name: value for name, value in element.items() if name == "id" or name in KEPT})
        self.inside(element)
        self.html(f"</{tag}></div>\n" if tag == "table" else f"</{tag}>\n" if tag in BLOCK_TAGS else f"</{tag}>")

    def _code(self, element: etree.Element) -> None:
        """Code as it stands, braces and all. It is escaped already."""
        if element.tag == "pre":
            self.html(f"<pre><code>{element[0].text or ''}\n</code></pre>\n")
            return
        self.find_line(element)
        text = line_marks.unmarked(element.text or "")
        code = line_marks.BRACES.sub(
            lambda mark: f"{{{{{escape(self._braces[line_marks.number_of(mark[0])], quote=False)}}}}}", text
        )
        self.html(f"<code>{code}</code>")

    def _heading(self, element: etree.Element) -> None:
        line = self.find_line(element)
        if not self._may_head:
            self.report(
                line,
                "a heading stands inside a block, a list or a quote; only one at the left margin can be a scenario or a scene",
            )
        elif element.tag not in ("h2", "h3"):
            self.report(line, "only headings of the second and third level can be used; write ## or ###")
        name = self.heading_id(element) if self._may_head else ""
        title = self.inline(element)
        if not say_something(title):
            self.report(line, OfWords("this heading has no words; write them after the ##"))
        if name:
            self.headings.append(Heading(name, title))
        tag = "h2" if element.tag in ("h1", "h2") else "h3"
        self.tag(tag, {"id": name} if name else {})
        self._parts.extend(title)
        self.html(f"</{tag}>\n")

    def heading_id(self, element: etree.Element) -> str:
        """The id of a heading, which is claimed; empty where it has none. Anything else that is set there is reported."""
        for name in set(element.keys()) - {"id"}:
            self.report(self.line, refusal(name))
        if "id" in element.attrib:
            self.claim(element.get("id"), self.line)
        return element.get("id") or ""

    def _link(self, element: etree.Element) -> None:
        href = line_marks.unmarked(element.get("href") or "")
        filled = line_marks.BRACES.sub("0", href)
        fault = link_rules.fault_of_link(filled)
        if filled != href and not fault and not href.startswith(("tel:", "mailto:")):
            fault = "words in braces stand in the address of a link; write them in its words, or in a tel: link"
        if href.startswith("#") and not self._may_head:
            fault = "only the last words of an option can lead to a scene; write the link there, after the full stop"
        if element.get("title"):
            self.report(self.line, OfWords("words in quotes after an address are shown to few; write them in the text"))
        line = self.line
        words = self.inline(element)
        if fault:
            self.report(line, fault)
        elif not link_rules.SCHEME.match(href):
            self.links.append((line, href))
            href = link_rules.within(self.folder, href)
        if not say_something(words):
            self.report(line, OfWords("this link has no words; write [words](https://…)"))
        self.tag("a", {"href": self.filled(href)})
        self._parts.extend(words)
        self.html("</a>")

    def _picture(self, element: etree.Element) -> None:
        source, alt = line_marks.unmarked(element.get("src") or ""), line_marks.unmarked(element.get("alt") or "")
        if not alt.strip():
            self.report(self.line, "this picture has no words for who can't see it; write ![what it shows](…)")
        if element.get("title"):
            self.report(self.line, OfWords("words in quotes after an address are shown to few; write them in the text"))
        path = link_rules.within(self.folder, source).removeprefix("/")
        picture = self._look_for(path, source)
        if isinstance(picture, str):
            self.report(self.line, OfWords(picture))
            self.text(alt)
        else:
            size = {"width": str(picture.width), "height": str(picture.height)}
            self.tag("img", {"src": (Slot("picture", path),), "alt": self.filled(alt), **size})

    def _look_for(self, path: str, source: str) -> Picture | str:
        """The picture that lies at a path; else what is wrong with it."""
        fault = link_rules.fault_of_picture(source)
        if fault or path in self.known.pictures:
            return fault or self.known.pictures[path]
        near = [other for other in self.known.pictures if other.rpartition("/")[0] == path.rpartition("/")[0]]
        return f'there is no picture "{short(source)}"; {instead(path, near)}, as PNG, JPEG or WebP in the folder pictures/'

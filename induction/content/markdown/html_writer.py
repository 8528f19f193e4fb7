"""From Markdown's tree to `Words`: the HTML that a page gets, with gaps for what a school fills in.

What is written is a short list of tags, and of attributes that their writer may set: an id on headings and paragraphs.
Whatever else a text may try is words, or a problem.
"""

from __future__ import annotations

import xml.etree.ElementTree as etree
from collections.abc import Callable, Iterable, Mapping
from html import escape

from .. import link_rules
from ..model import Heading, Library, Picture
from ..problems import OfWords, Report, TooMuch, Unknown, instead, is_word, short
from ..source import line_marks
from ..words import Part, Slot, Words, joined, say_something
from . import gaps
from .blocks import block_of
from .html_tags import tag
from .leaf_blocks import refusal
from .page import ITS_OWN, Page

BLOCK_TAGS = frozenset("p ul ol li blockquote table thead tbody tr th td".split())
HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
INLINE_TAGS = frozenset(("strong", "em"))
VOID_TAGS = frozenset(("br", "hr"))
DEEPEST = 60  # elements in each other
KEPT = ("start", "value")  # of lists: the numbers that were written


class HtmlWriter:
    """Writes the text of one file for a page, and reports what can't be written with the line it stands on.

    `folder` is where the file stands among the site's addresses: its links and pictures go from there.
    """

    def __init__(
        self, braces: tuple[str, ...], known: Library, course: str, report: Report, headings: bool, page: Page = ITS_OWN
    ) -> None:
        self.known = known
        self.course = course
        self.page = page
        self.folder = f"/courses/{course}/" if course else "/courses/"
        self.report = report
        self.headings: list[Heading] = []
        self.links: list[tuple[int, str]] = []  # within the site, with their lines
        self.checklists: dict[str, int] = {}  # their ids, in lower case, with their lines
        self.anchors: set[str] = set()  # the ids that stand there whatever the school
        self.line = 1
        self._braces = braces
        self._may_head = headings
        self._ids: dict[str, int] = {}
        self._parts: list[Part] = []
        self._depth = 0
        self._for_some = False

    # Words of their own

    def words(self, elements: Iterable[etree.Element]) -> Words:
        """Elements written one after the other."""

        def write() -> None:
            for element in elements:
                self.element(element)

        return self._collected(write)

    def words_for_some(self, elements: Iterable[etree.Element]) -> Words:
        """The same where some schools see them and others don't."""
        outer, self._for_some = self._for_some, True
        words = self.words(elements)
        self._for_some = outer
        return words

    def inline(self, element: etree.Element) -> Words:
        """What stands in an element, without the element."""
        return self._collected(lambda: self.inside(element))

    def filled(self, text: str) -> Words:
        """Plain text with words in braces as gaps."""
        return self._collected(lambda: self.text(text))

    def _collected(self, write: Callable[[], None]) -> Words:
        outer, self._parts = self._parts, []
        write()
        written, self._parts = self._parts, outer
        return joined(written)

    # Lines and ids

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
        self.claim(name, line, self.checklists)

    @property
    def ids(self) -> frozenset[str]:
        """The ids given in the text, in lower case: where a link may lead."""
        return frozenset(self._ids)

    # Writing

    def html(self, html: str) -> None:
        self._parts.append(html)

    def part(self, part: Part) -> None:
        self._parts.append(part)

    def put(self, words: Words) -> None:
        """Words that are written already."""
        self._parts.extend(words)

    def tag(self, name: str, attributes: Mapping[str, str | Words]) -> None:
        """A tag that opens, its attributes escaped."""
        self._parts.extend(tag(name, attributes))

    def text(self, text: str | None) -> None:
        """Words: escaped, with words in braces as gaps; marks of lines move the writer."""
        text, at = text or "", 0
        for mark in line_marks.EITHER.finditer(text):
            self._plain(text[at : mark.start()])
            if mark[1]:
                self.line = line_marks.line_of(mark)
            else:
                self._gap(self._braces[line_marks.number_of(mark[0])])
            at = mark.end()
        self._plain(text[at:])

    def _plain(self, text: str) -> None:
        if "{{" in text:
            self.report(self.line, "two braces open here and don't close on the same line; write {{ school }}, say")
        if text:
            self.html(escape(text.replace("\x1f", ""), quote=False))

    def _gap(self, inside: str) -> None:
        name = " ".join(inside.split())
        slot = gaps.gap(name, self.known)
        fault = gaps.fault(slot, self.known)
        if fault:
            self.report(self.line, Unknown(fault, f"the word “{short(name)}”"))
            self.html(escape(f"{{{{ {name} }}}}", quote=False))
        else:
            self.part(slot)

    def inside(self, element: etree.Element) -> None:
        """An element's text and children. Raises TooMuch, which has been reported."""
        self._depth += 1
        if self._depth > DEEPEST:
            self.report(self.line, "emphasis or links stand too deep in each other here; write it flatter")
            raise TooMuch
        self.text(element.text)
        for child in element:
            self.element(child)
            self.text(child.tail)
        self._depth -= 1

    def element(self, element: etree.Element) -> None:
        """An element, without what follows it."""
        tag, block = element.tag, block_of(element)
        if block:
            self.line = int(element.get("line") or 0) or self.line
            block.write(self, element)
        elif tag == "a":
            self._link(element)
        elif tag == "img":
            self._picture(element)
        elif tag in HEADINGS:
            self._heading(element)
        elif tag in ("code", "pre"):
            self._code(element)
        elif tag in VOID_TAGS:
            self.html(f"<{tag}>\n")
        elif tag in BLOCK_TAGS or tag in INLINE_TAGS:
            self._plain_tag(element)

    def _plain_tag(self, element: etree.Element) -> None:
        tag = element.tag
        attributes = {name: value for name, value in element.items() if name in KEPT}
        if element.get("id"):
            attributes = self._anchor(element, self.find_line(element)) | attributes
        if tag == "table":
            self.tag("div", {"class": "scrolls", "role": self.page.table, "aria-label": "Table", "tabindex": "0"})
        self.tag(tag, attributes)
        self.inside(element)
        self.html(f"</{tag}></div>\n" if tag == "table" else f"</{tag}>\n" if tag in BLOCK_TAGS else f"</{tag}>")

    def _anchor(self, element: etree.Element, line: int) -> dict[str, str]:
        """The id of an element as an attribute on the page; nothing where it has none there."""
        name = element.get("id") or ""
        self.claim(name, line)
        if not self._for_some:
            self.anchors.add(name)
        anchor = self.page.anchor(name) if name else ""
        return {"id": anchor} if anchor else {}

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
        given = self._given_id(element) if self._may_head else {}
        title = self.inline(element)
        if not say_something(title):
            self.report(line, OfWords("this heading has no words; write them after the ##"))
        name = element.get("id") if self._may_head else ""
        if name:
            self.headings.append(Heading(name, title))
        tag = "h2" if element.tag in ("h1", "h2") else "h3"
        self.tag(tag, given)
        self.put(title)
        self.html(f"</{tag}>\n")

    def heading_id(self, element: etree.Element) -> str:
        """The id of a heading that is written elsewhere, which is claimed; empty where it has none."""
        self._given_id(element)
        return element.get("id") or ""

    def _given_id(self, element: etree.Element) -> dict[str, str]:
        """The id of a heading as an attribute. Anything else that is set there is reported."""
        for name in set(element.keys()) - {"id"}:
            self.report(self.line, refusal(name))
        return self._anchor(element, self.line) if "id" in element.attrib else {}

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
            href = self.page.link(link_rules.within(self.folder, href))
        if not say_something(words):
            self.report(line, OfWords("this link has no words; write [words](https://…)"))
        self.tag("a", {"href": self.filled(href)})
        self.put(words)
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

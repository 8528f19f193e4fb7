"""A page as a browser builds it: a small tree of elements, strict about what is opened and closed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
SVG_LEAVES = {"circle", "line", "path", "rect", "use"}  # written <path …/>

# HTML as the site writes it; any other way to write it is a fault. It takes half the time that html.parser does.
NAME = r"(?:viewBox|[a-z][-a-z0-9:]*)"
PIECE = re.compile(
    r"(?P<words>[^<]+)"
    rf"|<(?P<opened>[a-z][a-z0-9]*)(?P<attrs>(?:\s+{NAME}(?:=\"[^\"]*\")?)*)\s*(?P<leaf>/?)>"
    r"|</(?P<closed>[a-z][a-z0-9]*)>"
    r"|<!DOCTYPE html>"
)
ATTRIBUTE = re.compile(rf"({NAME})(?:=\"([^\"]*)\")?")


@dataclass(eq=False)
class Element:
    tag: str
    attrs: dict[str, str]
    page: list[Element]  # every element of the page, in its order
    parent: Element | None = None
    children: list[Element | str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._place = len(self.page)
        self._end: int | None = None  # where in the page what follows it begins; known once it is closed
        self.page.append(self)
        if self.parent is not None:
            self.parent.children.append(self)

    def close(self) -> None:
        self._end = len(self.page)

    def walk(self) -> list[Element]:
        """This element and every one within, in the order of the page."""
        return self.page[self._place : self._end]

    def all(self, *tags: str) -> list[Element]:
        """Every element within that has one of the tags, in the order of the page."""
        return [element for element in self.walk() if element.tag in tags]

    def ancestors(self) -> Iterator[Element]:
        above = self.parent
        while above is not None:
            yield above
            above = above.parent

    def within(self, tag: str) -> Element | None:
        return next((each for each in self.ancestors() if each.tag == tag), None)

    @cached_property
    def text(self) -> str:
        """The words within, as they are read: spaces made one."""
        return " ".join("".join(self._pieces()).split())

    def _pieces(self) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, str):
                yield child
            else:
                yield from child._pieces()
                yield " " if child.tag not in ("a", "b", "em", "strong", "code", "span") else ""

    def get(self, name: str) -> str:
        return self.attrs.get(name, "")


class _Builder:
    def __init__(self, html: str) -> None:
        self.root = self.here = Element("#document", {}, [])
        end = 0
        for found in PIECE.finditer(html):
            assert found.start() == end, f"this is no HTML: {html[end : end + 80]!r}"
            end = found.end()
            if found["words"]:
                self.here.children.append(unescape(found["words"]))
            elif found["closed"]:
                self._close(found["closed"])
            elif found["opened"]:
                self._open(found["opened"], found["attrs"], bool(found["leaf"]))
        assert end == len(html), f"this is no HTML: {html[end : end + 80]!r}"
        assert self.here is self.root, f"<{self.here.tag}> is never closed"

    def _open(self, tag: str, attrs: str, closes: bool) -> None:
        assert not closes or tag in VOID | SVG_LEAVES, f"<{tag}/> closes nothing in HTML"
        pairs = [(name, unescape(value)) for name, value in ATTRIBUTE.findall(attrs)]
        there = dict(pairs)
        assert len(there) == len(pairs), f"an attribute stands twice in <{tag}{attrs}>"
        element = Element(tag, there, self.here.page, self.here)
        if closes or tag in VOID:
            element.close()
        else:
            self.here = element

    def _close(self, tag: str) -> None:
        assert self.here.tag == tag, f"</{tag}> closes <{self.here.tag}>"
        self.here.close()
        self.here = self.here.parent or self.root


def parse(html: str) -> Element:
    """The tree of a whole page. AssertionError where a tag is closed that isn't open, or left open."""
    return _Builder(html).root

"""A page as a browser builds it: a small tree of elements, strict about what is opened and closed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
SVG_LEAVES = {"circle", "line", "path", "rect", "use"}  # written <path …/>


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


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = self.here = Element("#document", {}, [])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"an attribute stands twice in <{tag}> at {self.getpos()}"
        element = self._open(tag, attrs)
        if tag in VOID:
            element.close()
        else:
            self.here = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in VOID | SVG_LEAVES, f"<{tag}/> closes nothing in HTML, at {self.getpos()}"
        self._open(tag, attrs).close()

    def _open(self, tag: str, attrs: list[tuple[str, str | None]]) -> Element:
        return Element(tag, {name: value or "" for name, value in attrs}, self.here.page, self.here)

    def handle_endtag(self, tag: str) -> None:
        assert self.here.tag == tag, f"</{tag}> at {self.getpos()} closes <{self.here.tag}>"
        self.here.close()
        self.here = self.here.parent or self.root

    def handle_data(self, data: str) -> None:
        self.here.children.append(data)


def parse(html: str) -> Element:
    """The tree of a whole page. AssertionError where a tag is closed that isn't open, or left open."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    assert builder.here is builder.root, f"<{builder.here.tag}> is never closed"
    return builder.root

"""The words of a policy as blocks for paper, and as plain text: what stands in its HTML, in order, and nothing left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html.parser import HTMLParser
from typing import Any

from ...content.editions.policy_document import PolicyDocument

Block = Mapping[str, Any]  # as `templates/school/pack.typ` draws it
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
ENDS_A_BLOCK = {"p", "div", "ul", "ol", "li", "dl", "dt", "dd", "table", "tr", "blockquote", "section", "pre", "br", *HEADINGS}
CELLS = ("td", "th")


class _Reader(HTMLParser):
    def __init__(self, level: int) -> None:
        super().__init__(convert_charrefs=True)
        self._level = level
        self.blocks: list[dict[str, Any]] = []
        self._words, self._tag, self._items = "", "", 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in ENDS_A_BLOCK:
            self.flush()
            self._tag = tag
        if tag == "li":
            self._items += 1
        if tag in CELLS and self._words.strip():
            self._words += "; "

    def handle_endtag(self, tag: str) -> None:
        if tag in ENDS_A_BLOCK:
            self.flush()
        if tag == "li":
            self._items -= 1

    def handle_data(self, data: str) -> None:
        self._words += data

    def flush(self) -> None:
        words, self._words = " ".join(self._words.split()), ""
        if not words:
            return
        if self._tag in HEADINGS:
            self.blocks.append({"kind": "heading", "words": words, "level": self._level})
        elif self._items:
            if not self.blocks or self.blocks[-1]["kind"] != "list":
                self.blocks.append({"kind": "list", "items": []})
            self.blocks[-1]["items"].append(words)
        else:
            self.blocks.append({"kind": "text", "words": words})


def blocks_of(document: PolicyDocument) -> list[Block]:
    """A policy, section by section."""
    found: list[Block] = []
    for section in document.sections:
        if section.title:
            found.append({"kind": "heading", "words": section.title, "level": 2})
        found += _read(section.html, 3 if section.title else 2)
    return found


def _read(html: str, level: int) -> list[dict[str, Any]]:
    """`level`: of the headings in it, which are one below that over them."""
    reader = _Reader(level)
    reader.feed(html)
    reader.close()
    reader.flush()
    return reader.blocks


def text_of(title: str, blocks: Iterable[Block]) -> str:
    """The same as a text file."""
    lines = [title, "=" * len(title)]
    for each in blocks:
        match each["kind"]:
            case "list":
                lines += ["", *(f"- {item}" for item in each["items"])]
            case "heading":
                lines += ["", each["words"], "-" * len(each["words"])]
            case _:
                lines += ["", each["words"]]
    return "\n".join(lines) + "\n"

"""What stands in lists, quotes and blocks: paragraphs, headings, tables and code, made of their lines."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Protocol, cast

from markdown import Markdown
from markdown.extensions.attr_list import get_attrs_and_remainder
from markdown.extensions.tables import TableProcessor
from markdown.util import AtomicString

from ..problems import OfWords, Report, short
from ..source import line_marks

Lines = list[tuple[int, str]]  # with their numbers
MOST_FILLED = 30  # columns up to which a short row is filled up with empty cells

AFTER_HEADING = re.compile(r"\{:?[ ]*([^}\n ].*)\}")
AFTER_WORDS = re.compile(r"\{:?[ ]*([#.][^}]*|[^}= ]+=[^}]*)\}")


class _Rows(Protocol):
    def _split(self, row: str) -> list[str]:
        """The cells of a row."""


ROWS = cast(_Rows, TableProcessor(Markdown().parser, {}))  # knows code and backslashes


def indent(text: str) -> int:
    return len(text) - len(text.lstrip(" "))


# Paragraphs and headings

@dataclass(slots=True)
class Paragraph:
    """A paragraph that goes on."""

    element: etree.Element
    lines: Lines = field(default_factory=list)

    def end(self, report: Report) -> None:
        """Put its words into its element, and its id, if one stands in braces after them."""
        number, last = self.lines[-1]
        words, given = _attributes(AFTER_WORDS, last.rstrip())
        for name, value in given.items():
            if name == "id" and value:
                self.element.set("id", value)
            else:
                report(number, refusal(name))
        lines = self.lines[:-1] if not words and given else [*self.lines[:-1], (number, words)]
        self.element.text = "\n".join(
            line_marks.line_mark(number) + (line.rstrip() if at == len(lines) else _broken(line))
            for at, (number, line) in enumerate(lines, 1)
        )


def _broken(line: str) -> str:
    """A line that another follows: two spaces at its end, or a backslash, break it there."""
    bare = line.rstrip()
    slashes = len(bare) - len(bare.rstrip("\\"))
    if slashes % 2 and bare == line:
        return f"{bare[:-1].rstrip()}  "
    return f"{bare}  " if line.endswith("  ") else bare


def heading(element: etree.Element, number: int, text: str) -> None:
    """Put a heading's words into its element, and the attributes that stand in braces after them."""
    words, given = _attributes(AFTER_HEADING, text.rstrip())
    bare = words.rstrip("#")
    element.text = line_marks.line_mark(number) + (bare.rstrip() if not bare or bare.endswith(" ") else words)
    for name, value in given.items():
        element.set(name, value or "")


def _attributes(braces: re.Pattern[str], text: str) -> tuple[str, dict[str, str | None]]:
    """A text without the braces that end it, and what they set."""
    words, brace, _ = text.rpartition("{")
    found = braces.fullmatch(text, len(words)) if brace and (not words or words.endswith(" ")) else None
    pairs, rest = get_attrs_and_remainder(found[1]) if found else ([], "")
    if found is None or rest:
        return text, {}
    given: dict[str, str | None] = {}
    for name, value in pairs:
        if name == ".":
            given["class"] = f"{given['class']} {value}" if given.get("class") else value
        else:
            given[name] = value
    return words.rstrip(), given


def refusal(name: str) -> OfWords:
    """What is said of an attribute that nobody may set where it stands."""
    said = f'the attribute "{short(line_marks.unmarked(name))}" can\'t be set here'
    return OfWords(f"{said}; write {{#id}} at the end of a heading or a paragraph, or leave the braces out")


# Lists

def finish_list(element: etree.Element, numbers: Sequence[int], loose: bool) -> None:
    """Make the items of a list plain where no empty lines part them, and number them as they were numbered.

    All `1.` is Markdown's own way to say *count them*.
    """
    for item in element if not loose else ():
        if len(item) and item[0].tag == "p" and not item[0].attrib:
            item.text = item[0].text
            item.remove(item[0])
    if element.tag == "ol":
        if numbers[0] != 1:
            element.set("start", str(numbers[0]))
        if set(numbers) != {1}:
            expected = numbers[0]
            for item, number in zip(element, numbers, strict=True):
                if number != expected:
                    item.set("value", str(number))
                expected = number + 1


def move_after_heading(block: etree.Element, parent: etree.Element) -> None:
    """Move what follows the first heading of a block that nobody closed out of it: there it ends."""
    at = next((at for at, child in enumerate(block) if child.tag in ("h1", "h2", "h3")), len(block))
    for child in list(block)[at:]:
        block.remove(child)
        parent.append(child)


# Tables and code

def is_dashes(text: str) -> bool:
    """Whether this is the line under the headings of a table."""
    return "|" in text and "-" in text and set(text) <= set("|:- \xa0")


def columns(headings: str, dashes: str) -> tuple[int, int]:
    """How many headings a table has, and how many columns the line under them."""
    marked = len(ROWS._split(_bare(dashes)))
    return len(_cells(headings, marked)), marked


@dataclass(slots=True)
class Table:
    """A table that goes on. Every row has as many cells as there are headings, or fewer."""

    body: etree.Element
    columns: int
    report: Report

    @classmethod
    def begin(cls, table: etree.Element, number: int, headings: str, columns: int, report: Report) -> Table:
        """A table with these headings."""
        made = cls(etree.SubElement(table, "thead"), columns, report)
        made._row("th", number, headings)
        made.body = etree.SubElement(table, "tbody")
        return made

    def row(self, number: int, text: str) -> None:
        self._row("td", number, text)

    def _row(self, tag: str, number: int, text: str) -> None:
        cells = _cells(text, self.columns)
        if len(cells) > self.columns:
            what = f"this row has {len(cells)} cells under {self.columns} headings"
            self.report(number, OfWords(rf"{what}; write a heading for each, or \| for a bar that is part of the words"))
        row = etree.SubElement(self.body, "tr")
        missing = self.columns - len(cells) if self.columns <= MOST_FILLED else 0
        for at, cell in enumerate((*cells, *[""] * missing)):
            etree.SubElement(row, tag).text = ("" if at else line_marks.line_mark(number)) + cell.strip()


def _cells(row: str, columns: int) -> list[str]:
    """The cells of a row. A bar at its begin or end is a border, where the cells are as many as the headings without it."""
    inner = ROWS._split(_bare(row))
    if len(inner) < columns and len(whole := ROWS._split(row.strip())) == columns:
        return whole
    return inner


def _bare(row: str) -> str:
    row = row.strip().removeprefix("|")
    return TableProcessor.RE_END_BORDER.sub("", row)


@dataclass(slots=True)
class Code:
    """Lines between two lines of backticks or tildes, which stay as they are."""

    line: int
    fence: str
    indent: int
    lines: list[str] = field(default_factory=list)
    closed: bool = False

    def take(self, text: str) -> None:
        bare = text.strip()
        self.closed = len(bare) >= len(self.fence) and set(bare) == set(self.fence)
        if not self.closed:
            self.lines.append(text[min(self.indent, indent(text)) :])

    def put(self, pre: etree.Element) -> None:
        """Put the lines into their element."""
        etree.SubElement(pre, "code").text = AtomicString(escape("\n".join(self.lines), quote=False))

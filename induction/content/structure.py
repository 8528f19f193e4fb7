"""From lines to a tree: the lists, quotes, blocks, headings, tables and paragraphs that a text is made of.

Read as CommonMark reads them (spec.commonmark.org, 0.31), more gently where somebody plainly means a list: it may follow
a line of text at once, nest by two spaces, four or a tab, begin with `•` or `1)`, and its items keep the numbers that
were written. Where the meaning isn't plain, that is reported with its line. Each line is looked at once.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from dataclasses import dataclass, field

from . import blocks, leaves
from .lines import Braces, Comments, Limits, split
from .nearest import OfWords, Report, TooMuch, instead, short

DEEPEST = 12  # lists, quotes and blocks in each other
MOST_BLOCKS = 800

FENCE = re.compile(r"(/{3,})[ ]*(.*)")
NAME = re.compile(r"[\w-]+")
CODE = re.compile(r"(`{3,}|~{3,})[ ]*[\w.+-]*")
QUOTE = re.compile(r"[ ]*>[ ]?")
HEADING = re.compile(r"(#{1,6})(?:[ ]+(.*)|$)|(#{2,6})([^#\s].*)")
UNDERLINE = re.compile(r"={2,}|-{2,}")
RULE = re.compile(r"([-*_])(?:[ ]*\1){2,}")
ITEM = re.compile(
    r"(?P<bullet>[-*+])(?:[ ]+|$)(?P<words>.*)"
    r"|(?P<number>[0-9]{1,9})[.)](?:[ ]+|$)(?P<counted>.*)"
    r"|(?P<pasted>[•‣◦▪●○■∙·]|[–—](?=\s))\s*(?P<rest>.*)"
)
DEFINITION = re.compile(r"\[[^\[\]]*\]:(?:[ ]*\S+(?:[ ]+[\"'(].*[\"')])?)?")


@dataclass(slots=True)
class _Open:
    """A container that is open: the whole text, a quote, a list, an item of one, or a block."""

    kind: str
    element: etree.Element
    line: int = 0
    column: int = 0  # of an item's mark, in the quote or the text that it stands in
    name: str = ""  # of a block
    slashes: int = 0
    loose: bool = False  # a list with empty lines between its items or in them
    numbers: list[int] = field(default_factory=list)  # of a list's items, as written


def build(text: str, first_line: int, report: Report) -> tuple[etree.Element, tuple[str, ...]]:
    """The tree of a text, in which words are still as written, and what stood in its braces.

    Raises TooMuch, which has been reported.
    """
    builder, limits, comments = _Builder(report), Limits(report), Comments(report)
    for number, line in split(text, first_line, report):
        limits.check(number, line)
        kept = (number, line) if builder.code else comments.without(number, line)
        if kept:
            builder.line(*kept)
    for number, line in comments.end():
        builder.line(number, line)
    builder.close(1)
    return builder.root, tuple(builder.braces.inside)


class _Builder:
    """Takes lines one by one. `open` are the containers that the next may go on in, the whole text first."""

    def __init__(self, report: Report) -> None:
        self.root = etree.Element("div")
        self.braces = Braces()
        self.report = report
        self.open = [_Open("text", self.root)]
        self.number = 0
        self.blank = False  # an empty line stands before
        self.leaf: etree.Element | None = None  # the paragraph that is open
        self.words: leaves.Lines = []  # and its lines
        self.table: leaves.Table | None = None
        self.code: leaves.Code | None = None
        self.talk: blocks.Lines = []
        self.blocks = 0

    @property
    def top(self) -> _Open:
        return self.open[-1]

    def line(self, number: int, text: str) -> None:
        """Take a line."""
        self.number = number
        depth, rest = self._going_on(text)
        goes_on = depth == len(self.open)
        if self.code and (goes_on or not text.strip()):
            self._code_line(rest)
        elif self._in_talk() and (goes_on or not text.strip()) and not FENCE.match(rest.strip()):
            self.talk.append((number, self.braces.marked(rest.strip())))
        elif not text.strip():
            self._end_leaf()
            self.blank = True
        elif goes_on or not self._left(depth, rest):
            self.blank = not self._place(self.braces.marked(rest))

    # Containers

    def _going_on(self, text: str) -> tuple[int, str]:
        """How many of the open containers a line goes on in, and what it says in them."""
        depth, rest = 1, text
        for each in self.open[1:]:
            if each.kind == "quote":
                mark = QUOTE.match(rest)
                if mark is None:
                    break
                rest = rest[mark.end() :]
            elif each.kind == "item" and rest.strip() and leaves.indent(rest) < each.column + 2:
                break
            depth += 1
        return depth, rest

    def _left(self, depth: int, rest: str) -> bool:
        """Close what a line doesn't go on in. Whether it was taken as one more line of the paragraph before."""
        body = rest.strip()
        if self.words and self._is_words(body):
            if not body[0].islower():  # else it is the middle of a sentence
                what = "this line follows a list or a quote at once, and nobody can tell whether it belongs there"
                self.report(self.number, OfWords(f"{what}; put an empty line before it, or begin it as the lines above begin"))
            self._add_words(self.braces.marked(rest))
            return True
        closing = FENCE.fullmatch(body)
        if closing and not closing[2]:  # slashes that close a block may stand further left than it
            block = self._block(len(closing[1]))
            depth = max(depth, self.open.index(block) + 1) if block else depth
        self.close(depth)
        return False

    @staticmethod
    def _is_words(body: str) -> bool:
        """Whether a line could go on a paragraph: nothing begins with it."""
        begins = (FENCE, CODE, HEADING, RULE, UNDERLINE, ITEM)
        return not (body.startswith(">") or any(each.fullmatch(body) for each in begins))

    def _begin(self, kind: str, tag: str, column: int = 0) -> _Open:
        """Open a container."""
        if sum(each.kind in ("quote", "item") for each in self.open) >= DEEPEST and kind != "list":
            self._too_deep("lists or quotes")
        container = _Open(kind, self._put(tag), self.number, column)
        self.open.append(container)
        return container

    def _too_deep(self, what: str) -> None:
        self.report(self.number, f"there are more than {DEEPEST} {what} in each other; write less, or part it in two")
        raise TooMuch

    def _put(self, tag: str) -> etree.Element:
        """A new element at the end of what is open. An empty line before it makes the list around it loose."""
        if self.blank and len(self.top.element):
            around = self.top if self.top.kind == "list" else self.open[-2] if self.top.kind == "item" else self.top
            around.loose = True
        self.blank = False
        return etree.SubElement(self.top.element, tag)

    def close(self, depth: int, where: str = "") -> None:
        """Close all containers but the first so many. Blocks among them are reported: nobody closed them."""
        self._end_leaf()
        self._end_code()
        while len(self.open) > depth:
            each = self.open.pop()
            if each.kind == "list":
                leaves.finish_list(each.element, each.numbers, each.loose)
            elif each.kind == "block":
                if each.element is not self.top.element:
                    leaves.move_after_heading(each.element, self.top.element)
                self._end_block(each)
                slashes = "/" * each.slashes
                self.report(each.line, f"the block `{each.name}` is not closed{where}; write {slashes} on a line of its own where it ends")

    # What a line begins

    def _place(self, rest: str) -> bool:
        """Put what a line says where it belongs; whether it says anything."""
        while rest.strip():
            body = rest.strip()
            if self.table and self._is_row(body):
                self.table.row(self.number, body)
                return True
            item = None if RULE.fullmatch(body) else ITEM.fullmatch(body)
            quote = QUOTE.match(rest)
            if self.top.kind == "list" and not item:
                self.close(len(self.open) - 1)
            if quote:
                self._end_leaf()
                self._begin("quote", "blockquote")
                rest = rest[quote.end() :]
            elif item and self._may_begin(item):
                rest = self._item(item, leaves.indent(rest))
            else:
                self._leaf(rest, body)
                return True
        self._end_leaf()
        return False

    def _may_begin(self, item: re.Match[str]) -> bool:
        """Whether a line that looks like an item is one. Right under a line of text that isn't always plain."""
        if not self.words:
            return True
        if self.words[-1][1].rstrip().endswith(":") or item["words"] or (item["counted"] and int(item["number"]) == 1):
            return True
        if item["pasted"] and item["pasted"] not in "–—":
            return True
        if item["words"] is None:
            self.report(
                self.number,
                OfWords(
                    "this line begins as an item of a list, right under a line of text; put an empty line before it if it is one, "
                    f"else write \\{item['pasted'] or '. after the number'}"
                ),
            )
        return False

    def _item(self, item: re.Match[str], column: int) -> str:
        """Open an item, in the list that goes on or in a new one; what stands in it on this line."""
        self._end_leaf()
        tag = "ol" if item["number"] else "ul"
        if self.top.kind == "list" and self.top.element.tag != tag:
            self.close(len(self.open) - 1)
        if self.top.kind != "list":
            self._begin("list", tag)
        self.top.numbers.append(int(item["number"] or 0))
        self._begin("item", "li", column)
        return " " * (column + 2) + (item["words"] or item["counted"] or item["rest"] or "")

    def _leaf(self, rest: str, body: str) -> None:
        """A line that begins no quote and no item."""
        fence, code, heading = FENCE.fullmatch(body), CODE.fullmatch(body), HEADING.fullmatch(body)
        if fence:
            self._end_leaf()
            self._fence(len(fence[1]), fence[2])
        elif code:
            self._end_leaf()
            self.code = leaves.Code(self.number, code[1], leaves.indent(rest))
        elif heading:
            self._end_leaf()
            level, words = heading[1] or heading[3], heading[2] or heading[4] or ""
            leaves.heading(self._put(f"h{len(level)}"), self.number, words)
        elif UNDERLINE.fullmatch(body) and self.words:
            self._underline(body)
        elif RULE.fullmatch(body):
            self._end_leaf()
            self._put("hr")
        elif leaves.is_dashes(body):
            self._dashes(rest, body)
        else:
            self._add_words(rest)

    def _underline(self, body: str) -> None:
        """A line of = or - under one of text makes that a heading."""
        if len(self.words) == 1:
            [(number, words)], self.words = self.words, []
            self.leaf.tag = "h1" if body[0] == "=" else "h2"
            leaves.heading(self.leaf, number, words)
            return
        what = f"a line of {body[0]} stands right under a paragraph; put an empty line before it, or ## before a heading"
        self.report(self.number, OfWords(what))
        self._end_leaf()
        self._put("hr")

    def _dashes(self, rest: str, body: str) -> None:
        """The line under the headings of a table, which are the line before."""
        there, marked = leaves.columns(self.words[-1][1], body) if self.words else (0, 0)
        if not self.words or there != marked:
            what = (
                f"the headings above have {there} columns, and this line has {marked}; write as many dashes as headings"
                if self.words
                else "this line of dashes has no headings above it; write them on the line before, with bars between them"
            )
            self.report(self.number, OfWords(what))
            self._add_words(rest)
            return
        number, headings = self.words.pop()
        if not self.words:
            self.top.element.remove(self.leaf)
        self._end_leaf()
        self.table = leaves.Table.begin(self._put("table"), number, headings, there, self.report)

    def _is_row(self, body: str) -> bool:
        return "|" in body and not any(each.fullmatch(body) for each in (FENCE, CODE, HEADING))

    def _add_words(self, rest: str) -> None:
        """One more line of a paragraph."""
        if self.table:
            self.report(self.number, OfWords("this line follows a table at once, and is no row of it; put an empty line before it"))
            self._end_leaf()
        if not self.words and leaves.indent(rest) >= 4 and not any(each.kind == "item" for each in self.open):
            self.report(self.number, OfWords("this line begins with four spaces or more, or a tab; take them away"))
        if DEFINITION.fullmatch(rest.strip()):
            name = short(rest.strip()[1:].partition("]")[0], 20)
            self.report(self.number, f"this line would turn every [{name}] into a link; write links in place, as [words](https://…)")
        if not self.words:
            self.leaf = self._put("p")
        self.words.append((self.number, rest.lstrip()))

    def _end_leaf(self) -> None:
        """End the paragraph or the table that is open."""
        if self.words:
            leaves.paragraph(self.leaf, self.words, self.report)
            self.words = []
        self.table = None

    def _code_line(self, rest: str) -> None:
        self.code.take(rest)
        if self.code.closed:
            self.code.draw(self._put("pre"))
            self.code = None

    def _end_code(self) -> None:
        if self.code:
            what = f"this code is never closed; write {self.code.fence} on a line of its own where it ends"
            self.report(self.code.line, OfWords(what))
            self.code.draw(self._put("pre"))
            self.code = None

    # Blocks

    def _in_talk(self) -> bool:
        return self.top.kind == "block" and self.top.element.tag.removeprefix("block-") in blocks.TALK

    def _block(self, slashes: int) -> _Open | None:
        """The innermost open block of so many slashes."""
        return next((each for each in reversed(self.open) if each.kind == "block" and each.slashes == slashes), None)

    def _fence(self, slashes: int, words: str) -> None:
        if not words:
            self._closing(slashes)
            return
        name, _, argument = (piece.strip() for piece in words.partition("|"))
        if not NAME.fullmatch(name):
            self.report(self.number, f'"{short(words)}" after /// is no block; write `/// name | words`, with a bar between them')
            self._open_block(short(words, 20), slashes, None)
            return
        name = name.lower()
        same = self._block(slashes)
        if same:
            self.close(self.open.index(same), f" before `{short(name, 20)}` opens on line {self.number}")
        self.blocks += 1
        if self.blocks > MOST_BLOCKS:
            self.report(self.number, f"there are more than {MOST_BLOCKS} blocks in this file; write less, or part it in two")
            raise TooMuch
        known = name in blocks.KINDS
        if not known:
            self.report(self.number, f'unknown block "{short(name)}"; {instead(name, blocks.KINDS)}')
        elif self._in_talk():
            known = False
            self.report(
                self.number,
                f"`{name}` stands inside `{self.top.name}`, which holds lines of talk alone; "
                f"close that with {'/' * self.top.slashes} before it",
            )
        self._open_block(name, slashes, argument if known else None)

    def _open_block(self, name: str, slashes: int, argument: str | None) -> None:
        """Open a block; without an argument it is none that is known, and its words stand as they would without it."""
        if sum(each.kind == "block" for each in self.open) >= DEEPEST:
            self._too_deep("blocks")
        element = self.top.element if argument is None else blocks.begin(self._put(f"block-{name}"), name, argument, self.number)
        self.open.append(_Open("block", element, self.number, name=name, slashes=slashes))

    def _closing(self, slashes: int) -> None:
        block = self._block(slashes)
        if block is None:
            unclosed = next((each for each in reversed(self.open) if each.kind == "block"), None)
            self.report(
                self.number,
                f"this line of slashes closes nothing; `{unclosed.name}` on line {unclosed.line} is closed by {'/' * unclosed.slashes}"
                if unclosed
                else "this line of slashes closes no block; take it away, or open one above with `/// name | words`",
            )
            return
        self.close(self.open.index(block) + 1)
        self._end_block(self.open.pop())

    def _end_block(self, block: _Open) -> None:
        if block.element.tag.removeprefix("block-") in blocks.TALK and block.element is not self.top.element:
            talk, self.talk = self.talk, []
            blocks.say(block.element, talk)

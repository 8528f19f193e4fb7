"""What may stand around words: quotes, lists with their items, and blocks, each open until a line doesn't go on in it."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from dataclasses import dataclass, field

from ..problems import OfWords, Report, TooMuch, Unknown, instead, short
from . import leaf_blocks
from .blocks import BLOCKS, TAG, block_of
from .blocks.base import Block
from .blocks.talk import Lines, TalkBlock

DEEPEST = 12  # lists, quotes and blocks in each other
MOST_BLOCKS = 800

FENCE = re.compile(r"(/{3,})[ ]*(.*)")
NAME = re.compile(r"[\w-]+")
QUOTE = re.compile(r"[ ]*>[ ]?")


@dataclass(slots=True)
class Open:
    """A container that is open: the whole text, a quote, a list, an item of one, or a block."""

    kind: str
    element: etree.Element
    line: int = 0
    column: int = 0  # of an item's mark, in the quote or the text that it stands in
    name: str = ""  # of a block
    slashes: int = 0
    loose: bool = False  # a list with empty lines between its items or in them
    numbers: list[int] = field(default_factory=list)  # of a list's items, as written


class Containers:
    """The containers that are `open`, the whole text first."""

    def __init__(self, report: Report) -> None:
        self.root = etree.Element("div")
        self.report = report
        self.open = [Open("text", self.root)]
        self.number = 0  # of the line that is read
        self.blank = False  # an empty line stands before it
        self.talk: Lines = []  # of the block that is open, if talk stands in it
        self._blocks = 0

    @property
    def top(self) -> Open:
        return self.open[-1]

    def end_leaf(self) -> None:
        """End the paragraph, table or code that is open."""
        raise NotImplementedError

    def going_on(self, text: str) -> tuple[int, str]:
        """How many of the open containers a line goes on in, and what it says in them."""
        depth, rest = 1, text
        for each in self.open[1:]:
            if each.kind == "quote":
                mark = QUOTE.match(rest)
                if mark is None:
                    break
                rest = rest[mark.end() :]
            elif each.kind == "item" and rest.strip() and leaf_blocks.indent(rest) < each.column + 2:
                break
            depth += 1
        return depth, rest

    def begin(self, kind: str, tag: str, column: int = 0) -> Open:
        """Open a container."""
        if sum(each.kind in ("quote", "item") for each in self.open) >= DEEPEST and kind != "list":
            self._too_deep("lists or quotes")
        container = Open(kind, self.put(tag), self.number, column)
        self.open.append(container)
        return container

    def _too_deep(self, what: str) -> None:
        self.report(self.number, f"there are more than {DEEPEST} {what} in each other; write less, or part it in two")
        raise TooMuch

    def put(self, tag: str) -> etree.Element:
        """A new element at the end of what is open. An empty line before it makes the list around it loose."""
        if self.blank and len(self.top.element):
            around = self.top if self.top.kind == "list" else self.open[-2] if self.top.kind == "item" else self.top
            around.loose = True
        self.blank = False
        return etree.SubElement(self.top.element, tag)

    def close(self, depth: int, where: str = "") -> None:
        """Close all containers but the first so many. Blocks among them are reported: nobody closed them."""
        self.end_leaf()
        while len(self.open) > depth:
            each = self.open.pop()
            if each.kind == "list":
                leaf_blocks.finish_list(each.element, each.numbers, each.loose)
            elif each.kind == "item" and not len(each.element):
                self.report(each.line, OfWords("this item of a list has no words; write them on its line, or take it away"))
            elif each.kind == "block":
                if each.element is not self.top.element:
                    leaf_blocks.move_after_heading(each.element, self.top.element)
                self._end_block(each)
                slashes = "/" * each.slashes
                self.report(each.line, f"the block `{each.name}` is not closed{where}; write {slashes} on a line of its own where it ends")

    # Blocks

    def in_talk(self) -> bool:
        return self.top.kind == "block" and isinstance(block_of(self.top.element), TalkBlock)

    def block(self, slashes: int) -> Open | None:
        """The innermost open block of so many slashes."""
        return next((each for each in reversed(self.open) if each.kind == "block" and each.slashes == slashes), None)

    def fence(self, slashes: int, words: str) -> None:
        if not words:
            self._closing(slashes)
            return
        name, _, argument = (piece.strip() for piece in words.partition("|"))
        if not NAME.fullmatch(name):
            self.report(self.number, f'"{short(words)}" after /// is no block; write `/// name | words`, with a bar between them')
            self._open_block(short(words, 20), slashes, None)
            return
        name = name.lower()
        same = self.block(slashes)
        if same:
            self.close(self.open.index(same), f" before `{short(name, 20)}` opens on line {self.number}")
        self._blocks += 1
        if self._blocks > MOST_BLOCKS:
            self.report(self.number, f"there are more than {MOST_BLOCKS} blocks in this file; write less, or part it in two")
            raise TooMuch
        self._open_block(name, slashes, self._known(name), argument)

    def _known(self, name: str) -> Block | None:
        """The block of this name; None, which is reported, where there is none or it can't stand here."""
        block = BLOCKS.get(name)
        if block is None:
            self.report(self.number, Unknown(f'unknown block "{short(name)}"; {instead(name, BLOCKS)}', f"the block “{short(name)}”"))
        elif self.in_talk():
            self.report(
                self.number,
                f"`{name}` stands inside `{self.top.name}`, which holds lines of talk alone; "
                f"close that with {'/' * self.top.slashes} before it",
            )
            return None
        return block

    def _open_block(self, name: str, slashes: int, block: Block | None, argument: str = "") -> None:
        """Open a block; where it is none that is known its words stand as they would without it."""
        if sum(each.kind == "block" for each in self.open) >= DEEPEST:
            self._too_deep("blocks")
        element = self.top.element
        if block:
            element = self.put(f"{TAG}{name}")
            element.set("line", str(self.number))
            block.begin(element, argument, self.number)
        self.open.append(Open("block", element, self.number, name=name, slashes=slashes))

    def _closing(self, slashes: int) -> None:
        block = self.block(slashes)
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

    def _end_block(self, open_block: Open) -> None:
        block = block_of(open_block.element)
        if isinstance(block, TalkBlock) and open_block.element is not self.top.element:
            talk, self.talk = self.talk, []
            block.say(open_block.element, talk)

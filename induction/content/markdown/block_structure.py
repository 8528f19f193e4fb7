"""From lines to a tree: the lists, quotes, blocks, headings, tables and paragraphs that a text is made of.

Read as CommonMark reads them (spec.commonmark.org, 0.31), more gently where somebody plainly means a list: it may follow
a line of text at once, nest by two spaces, four or a tab, begin with `•` or `1)`, and its items keep the numbers that
were written. Where the meaning isn't plain, that is reported with its line. Each line is looked at once.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree

from ..problems import OfWords, Report, short
from . import leaf_blocks
from .containers import FENCE, QUOTE, Containers
from .raw_lines import Braces, Comments, Limits, split

CODE = re.compile(r"(`{3,}|~{3,})[ ]*[\w.+-]*")
HEADING = re.compile(r"(#{1,6})(?:\s+(.*)|$)|(#{2,6})([^#\s].*)")
KEY = re.compile(r"[\w -]{1,30}:(?:\s|$)")  # of front matter
UNDERLINE = re.compile(r"={2,}|-{2,}")
RULE = re.compile(r"([-*_])(?:[ ]*\1){2,}")
ITEM = re.compile(
    r"(?P<bullet>[-*+])(?:\s+|$)(?P<words>.*)"
    r"|(?P<number>[0-9]{1,9})[.)](?:\s+|$)(?P<counted>.*)"
    r"|(?P<pasted>[•‣◦▪●○■∙·]|[–—](?=\s))\s*(?P<rest>.*)"
)
DEFINITION = re.compile(r"\[[^\[\]]*\]:(?:[ ]*\S+(?:[ ]+[\"'(].*[\"')])?)?")


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


class _Builder(Containers):
    """Takes lines one by one."""

    def __init__(self, report: Report) -> None:
        super().__init__(report)
        self.braces = Braces()
        self.paragraph: leaf_blocks.Paragraph | None = None  # that is open, as a table or code
        self.table: leaf_blocks.Table | None = None
        self.code: leaf_blocks.Code | None = None

    def line(self, number: int, text: str) -> None:
        """Take a line."""
        self.number = number
        depth, rest = self.going_on(text)
        goes_on = depth == len(self.open)
        if self.code and (goes_on or not text.strip()):
            self._code_line(self.code, rest)
        elif self.in_talk() and (goes_on or not text.strip()) and not FENCE.match(rest.strip()):
            self.talk.append((number, self.braces.marked(rest.strip())))
        elif not text.strip():
            self.end_leaf()
            self.blank = True
        elif goes_on or not self._left(depth, rest):
            self.blank = not self._place(self.braces.marked(rest))

    def _left(self, depth: int, rest: str) -> bool:
        """Close what a line doesn't go on in. Whether it was taken as one more line of the paragraph before."""
        body = rest.strip()
        if self.paragraph and self._is_words(body):
            if not body[0].islower():  # else it is the middle of a sentence
                what = "this line follows a list or a quote at once, and nobody can tell whether it belongs there"
                self.report(self.number, OfWords(f"{what}; put an empty line before it, or begin it as the lines above begin"))
            self._add_words(self.braces.marked(rest))
            return True
        closing = FENCE.fullmatch(body)
        if closing and not closing[2]:  # slashes that close a block may stand further left than it
            block = self.block(len(closing[1]))
            depth = max(depth, self.open.index(block) + 1) if block else depth
        self.close(depth)
        return False

    @staticmethod
    def _is_words(body: str) -> bool:
        """Whether a line could go on a paragraph: nothing begins with it."""
        begins = (FENCE, CODE, HEADING, RULE, UNDERLINE, ITEM)
        return not (body.startswith(">") or any(each.fullmatch(body) for each in begins))

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
                self.end_leaf()
                self.begin("quote", "blockquote")
                rest = rest[quote.end() :]
            elif item and self._may_begin(item):
                rest = self._item(item, leaf_blocks.indent(rest))
            else:
                self._leaf(rest, body)
                return True
        self.end_leaf()
        return False

    def _may_begin(self, item: re.Match[str]) -> bool:
        """Whether a line that looks like an item is one. Right under a line of text that isn't always plain."""
        if not self.paragraph:
            return True
        if self.paragraph.lines[-1][1].rstrip().endswith(":") or item["words"] or (item["counted"] and int(item["number"]) == 1):
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
        self.end_leaf()
        tag = "ol" if item["number"] else "ul"
        if self.top.kind == "list" and self.top.element.tag != tag:
            self.close(len(self.open) - 1)
        if self.top.kind != "list":
            self.begin("list", tag)
        self.top.numbers.append(int(item["number"] or 0))
        self.begin("item", "li", column)
        return " " * (column + 2) + (item["words"] or item["counted"] or item["rest"] or "")

    def _leaf(self, rest: str, body: str) -> None:
        """A line that begins no quote and no item."""
        fence, code, heading = FENCE.fullmatch(body), CODE.fullmatch(body), HEADING.fullmatch(body)
        if fence:
            self.end_leaf()
            self.fence(len(fence[1]), fence[2])
        elif code:
            self.end_leaf()
            self.code = leaf_blocks.Code(self.number, code[1], leaf_blocks.indent(rest))
        elif heading:
            self.end_leaf()
            level, words = heading[1] or heading[3], heading[2] or heading[4] or ""
            leaf_blocks.heading(self.put(f"h{len(level)}"), self.number, words)
        elif UNDERLINE.fullmatch(body) and self.paragraph:
            self._underline(self.paragraph, body)
        elif RULE.fullmatch(body):
            self.end_leaf()
            self.put("hr")
        elif leaf_blocks.is_dashes(body):
            self._dashes(rest, body)
        else:
            self._add_words(rest)

    def _underline(self, above: leaf_blocks.Paragraph, body: str) -> None:
        """A line of = or - under one of text makes that a heading, where it could be one."""
        before = self.top.element[-2].tag if len(self.top.element) > 1 else ""
        number, words = above.lines[0]
        if before == "hr" and KEY.match(words):
            self.report(number, OfWords("front matter stands at the begin of a file alone; take these lines away"))
        elif len(above.lines) == 1 and words.rstrip()[-1] not in ".,;:!?…":
            self.paragraph = None
            above.element.tag = "h1" if body[0] == "=" else "h2"
            leaf_blocks.heading(above.element, number, words)
            return
        else:
            what = f"a line of {body[0]} stands right under a paragraph; put an empty line before it, or ## before a heading"
            self.report(self.number, OfWords(what))
        self.end_leaf()
        self.put("hr")

    def _dashes(self, rest: str, body: str) -> None:
        """The line under the headings of a table, which are the line before."""
        above = self.paragraph
        there, marked = leaf_blocks.columns(above.lines[-1][1], body) if above else (0, 0)
        if above is None or there != marked:
            what = (
                f"the headings above have {there} columns, and this line has {marked}; write as many dashes as headings"
                if above
                else "this line of dashes has no headings above it; write them on the line before, with bars between them"
            )
            self.report(self.number, OfWords(what))
            self._add_words(rest)
            return
        number, headings = above.lines.pop()
        if not above.lines:
            self.top.element.remove(above.element)
            self.paragraph = None
        self.end_leaf()
        self.table = leaf_blocks.Table.begin(self.put("table"), number, headings, there, self.report)

    def _is_row(self, body: str) -> bool:
        return "|" in body and not any(each.fullmatch(body) for each in (FENCE, CODE, HEADING))

    def _add_words(self, rest: str) -> None:
        """One more line of a paragraph."""
        if self.table:
            self.report(self.number, OfWords("this line follows a table at once, and is no row of it; put an empty line before it"))
            self.end_leaf()
        if not self.paragraph and leaf_blocks.indent(rest) >= 4 and not any(each.kind == "item" for each in self.open):
            self.report(self.number, OfWords("this line begins with four spaces or more, or a tab; take them away"))
        if DEFINITION.fullmatch(rest.strip()):
            name = short(rest.strip()[1:].partition("]")[0], 20)
            self.report(self.number, f"this line would turn every [{name}] into a link; write links in place, as [words](https://…)")
        if not self.paragraph:
            self.paragraph = leaf_blocks.Paragraph(self.put("p"))
        self.paragraph.lines.append((self.number, rest.lstrip()))

    def end_leaf(self) -> None:
        if self.paragraph:
            self.paragraph.end(self.report)
        self.paragraph = self.table = None
        if self.code:
            what = f"this code is never closed; write {self.code.fence} on a line of its own where it ends"
            self.report(self.code.line, OfWords(what))
            self._end_code(self.code)

    def _code_line(self, code: leaf_blocks.Code, rest: str) -> None:
        code.take(rest)
        if code.closed:
            self._end_code(code)

    def _end_code(self, code: leaf_blocks.Code) -> None:
        code.put(self.put("pre"))
        self.code = None

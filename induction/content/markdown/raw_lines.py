"""The raw lines of a text before anything is made of them.

What is too deep or too long is refused here, since Markdown takes seconds over floods; the writer's own comments are
taken out; words in braces are put out of harm's way; and signs that nobody can see are left behind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from .. import signs
from ..problems import OfWords, Report, TooMuch
from ..source import line_marks

MOST_BRACKETS = 200  # opening ones in a paragraph
LONGEST_PARAGRAPH = 20_000  # characters
MOST_LINES_TOGETHER = 1_000  # without an empty one between
MOST_SIGNS = 500  # that Markdown looks twice at, in a paragraph
MOST_SIGNS_IN_ALL = 8_000  # in a file
MOST_LINES = 6_000

PASTED = re.compile(r"^(\s*)[o§Øü]\t")  # Word's other bullets, in fonts that a text has lost
LEAD = re.compile(r"(?:[ ]|>|(?:[-*+]|[0-9]{1,9}[.)])[ ]+)*")  # of quotes and lists
SIGNS = re.compile(r"[*_`<&\\!{\[(]")
PARTS = re.compile(
    r"(?P<code>(?P<ticks>`+)(?!`)(?:[^`]|(?!(?P=ticks)(?!`))`+)*(?P=ticks)(?!`))"  # a comment in code is code
    r"|\\."
    r"|(?P<empty><!--+>)"
    r"|(?P<comment><!--.*?-->)"
    r"|(?P<open><!--)"
)
IN_BRACES = re.compile(r"\{\{([^{}\n]*)\}\}")


def split(text: str, first_line: int, report: Report) -> list[tuple[int, str]]:
    """The lines with their numbers, tabs made spaces. Raises TooMuch, which has been reported."""
    private = line_marks.PRIVATE.search(text)
    if private:
        line = first_line + text.count("\n", 0, private.start())
        report(line, f"this line holds a sign that can't be shown ({signs.name(private[0])}); delete it")
        text = line_marks.PRIVATE.sub("", text)
    lines = [_spaced(line) for line in signs.without_unseen(text).replace("\x1f", " ").split("\n")]
    if len(lines) > MOST_LINES:
        report(first_line + MOST_LINES, f"the file has more than {MOST_LINES} lines; part it in two")
        raise TooMuch
    return list(enumerate(lines, first_line))


def _spaced(line: str) -> str:
    """A line whose tabs, and whatever blanks it begins with, are spaces."""
    line = PASTED.sub(r"\1•\t", line).expandtabs(4)
    words = line.lstrip()
    return " " * (len(line) - len(words)) + words


@dataclass(slots=True)
class Limits:
    """Counts what Markdown would take long over. A paragraph goes on until an empty line or a line of slashes."""

    report: Report
    brackets: int = 0
    length: int = 0
    together: int = 0
    signs: int = 0
    in_all: int = 0

    def check(self, number: int, text: str) -> None:
        """Count one line. Raises TooMuch, which has been reported."""
        rest = LEAD.sub("", text, count=1)
        lead = text[: len(text) - len(rest)]
        if not rest or rest.startswith("///"):
            self.brackets = self.length = self.signs = 0
        self.together = self.together + 1 if text.strip() else 0
        self.brackets += rest.count("[")
        self.length += len(rest)
        signs = len(SIGNS.findall(rest))
        self.signs += signs
        self.in_all += signs + len(lead.replace(" ", "")) + rest.count("|")
        for what, count, most in (
            ("opening brackets in this paragraph", self.brackets, MOST_BRACKETS),
            ("characters in this paragraph", self.length, LONGEST_PARAGRAPH),
            ("lines together here without an empty one", self.together, MOST_LINES_TOGETHER),
            ("signs such as * and [ in this paragraph", self.signs, MOST_SIGNS),
            ("signs such as * and [ in this file", self.in_all, MOST_SIGNS_IN_ALL),
        ):
            if count > most:
                self.report(number, f"there are more than {most} {what}; write less, or part it in two")
                raise TooMuch


@dataclass(slots=True)
class Comments:
    """Takes the writer's comments out, `<!-- … -->`, which readers never see. One may go over several lines."""

    report: Report
    begun: tuple[int, str, int] | None = None  # the line on which one is open, its words so far, and where it opens
    held: list[tuple[int, str]] = field(default_factory=list)  # the lines it may go over

    def without(self, number: int, text: str) -> tuple[int, str] | None:
        """A line without them; None where nothing is left of it, or where it isn't known yet."""
        start = 0
        if self.begun:
            first, before, start = self.begun
            if "<!--" in text.partition("-->")[0]:
                self._nested(first, number)
            if "-->" not in text:
                self.held.append((number, text))
                return None
            number = first
            text = before + text
            self.begun, self.held = None, []
        elif "<!--" not in text:
            return number, text
        kept = "".join(self._kept(number, text, start))
        return None if self.begun or not kept.strip() else (number, kept)

    def _kept(self, number: int, text: str, start: int) -> Iterator[str]:
        """The pieces of a line that stay. `start` is where the comment opens that began on a line before."""
        at = 0
        for part in PARTS.finditer(text, start):
            if part["comment"] or part["empty"]:
                if "<!--" in part[0][4:]:
                    self._nested(number, number)
                yield text[at : part.start()]
                at = part.end()
            elif part["open"]:
                self.begun, self.held = (number, text, part.start()), [(number, text)]
                return
        yield text[at:].rstrip() if at else text

    def _nested(self, begun: int, number: int) -> None:
        self.report(begun, OfWords(f"this comment isn't closed before another begins on line {number}; write --> where it ends"))

    def end(self) -> list[tuple[int, str]]:
        """The lines of a comment that is never closed, which is reported: they are words, so that none are lost."""
        if self.begun is None:
            return []
        self.report(self.begun[0], OfWords("this comment is never closed; write --> where it ends"))
        held, self.begun, self.held = self.held, None, []
        return held


@dataclass(slots=True)
class Braces:
    """Words in braces, each kept under a number whose mark stands in the text."""

    inside: dict[str, int] = field(default_factory=dict)

    def marked(self, text: str) -> str:
        return IN_BRACES.sub(lambda found: line_marks.braces_mark(self.inside.setdefault(found[1], len(self.inside))), text)

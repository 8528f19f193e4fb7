"""Marks put into a text before Markdown reads it, since its tree knows neither lines nor words in braces.

A line's mark is two private characters and a unit separator, which Markdown takes for a space; so
what stands before and after it keeps its meaning. A word in braces is one private character.
"""

from __future__ import annotations

import re

LINE = re.compile("([\U000f0000-\U000f003f])([\U000f1000-\U000f1fff])\x1f?")
BRACES = re.compile("[\U000f4000-\U000ffffd]")
EITHER = re.compile(f"{LINE.pattern}|{BRACES.pattern}")
PRIVATE = re.compile("[\U000f0000-\U0010ffff]")  # what a text itself may not hold
MOST_LINES = 64 * 4096


def line_mark(line: int) -> str:
    """The mark of a line, to stand where its words begin."""
    return f"{chr(0xF0000 + (line >> 12))}{chr(0xF1000 + (line & 0xFFF))}\x1f"


def line_of(mark: re.Match[str]) -> int:
    return (ord(mark[1]) - 0xF0000) << 12 | (ord(mark[2]) - 0xF1000)


def first_line(text: str, otherwise: int) -> int:
    """The line of the first mark in a text."""
    mark = LINE.search(text)
    return line_of(mark) if mark else otherwise


def unmarked(text: str) -> str:
    """The text without the marks of lines."""
    return LINE.sub("", text)


def braces_mark(number: int) -> str:
    """The mark of the word in braces that is kept under a number."""
    return chr(0xF4000 + number)


def number_of(mark: str) -> int:
    return ord(mark) - 0xF4000

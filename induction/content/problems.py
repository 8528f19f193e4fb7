"""Saying what is wrong in a text, and what to write instead: the nearest known name, where a hand slipped."""

from __future__ import annotations

import difflib
import re
import traceback
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

Report = Callable[[int, str], None]  # (line, what is wrong; what to write instead)

SHOWN = 12  # names that still read as a sentence
MOST_COMPARED = 100  # names; a search through thousands takes seconds
WORD = re.compile(r"[^\W_][\w-]*")  # what a course, lesson, theme or id may be called


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing the checker has to say. `path` is relative to the content's root."""

    path: str
    line: int
    message: str
    warning: bool = False
    of_words: bool = False  # words would not be read as they were written; all else is sound

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {'warning: ' if self.warning else ''}{self.message}"


class OfWords(str):
    """What is said of words that would not be read as they were written; all else of their text is sound."""


class Unknown(str):
    """What is said of a block or a word in braces that nobody knows; `named` is what it is called, with what it is."""

    named: str

    def __new__(cls, message: str, named: str) -> Unknown:
        """The message, with what it is about."""
        made = super().__new__(cls, message)
        made.named = named
        return made


class TooMuch(Exception):
    """A text is too deep, too long or too faulty to be read on. It has been reported."""


def instead(name: str, known: Collection[str]) -> str:
    """What to write instead of `name`: the nearest known name, else the known ones."""
    names = list(known)
    if len(names) > MOST_COMPARED:
        names = [other for other in names if other[:1] == name[:1].lower()][:MOST_COMPARED]
    names.sort()
    near = difflib.get_close_matches(name[:80].lower(), names, n=1, cutoff=0.6)
    if near:
        return f'write "{near[0]}"'
    if not names:
        return "no name is like it" if known else "there are none yet"
    more = " …" if len(names) > SHOWN else ""
    return f"known are: {', '.join(names[:SHOWN])}{more}"


def short(text: str, length: int = 60) -> str:
    """The text on one line, cut where it is long, to be quoted in a message."""
    line = " ".join(text.split())
    return line if len(line) <= length else f"{line[: length - 1]}…"


def is_word(text: str) -> bool:
    """Whether something may be known by this word: letters, digits and hyphens."""
    return len(text) <= 100 and WORD.fullmatch(text) is not None


def silent(line: int, message: str) -> None:
    """A report for words that were checked when they were first read."""


def unreadable(path: str, fault: Exception) -> Problem:
    """What is said of a text that this program can't read though it should."""
    at = traceback.extract_tb(fault.__traceback__)[-1]
    what = f"{type(fault).__name__}, {Path(at.filename).name} {at.lineno}"
    return Problem(path, 1, f"this text could not be read ({what}); write it more simply, and tell who looks after this program")

"""The words that a lead writes for the policy: looked through where reading them can be ended."""

from __future__ import annotations

import hashlib
import pickle
import threading
from collections import OrderedDict
from dataclasses import dataclass, replace

from ..content.model import Library, OwnWords
from ..content.problems import Problem
from . import safe_reading

SECONDS = 5
AT_ONCE = 2  # texts; while they are read the other threads serve everybody else
REMEMBERED = 50


class Busy(Exception):
    """Other texts are being read at the moment."""


@dataclass(frozen=True, slots=True)
class MarkedLine:
    """A line of a text that can't be drawn as it is written."""

    line: int
    words: str  # of that line
    message: str


@dataclass(frozen=True, slots=True)
class LookedThrough:
    """What is wrong with a policy's words, by line, and the id and title of each of their headings."""

    problems: tuple[Problem, ...] = ()
    headings: tuple[tuple[str, str], ...] = ()
    readable: bool = True  # false where reading them had to be ended

    def marked(self, words: str) -> list[MarkedLine]:
        """The lines of these words that can't be drawn as they are written."""
        lines = words.split("\n")
        return [
            MarkedLine(each.line, lines[each.line - 1].strip() if each.line <= len(lines) else "", each.message)
            for each in self.problems
        ]


_reading = threading.BoundedSemaphore(AT_ONCE)
_remembered: OrderedDict[str, LookedThrough] = OrderedDict()
_turn = threading.Lock()


def look_through(own: OwnWords, known: Library) -> LookedThrough:
    """Look words through before anything else reads them here. Raises Busy."""
    arguments = (own, replace(known, courses={}))  # as much of a library as they can name
    key = hashlib.sha256(pickle.dumps(arguments)).hexdigest()
    with _turn:
        found = _remembered.get(key)
    if found is None:
        if not _reading.acquire(blocking=False):
            raise Busy
        try:
            found = _read(*arguments)
        finally:
            _reading.release()
        with _turn:
            _remembered[key] = found
            if len(_remembered) > REMEMBERED:
                _remembered.popitem(last=False)
    return found


def look_through_stored(own: OwnWords, known: Library) -> LookedThrough:
    """Look words through that are stored already: as if nothing were known of them while other texts are being read."""
    try:
        return look_through(own, known)
    except Busy:
        return LookedThrough()


def _read(own: OwnWords, known: Library) -> LookedThrough:
    if not own.words.strip():
        return LookedThrough()
    try:
        problems, headings = safe_reading.run("policy", own, known, seconds=SECONDS)
    except safe_reading.Ended as fault:
        return LookedThrough((Problem("", 1, f"{fault}; write it more simply, or make it shorter"),), (), False)
    return LookedThrough(tuple(problems), tuple(headings))

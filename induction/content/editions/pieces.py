"""What changed between two versions of a text, piece by piece: a section of the policy, a choice of a scenario."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Generic, Protocol, TypeVar

from . import matching
from .matching import Patience, Run

ALONE = 4  # so many times as many words that changed stand round words that are lost among them
TOKEN = re.compile(r"<[^>]*>|\s+|&[#\w]+;|[\w'’]+(?:[.:]\d\w*)*|.")


class Known(Protocol):
    @property
    def id(self) -> str: ...


P = TypeVar("P", bound=Known)


@dataclass(frozen=True, slots=True)
class Changed(Generic[P]):
    """A piece that reads otherwise. `before` or `after` is None where it is new or gone."""

    before: P | None
    after: P | None

    @property
    def shown(self) -> P:
        """The piece as it is or, where it is gone, as it was."""
        shown = self.after or self.before
        assert shown is not None
        return shown


def changed(before: Iterable[P], after: Iterable[P], words: Callable[[P], object]) -> list[Changed[P]]:
    """The pieces whose `words` differ, in the order of the newer text, then those that are gone. Each is known by its id."""
    old = {piece.id: piece for piece in before}
    new = {piece.id: piece for piece in after}
    found = [Changed(old.get(id), piece) for id, piece in new.items() if id not in old or words(old[id]) != words(piece)]
    return found + [Changed(piece, None) for id, piece in old.items() if id not in new]


def marked(before: str, after: str, patience: Patience | None = None) -> tuple[str, str]:
    """Two texts of HTML, with the words marked that only the one has, and those that only the other has."""
    old, new = TOKEN.findall(before), TOKEN.findall(after)
    out_old: list[str] = []
    out_new: list[str] = []
    without_blanks = _readable(old, new, matching.runs(old, new, patience))
    for run in _readable(old, new, without_blanks):
        gone, come = old[run.a : run.b], new[run.c : run.d]
        out_old += gone if run.equal else _mark("del", gone)
        out_new += come if run.equal else _mark("ins", come)
    return "".join(out_old), "".join(out_new)


def _readable(old: list[str], new: list[str], found: list[Run]) -> list[Run]:
    """Runs in which what little stayed in the middle of much that changed is no run of its own: it would be hard to read."""
    joined: list[Run] = []
    for number, run in enumerate(found):
        between = run.equal and 0 < number < len(found) - 1
        if between and not any(token.startswith("<") for token in old[run.a : run.b]):
            around = sum(_words(old[each.a : each.b]) + _words(new[each.c : each.d]) for each in (found[number - 1], found[number + 1]))
            between = ALONE * _words(old[run.a : run.b]) <= around
        else:
            between = False
        if joined and (between or not (run.equal or joined[-1].equal)):
            first = joined.pop()
            run = Run(False, first.a, run.b, first.c, run.d)
        joined.append(run)
    return joined


def _words(tokens: list[str]) -> int:
    return sum(token[0].isalnum() for token in tokens)


def _mark(tag: str, tokens: list[str]) -> list[str]:
    """Runs of words in a tag of their own; the tags and blanks round them stay as they are."""
    out: list[str] = []
    for between, run in groupby(tokens, lambda token: token.startswith("<")):
        words = list(run)
        first = next((place for place, token in enumerate(words) if not token.isspace()), len(words))
        if between or first == len(words):
            out += words
            continue
        last = next(place for place in range(len(words), 0, -1) if not words[place - 1].isspace())
        out += [*words[:first], f"<{tag}>", *words[first:last], f"</{tag}>", *words[last:]]
    return out

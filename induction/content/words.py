"""Words: text made ready once, which is HTML with gaps in it.

A gap is a word in braces, a block that only some schools see, or the help block; `editions.fill` fills the gaps for one
school.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Slot:
    """A word in braces, filled with escaped text. `kind` is one of those that are described here, or `school`, `nation`, `fact`.

    `checked` says when somebody looked a fact up. A `fill` is what a school writes beside a stance, such as its hours; a
    `stance` is what the policy says on a facet. `hours` is a time that hangs on the policy's hours, in words; `clock` is the
    same as a telephone shows it.
    A `picture` is filled with the address of the picture that lies at this path.
    """

    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class PolicyBlock:
    """A `policy` block: shown where the school takes one of `stances`."""

    facet: str
    stances: frozenset[str]
    words: Words


@dataclass(frozen=True, slots=True)
class OnlyBlock:
    """An `only` block: shown where the school's `facet` (`nation` or `phase`) is one of `values`."""

    facet: str
    values: frozenset[str]
    words: Words


@dataclass(frozen=True, slots=True)
class HelpBlock:
    """A `help` block: the school's contacts and the helplines."""


Part = str | Slot | PolicyBlock | OnlyBlock | HelpBlock  # a plain string is finished HTML
Words = tuple[Part, ...]


def joined(parts: Iterable[Part]) -> Words:
    """The same parts, with pieces of HTML that follow each other made one."""
    whole: list[Part] = []
    for part in parts:
        before = whole[-1] if whole else None
        if isinstance(part, str) and isinstance(before, str):
            whole[-1] = before + part
        else:
            whole.append(part)
    return tuple(whole)


def say_something(words: Words) -> bool:
    """Whether there is more in them than blanks."""
    return any(not isinstance(part, str) or part.strip() for part in words)

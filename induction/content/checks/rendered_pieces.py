"""Words as readers see them, in pieces: what stands there, and which schools see it.

A piece is seen where the school is, on every facet that it names, at one of the stances named: so what a text comes to
under every combination of stances can be said without writing it out for each.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, chain, islice, product
from math import prod

from ..conditions import values
from ..editions.fill import render
from ..markdown.gaps import written
from ..model import NATIONS, PHASES, Lesson, Library, School
from ..source.front_matter import body_of
from ..words import HelpBlock, OnlyBlock, PolicyBlock, Slot, Words
from .reading_age import count_words
from .scenes import said

MOST_COMBINATIONS = 300  # of stances, tried for one thing; where there are more, one facet after the other
MOST_SAID = 6  # stances that still read as a sentence
HEADING = re.compile(r"<h([23])\b[^>]*>(.*?)</h\1>", re.DOTALL)
STANCE = re.compile(r"\{\{ stance: ([^{} ]+) \}\}")
TITLE = re.compile(r"[ ]{0,3}#{1,3}[ ]")
LETTERS = re.compile(r"[^\W_]+")
FOLDS = re.compile(r"<(/?)(details|summary)\b[^>]*>")
FURNITURE = re.compile(r'<p class="policy-(?:label|foot)">.*?</p>', re.DOTALL)  # round each rule of the policy

When = Mapping[str, frozenset[str]]  # by facet, the stances under which something is seen
Stances = dict[str, str]


@dataclass(frozen=True, slots=True)
class Piece:
    """HTML without a block in it that only some schools see. Words in braces stand in it as they are written."""

    html: str
    when: When
    policy: frozenset[str] = frozenset()  # the facets whose `policy` blocks it stands in
    says: tuple[str, ...] = ()  # the facets of which it shows what the policy says
    level: int = 0  # of a heading


def pieces(words: Words, library: Library) -> list[Piece]:
    """The pieces of words in their order, those that no school ever sees left out."""
    return list(_pieces(words, {}, frozenset(), library))


def _pieces(words: Words, when: When, policy: frozenset[str], library: Library) -> Iterator[Piece]:
    html: list[str] = []
    for part in words:
        if isinstance(part, PolicyBlock | OnlyBlock):
            yield from _parted("".join(html), when, policy, library)
            html = []
            inner = both(when, {part.facet: _named(part, library)})
            if inner is not None:
                around = policy | {part.facet} if isinstance(part, PolicyBlock) else policy
                yield from _pieces(part.words, inner, around, library)
        elif isinstance(part, Slot):
            html.append(written(part))
        else:
            html.append("help" if isinstance(part, HelpBlock) else part)
    yield from _parted("".join(html), when, policy, library)


def _parted(html: str, when: When, policy: frozenset[str], library: Library) -> Iterator[Piece]:
    """HTML parted at its headings, each of which is a piece."""
    at = 0
    for heading in HEADING.finditer(html):
        yield _piece(html[at : heading.start()], when, policy, library)
        yield Piece(heading[2], when, policy, level=int(heading[1]))
        at = heading.end()
    yield _piece(html[at:], when, policy, library)


def _piece(html: str, when: When, policy: frozenset[str], library: Library) -> Piece:
    return Piece(html, when, policy, tuple(facet for facet in STANCE.findall(html) if facet in library.facets))


def _named(block: PolicyBlock | OnlyBlock, library: Library) -> frozenset[str]:
    """The stances, nations or phases that see a block. An all-through school is of each phase."""
    if isinstance(block, PolicyBlock) and block.facet not in library.facets:
        return frozenset()
    named = block.stances if isinstance(block, PolicyBlock) else block.values
    if block.facet == "phase" and named:
        named |= {"all-through"}
    return named & frozenset(every(block.facet, library))


# Stances

def every(facet: str, library: Library) -> list[str]:
    """All that a school may be on a facet, the strictest first; nothing where there is no such facet."""
    if facet in ("nation", "phase"):
        return list(NATIONS if facet == "nation" else PHASES)
    return list(values(facet, library.facets) or ())


def both(one: When, other: When) -> When | None:
    """The schools that see both; None where there are none."""
    shared = {facet: one.get(facet, named) & named for facet, named in other.items()}
    return {**one, **shared} if all(shared.values()) else None


def always(inner: When, outer: When) -> bool:
    """Whether every school that sees `outer` sees `inner` too."""
    return all(facet in outer and outer[facet] <= named for facet, named in inner.items())


def sees(stances: Stances, when: When) -> bool:
    return all(stances[facet] in named for facet, named in when.items())


def combinations(facets: Iterable[str], library: Library, within: When) -> Iterator[Stances]:
    """The stances that schools take on these facets, the strictest first. `within` says which count.

    Each with each that the law of the nation allows; where those are too many, all as strict as each other, and each facet by itself.
    """
    known = {facet: [name for name in every(facet, library) if name in within.get(facet, {name})] for facet in sorted(facets)}
    counts = [len(names) for names in known.values()]
    if prod(counts) <= MOST_COMBINATIONS:
        every_one = (dict(zip(known, stances, strict=True)) for stances in product(*known.values()))
        yield from (stances for stances in every_one if _lawful(stances, library))
        return
    alike = ({facet: names[min(at, len(names) - 1)] for facet, names in known.items()} for at in range(max(counts)))
    strictest = {facet: names[0] for facet, names in known.items()}
    one_by_one = ({**strictest, facet: name} for facet, names in known.items() for name in names)
    yield from islice((stances for stances in chain(alike, one_by_one) if _lawful(stances, library)), MOST_COMBINATIONS)


def _lawful(stances: Stances, library: Library) -> bool:
    nation = stances.get("nation")
    taken = (library.facets[facet].stance(name) for facet, name in stances.items() if facet in library.facets)
    return nation is None or all(stance is None or stance.allowed_in(nation) for stance in taken)


def where(stances: Stances) -> str:
    """Stances as the words that say where something happens; nothing where it happens everywhere."""
    more = " and so on" if len(stances) > MOST_SAID else ""
    return f" where {said(dict(islice(stances.items(), MOST_SAID)))}{more}" if stances else ""


def where_seen(when: When, library: Library) -> str:
    """The same of the strictest stances under which something is seen."""
    return where(next(combinations(when, library, when), {}))


# Where words stand in a file

class Lines:
    """Finds the line of a file on which words stand, whatever signs stand between them."""

    def __init__(self, source: str) -> None:
        self._source = source

    def find(self, words: str, after: int = 0) -> int:
        """The first line, behind the line `after`, on which words begin; 1 where they can't be found."""
        spelled = _spelled(words).split()
        start = self._starts[max(after - self._first + 1, 0)] - 1
        for length in (10, 5, 3):
            at = self._text.find(f" {' '.join(spelled[:length])} ", start) if spelled else -1
            if at >= 0:
                return bisect_right(self._starts, at + 1) - 1 + self._first
        return 1

    def heading(self, title: str, number: int = 0) -> int:
        """The line of a heading, of those with the same title the one of this number, from 0; 1 where it can't be found."""
        titles = (line for line in range(len(self._lines)) if TITLE.match(self._lines[line]))
        same = [line for line in titles if f"{self._spelled[line]} ".startswith(f"{_spelled(title)} ")]
        return same[number] + self._first if number < len(same) else 1

    @cached_property
    def _lines(self) -> list[str]:
        return body_of(self._source)[0].split("\n")

    @cached_property
    def _first(self) -> int:
        return body_of(self._source)[1]

    @cached_property
    def _spelled(self) -> list[str]:
        return [_spelled(line) for line in self._lines]

    @cached_property
    def _text(self) -> str:
        return " " + " ".join(filter(None, self._spelled)) + " "

    @cached_property
    def _starts(self) -> list[int]:
        """Where each line begins in the text, and the end."""
        return list(accumulate((len(words) + 1 if words else 0 for words in self._spelled), initial=1))


def _spelled(text: str) -> str:
    return " ".join(LETTERS.findall(text.lower()))


# How much there is to read

def words_of(lesson: Lesson, school: School, library: Library) -> int:
    """How many words a school's reader meets, without those that are folded away and the frame round each rule."""
    html = FURNITURE.sub("", render(lesson.words, school, library))
    open_html, folded, at = "", 0, 0
    for tag in FOLDS.finditer(html):
        if not folded:
            open_html += html[at : tag.start()]
        folded += {"details": 1, "summary": -1}[tag[2]] * (-1 if tag[1] else 1)
        at = tag.end()
    return count_words(open_html + html[at:])

"""What two texts have in common, piece by piece, within a bound: whatever they are, no page waits for it.

The way is that of E. W. Myers, *An O(ND) Difference Algorithm* (1986). Where more differs than may be looked at, what
stands once in both is kept for common, and what lies between is looked at again; what is too much even then is all gone on
the one side and all new on the other, which is true of any two texts.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

MOST_STEPS = 400_000  # of one comparison, a fifth of a second
MOST_PAIRED = 400  # paragraphs times paragraphs, among which is looked for what became of each
LIKE = 0.3  # so much of their words two have in common where one has become the other
WORD = re.compile(r"\w+")
MOST_APART = 200  # pieces gone and new together that are still told apart one by one


@dataclass(slots=True)
class Patience:
    """How many steps may still be taken."""

    steps: int = MOST_STEPS


@dataclass(frozen=True, slots=True)
class Run:
    """Pieces `old[a:b]` where `new[c:d]` stands. Both are the same where it is `equal`; else one of them may be empty."""

    equal: bool
    a: int
    b: int
    c: int
    d: int


def runs(old: Sequence[str], new: Sequence[str], patience: Patience | None = None) -> list[Run]:
    """Both texts in runs that are the same and runs that differ, in turns."""
    common = list(_common(old, new, 0, 0, patience or Patience()))
    found: list[Run] = []
    a = c = 0
    for start, other, length in (*common, (len(old), len(new), 0)):
        if (start, other) != (a, c):
            found.append(Run(False, a, start, c, other))
        if length:
            found.append(Run(True, start, start + length, other, other + length))
        a, c = start + length, other + length
    return _joined(found)


def pairs(old: Sequence[str], new: Sequence[str]) -> list[tuple[str, str]]:
    """Paragraphs that differ, each with what it has become, in order; with nothing where it is gone or new."""
    if len(old) * len(new) > MOST_PAIRED or len(old) == len(new) == 1:
        return list(zip_longest(old, new, fillvalue=""))
    words = [frozenset(WORD.findall(each)) for each in (*old, *new)]
    before, after = words[: len(old)], words[len(old) :]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]  # from here to the end
    for a in range(len(old) - 1, -1, -1):
        for c in range(len(new) - 1, -1, -1):
            best[a][c] = max(best[a + 1][c], best[a][c + 1], best[a + 1][c + 1] + _alike(before[a], after[c]))
    found, a, c = [], 0, 0
    while a < len(old) and c < len(new):
        alike = _alike(before[a], after[c])
        if alike and best[a][c] == best[a + 1][c + 1] + alike:
            found.append((old[a], new[c]))
            a, c = a + 1, c + 1
        elif best[a][c] == best[a + 1][c]:
            found.append((old[a], ""))
            a += 1
        else:
            found.append(("", new[c]))
            c += 1
    return [*found, *((each, "") for each in old[a:]), *(("", each) for each in new[c:])]


def _alike(words: frozenset[str], others: frozenset[str]) -> float:
    alike = len(words & others) / (max(len(words), len(others)) or 1)
    return alike if alike >= LIKE else 0.0


def _joined(found: list[Run]) -> list[Run]:
    """The same, with runs of one kind that follow each other made one."""
    whole: list[Run] = []
    for run in found:
        if whole and whole[-1].equal == run.equal:
            before = whole.pop()
            run = Run(run.equal, before.a, run.b, before.c, run.d)
        whole.append(run)
    return whole


Common = Iterator[tuple[int, int, int]]  # where in the old, where in the new, how many pieces


def _common(old: Sequence[str], new: Sequence[str], at: int, other: int, patience: Patience, between: bool = False) -> Common:
    """What is common, in order. `between`: it lies between what is common for sure, which is looked for but once."""
    first = 0
    while first < min(len(old), len(new)) and old[first] == new[first]:
        first += 1
    last = 0
    while last < min(len(old), len(new)) - first and old[-1 - last] == new[-1 - last]:
        last += 1
    if first:
        yield at, other, first
    before, after = old[first : len(old) - last], new[first : len(new) - last]
    if before and after:
        found = _one_by_one(before, after, patience)
        if found is not None:
            yield from ((at + first + a, other + first + c, length) for a, c, length in found)
        elif not between:
            yield from _around_anchors(before, after, at + first, other + first, patience)
    if last:
        yield at + len(old) - last, other + len(new) - last, last


def _around_anchors(old: Sequence[str], new: Sequence[str], at: int, other: int, patience: Patience) -> Common:
    a = c = 0
    for anchor, partner in (*_anchors(old, new), (len(old), len(new))):
        if (a, c) != (anchor, partner):
            yield from _common(old[a:anchor], new[c:partner], at + a, other + c, patience, between=True)
        if anchor < len(old):
            yield at + anchor, other + partner, 1
        a, c = anchor + 1, partner + 1


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """As many as possible of the pieces that stand once in both, where they stand in the same order."""
    there, here = Counter(new), Counter(old)
    known = {piece: place for place, piece in enumerate(new)}
    both = [(place, known[piece]) for place, piece in enumerate(old) if here[piece] == 1 == there[piece]]
    tails: list[int] = []  # for each length, the least place in the new where so many in order end …
    ends: list[int] = []  # … and which pair that is
    before: list[int] = []
    for number, (_, place) in enumerate(both):
        at = bisect_left(tails, place)
        before.append(ends[at - 1] if at else -1)
        if at == len(tails):
            tails.append(place)
            ends.append(number)
        else:
            tails[at], ends[at] = place, number
    found, at = [], ends[-1] if ends else -1
    while at >= 0:
        found.append(both[at])
        at = before[at]
    return found[::-1]


def _one_by_one(old: Sequence[str], new: Sequence[str], patience: Patience) -> list[tuple[int, int, int]] | None:
    """What is common with the fewest pieces that differ; None where these are too many.

    `furthest[k]` is how far in the old one gets with so many differences where the new lies `k` behind it.
    """
    furthest, trail = {1: 0}, []
    for apart in range(min(MOST_APART, len(old) + len(new)) + 1):
        trail.append(furthest.copy())
        patience.steps -= apart + 1
        for k in range(-apart, apart + 1, 2):
            down = k == -apart or (k != apart and furthest[k - 1] < furthest[k + 1])
            a = furthest[k + 1] if down else furthest[k - 1] + 1
            c = start = a - k
            while a < len(old) and c < len(new) and old[a] == new[c]:
                a, c = a + 1, c + 1
            patience.steps -= c - start
            furthest[k] = a
            if a >= len(old) and c >= len(new):
                return _way_back(trail, len(old), len(new))
        if patience.steps <= 0:
            return None
    return None


def _way_back(trail: list[dict[int, int]], a: int, c: int) -> list[tuple[int, int, int]]:
    found = []
    for apart in range(len(trail) - 1, -1, -1):
        furthest, k = trail[apart], a - c
        down = k == -apart or (k != apart and furthest[k - 1] < furthest[k + 1])
        start = furthest[k + 1] if down else furthest[k - 1] + 1
        if a > start:
            found.append((start, start - k, a - start))
        a, c = (start, start - k - 1) if down else (start - 1, start - k)
    return found[::-1]

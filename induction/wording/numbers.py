"""Numbers, and what is counted, as people write them."""

from __future__ import annotations

_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def number(count: int) -> str:
    """Small numbers as words: *three*, *12*."""
    return _WORDS[count] if 0 <= count < len(_WORDS) else str(count)


def plural(what: str, count: float) -> str:
    """*lesson* where it is one, else *lessons*: the one place that knows how several are called."""
    return what if count == 1 else f"{what}s"


def counted(count: int, what: str) -> str:
    """*one scenario*, *three scenarios*, *12 scenarios*."""
    return f"{number(count)} {plural(what, count)}"


def in_figures(count: int, what: str) -> str:
    """*1 lesson*, *3 lessons*."""
    return f"{count} {plural(what, count)}"

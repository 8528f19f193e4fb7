"""The page that a text is written for: its own, or one that it shares with other texts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


def as_written(address: str) -> str:
    return address


@dataclass(frozen=True, slots=True)
class Page:
    """How a text is to stand on a page, which is its own unless more is said.

    `anchor` gives the id that what carries one has there, empty for none; `link` where a link within the site leads.
    """

    folded: bool = True  # `more` is folded away until asked for
    ticks: bool = True  # a checklist has boxes to tick
    table: str = "region"  # what a table that scrolls is to a screen reader: of regions, each needs a name of its own
    anchor: Callable[[str], str] = as_written
    link: Callable[[str], str] = as_written


ITS_OWN = Page()

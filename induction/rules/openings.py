"""When somebody opened a lesson's page: what is known of it where they begin its scenarios."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from . import calendar


@dataclass(frozen=True, slots=True)
class OpenedPage:
    """A lesson's page as it was opened: in which words (SHA-256), and when."""

    version: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Opening:
    """What is known of a lesson's page when a try at its scenarios began, or when the lesson was said to be read.

    Where it was not kept yet there is no Opening at all, and nothing is said.
    """

    at: datetime | None  # when the page was opened first, as far as is known; None: not before


def within(opening: Opening | None, begins: date | None) -> Opening | None:
    """What an opening says of the round that began on a day: one before it was none in it."""
    if opening is None or opening.at is None or begins is None or calendar.local(opening.at).date() >= begins:
        return opening
    return Opening(None)

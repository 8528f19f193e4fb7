"""What the site does by itself, and how often: one list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from ..services import posting
from ..web.site import Site


@dataclass(frozen=True, slots=True)
class Chore:
    """Harmless when done twice; after a long sleep it does what is right then."""

    name: str
    every: timedelta
    do: Callable[[Site, datetime], None]  # the moment is that of its beginning


CHORES: tuple[Chore, ...] = (
    # Each round of posting does this first; without a mail server there is none, and links in old letters are forgotten all the same.
    Chore("letters in order", timedelta(hours=1), lambda site, now: posting.put_in_order(site.records, now)),
)

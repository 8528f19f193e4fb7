"""What the site does by itself, and how often: one list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from ..web.site import Site


@dataclass(frozen=True, slots=True)
class Chore:
    """Harmless when done twice; after a long sleep it does what is right then."""

    name: str
    every: timedelta
    do: Callable[[Site, datetime], None]  # the moment is that of its beginning


CHORES: tuple[Chore, ...] = ()

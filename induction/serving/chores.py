"""What the site does by itself, and how often: one list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from ..services import reminders
from ..web.site import Site


@dataclass(frozen=True, slots=True)
class Chore:
    """Harmless when done twice; after a long sleep it does what is right then."""

    name: str
    every: timedelta
    do: Callable[[Site, datetime], None]  # the moment is that of its beginning


def _reminders(site: Site, now: datetime) -> None:
    reminders.plan(site.records, site.programmes.current(), now)


CHORES: tuple[Chore, ...] = (Chore("reminders", timedelta(minutes=15), _reminders),)

"""What the site does by itself, and how often: one list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from ..services import erasure, retention
from ..web.site import Site


@dataclass(frozen=True, slots=True)
class Chore:
    """Harmless when done twice; after a long sleep it does what is right then."""

    name: str
    every: timedelta
    do: Callable[[Site, datetime], None]  # the moment is that of its beginning


def _retention(site: Site, now: datetime) -> None:
    retention.on_its_round(site.records, now)


def _erasures(site: Site, now: datetime) -> None:
    erasure.finish(site.records)


CHORES: tuple[Chore, ...] = (
    Chore(retention.CHORE, timedelta(days=1), _retention),
    Chore("erasures", timedelta(minutes=10), _erasures),
)

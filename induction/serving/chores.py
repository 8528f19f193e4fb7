"""What the site does by itself, and how often: one list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from ..services import backups
from ..web.site import Site
from . import nightly_drill


@dataclass(frozen=True, slots=True)
class Chore:
    """Harmless when done twice; after a long sleep it does what is right then."""

    name: str
    every: timedelta
    do: Callable[[Site, datetime], None]  # the moment is that of its beginning


def _backup(site: Site, now: datetime) -> None:
    if not site.settings.demo:
        backups.keep(site.records, now, site.settings.backup_keys, site.settings.backup_copy)


CHORES: tuple[Chore, ...] = (
    Chore("backup", timedelta(minutes=15), _backup),
    Chore("drill", timedelta(hours=1), nightly_drill.hold_where_due),
)

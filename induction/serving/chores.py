"""What the site does by itself, and how often: one list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from ..bridges import certificates
from ..services import certificate
from ..web.site import Site


@dataclass(frozen=True, slots=True)
class Chore:
    """Harmless when done twice; after a long sleep it does what is right then."""

    name: str
    every: timedelta
    do: Callable[[Site, datetime], None]  # the moment is that of its beginning


def _look_at_the_certificate(site: Site, now: datetime) -> None:
    settings = site.settings
    certificate.look(site.records, settings.url, lambda host, port: certificates.look(host, port, settings.trusted_proxy), now)


CHORES: tuple[Chore, ...] = (
    Chore("certificate", timedelta(days=1), _look_at_the_certificate),
)

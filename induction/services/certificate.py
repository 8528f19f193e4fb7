"""Looking, once a day at most, at the certificate of the site's own address."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol
from urllib.parse import urlsplit

from ..records.school import certificate_seen
from ..records.school.certificate_seen import Seen
from ..records.store.database import Database, transaction


class Shown(Protocol):
    """What a look brings home."""

    @property
    def ends_at(self) -> datetime | None: ...
    @property
    def refused(self) -> str: ...
    @property
    def trouble(self) -> str: ...


def look(db: Database, url: str | None, look_at: Callable[[str, int], Shown], now: datetime) -> None:
    """Keep how the certificate of an address stands; of one without https there is none. Nothing is held while it is asked."""
    parts = urlsplit(url or "")
    if parts.scheme != "https" or not parts.hostname:
        return
    shown = look_at(parts.hostname, parts.port or 443)
    with transaction(db):
        certificate_seen.keep(db, Seen(parts.hostname, now, shown.ends_at, shown.refused, shown.trouble))

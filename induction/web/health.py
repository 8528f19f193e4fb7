"""Whether the process is up, and whether it could do its work: for whoever watches the server."""

from __future__ import annotations

import shutil
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

from flask import Blueprint, Response

from ..records.database import Database, DatabaseFault, check_writable
from .site import site

blueprint = Blueprint("health", __name__)
FRESH = 30.0  # seconds that a look stands for
ROOM = 50 * 1024 * 1024  # bytes; with less the next backup fails
OLDEST_CLOCK = datetime(2026, 1, 1, tzinfo=UTC)  # a small server without a battery wakes up in 1970


class Readiness:
    """One look at the database, the disk and the clock, kept for half a minute so that asking costs nothing."""

    def __init__(self, records: Database, data: Path) -> None:
        self._records = records
        self._data = data
        self._looking = threading.Lock()
        self._looked: float | None = None
        self._good = False

    def __bool__(self) -> bool:
        with self._looking:
            if self._looked is None or time.monotonic() - self._looked > FRESH:
                self._good = self._look()
                self._looked = time.monotonic()
            return self._good

    def _look(self) -> bool:
        try:
            now = datetime.now(UTC)
            check_writable(self._records, now)
            return shutil.disk_usage(self._data).free > ROOM and now > OLDEST_CLOCK
        except (DatabaseFault, OSError):
            return False


@blueprint.get("/healthz")
def alive() -> Response:
    return Response("up\n", mimetype="text/plain")


@blueprint.get("/readyz")
def ready() -> Response:
    """200 where a real write works, 503 where not; strangers are told no more than that."""
    good = bool(site().readiness)
    return Response("ready\n" if good else "not ready\n", 200 if good else 503, mimetype="text/plain")

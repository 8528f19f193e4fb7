"""Whether the process is up, and whether it could do its work: for whoever watches the server."""

from __future__ import annotations

import shutil
import threading
import time
from datetime import UTC, datetime

from flask import Blueprint, Response

from ..records.database import DatabaseFault, check_writable
from .site import db, site

blueprint = Blueprint("health", __name__)
FRESH = 30.0  # seconds that a look at the database stands for
ROOM = 50 * 1024 * 1024  # bytes; less free than this and the next backup fails
OLDEST_CLOCK = datetime(2026, 1, 1, tzinfo=UTC)  # a small server without a battery wakes up in 1970

_looking = threading.Lock()
_last: tuple[float, bool] | None = None


@blueprint.get("/healthz")
def alive() -> Response:
    return Response("up\n", mimetype="text/plain")


@blueprint.get("/readyz")
def ready() -> Response:
    """200 where a real write works; strangers are told no more than that."""
    good = _is_ready()
    return Response("ready\n" if good else "not ready\n", 200 if good else 503, mimetype="text/plain")


def _is_ready() -> bool:
    global _last
    with _looking:
        if _last is None or time.monotonic() - _last[0] > FRESH or not _last[1]:
            _last = (time.monotonic(), _look())
        return _last[1]


def _look() -> bool:
    try:
        check_writable(db())
        return shutil.disk_usage(site().settings.data).free > ROOM and datetime.now(UTC) > OLDEST_CLOCK
    except (DatabaseFault, OSError):
        return False

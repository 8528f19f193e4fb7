"""Whether the process is up, and whether it could do its work: for whoever watches the server."""

from __future__ import annotations

import logging
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

from flask import Blueprint, Response

from ..records.database import Database, DatabaseFault, check_writable
from ..services import doctor
from ..services.doctor import Finding
from .site import site

blueprint = Blueprint("health", __name__)
log = logging.getLogger("induction.health")
FRESH = 30.0  # seconds that a look stands for
REST = 100  # after looking at every page and rule, as many times as that took: one hundredth of the machine at most


class Readiness:
    """The doctor's looks, kept for half a minute so that asking costs nothing; true where the site could do its work."""

    def __init__(self, records: Database, data: Path) -> None:
        self._records = records
        self._data = data
        self._looking = threading.Lock()
        self._looked = self._deep_again = float("-inf")
        self._findings: list[Finding] = []
        self._deep: list[Finding] = []  # what was found wrong when every page and rule was looked at last
        self._reasons: list[str] = []

    def __bool__(self) -> bool:
        return not any(finding.stops for finding in self.unwell())

    def unwell(self) -> list[Finding]:
        """What is not well. While somebody looks, others are told what was found before."""
        if time.monotonic() - self._looked > FRESH and self._looking.acquire(blocking=not self._findings):
            try:
                if time.monotonic() - self._looked > FRESH:
                    self._findings = self._look(datetime.now(UTC))
                    self._looked = time.monotonic()
                    self._log()
            finally:
                self._looking.release()
        return [finding for finding in self._findings if not finding.ok]

    def _look(self, now: datetime) -> list[Finding]:
        began = time.monotonic()
        deeply = began > self._deep_again
        found = doctor.examine(self._data, now, deeply)
        if deeply:
            self._deep = [each for each in found if each.name in doctor.DEEP and not each.ok]
            self._deep_again = time.monotonic() + REST * (time.monotonic() - began)
        else:
            found += self._deep
        try:
            check_writable(self._records, now)
        except DatabaseFault as fault:
            found.append(Finding("writing", False, str(fault), doctor.UNTIL_THEN))
        return found

    def _log(self) -> None:
        """A turn to *not ready*, or to other reasons for it, and back."""
        reasons = [f"{each.words} {each.what_to_do}" for each in self._findings if not each.ok and each.stops]
        names = [each.name for each in self._findings if not each.ok and each.stops]
        if names and names != self._reasons:
            log.error("Not ready: %s", " ".join(reasons))
        elif self._reasons and not names:
            log.info("Ready again")
        self._reasons = names


@blueprint.get("/healthz")
def alive() -> Response:
    return Response("up\n", mimetype="text/plain")


@blueprint.get("/readyz")
def ready() -> Response:
    """200 where the doctor finds the site fit for its work and a real write works, else 503; strangers are told no more."""
    good = bool(site().readiness)
    return Response("ready\n" if good else "not ready\n", 200 if good else 503, mimetype="text/plain")

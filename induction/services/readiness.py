"""Whether the running site could do its work: the doctor's looks, kept for a while, and what was asked of it by name."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from ..records.store.database import Database, DatabaseFault, check_writable
from ..settings import is_loopback
from . import doctor
from .findings import Finding

log = logging.getLogger("induction.health")
FRESH = 30.0  # seconds that a look stands for
REST = 100  # after looking at every page and rule, as many times as that took: one hundredth of the machine at most
ENOUGH = 3  # refusals, before anybody has asked by the right name, that make the name suspect
LONGEST_NAME = 100  # of which the log is told
PUT_RIGHT = "If that is the site's name, put it into INDUCTION_URL and start the site anew."


class Names:
    """By which names browsers ask. Where nobody yet has asked by the public address, that address may be wrong."""

    def __init__(self) -> None:
        self._right = False
        self._refused: list[str] = []
        self._address = ""

    def known_as(self, name: str) -> None:
        self._right = self._right or not is_loopback(urlsplit(f"//{name}").hostname or "")

    def refused(self, name: str, address: str) -> None:
        if not self._right and len(self._refused) < ENOUGH:
            self._address = address
            self._refused.append(ascii(name[:LONGEST_NAME])[1:-1])
            if len(self._refused) == 1:
                log.error("%s %s", self._words(), PUT_RIGHT)

    def findings(self) -> list[Finding]:
        wrong = not self._right and len(self._refused) == ENOUGH
        return [Finding("address", False, self._words(), PUT_RIGHT)] if wrong else []

    def _words(self) -> str:
        return f"Browsers ask for {self._refused[0]}, but this site is {self._address}, so they are refused."


class Readiness:
    """The doctor's looks, kept for half a minute so that asking costs nothing; true where the site could do its work."""

    def __init__(self, records: Database, data: Path) -> None:
        self._records = records
        self._data = data
        self._looking = threading.Lock()
        self._looked = self._deep_again = float("-inf")
        self._findings: list[Finding] = []
        self._deep: list[Finding] = []  # what was found when every page and rule was looked at last
        self._reasons: list[str] = []
        self._names = Names()
        self.chores: Mapping[str, timedelta] = {}  # what this process does by itself, and how often
        self.walking_since: datetime | None = None  # since when it does so

    def __bool__(self) -> bool:
        self._look_again()
        return not any(finding.stops for finding in self._unwell())

    def findings(self) -> list[Finding]:
        """What was found, for a page: every page of the database is read beside it, and told of the next time."""
        if time.monotonic() <= self._deep_again:
            self._look_again()
        elif self._is_stale() and not self._looking.locked():
            threading.Thread(target=self._look_beside, name="readiness", daemon=True).start()
        return list(self._findings)

    def unwell(self) -> list[Finding]:
        """What of it is not well."""
        return [finding for finding in self.findings() if not finding.ok]

    def _is_stale(self) -> bool:
        return time.monotonic() - self._looked > FRESH

    def _unwell(self) -> list[Finding]:
        return [finding for finding in self._findings if not finding.ok]

    def _look_beside(self) -> None:
        self._look_again()
        self._records.close()  # of this thread

    def _look_again(self) -> None:
        """Look, where it is time. While somebody looks, others go by what was found before."""
        if self._is_stale() and self._looking.acquire(blocking=not self._findings):
            try:
                if self._is_stale():
                    self._findings = self._look(datetime.now(UTC))
                    self._looked = time.monotonic()
                    self._log()
            finally:
                self._looking.release()

    def known_as(self, name: str) -> None:
        """A browser has asked for this site by a name that it has."""
        self._names.known_as(name)

    def refused(self, name: str, address: str) -> None:
        """A browser has asked by a name that the site doesn't have; `address` is the one that links are built on."""
        self._names.refused(name, address)

    def _look(self, now: datetime) -> list[Finding]:
        began = time.monotonic()
        deeply = began > self._deep_again
        found = doctor.examine(self._data, now, deeply)
        if deeply:
            self._deep = [each for each in found if each.name in doctor.DEEP]
            self._deep_again = time.monotonic() + REST * (time.monotonic() - began)
        else:
            found = self._with_the_deep(found)
        others = [each for each in found if each.name != "writing"]
        return [*others, self._write(now), *self._names.findings()]

    def _with_the_deep(self, found: list[Finding]) -> list[Finding]:
        """What was found now, and at the last deep look; where the two speak of one thing, what is not well stands."""
        unwell = {each.name for each in found if not each.ok}
        kept = [each for each in self._deep if each.name not in unwell and (not each.ok or "database" not in unwell)]
        return [*(each for each in found if each.name not in {one.name for one in kept}), *kept]

    def _write(self, now: datetime) -> Finding:
        """A real write, where the doctor can only look."""
        try:
            check_writable(self._records, now)
        except DatabaseFault as fault:
            return Finding("writing", False, str(fault), doctor.UNTIL_THEN)
        return Finding("writing", True, "A real write works.")

    def _log(self) -> None:
        """A turn to *not ready*, or to other reasons for it, and back."""
        stopping = [each for each in self._findings if not each.ok and each.stops]
        names = [each.name for each in stopping]
        if names and names != self._reasons:
            log.error("Not ready: %s", " ".join(f"{each.words} {each.what_to_do}" for each in stopping))
        elif self._reasons and not names:
            log.info("Ready again")
        self._reasons = names

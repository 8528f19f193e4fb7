"""The content on the shelf: read at start, and again when a file changes and passes the check."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Hashable
from datetime import UTC, date, datetime
from pathlib import Path

from ..content.checks import checker
from ..content.model import Library
from ..content.problems import Problem
from ..content.reading import library
from . import own_content
from .kept_content import Kept

log = logging.getLogger("induction.content")
LOOK_AGAIN = 2.0  # seconds between two looks at the files
PATIENCE = 4.0  # seconds that a page waits for files that have changed; after that it shows what was taught before


class Shelf:
    """The content that is shipped, with the school's own laid over it.

    Raises ShippedContentFaulty at start where what is shipped does not pass. Where the school's
    own does not pass, whatever it holds, the last that did is taught (kept in the data folder), else
    the shipped alone; `problems` says what to mend, for leads to see.
    """

    def __init__(self, shipped: Path, data: Path) -> None:
        self._shipped = shipped
        self._data = data
        self._kept = Kept(data, writes=True)
        self._reading = threading.Lock()
        self._looked = 0.0
        self._signature: Hashable = None
        self.problems: list[Problem] = []  # of the school's own content, where it does not pass
        self.changed: list[Problem] = []  # the school's copies whose shipped file has changed since
        self._library = self._at_start()

    def library(self) -> Library:
        """What lies here now: the same object until a file has changed."""
        self._look()
        return self._library

    def _at_start(self) -> Library:
        day = _today()
        self._signature = library.signature(self._shipped, self._data)
        own = None
        if own_content.has_own(self._data):
            own = self._read_own(day) or own_content.read_last(self._shipped, self._data, day, self._kept)
        if own is None:
            own = own_content.read_shipped(self._shipped, self._kept)
            own_content.keep_pictures(self._shipped, self._data, own.pictures)
        return own

    def _read_own(self, day: date) -> Library | None:
        """Everything, if it passes the check; else None, with `problems` set."""
        copies = own_content.copies(self._data)
        reading, found = own_content.check(self._shipped, self._data, day, copies, self._kept)
        self.problems = [problem for problem in found if not problem.warning]
        self.changed = []
        if reading is None or self.problems:
            log.warning("The school's own content does not pass the check: %s problems", len(self.problems))
            return None
        self.changed = checker.shipped_under_copies(reading, copies)
        own_content.keep(self._shipped, self._data, reading)
        return reading.library

    def _look(self) -> None:
        """Read again if a file changed: at most every two seconds, beside the requests, which wait a little and no longer."""
        if time.monotonic() - self._looked < LOOK_AGAIN or not self._reading.acquire(blocking=False):
            return
        signature = library.signature(self._shipped, self._data)
        if signature == self._signature:
            self._looked = time.monotonic()
            self._reading.release()
            return
        reader = threading.Thread(target=self._read_again, args=(signature,), daemon=True)
        reader.start()
        reader.join(PATIENCE)

    def _read_again(self, signature: Hashable) -> None:
        try:
            self._signature = signature
            fresh = self._read_own(_today())
            if fresh is not None:
                self._library = fresh
                log.info("Content read again")
        except Exception:
            log.exception("Content could not be read again; what was taught goes on")
        finally:
            self._looked = time.monotonic()
            self._reading.release()


def _today() -> date:
    return datetime.now(UTC).date()

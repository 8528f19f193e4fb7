"""Lanes: whose request is answered by which threads, so that no crowd at the sign-in keeps anybody from a page.

A password takes twenty milliseconds and more, one after another. Whoever sends one waits here
without a thread of the pages: browsers that signed in before in a lane of their own, strangers in
another, where those go first who have had fewer turns. Whoever goes to a provider, or comes back from
one, waits in a third: the provider may take seconds. Who finds the lane full is told so at once.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from waitress.task import ThreadedTaskDispatcher

from ..web.browser_mark import ELSEWHERE, KNOWN, STRANGERS
from .refusals import TooMany

THREADS = 4  # for pages
PATIENCE = 20.0  # seconds that anybody waits in a lane; it costs no thread
EACH = 3  # requests of one browser in a lane at once: buttons are pressed twice
REMEMBERED = 60.0  # seconds; then everybody's turns are counted anew

# method, path and cookies of a request to: the lane in which it waits, and what tells its browser from others; None where it
# waits in none
PlaceOf = Callable[[str, str, str], tuple[str, str] | None]


class Connection(Protocol):
    """A connection with a request that has arrived."""

    requests: list[Any]

    def service(self) -> None: ...

    def cancel(self) -> None: ...


class Lanes:
    """All threads of the server."""

    def __init__(self, place_of: PlaceOf) -> None:
        self._place_of = place_of
        self._pages = _threads(THREADS)
        self._lanes = {
            KNOWN: Lane(threads=1, longest=60), STRANGERS: Lane(threads=2, longest=200), ELSEWHERE: Lane(threads=4, longest=200),
        }  # fmt: skip

    def add_task(self, connection: Connection) -> None:
        request = connection.requests[0]
        place = None if request.error else self._place_of(request.command, request.path, request.headers.get("COOKIE", ""))
        if place is None:
            self._pages.add_task(connection)
            return
        lane, browser = place
        turned_away = self._lanes[lane].enter(connection, browser)
        if turned_away is not None:
            turned_away.requests[0].error = TooMany("the lane is full")
            self._pages.add_task(turned_away)

    def shutdown(self, timeout: float = 2) -> None:
        """End the threads once each has answered what it has begun."""
        for each in (self._pages, *self._lanes.values()):
            each.shutdown(timeout=timeout)


def _threads(number: int) -> ThreadedTaskDispatcher:
    threads = ThreadedTaskDispatcher()
    threads.set_thread_count(number)
    return threads


@dataclass(frozen=True, slots=True)
class Waiting:
    turns: int  # that this browser has had
    since: float
    browser: str
    connection: Connection


class Lane:
    """At most `longest` that wait: who has had fewer turns goes first, then who came first."""

    def __init__(self, threads: int, longest: int) -> None:
        self._threads = _threads(threads)
        self._longest = longest
        self._waiting: list[Waiting] = []
        self._here: Counter[str] = Counter()  # by browser, those being answered too
        self._turns: Counter[str] = Counter()
        self._counted_since = time.monotonic()
        self._lock = threading.Lock()

    def enter(self, connection: Connection, browser: str) -> Connection | None:
        """Wait for a turn; the connection that has no place, if there is none for all: this one, or one with more turns."""
        now = time.monotonic()
        with self._lock:
            if now - self._counted_since > REMEMBERED:
                self._turns.clear()
                self._counted_since = now
            if self._here[browser] >= EACH:
                return connection
            self._here[browser] += 1
            self._waiting.append(Waiting(self._turns[browser], now, browser, connection))
            if len(self._waiting) > self._longest:
                last = max(self._waiting, key=lambda each: (each.turns, each.since))
                self._waiting.remove(last)
                self._leave(last)
                return last.connection
        self._threads.add_task(self)
        return None

    def service(self) -> None:
        """Called by one of the threads: whose turn it is, is answered."""
        with self._lock:
            first = min(self._waiting, key=lambda each: (each.turns, each.since))
            self._waiting.remove(first)
            self._turns[first.browser] += 1
        if time.monotonic() - first.since > PATIENCE:
            first.connection.requests[0].error = TooMany("the lane was too long")
        try:
            first.connection.service()
        finally:
            with self._lock:
                self._leave(first)

    def _leave(self, who: Waiting) -> None:
        self._here[who.browser] -= 1
        if not self._here[who.browser]:
            del self._here[who.browser]

    def cancel(self) -> None:
        """Called at the end for each that still waits."""
        with self._lock:
            self._waiting.pop().connection.cancel()

    def shutdown(self, timeout: float) -> None:
        self._threads.shutdown(timeout=timeout)

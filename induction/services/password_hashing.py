"""Password hashes: argon2id in one thread of its own, so that a flood costs time but never memory.

Twenty milliseconds each, one after another. A browser that has signed in before stands in a lane
of its own, served first.
"""

from __future__ import annotations

import itertools
import queue
import secrets
import threading
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from concurrent.futures import TimeoutError as FutureTimeout
from functools import cached_property

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from ..rules.text import hashed_as

PATIENCE = 10  # seconds that anybody waits in the lane


class TooBusy(Exception):
    """The lane is longer than anybody should wait in."""


class Hashing:
    """One thread, two lanes. Starts at first use, so that a server may fork before."""

    def __init__(self) -> None:
        self._hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
        self._lane: queue.PriorityQueue[tuple[int, int, Future[object], Callable[[], object]]] = queue.PriorityQueue()
        self._turn = itertools.count()
        self._start = threading.Lock()
        self._thread: threading.Thread | None = None

    @cached_property
    def _nobody(self) -> str:
        """A hash that no password fits: what is verified for an account that isn't there."""
        return self._hasher.hash(secrets.token_hex(16))

    def hash(self, password: str) -> str:
        """The hash to store. Raises TooBusy."""
        return str(self._wait(0, lambda: self._hasher.hash(password)))

    def verify(self, stored: str | None, password: str, known_device: bool = False) -> bool:
        """Whether the password fits; without a stored hash the same time passes. Raises TooBusy."""
        fits = self._wait(0 if known_device else 1, lambda: self._fits(stored or self._nobody, password))
        return bool(fits and stored)

    def _fits(self, stored: str, password: str) -> bool:
        return any(self._is_hash_of(stored, each) for each in hashed_as(password))

    def _is_hash_of(self, stored: str, password: str) -> bool:
        try:
            return self._hasher.verify(stored, password)
        except (VerificationError, InvalidHashError):
            return False

    def _wait(self, lane: int, work: Callable[[], object]) -> object:
        with self._start:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="hashing", daemon=True)
                self._thread.start()
        future: Future[object] = Future()
        self._lane.put((lane, next(self._turn), future, work))
        try:
            return future.result(timeout=PATIENCE)
        except (FutureTimeout, CancelledError):
            future.cancel()
            raise TooBusy from None

    def _run(self) -> None:
        while True:
            _, _, future, work = self._lane.get()
            if not future.set_running_or_notify_cancel():
                continue
            try:
                future.set_result(work())
            except Exception as fault:  # handed to whoever waits, never lost
                future.set_exception(fault)

"""One process, one thread that speaks to all connections, and lanes of threads that answer."""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from waitress import wasyncore
from waitress.adjustments import Adjustments

from ..settings import Settings
from .connections import RESTING, Channel, Entrance
from .lanes import Lanes
from .refusals import Words

CONNECTIONS = 1000  # a staffroom's keep-alive browsers, and as many again of those who only hold one
OTHER_FILES = 100  # descriptors that the database, the logs and what is read need
LARGEST_HEAD = 32 * 1024  # bytes
STOPPING = 15.0  # seconds for the requests in flight


class Server:
    """Listens from the start; `run` answers until `stop` is called. Raises OSError where it can't listen."""

    def __init__(
        self, application: Any, settings: Settings, lanes: Lanes, refusals: Mapping[int, Words], largest_body: int
    ) -> None:
        self._sockets: dict[int, Any] = {}
        self._lanes = lanes
        self._told_to_stop = False
        adjustments = Adjustments(
            host=settings.host,
            port=settings.port,
            ident="",
            max_request_header_size=LARGEST_HEAD,
            max_request_body_size=largest_body + 1,
            inbuf_overflow=2 * largest_body,  # a body stays in memory: what all of them hold is bounded
            log_socket_errors=False,
            channel_timeout=RESTING,
            trusted_proxy=settings.trusted_proxy,
            trusted_proxy_headers={"x-forwarded-proto", "x-forwarded-host"} if settings.trusted_proxy else set(),
            clear_untrusted_proxy_headers=True,
        )
        self._entrances = [
            Entrance(
                application, connections_allowed(), refusals,
                map=self._sockets, dispatcher=lanes, adj=adjustments, sockinfo=each,
            )
            for each in adjustments.listen
        ]

    def run(self, when_told: Callable[[], None] = lambda: None) -> None:
        """Answer until told to stop, then until what has begun is answered. `when_told` is called in between."""
        while not self._told_to_stop:
            wasyncore.loop(timeout=1, use_poll=True, map=self._sockets, count=1)
        when_told()
        for entrance in self._entrances:
            wasyncore.dispatcher.close(entrance)
        until = time.monotonic() + STOPPING
        while self._is_busy() and time.monotonic() < until:
            wasyncore.loop(timeout=0.1, use_poll=True, map=self._sockets, count=1)
        self._lanes.shutdown()
        wasyncore.close_all(self._sockets, ignore_all=True)

    def stop(self, *_: object) -> None:
        """Stop soon; may be called from a signal."""
        self._entrances[0].pull_trigger()  # first: once `run` has been told, what would wake it may be closed already
        self._told_to_stop = True

    def _is_busy(self) -> bool:
        channels = [each for each in self._sockets.values() if isinstance(each, Channel)]
        return any(each.requests or each.total_outbufs_len for each in channels)


def connections_allowed() -> int:
    """How many connections there may be, by what the system lets this process open; raised where it may be."""
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    soft, hard = (_finite(limit) for limit in limits)
    wanted = min(CONNECTIONS + OTHER_FILES, hard)
    if soft < wanted:
        with suppress(OSError, ValueError):  # a service may be forbidden to ask for more
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, limits[1]))
            soft = wanted
    return max(10, min(CONNECTIONS, soft - OTHER_FILES))


def _finite(limit: int) -> int:
    return sys.maxsize if limit == resource.RLIM_INFINITY else limit

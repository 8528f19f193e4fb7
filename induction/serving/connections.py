"""Connections: who is let in, how long a request may take to arrive, and who makes room where it is crowded.

Bodies are received whole before a thread is given to them, so that half a request costs memory and
nothing else; what all of them hold together has a bound. A connection is never closed while its
request is being answered, nor while its reader still takes what is sent.
"""

from __future__ import annotations

import fcntl
import logging
import socket
import sys
import termios
import time
from collections.abc import Mapping
from typing import Any

from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer
from waitress.utilities import Error

from .refusals import Refusal, TookTooLong, Words

log = logging.getLogger("induction.serving")

AT_ONCE = 64  # connections let in, or closed to make room, between two looks at the sockets
SILENT = 20.0  # seconds that a new connection may say nothing: browsers open some ahead
HEAD = 10.0  # seconds for a request's head from its first byte
WHOLE = 30.0  # seconds for all of the request
RESTING = 60.0  # seconds between two requests; a proxy should keep its own for less, so that it lets go first
STUCK = 60.0  # seconds in which a reader takes nothing of its answer; where it is crowded
STALLED = 10.0  # seconds
LEAVING = 5.0  # seconds, and
SWALLOWED = 8 * 1024 * 1024  # bytes, taken in from whoever was refused while sending: closed at once, they would not read why
KEPT = 32 * 1024 * 1024  # bytes of all bodies that have arrived so far and all answers that nobody has read yet
COUNTED = 4 * 1024 * 1024  # bytes taken in until they are counted again
SMALL = 64 * 1024  # bytes; a body up to here is taken in however crowded it is


class Channel(HTTPChannel):
    """One connection: it rests, sends a request, waits for the answer, reads it, rests again; or was refused and is leaving."""

    error_task_class = Refusal
    served = 0  # requests answered
    refused = False  # told so; closes once the other side has stopped sending
    _leaving = False
    _swallowed = 0
    _unsent = 0

    def __init__(self, *given: Any, **named: Any) -> None:
        self.since = time.monotonic()  # when what it does now began, or last went on
        super().__init__(*given, **named)

    @property
    def kept(self) -> int:
        """The bytes that this connection keeps in memory: of bodies, and of an answer that is not read yet."""
        arriving = self.request
        bodies = [*self.requests, *([arriving] if arriving else [])]
        return self.total_outbufs_len + sum(each.body_bytes_received for each in bodies)

    def may_be_closed(self, now: float) -> bool:
        """Nothing is being answered here, and nobody reads an answer."""
        return not self.requests and (not self.total_outbufs_len or now - self.since > STALLED)

    def readable(self) -> bool:
        if self.socket is None or self._leaving:
            return self._leaving and not self.will_close
        if self.request is not None and self.server.is_full and self.request.body_bytes_received > SMALL:
            return False
        return super().readable()

    def writable(self) -> bool:
        if self.socket is None or self._leaving:
            return self.socket is not None and self.will_close
        if self.requests and not self.will_close and self.total_outbufs_len < self.adj.outbuf_high_watermark:
            return False  # the thread that answers writes it; meanwhile this one would only turn round and round beside it
        return bool(super().writable())

    def received(self, data: bytes) -> bool:
        if self._leaving:
            self._swallowed += len(data)
            self.will_close = self._swallowed > SWALLOWED
            return False
        if self.request is None:
            self.since = time.monotonic()
        taken = super().received(data)
        self.server.has_taken(len(data))
        return taken

    def service(self) -> None:
        super().service()
        self.served += 1
        self.since = time.monotonic()

    def handle_write(self) -> None:
        if self.refused and self.close_when_flushed and not self.total_outbufs_len:
            self._leave()
        else:
            super().handle_write()

    def _leave(self) -> None:
        self.close_when_flushed, self._leaving, self.since = False, True, time.monotonic()
        try:
            self.socket.shutdown(socket.SHUT_WR)
        except OSError:
            self.will_close = True

    def refuse(self, error: Error) -> None:
        """Answer the request that is arriving with an error."""
        with self.requests_lock:
            request, self.request = self.request, None
            request.error, request.completed = error, True
            self.requests.append(request)
        self.server.add_task(self)

    def look(self, now: float) -> None:
        """Close, or refuse, what takes too long."""
        if self.requests:
            return
        if self.total_outbufs_len and self._unread() != self._unsent:
            self._unsent, self.since = self._unread(), now
        if now - self.since > self._patience():
            if self.request is not None and self.request.headers_finished and not self.total_outbufs_len:
                self.refuse(TookTooLong("the rest of it did not come"))
            else:
                self.handle_close()

    def _unread(self) -> int:
        """Bytes that the other side has not taken: those here, and those the system holds, which are megabytes."""
        held = fcntl.ioctl(self.socket, termios.TIOCOUTQ, bytes(4))
        return self.total_outbufs_len + int.from_bytes(held, sys.byteorder)

    def _patience(self) -> float:
        """Seconds that what it does now may take."""
        if self.total_outbufs_len:
            return STUCK
        if self._leaving:
            return LEAVING
        if self.request is None:
            return RESTING if self.served else SILENT
        return WHOLE if self.request.headers_finished else HEAD


class Entrance(TcpWSGIServer):
    """A socket that is listened on. `limit` is how many connections there may be; `refusals` are pages by their codes.

    Where it is crowded, those make room that lose least: first who never had a request answered,
    then who rests, the longest first.
    """

    channel_class = Channel
    is_full = False  # more bodies are held than should be: large ones wait
    _next_look = 0.0
    _taken = 0

    def __init__(self, application: Any, limit: int, refusals: Mapping[int, Words], **named: Any) -> None:
        self._limit = limit
        self.refusals = refusals
        super().__init__(application, **named)

    def readable(self) -> bool:
        """Asked before each look at the sockets: the one moment when other connections may be closed."""
        now = time.monotonic()
        if now >= self._next_look:
            self._next_look, self._taken = now + 1, COUNTED
            for channel in self._channels():
                try:
                    channel.look(now)
                except OSError:
                    channel.handle_close()
        if self._taken >= COUNTED:
            self._bound_what_is_kept(now)
        if len(self._map) >= self._limit:
            self._make_room(now)
        return self.accepting and len(self._map) < self._limit + AT_ONCE

    def handle_accept(self) -> None:
        for _ in range(AT_ONCE):
            before = len(self._map)
            super().handle_accept()
            if len(self._map) == before:
                return

    def handle_error(self) -> None:
        """Whatever went wrong with one connection: others are still let in."""
        log.error("A connection could not be let in", exc_info=True)

    def has_taken(self, size: int) -> None:
        """Bytes have come in; so many, and they are counted."""
        self._taken += COUNTED if self.is_full else size

    def _channels(self) -> list[Channel]:
        return [each for each in self._map.values() if isinstance(each, Channel)]

    def _make_room(self, now: float) -> None:
        idle = [each for each in self._channels() if each.may_be_closed(now)]
        for channel in sorted(idle, key=lambda each: (each.served > 0, each.since))[:AT_ONCE]:
            channel.handle_close()

    def _bound_what_is_kept(self, now: float) -> None:
        """Where it is too much, what has been arriving the longest goes; then large bodies wait for the threads."""
        channels = self._channels()
        self._taken, kept = 0, sum(channel.kept for channel in channels)
        for channel in sorted(channels, key=lambda each: each.since) if kept > KEPT else ():
            if kept > KEPT and channel.kept > SMALL and channel.may_be_closed(now):
                kept -= channel.kept
                channel.handle_close()
        self.is_full = kept > KEPT

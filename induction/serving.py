"""The server: waitress, one process, threads; it ends what it has begun when told to stop."""

from __future__ import annotations

import errno
import gc
import logging
import os
import signal
import socket
import sys
import time
from datetime import UTC, datetime
from types import FrameType

from flask import Flask
from waitress import create_server

from .records import links, people
from .records.database import Database, transaction
from .records.links import LinkKind
from .settings import BadSettings, Settings, is_loopback

THREADS = 4
CONNECTIONS = 1000  # a staffroom's keep-alive browsers; waitress's own 100 stopped the 98th of 120


class PortTaken(Exception):
    """Something listens there already; the words name the address."""


def check_listening(settings: Settings, insecure_http: bool) -> None:
    """Refuse what would put passwords on the wire, or links on an unknown name. Raises BadSettings."""
    if is_loopback(settings.host):
        return
    if settings.url is None:
        raise BadSettings(
            f"Listening on {settings.listen} reaches other machines, so the site must know its public address: "
            "set INDUCTION_URL, such as https://induction.school.example."
        )
    if not settings.secure and not insecure_http:
        raise BadSettings(
            f"INDUCTION_URL is {settings.url}, so passwords would cross the network unprotected. "
            "Put a proxy with https in front (see deploy/), or add --insecure-http if you are sure."
        )


def serve(app: Flask, settings: Settings) -> None:
    """Serve until told to stop. Raises PortTaken."""
    _quiet_logs()
    try:
        server = create_server(
            app,
            host=settings.host,
            port=settings.port,
            threads=THREADS,
            connection_limit=CONNECTIONS,
            channel_timeout=60,
            ident="",
            max_request_body_size=2 * 1024 * 1024,
            trusted_proxy=settings.trusted_proxy,
            trusted_proxy_headers={"x-forwarded-proto", "x-forwarded-host"} if settings.trusted_proxy else set(),
            clear_untrusted_proxy_headers=True,
        )
    except OSError as fault:
        if fault.errno in (errno.EADDRINUSE, errno.EACCES, errno.EADDRNOTAVAIL) or isinstance(fault, socket.gaierror):
            raise PortTaken(
                f"{settings.listen} can't be listened on ({fault.strerror or fault}). "
                "Stop what runs there, or choose another with --listen 127.0.0.1:8001."
            ) from fault
        raise
    signal.signal(signal.SIGTERM, _stop)
    gc.collect()
    gc.freeze()  # the content stays as long as the server; looking through it again and again costs each page
    say(f"Serving on {settings.address}")
    try:
        server.run()
    finally:
        server.close()
        server.task_dispatcher.shutdown(timeout=20)  # requests in flight end
        say("Stopped.")


def _stop(_: int, __: FrameType | None) -> None:
    raise SystemExit(0)


def say(words: str) -> None:
    """To the terminal, beside the data on standard output. A terminal that is gone hears nothing, and nothing fails."""
    try:
        print(words, file=sys.stderr, flush=True)
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())


def first_run_link(records: Database, settings: Settings) -> str | None:
    """A new first-run link while there is no lead; None once the school is set up."""
    if people.has_lead(records):
        return None
    with transaction(records):
        token = links.make(records, LinkKind.FIRST_RUN, None, datetime.now(UTC))
    return f"{settings.address}/first-run/{token}"


def _quiet_logs() -> None:
    """What happened, with UTC time; no password, token, answer or email."""
    handler = logging.StreamHandler()
    formatter = logging.Formatter("%(asctime)sZ %(name)s: %(message)s", "%Y-%m-%dT%H:%M:%S")
    formatter.converter = time.gmtime
    handler.setFormatter(formatter)
    log = logging.getLogger("induction")
    log.handlers[:] = [handler]
    log.setLevel(logging.INFO)
    log.propagate = False
    logging.getLogger("waitress").setLevel(logging.ERROR)

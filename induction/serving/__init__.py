"""The server: waitress, one process, threads; it ends what it has begun when told to stop.

Why this one: it takes in a request whole before a thread has to do with it, so that half-sent bodies
stop nobody. A server in Rust cost two fifths less CPU a page and 40 MB more, and four half-sent
bodies stopped it, since each held one of its four threads. What waitress lacks stands beside this
file: poll in place of select (which ends the process at descriptor 1,024), bounds on how long a
request may take and on what all of them hold, and lanes for those who sign in.
"""

from __future__ import annotations

import errno
import gc
import logging
import signal
import time

from flask import Flask

from ..settings import BadSettings, Settings, is_loopback
from ..web.incoming_request import largest_body
from ..web.parts import error_pages
from ..web.security import headers
from .lanes import Lanes
from .refusals import Words
from .server import Server


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


def listen(app: Flask, settings: Settings) -> Server:
    """The server, which listens; it serves once it runs, until it is told to stop. Raises PortTaken."""
    _quiet_logs()
    server = listening(app, settings)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, server.stop)
    gc.collect()
    gc.freeze()  # the content stays as long as the server; looking through it again and again costs each page
    return server


def listening(app: Flask, settings: Settings) -> Server:
    """The server alone: signals and logs are left as they are. Raises PortTaken."""
    lanes = Lanes(app.extensions["induction"].marks.place_of)
    refusals = {code: Words(headers.of_refusal(code, settings), body) for code, body in error_pages.ready_pages(app).items()}
    try:
        return Server(app, settings, lanes, refusals, largest_body(app))
    except ValueError as fault:
        raise PortTaken(f"{settings.listen} can't be listened on: no such machine is known here.") from fault
    except OSError as fault:
        if fault.errno in (errno.EADDRINUSE, errno.EACCES, errno.EADDRNOTAVAIL):
            raise PortTaken(
                f"{settings.listen} can't be listened on ({fault.strerror or fault}). "
                "Stop what runs there, or choose another with --listen 127.0.0.1:8001."
            ) from fault
        raise


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

"""A site that starts on a copy of a school and is looked at as a browser would: for a drill, and only beside the real one.

Nothing goes out from it: no chores are done on a copy, and no letters posted.
"""

from __future__ import annotations

import html
import http.client
import logging
import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from .. import create_app
from ..settings import Settings
from . import listening

SECONDS = 60  # for each answer
PAGE = "/school/overview"


class TrialFailed(Exception):
    """The site did not do what it should; the words say what."""


def of(data: Path, lead: tuple[str, str, str] | None) -> None:
    """Start the site on the school in `data`, and let the lead with that email, password and code sign in; nobody: see its first page.

    Raises TrialFailed, or what a start raises.
    """
    with _running(data) as browser:
        page = browser.ask("GET", "/sign-in")
        if page.status != 200:
            raise TrialFailed(f"its sign-in page answered {page.status}")
        if lead is None:
            return
        signed_in = browser.send("/sign-in", page, email=lead[0], password=lead[1])
        if signed_in.status != 303:
            raise TrialFailed(f"a lead could not sign in ({signed_in.status})")
        given = browser.send("/second-step", browser.ask("GET", "/second-step"), code=lead[2])
        if given.status != 303:
            raise TrialFailed(f"a lead could not give the second step ({given.status})")
        opened = browser.ask("GET", PAGE)
        if opened.status != 200:
            raise TrialFailed(f"the overview answered {opened.status}")


@contextmanager
def _running(data: Path) -> Iterator[_Browser]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings = Settings(data, listen=f"127.0.0.1:{port}")
    app = create_app(settings)
    server = listening(app, settings)
    thread = threading.Thread(target=server.run, name="trial", daemon=True)
    log = logging.getLogger("induction")
    level = log.level
    log.setLevel(logging.CRITICAL)  # a copy has no backups of its own, and that it says so would alarm somebody
    thread.start()
    try:
        yield _Browser(port)
    finally:
        log.setLevel(level)
        server.stop()
        thread.join(SECONDS)
        app.extensions["induction"].records.close()


class _Answer:
    def __init__(self, status: int, text: str) -> None:
        self.status = status
        self.text = text


class _Browser:
    """Cookies, and nothing else of a browser."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._cookies: dict[str, str] = {}

    def send(self, path: str, page: _Answer, **fields: str) -> _Answer:
        """Send the form of a page. Raises TrialFailed."""
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)
        return self.ask("POST", path, urlencode({**fields, "csrf_token": html.unescape(token[1]) if token else ""}))

    def ask(self, method: str, path: str, body: str | None = None) -> _Answer:
        """Raises TrialFailed."""
        headers = {"Origin": f"http://127.0.0.1:{self._port}"}
        if self._cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=SECONDS)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            text = answer.read().decode(errors="replace")
        except (OSError, http.client.HTTPException) as fault:
            raise TrialFailed(f"it did not answer ({fault})") from fault
        finally:
            connection.close()
        for line in answer.headers.get_all("Set-Cookie", []):
            name, _, value = line.split(";")[0].partition("=")
            self._cookies[name] = value
        return _Answer(answer.status, text)

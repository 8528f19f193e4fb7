"""A real server process on a data folder, and browsers that speak real HTTP to it."""

from __future__ import annotations

import html
import http.client
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlencode

from induction.settings import HOME
from tests import compiled
from tests.cast import PASSWORD, email_of
from tests.ports import free_port

SERVE = ("-m", "induction")


def command(
    data: Path, *words: str, environment: dict[str, str] | None = None, typed: str | None = None
) -> subprocess.CompletedProcess[str]:
    """Run `induction WORDS` to its end, with `typed` on its standard input."""
    return subprocess.run(
        [sys.executable, *SERVE, *words],
        cwd=HOME,
        env=_environment(data, environment),
        capture_output=True,
        input=typed,
        text=True,
        timeout=60,
    )


class Server:
    """`induction serve` in a process of its own; `before` and `program` put something else around or in its place."""

    def __init__(
        self,
        data: Path,
        *,
        before: Sequence[str] = (),
        program: Sequence[str] = SERVE,
        environment: dict[str, str] | None = None,
    ) -> None:
        self.data = data
        with suppress(OSError):  # on a disk that is full or can't be written it reads anew
            compiled.give(data)
        self.port = free_port()
        self._command = [*before, sys.executable, *program, "serve", "--listen", f"127.0.0.1:{self.port}"]
        named = {name: value.replace("{port}", str(self.port)) for name, value in (environment or {}).items()}
        self._environment = _environment(data, named)
        handle, name = tempfile.mkstemp(prefix="induction-server-", suffix=".log")  # never on the disk under test
        os.close(handle)
        self._log = Path(name)
        self.start()

    def start(self) -> None:
        """Returns once it listens."""
        already = self.log().count("Serving on")
        with self._log.open("ab") as log:
            self.process = subprocess.Popen(
                self._command, cwd=HOME, env=self._environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        until = time.monotonic() + 30
        while self.log().count("Serving on") == already:
            if self.process.poll() is not None or time.monotonic() > until:
                self.process.kill()
                raise AssertionError(f"the server did not start:\n{self.log()}")
            time.sleep(0.02)

    def log(self) -> str:
        return self._log.read_text()

    def kill(self) -> None:
        """As a cut of the process, without a word: kill -9."""
        self.process.kill()
        self.process.wait()

    def stop(self) -> int:
        """As systemd stops it; the exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=30)

    def browser(self) -> Browser:
        return Browser(self.port)

    def sign_in(self, who: str) -> Browser:
        """A new browser in which somebody has signed in."""
        browser = self.browser()
        page = browser.sign_in(who)
        assert page.status == 303, f"{who} could not sign in: {page.status}"
        browser.open("/")
        return browser

    def __enter__(self) -> Self:
        return self

    def __exit__(self, fault: type[BaseException] | None, *_: object) -> None:
        if self.process.poll() is None:
            self.kill()
        if fault:
            print(f"What the server on port {self.port} said:\n{self.log()}")
        self._log.unlink()


@dataclass(frozen=True, slots=True)
class Page:
    status: int
    where: str | None  # what a 303 leads to
    text: str
    cookies: dict[str, str]  # as set by this answer; '' where taken away
    retry_after: str | None  # seconds

    def field(self, name: str) -> list[str]:
        """The values that a form on the page offers under this name."""
        tags = re.findall(r"<input[^>]*>", self.text)
        named = (tag for tag in tags if f'name="{name}"' in tag)
        return [html.unescape(found[1]) for tag in named if (found := re.search(r'value="([^"]*)"', tag))]


class Browser:
    """Cookies and the last form's token, and nothing else of a browser. One request a connection."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}
        self.token: str | None = None

    def open(self, path: str) -> Page:
        return self._ask("GET", path)

    def send(self, path: str, **fields: Any) -> Page:
        """Send a form; the token of the page seen last goes along."""
        body = urlencode({"csrf_token": self.token, **fields}, doseq=True)
        return self._ask("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"})

    def sign_in(self, who: str, password: str = PASSWORD) -> Page:
        self.open("/sign-in")
        return self.send("/sign-in", email=email_of(who), password=password)

    def twin(self) -> Browser:
        """Another window of the same browser."""
        other = Browser(self.port)
        other.cookies, other.token = dict(self.cookies), self.token
        return other

    def _ask(self, method: str, path: str, body: str | None = None, headers: dict[str, str] | None = None) -> Page:
        sent = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())} if self.cookies else {}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, body, {**sent, **(headers or {})})
            answer = connection.getresponse()
            text = answer.read().decode()
        finally:
            connection.close()
        page = Page(
            answer.status, answer.getheader("Location"), text, _cookies(answer), answer.getheader("Retry-After")
        )
        for name, value in page.cookies.items():
            self.cookies[name] = value
            if not value:
                del self.cookies[name]
        self.token = next(iter(page.field("csrf_token")), self.token)
        return page


def _cookies(answer: http.client.HTTPResponse) -> dict[str, str]:
    pairs = (line.split(";")[0].partition("=") for line in answer.headers.get_all("Set-Cookie", []))
    return {name: value for name, _, value in pairs}


def _environment(data: Path, more: dict[str, str] | None) -> dict[str, str]:
    rest = {name: value for name, value in os.environ.items() if not name.startswith("INDUCTION_")}
    return {**rest, "INDUCTION_DATA": str(data), "PYTHONDONTWRITEBYTECODE": "1", **(more or {})}


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """Make all calls at one instant, each in a thread of its own; what they return, in order. Raises what one raised."""
    ready = threading.Barrier(len(calls))
    results: list[Any] = [None] * len(calls)
    raised: list[BaseException] = []

    def run(number: int, call: Callable[[], Any]) -> None:
        try:
            ready.wait()
            results[number] = call()
        except BaseException as error:  # handed to the test below
            raised.append(error)

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if raised:
        raise raised[0]
    return results

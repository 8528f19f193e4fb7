"""A server in a process of its own, its CPU to the nanosecond, and browsers that are signed in to it."""

import http.client
import os
import re
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode

from flask import Flask
from flask.sessions import SecureCookieSessionInterface

from induction.records.people import sessions
from induction.records.store.database import Database, transaction
from induction.web.security.form_token import token_of


class Server:
    """One server process; `start_seconds` from being called to its first answer."""

    def __init__(self, command: list[str], port: int, data: Path | None = None) -> None:
        environ = {name: value for name, value in os.environ.items() if not name.startswith("INDUCTION_")}
        if data:
            environ["INDUCTION_DATA"] = str(data)
        self.port = port
        began = time.perf_counter()
        self.process = subprocess.Popen(
            [sys.executable, *command], env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        while True:
            try:
                if self.browser().get("/healthz"):
                    break
            except OSError:
                if self.process.poll() is not None or time.perf_counter() - began > 60:
                    raise RuntimeError(f"The server did not start: {command}") from None
                time.sleep(0.005)
        self.start_seconds = time.perf_counter() - began

    def browser(self, cookie: str = "", token: str = "") -> "Browser":
        return Browser(self.port, cookie, token)

    def cpu_seconds(self) -> float:
        """CPU of all its threads since it began."""
        total = 0
        for task in Path(f"/proc/{self.process.pid}/task").iterdir():
            try:
                total += int((task / "schedstat").read_text().split()[0])
            except FileNotFoundError:
                continue
        return total / 1e9

    def memory_mb(self) -> float:
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)


class Browser:
    """One keep-alive connection with a session's cookie."""

    def __init__(self, port: int, cookie: str, token: str) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._headers = {"Cookie": cookie} if cookie else {}
        self.token = token

    def get(self, path: str, **headers: str) -> bytes:
        self._connection.request("GET", path, headers={**self._headers, **headers})
        answer = self._connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status}")
        return body

    def post(self, path: str, **fields: str) -> str:
        body = urlencode({"csrf_token": self.token, **fields})
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        self._connection.request("POST", path, body, {**self._headers, **form})
        answer = self._connection.getresponse()
        answer.read()
        if answer.status != 303:
            raise RuntimeError(f"POST {path}: {answer.status}")
        return answer.getheader("Location")


def signed_in(server: Server, data: Path, person: int) -> Browser:
    """A browser in which this person is signed in."""
    db = Database(data / "induction.db")
    with transaction(db):
        token = sessions.start(db, person, device="the bench", now=datetime.now(UTC))
    db.close()
    key = (data / "secret-key").read_bytes()
    return server.browser(*_cookie(key, token))


def _cookie(key: bytes, token: str) -> tuple[str, str]:
    """(the cookie, the form token) of a session, signed as the site signs them."""
    app = Flask("signer")
    app.secret_key = key
    signer = SecureCookieSessionInterface().get_signing_serializer(app)
    cookie = signer.dumps({"_user_id": token, "_fresh": True})
    return f"induction={cookie}", token_of(token, key)


def bare_browser(server: Server) -> Browser:
    app = Flask("signer")
    app.secret_key = b"bare"
    signer = SecureCookieSessionInterface().get_signing_serializer(app)
    return server.browser(f"session={signer.dumps({'_user_id': '1', '_fresh': True})}")

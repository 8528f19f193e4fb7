"""A provider of sign-ins that does one thing wrong, on a real socket. It asks nobody who they are: any code is good."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import socket
import ssl
import threading
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

from joserfc import jwt
from joserfc.jwk import RSAKey

from induction.rules.openid import Provider, ProviderKind

CLIENT = "induction"
WELL_KNOWN = "/.well-known/openid-configuration"
Answer = Callable[[BaseHTTPRequestHandler], None]


@cache
def key(kid: str) -> RSAKey:
    return RSAKey.generate_key(2048, {"kid": kid, "use": "sig", "alg": "RS256"})


class Hostile:
    """Good until told otherwise. `discovery`, `claims`: what is said differently (None: left out); `at`: a path answered otherwise."""

    def __init__(self, context: ssl.SSLContext | None = None) -> None:
        self.discovery: dict[str, object] = {}
        self.claims: dict[str, object] = {}
        self.tokens: dict[str, object] = {}  # what comes with the ID token
        self.userinfo: dict[str, object] = {}
        self.at: dict[str, Answer] = {}
        self.nonce = "nonce"
        self.signed_with = self.shown = "first"  # keys
        self.sign: Callable[[Hostile, dict[str, object]], str] = rs256
        self.now: datetime | None = None  # where its clock is another
        self.asked: Counter[str] = Counter()
        self.forms: list[dict[str, str]] = []
        self._context = context

    def __enter__(self) -> Hostile:
        hostile = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                hostile._answer(self)

            do_POST = do_GET

            def log_message(self, *_: object) -> None:
                pass

        class Server(ThreadingHTTPServer):
            def handle_error(self, *_: object) -> None:
                """Whoever hung up, did it on purpose."""

        self._server = Server(("127.0.0.1", 0), Handler)
        if self._context:
            self._server.socket = self._context.wrap_socket(self._server.socket, server_side=True, do_handshake_on_connect=False)
        self.issuer = f"{'https' if self._context else 'http'}://127.0.0.1:{self._server.server_port}"
        self.provider = Provider(ProviderKind.OTHER, "Keycloak", self.issuer, CLIENT, "secret", "")
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def time(self) -> datetime:
        return self.now or datetime.now(UTC)

    def said_claims(self) -> dict[str, object]:
        at = int(self.time().timestamp())
        said: dict[str, object] = {
            "iss": self.issuer, "aud": CLIENT, "sub": "1", "iat": at, "exp": at + 3600, "nonce": self.nonce,
            "email": "tess@wrenfield.example", "email_verified": True, "name": "Tess Okafor",
        }  # fmt: skip
        return _but(said, self.claims)

    def _answer(self, ask: BaseHTTPRequestHandler) -> None:
        self.asked[ask.path] += 1
        form = ask.rfile.read(int(ask.headers.get("Content-Length", 0))).decode()
        if form:
            self.forms.append({name: values[0] for name, values in parse_qs(form).items()})
        if ask.path in self.at:
            return self.at[ask.path](ask)
        says = {
            WELL_KNOWN: self._says_of_itself, "/keys": lambda: {"keys": [key(self.shown).as_dict(private=False)]},
            "/token": self._token, "/userinfo": lambda: self.userinfo,
        }  # fmt: skip
        return send(ask, json.dumps(says[ask.path]()).encode(), date=self.now)

    def _says_of_itself(self) -> dict[str, object]:
        said: dict[str, object] = {
            "issuer": self.issuer, "authorization_endpoint": f"{self.issuer}/auth", "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys", "userinfo_endpoint": f"{self.issuer}/userinfo",
            "response_types_supported": ["code"], "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
            "code_challenge_methods_supported": ["S256"],
        }  # fmt: skip
        return _but(said, self.discovery)

    def _token(self) -> dict[str, object]:
        said: dict[str, object] = {"token_type": "Bearer", "access_token": "access", "refresh_token": "refresh"}
        return _but(said | {"id_token": self.sign(self, self.said_claims())}, self.tokens)


class Proxy:
    """A school's way out: it connects whoever asks for any name to one server here."""

    def __init__(self, port: int) -> None:
        self._port = port
        self.asked: list[str] = []

    def __enter__(self) -> Proxy:
        proxy = self

        class Handler(BaseHTTPRequestHandler):
            def do_CONNECT(self) -> None:
                proxy.asked.append(self.path)
                with socket.create_connection(("127.0.0.1", proxy._port)) as far:
                    self.send_response_only(200)
                    self.end_headers()
                    back = threading.Thread(target=pass_on, args=(far, self.connection))
                    back.start()
                    pass_on(self.connection, far)
                    back.join()

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


def pass_on(one: socket.socket, other: socket.socket) -> None:
    with suppress(OSError):
        while piece := one.recv(65536):
            other.sendall(piece)
        other.shutdown(socket.SHUT_WR)


# Ways to sign


def rs256(hostile: Hostile, claims: dict[str, object]) -> str:
    return jwt.encode({"alg": "RS256", "kid": hostile.signed_with}, claims, key(hostile.signed_with))


def without_kid(hostile: Hostile, claims: dict[str, object]) -> str:
    return jwt.encode({"alg": "RS256"}, claims, key(hostile.signed_with))


def none(hostile: Hostile, claims: dict[str, object]) -> str:
    return f"{_part({'alg': 'none', 'kid': 'first'})}.{_part(claims)}."


def with_the_public_key(hostile: Hostile, claims: dict[str, object]) -> str:
    """As if what everybody knows were a secret that the site shares with the provider."""
    head = f"{_part({'alg': 'HS256', 'kid': 'first'})}.{_part(claims)}"
    return f"{head}.{_base64(hmac.digest(key('first').as_pem(private=False), head.encode(), hashlib.sha256))}"


def forged(hostile: Hostile, claims: dict[str, object]) -> str:
    """Its own key under the name of the provider's."""
    return jwt.encode({"alg": "RS256", "kid": "first"}, claims, key("another's"))


def changed(hostile: Hostile, claims: dict[str, object]) -> str:
    head, _, signature = rs256(hostile, claims).split(".")
    return f"{head}.{_part(claims | {'sub': '2'})}.{signature}"


# Ways to answer


def send(ask: BaseHTTPRequestHandler, body: bytes, status: int = 200, date: datetime | None = None, **headers: str) -> None:
    ask.send_response_only(status)
    ask.send_header("Date", format_datetime(date or datetime.now(UTC), usegmt=True))
    for name, value in headers.items():
        ask.send_header(name.replace("_", "-"), value)
    ask.send_header("Content-Length", str(len(body)))
    ask.end_headers()
    ask.wfile.write(body)


def error(code: object, status: int = 400) -> Answer:
    return lambda ask: send(ask, json.dumps({"error": code, "error_description": "<b>secret words</b>"}).encode(), status)


def body(raw: bytes, status: int = 200, **headers: str) -> Answer:
    return lambda ask: send(ask, raw, status, **headers)


def elsewhere(ask: BaseHTTPRequestHandler) -> None:
    send(ask, b"", 302, Location="/elsewhere")


def endless(ask: BaseHTTPRequestHandler) -> None:
    """Ten megabytes, or as much as is taken."""
    ask.wfile.write(b'HTTP/1.0 200 OK\r\n\r\n{"x": "' + b"x" * 10_000_000 + b'"}')


def drip(begins: bytes) -> Answer:
    """What begins well, and then a byte now and then until somebody hangs up: no single wait is long."""

    def answer(ask: BaseHTTPRequestHandler) -> None:
        ask.wfile.write(begins)
        gone = threading.Event()
        for _ in range(2000):
            ask.wfile.write(b"x")
            gone.wait(0.01)

    return answer


SLOW_HEAD, SLOW_BODY = drip(b"HTTP/1.0 200 OK\r\nX-Slow: "), drip(b"HTTP/1.0 200 OK\r\n\r\n")


def _but(said: dict[str, object], other: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in (said | other).items() if value is not None}


def _part(said: dict[str, object]) -> str:
    return _base64(json.dumps(said).encode())


def _base64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()

"""What is said to a provider of sign-ins, over one line: to the address that was asked for, in bounded answers, until a moment.

Loads requests and Authlib, so it is imported where a provider is first asked.
"""

from __future__ import annotations

import json
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import requests
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from requests.adapters import HTTPAdapter
from requests.utils import get_environ_proxies
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError, ReadTimeoutError

from ..rules.openid import Provider, ProviderFault, Reason, is_loopback

EACH = 5.0  # seconds for each step
LARGEST = 256 * 1024  # bytes of an answer
AT_ONCE = 16 * 1024
BUSY = 429
UNREADABLE = (ValueError, TypeError, AttributeError, KeyError, RecursionError)  # what Authlib makes of an answer that is none


class Line:
    """The connections of one errand, which another thread can cut."""

    def __init__(self, trusted: Callable[[], ssl.SSLContext]) -> None:
        self.trusted = trusted
        self.is_cut = False
        self._sockets: list[socket.socket] = []
        self._lock = threading.Lock()

    def watch(self, made: socket.socket) -> None:
        with self._lock:
            self._sockets.append(made.dup())  # a dup, since TLS takes the first one over
        if self.is_cut:
            self.cut()

    def cut(self) -> None:
        """End whatever is being waited for. Otherwise a byte every four seconds would hold a thread for days."""
        self.is_cut = True
        with self._lock:
            for each in self._sockets:
                with suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        with self._lock:
            for each in self._sockets:
                each.close()
            self._sockets.clear()

    @contextmanager
    def to(self, provider: Provider, basic: bool = True, **more: Any) -> Iterator[OAuth2Session]:
        """What is wrong on the way, or with what comes back, is a ProviderFault; an error that the provider names, an OAuthError."""
        way = "client_secret_basic" if basic else "client_secret_post"
        session = OAuth2Session(
            provider.client_id, provider.client_secret, way if provider.client_secret else "none", default_timeout=EACH,
            code_challenge_method="S256", leeway=0, **more,
        )  # fmt: skip
        session.trust_env = False  # no .netrc, no other trust than the system's
        session.headers["Accept-Encoding"] = "identity"
        session.mount("https://", _Bounded(self))
        session.mount("http://", _Bounded(self))
        with session, _told(self):
            yield session

    def get(self, provider: Provider, address: str, bearer: str | None = None) -> tuple[dict[str, Any], str | None]:
        """The JSON object at an address, and what time it is there."""
        said = {"Accept": "application/json"} | ({"Authorization": f"Bearer {bearer}"} if bearer else {})
        with self.to(provider) as session:
            answer = session.get(address, withhold_token=True, headers=said)
        if answer.status_code >= 500 or answer.status_code == BUSY:
            raise ProviderFault(Reason.DOWN)
        if answer.status_code != 200:
            raise ProviderFault(Reason.NONSENSE)
        return _object(answer.content), answer.headers.get("Date")


class _Bounded(HTTPAdapter):
    """Reads an answer up to a bound, follows nothing, and trusts what the system trusts."""

    def __init__(self, line: Line) -> None:
        self._line = line
        super().__init__()
        self.poolmanager.pool_classes_by_scheme = _pools(line)

    def proxy_manager_for(self, proxy: str, **more: Any) -> Any:
        manager = super().proxy_manager_for(proxy, **more)
        manager.pool_classes_by_scheme = _pools(self._line)
        return manager

    def build_connection_pool_key_attributes(self, request, verify, cert=None):  # type: ignore[no-untyped-def]
        host, pool = super().build_connection_pool_key_attributes(request, True, None)
        return host, pool | ({"ssl_context": self._line.trusted()} if host["scheme"] == "https" else {})

    def cert_verify(self, conn, url, verify, cert):  # type: ignore[no-untyped-def]
        """Nothing: the context has its own trust, and requests would add another list of authorities to it."""

    def send(self, request, **more: Any) -> requests.Response:  # type: ignore[no-untyped-def, override]
        host = requests.utils.urlparse(request.url).hostname or ""
        proxies = {} if is_loopback(host) else get_environ_proxies(request.url)
        answer = super().send(request, **more | {"stream": True, "proxies": proxies})
        try:
            if answer.is_redirect or "Content-Encoding" in answer.headers:
                raise ProviderFault(Reason.NONSENSE)
            answer._content, answer._content_consumed = _read(answer.raw), True
            if self._line.is_cut:  # then what was read may be no more than its beginning
                raise ProviderFault(Reason.SLOW)
        finally:
            answer.raw.close()
        return answer


def _pools(line: Line) -> dict[str, Any]:
    """urllib3's own, which tell the line of each socket that they open."""

    class Plain(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            made = super()._new_conn()
            line.watch(made)
            return made

    class Safe(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            made = super()._new_conn()
            line.watch(made)
            return made

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SafePool(HTTPSConnectionPool):
        ConnectionCls = Safe

    return {"http": PlainPool, "https": SafePool}


def _read(raw: Any) -> bytes:
    whole = bytearray()
    while piece := raw.read(AT_ONCE, decode_content=False):
        whole += piece
        if len(whole) > LARGEST:
            raise ProviderFault(Reason.NONSENSE)
    return bytes(whole)


def _object(content: bytes) -> dict[str, Any]:
    try:
        said = json.loads(content)
    except (ValueError, RecursionError):
        raise ProviderFault(Reason.NONSENSE) from None
    if not isinstance(said, dict):
        raise ProviderFault(Reason.NONSENSE)
    return said


@contextmanager
def _told(line: Line) -> Iterator[None]:
    """What can go wrong on the way, as a reason. Nothing that came over the line goes along (`from None`)."""
    try:
        yield
    except (ProviderFault, OAuthError):
        raise
    except (OSError, HTTPError, *UNREADABLE) as fault:  # requests' own are OSErrors
        raise ProviderFault(Reason.SLOW if line.is_cut else _reason(fault)) from None


def _reason(fault: Exception) -> Reason:
    if isinstance(fault, requests.exceptions.SSLError):
        return Reason.NOT_TRUSTED if _is_untrusted(fault) else Reason.DOWN
    if isinstance(fault, requests.exceptions.Timeout | ReadTimeoutError | TimeoutError):
        return Reason.SLOW
    if isinstance(fault, requests.exceptions.HTTPError):  # Authlib's, where no JSON came
        status = fault.response.status_code if fault.response is not None else 500
        return Reason.DOWN if status >= 500 or status == BUSY else Reason.NONSENSE
    if isinstance(fault, requests.exceptions.ConnectionError | HTTPError):
        return Reason.DOWN
    return Reason.NONSENSE if isinstance(fault, UNREADABLE) else Reason.DOWN


def _is_untrusted(fault: BaseException | None) -> bool:
    """Whether a certificate is at the bottom of it; requests and urllib3 each wrap it."""
    seen = 0
    while fault is not None and seen < 10:
        if isinstance(fault, ssl.SSLCertVerificationError) or "CERTIFICATE_VERIFY_FAILED" in str(fault):
            return True
        fault, seen = fault.__cause__ or fault.__context__, seen + 1
    return False

"""The cookie in which a browser keeps its session: Flask's own, signed."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from flask import Flask, Request, Response, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from itsdangerous import BadSignature

REMEMBERED = 2000  # cookies


class SessionCookie(SecureCookieSessionInterface):
    """A cookie comes back with every page: it is unsigned when it is first seen, and not for each of them."""

    def __init__(self, app: Flask, same_for_all: frozenset[str]) -> None:
        self._same_for_all = same_for_all
        self._name = self.get_cookie_name(app)
        signer = self.get_signing_serializer(app)
        if signer is None:
            raise RuntimeError("a site without a key can't sign its cookies")
        longest = int(app.permanent_session_lifetime.total_seconds())
        self._unsign = lru_cache(REMEMBERED)(lambda sent: signer.loads(sent, max_age=longest))  # raises anew what it raised

    def open_session(self, app: Flask, asked: Request) -> SecureCookieSession:
        sent = asked.cookies.get(self._name)
        if not sent:
            return SecureCookieSession()
        try:
            kept = self._unsign(sent)
        except BadSignature:
            return SecureCookieSession()
        return SecureCookieSession({name: _own(value) for name, value in kept.items()})

    def save_session(self, app: Flask, session: Any, response: Response) -> None:
        if request.endpoint in self._same_for_all:
            return  # files that everybody keeps know of no session
        if session.modified:
            super().save_session(app, session, response)
        elif session.accessed:
            response.headers.setdefault("Vary", "Cookie")


def _own(value: Any) -> Any:
    """For one request to change: what is remembered stays as it came."""
    return list(value) if isinstance(value, list) else value

"""The mark of a browser in which somebody signed in before: signed, so that it is known before any page is asked."""

from __future__ import annotations

from flask import Request
from itsdangerous import BadSignature, Signer
from werkzeug.http import parse_cookie
from werkzeug.wrappers import Response

SESSION_COOKIE = "induction"
DEVICE_COOKIE = "induction_device"
YEAR = 365 * 24 * 3600  # seconds
BRING_A_PASSWORD = ("/sign-in", "/account/password", "/confirm")
AND_A_TOKEN = ("/invitation/", "/reset/", "/first-run/")


def cookie_name(name: str, secure: bool) -> str:
    """With the prefix by which a browser keeps a cookie from every other host and from plain http, where there is https."""
    return f"__Host-{name}" if secure else name


class Marks:
    """Marks, signed with the site's key."""

    def __init__(self, key: bytes, secure: bool) -> None:
        self._signer = Signer(key, salt="device")
        self._secure = secure
        self._session, self._device = cookie_name(SESSION_COOKIE, secure), cookie_name(DEVICE_COOKIE, secure)

    def of(self, request: Request) -> str | None:
        """The mark that a browser brought, if it was given here."""
        return self._read(request.cookies.get(self._device))

    def give(self, answer: Response, mark: str) -> None:
        """Everywhere on the site, since a password is asked for in several places."""
        value = self._signer.sign(mark).decode()
        answer.set_cookie(self._device, value, max_age=YEAR, httponly=True, samesite="Lax", secure=self._secure, path="/")

    def place_of(self, method: str, path: str, cookies: str) -> tuple[bool, str] | None:
        """Whether the browser of a request that brings a password is marked, and what tells it from others; else None."""
        if method != "POST" or not (path.rstrip("/") in BRING_A_PASSWORD or path.startswith(AND_A_TOKEN)):
            return None
        brought = parse_cookie(cookies)
        mark = self._read(brought.get(self._device))
        return mark is not None, mark or brought.get(self._session, "")

    def _read(self, value: str | None) -> str | None:
        if not value:
            return None
        try:
            return self._signer.unsign(value.encode()).decode()
        except (BadSignature, UnicodeError):
            return None

"""The mark of a browser in which somebody signed in before: signed, so that it is known before any page is asked."""

from __future__ import annotations

from secrets import token_hex

from flask import Request
from itsdangerous import BadSignature, Signer
from werkzeug.http import parse_cookie
from werkzeug.wrappers import Response

SESSION_COOKIE = "induction"
DEVICE_COOKIE = "induction_device"
YEAR = 365 * 24 * 3600  # seconds
BRING_A_PASSWORD = ("/sign-in", "/account/password", "/confirm", "/sign-in/passkey")
GO_ELSEWHERE = ("/sign-in/with/", "/sign-in/from/")
TRY_OUT = tuple(f"/school/sign-in/{kind}/test" for kind in ("google", "microsoft", "other"))
KNOWN, STRANGERS, ELSEWHERE = "known", "strangers", "elsewhere"  # the lanes in which requests wait that take long
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

    def place_of(self, method: str, path: str, cookies: str) -> tuple[str, str] | None:
        """The lane of a request that brings a password or goes by a provider, and what tells its browser from others; else None."""
        if path.startswith(GO_ELSEWHERE) or path.rstrip("/") in TRY_OUT:
            # Who comes by a link on another page brings no cookie yet, and is not another who does.
            return ELSEWHERE, parse_cookie(cookies).get(self._session) or token_hex(8)
        if method != "POST" or not (path.rstrip("/") in BRING_A_PASSWORD or path.startswith(AND_A_TOKEN)):
            return None
        brought = parse_cookie(cookies)
        mark = self._read(brought.get(self._device))
        return KNOWN if mark else STRANGERS, mark or brought.get(self._session, "")

    def _read(self, value: str | None) -> str | None:
        if not value:
            return None
        try:
            return self._signer.unsign(value.encode()).decode()
        except (BadSignature, UnicodeError):
            return None

"""The headers that every answer carries, errors too."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from ...settings import Settings

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

Headers = list[tuple[str, str]]

CONTENT_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
HSTS = ("Strict-Transport-Security", "max-age=31536000")
NOT_KEPT = ("Cache-Control", "no-store")
COME_BACK = {429: "30", 503: "60"}  # seconds, where the page itself doesn't say


def with_headers(application: WSGIApplication, settings: Settings) -> WSGIApplication:
    """The application, with these headers on every answer, errors too."""
    always = _always(settings)

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def start(status: str, own: Headers, exc_info: Any = None) -> Any:
            return start_response(status, always + own + _missing(int(status[:3]), own), exc_info)

        return application(environ, start)

    return answer


def of_refusal(status: int, settings: Settings) -> tuple[tuple[str, str], ...]:
    """The headers of a page that a server answers with before the site is asked."""
    page = ("Content-Type", "text/html; charset=utf-8")
    return (page, *_always(settings), *_missing(status, []))


def _always(settings: Settings) -> Headers:
    return [*HEADERS.items(), *((HSTS,) if settings.secure else ())]


def _missing(status: int, own: Headers) -> Headers:
    """What an answer of that status has to say besides, where it does not.

    Nothing is kept by a browser unless it says so, as files that never change do: *Back* on a shared
    computer shows nothing.
    """
    said = {name.lower() for name, _ in own}
    missing = [] if "cache-control" in said else [NOT_KEPT]
    return missing if status not in COME_BACK or "retry-after" in said else [*missing, ("Retry-After", COME_BACK[status])]

"""When something goes wrong: what happened, that nothing was lost, and what to do. Never a stack trace.

These pages ask nothing of the database, so they can't fail with it.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass

from flask import Flask, current_app, make_response, render_template, request
from werkzeug.exceptions import BadRequest, HTTPException
from werkzeug.wrappers import Response

from ...records.store.database import DatabaseFault, RuleBroken, UnfitValue
from ...services.password_hashing import TooBusy
from .mistyped_addresses import READING
from .shell import NOT_KNOWN

log = logging.getLogger("induction.faults")


class StaleForm(BadRequest):
    """What was sent brings no token of this browser's session."""


@dataclass(frozen=True, slots=True)
class FaultPage:
    title: str
    words: str
    do: str
    fields: tuple[Field, ...] = ()  # what was sent, shown, and offered to be sent again to `path`
    path: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """A field that was sent; `label` is its name as people read it."""

    name: str
    label: str
    value: str

    @property
    def is_long(self) -> bool:
        return len(self.value) > 80 or "\n" in self.value

    @property
    def is_shown(self) -> bool:
        """All that somebody wrote or chose; not by what the form knows which page it came from."""
        return bool(self.value) and self.name not in OF_THE_PAGE and not self.name.startswith("saw")


NEVER_KEPT = ("csrf_token", "carried", "password", "present", "lead_password", "kept_form", "client_secret")
OF_THE_PAGE = ("sealed_secret", "key", "sha256", "fingerprint", "version", "based_on", "assessment", "next", "after", "stage")
WORDS = {
    400: ("That did not arrive as it should", "Nothing was changed.", "Go back, open the page again and try once more."),
    408: (
        "That took too long to arrive",
        "The rest of it did not come, so nothing was saved.",
        "Go back and send it again; on a slow line, in smaller parts.",
    ),
    404: (
        "There is no such page here",
        "It may have moved, or the address may have a slip in it. Nothing was lost.",
        "Start again from the home page; all your lessons are there.",
    ),
    405: ("That page is for reading only", "Nothing was changed.", "Start again from the home page."),
    413: (
        "That was too much at once",
        "More was sent than this page can take, so nothing was saved.",
        "Go back and send a shorter text or a smaller file.",
    ),
    429: ("Many people are signing in just now", "Nothing is locked.", "Wait half a minute, go back and try again."),
    431: (
        "Your browser sent more about itself than this site can take",
        "Nothing was changed. It happens where many cookies have been kept for this address.",
        "Delete the cookies that your browser keeps for this site, and open it again.",
    ),
    500: (
        "Something went wrong on our side",
        "What you had saved before is safe; the last step was not taken.",
        "Try again in a minute. If it happens again, tell your induction lead what you were doing.",
    ),
    503: ("Not saved yet", "Your answer is still here.", "Send it again in a minute."),
}
NOTHING_TO_READ = FaultPage("There is nothing to read here", "A button leads to this address. Nothing was changed.", WORDS[405][2])
BEFORE_THE_SITE = (400, 408, 413, 429, 431, 500, 501)  # codes that a server answers without asking the site
NO_COOKIE = (
    "Your browser sent no cookie back, so nothing was changed. Either cookies are blocked for this site, or the browser "
    "was closed since the page had been opened."
)
ALLOW_COOKIES = "Open the page again and send it once more. If you come here again, allow cookies for this site in your browser’s settings."


def register(app: Flask) -> None:
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(StaleForm, _stale_form)
    app.register_error_handler(DatabaseFault, _database)
    app.register_error_handler(TooBusy, lambda _: _page(429))
    app.register_error_handler(Exception, _unexpected)


def ready_pages(app: Flask) -> dict[int, bytes]:
    """The pages of BEFORE_THE_SITE, drawn once, so without the school's name and without anybody's."""
    with app.test_request_context():
        return {
            code: render_template("error.html", page=FaultPage(*_words(code)), shell=NOT_KNOWN).encode() for code in BEFORE_THE_SITE
        }


def _words(status: int) -> tuple[str, str, str]:
    return WORDS.get(status) or WORDS[400 if status < 500 else 500]


def _page(status: int, words: str | None = None, do: str | None = None, fields: tuple[Field, ...] = ()) -> Response:
    title, what, then = _words(status)
    page = FaultPage(title, words or what, do or then, fields, request.path)
    if status == 405 and request.method in READING:
        page = NOTHING_TO_READ
    return make_response(render_template("error.html", page=page), status)


def fields(sent: Iterable[tuple[str, str]]) -> tuple[Field, ...]:
    """What a form brought, for whoever sent it to send it again."""
    kept = [(name, value) for name, value in sent if name not in NEVER_KEPT]
    return tuple(Field(name, name.replace("_", " ").replace("-", " ").capitalize(), value) for name, value in kept)


def _http(fault: HTTPException) -> Response:
    own_words = fault.description if fault.code == 400 and type(fault).description != fault.description else None
    answer = _page(fault.code or 500, own_words)
    for name, value in fault.get_headers():
        if name in ("Allow", "Retry-After"):
            answer.headers[name] = value
    return answer


def _stale_form(_: StaleForm) -> Response:
    if current_app.config["SESSION_COOKIE_NAME"] not in request.cookies:
        return _page(400, NO_COOKIE, ALLOW_COOKIES)
    return _page(400, "The page had been open in another session, so nothing was changed.")


def _database(fault: DatabaseFault) -> Response:
    if isinstance(fault, RuleBroken | UnfitValue):
        log.warning("Refused by the database: %s", type(fault).__name__)
        return _page(400)
    log.error("Not saved: %s", fault)
    if request.method == "POST":
        return _page(503, f"{fault} What you sent is kept on this page.", fields=fields(request.form.items(multi=True)))
    return _page(503, str(fault))


def _unexpected(fault: Exception) -> Response:
    log.error("Unexpected fault on %s %s", request.method, request.endpoint, exc_info=fault)
    return _page(500)

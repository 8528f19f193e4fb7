"""When something goes wrong: what happened, that nothing was lost, and what to do. Never a stack trace.

These pages ask nothing of the database, so they can't fail with it.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass

from flask import Flask, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from ..records.database import DatabaseFault, RuleBroken, UnfitValue
from .carrying import NEVER_CARRIED
from .hashing import TooBusy

log = logging.getLogger("induction.faults")


@dataclass(frozen=True, slots=True)
class FaultPage:
    title: str
    words: str
    do: str
    fields: tuple[tuple[str, str], ...] = ()  # typed fields, offered to be sent again to `path`
    path: str = ""


WORDS = {
    400: ("That did not arrive as it should", "Nothing was changed.", "Go back, open the page again and try once more."),
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
    429: ("Many people are signing in just now", "Nothing is locked.", "Wait half a minute and try again."),
    500: (
        "Something went wrong on our side",
        "What you had saved before is safe; the last step was not taken.",
        "Try again in a minute. If it happens again, tell your induction lead what you were doing.",
    ),
    503: ("Not saved yet", "Your answer is still here.", "Send it again in a minute."),
}


def register(app: Flask) -> None:
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(DatabaseFault, _database)
    app.register_error_handler(TooBusy, lambda _: _page(429))
    app.register_error_handler(Exception, _unexpected)


def _page(status: int, words: str | None = None, keep_fields: bool = False) -> Response:
    title, what, do = WORDS.get(status, WORDS[400 if status < 500 else 500])
    fields = tuple(
        (name, value) for name, value in request.form.items(multi=True) if name not in NEVER_CARRIED
    ) if keep_fields else ()
    page = FaultPage(title, words or what, do, fields, request.path)
    return make_response(render_template("fault.html", page=page), status)


def _http(fault: HTTPException) -> Response:
    own_words = fault.description if fault.code == 400 and type(fault).description != fault.description else None
    answer = _page(fault.code or 500, own_words)
    for name, value in fault.get_headers():
        if name in ("Allow", "Location", "Retry-After"):
            answer.headers[name] = value
    if fault.code is not None and 300 <= fault.code < 400:
        return fault.get_response()  # type: ignore[return-value]
    return answer


def _stale_form(_: CSRFError) -> Response:
    return _page(400, "The page had been open in another session, so nothing was changed.")


def _database(fault: DatabaseFault) -> Response:
    if isinstance(fault, RuleBroken | UnfitValue):
        log.warning("Refused by the database: %s", type(fault).__name__)
        return _page(400)
    log.error("Not saved: %s", fault)
    if request.method == "POST":
        return _page(503, f"{fault} What you sent is kept on this page.", keep_fields=True)
    return _page(503, str(fault))


def _unexpected(fault: Exception) -> Response:
    log.error("Unexpected fault on %s %s", request.method, request.endpoint, exc_info=fault)
    return _page(500)

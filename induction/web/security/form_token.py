"""The token that every form brings back: no other site can send one in somebody's name.

Kept nowhere: it is derived, with the site's key, from a secret that lies in the browser's signed cookie. That is the
session's own token for whoever is signed in, and a random one for strangers. So it is worth nothing in another session.
"""

from __future__ import annotations

import hmac

from flask import current_app, g, request, session

from ...records.store.tokens import new_token
from ..incoming_request import sent
from ..parts.error_pages import StaleForm

FIELD = "csrf_token"
HEADER = "X-CSRFToken"
SIGNED_IN = "_user_id"  # where Flask-Login keeps a session's token
STRANGER = "csrf_token"
BEFORE = "forms"  # of the session before its token was changed: pages that are open in other tabs stay good


def form_token() -> str:
    """The token for the forms of this page. It has no time limit: a teacher may read for an hour."""
    here = g._get_current_object()
    token: str | None = here.get("form_token")
    if token is None:
        secret = _secret()
        if not secret:
            secret = session[STRANGER] = new_token()
        token = here.form_token = token_of(secret, current_app.secret_key)
    return token


def browser_secret() -> str:
    """What tells this browser from others, and what only it and the site know; empty where it brought no cookie."""
    return str(session.get(SIGNED_IN) or session.get(STRANGER, ""))


def stays() -> None:
    """The session goes on under another token, and the forms of pages that are open in it can be sent as before."""
    session[BEFORE] = _secret()


def _secret() -> str:
    return str(session.get(BEFORE) or browser_secret())


def check() -> None:
    """Raises StaleForm where what was sent brings no token of this browser's session."""
    secret = _secret()
    brought = sent(FIELD) or request.headers.get(HEADER, "")
    if not secret or not hmac.compare_digest(brought.encode(), token_of(secret, current_app.secret_key).encode()):
        raise StaleForm


def token_of(secret: str, key: bytes) -> str:
    """The token that goes with a secret."""
    return hmac.digest(key, f"form token\0{secret}".encode(), "sha256").hex()

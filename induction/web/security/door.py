"""The door: every request passes here before a page is asked.

Shut by default: a page whose room says nobody stops the start. A stranger is sent to sign in; a page
of a role one hasn't is not there.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import quote, urlsplit

from flask import Flask, Request, abort, current_app, g, make_response, redirect, request, session
from flask.sessions import SecureCookieSessionInterface
from flask_login import LoginManager, current_user
from flask_wtf.csrf import CSRFProtect, generate_csrf
from itsdangerous import URLSafeTimedSerializer
from werkzeug.wrappers import Response as AnyResponse

from ...records.people import sessions
from ...rules.addresses import host, origin
from ...settings import is_loopback
from ..parts import mistyped_addresses
from ..site import db, now, site
from . import carried_fields
from .access import Audience, audiences, marked
from .headers import with_headers
from .sign_in import SignInForm, Visitor, sign_in_page

log = logging.getLogger("induction.door")

csrf = CSRFProtect()


class OneSigner(SecureCookieSessionInterface):
    """Flask's own signed cookie, whose signer is made once and not for each page; files that all may keep know none."""

    _signer: URLSafeTimedSerializer | None = None

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        if self._signer is None:
            self._signer = super().get_signing_serializer(app)
        return self._signer

    def save_session(self, app: Flask, session: Any, response: Any) -> None:
        if request.endpoint not in app.extensions["door"].same_for_all:
            super().save_session(app, session, response)


@dataclass(frozen=True, slots=True)
class Door:
    """What the rooms say of their pages, by endpoint."""

    open_to: Mapping[str, Audience]
    under_any_host: frozenset[str]
    same_for_all: frozenset[str]


def hang(app: Flask) -> None:
    """Hang the door: after this no request gets past it unseen. Call when every page is registered."""
    app.extensions["door"] = Door(audiences(app), marked(app, "under_any_host"), marked(app, "same_for_all"))
    app.session_interface = OneSigner()
    login = LoginManager()
    login.init_app(app, add_context_processor=False)
    login.session_protection = None  # sessions are rows; a changed address or browser name ends none
    login.user_loader(_visitor)
    app.before_request(_refuse)
    csrf.init_app(app)
    app.context_processor(lambda: {"csrf_token": form_token})
    app.wsgi_app = with_headers(app.wsgi_app, app.extensions["induction"].settings)  # type: ignore[method-assign]


def form_token() -> str:
    """The token of this session's forms. Signed once for each session, not for each page; it has no time limit."""
    raw = session.get("csrf_token")
    if raw is None:
        return generate_csrf()
    return _signed(raw)


@lru_cache(maxsize=2000)
def _signed(raw: str) -> str:
    """What Flask-WTF makes of the session's token: the same for every page of that session."""
    return generate_csrf()


def _visitor(token: str) -> Visitor | None:
    found = sessions.find(db(), token, now())
    return Visitor(token, found) if found else None


def _refuse() -> AnyResponse | None:
    """Refuse what may not come in; None lets it through."""
    asked = request._get_current_object()
    endpoint, door = asked.endpoint, current_app.extensions["door"]
    if endpoint in door.under_any_host:
        return None
    _check_host(asked)
    if endpoint in door.same_for_all:
        return None
    _check_origin(asked)
    visitor = current_user._get_current_object()
    role = None
    if isinstance(visitor, Visitor):
        here = g._get_current_object()
        here.signed_in, here.viewer, here.token = visitor.signed_in, visitor.signed_in.person, visitor.token
        sessions.touch(db(), visitor.signed_in, now())
        role = visitor.signed_in.person.role
    if endpoint is None:
        return mistyped_addresses.put_right()  # where nothing was meant, Flask tells 404 and 405 apart
    if role in door.open_to[endpoint]:
        return None
    return _send_to_sign_in() if role is None else abort(404)


def _send_to_sign_in() -> AnyResponse:
    """A stranger may be somebody whose session has just ended: the words they typed go along, and nothing is done."""
    if request.method == "POST" and (ended := carried_fields.ended_session()):
        csrf.protect()
        where = carried_fields.came_from()
        return make_response(sign_in_page(SignInForm(formdata=None), where, ended=True, carried=carried_fields.pack(ended)))
    where = request.full_path.rstrip("?") if request.method in ("GET", "HEAD") else "/"
    return redirect("/sign-in" if where == "/" else f"/sign-in?next={quote(where, safe='/')}", 303)


def _check_host(asked: Request) -> None:
    sent = asked.environ.get("HTTP_HOST", "")
    known = _is_known(sent, site().settings.url)
    site().readiness.asked_for(sent, site().settings.address, known)
    if not known:
        log.info("Refused: unknown host")
        abort(400, "This site is not known by that name. Use the address that the school gave you.")


@lru_cache(maxsize=64)
def _is_known(sent: str, url: str | None) -> bool:
    """Known are this machine's own names and the public address's; nothing is ever built on another.

    A proxy may name a port that browsers leave out: that of https, or of http where https ends before it.
    """
    asked, public = host(sent, "https"), urlsplit(url or "")
    if asked is None:
        return False
    if is_loopback(urlsplit(f"//{asked}").hostname or ""):
        return True
    return host(public.netloc, public.scheme) in (asked, host(sent, "http"))


def _check_origin(asked: Request) -> None:
    """A form that another site sends is refused, whatever token it carries."""
    if asked.method in ("GET", "HEAD", "OPTIONS"):
        return
    sent = asked.headers.get("Origin")
    if sent is not None and origin(sent) not in _own_origins(asked.host_url, site().settings.url):
        log.info("Refused: a form from elsewhere")
        abort(400, "That form came from another site, so nothing was done. Open the page here and send it again.")


@lru_cache(maxsize=64)
def _own_origins(asked: str, url: str | None) -> frozenset[str]:
    """The origins of this site's own forms: where it was asked for, and its public address."""
    return frozenset(filter(None, (origin(asked), origin(url or ""))))

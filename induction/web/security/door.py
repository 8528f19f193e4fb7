"""The door: who may open which page, and what every answer carries.

Shut by default. `WHO_MAY_OPEN` names every endpoint; a page nobody thought about stops the start.
A stranger is sent to sign in; a page of a role one hasn't is not there.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from flask import Flask, Request, abort, g, make_response, redirect, request, session
from flask.sessions import SecureCookieSessionInterface
from flask_login import LoginManager, current_user
from flask_wtf.csrf import CSRFProtect, generate_csrf
from itsdangerous import URLSafeTimedSerializer
from werkzeug.wrappers import Response as AnyResponse

from ...records.people import sessions
from ...rules.addresses import host, origin
from ...rules.roles import Role
from ...settings import Settings, is_loopback
from ..parts import mistyped_addresses
from ..site import db, now, site
from . import carried_fields
from .sign_in import SignInForm, Visitor, sign_in_page

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

log = logging.getLogger("induction.door")

STRANGERS = frozenset({None, *Role})  # anybody, signed in or not
STAFF = frozenset(Role)
MENTORS = frozenset({Role.MENTOR, Role.LEAD})
LEADS = frozenset({Role.LEAD})

WHO_MAY_OPEN: dict[str, frozenset[Role | None]] = {
    "assets.static": STRANGERS,
    "health.alive": STRANGERS,
    "health.ready": STRANGERS,
    "account.sign_in": STRANGERS,
    "account.sign_out": STRANGERS,
    "account.forgotten": STRANGERS,
    "account.first_run": STRANGERS,
    "account.invitation": STRANGERS,
    "account.reset": STRANGERS,
    "account.password": STAFF,
    "account.devices": STAFF,
    "account.sign_out_everywhere": STAFF,
    "help.now": STRANGERS,
    "help.what_we_keep": STRANGERS,
    "help.accessibility": STRANGERS,
    "learning.home": STAFF,
    "learning.course": STAFF,
    "learning.lesson": STAFF,
    "learning.read": STAFF,
    "pictures.picture": STAFF,
    "accounts.register": STAFF,
    "policy.read": STAFF,
    "policy.acknowledge": STAFF,
    "learning.presence": STAFF,
    "attempts.scenarios": STAFF,
    "attempts.attempt": STAFF,
    "attempts.answer": STAFF,
    "attempts.step": STAFF,
    "attempts.another": STAFF,
    "attempts.share": STAFF,
    "notes.note": STAFF,
    "confidence.questions": STAFF,
    "confidence.share": STAFF,
    "record.mine": STAFF,
    "record.export_mine": STAFF,
    "mentoring.teachers": MENTORS,
    "mentoring.teachers_csv": MENTORS,
    "mentoring.teacher": MENTORS,
    "school.overview": LEADS,
    "school.people": LEADS,
    "school.add_person": LEADS,
    "school.person": LEADS,
    "school.change_person": LEADS,
    "school.deactivate": LEADS,
    "school.reactivate": LEADS,
    "school.invite": LEADS,
    "school.reset_link": LEADS,
    "school.settings": LEADS,
    "school.accounts": LEADS,
    "school.add_account": LEADS,
    "school.account": LEADS,
    "school.change_account": LEADS,
    "school.sign_account": LEADS,
    "school.switch_account": LEADS,
    "school.policy": LEADS,
    "school.choose": LEADS,
    "school.policy_facet": LEADS,
    "school.discard_draft": LEADS,
    "school.policy_text": LEADS,
    "school.policy_preview": LEADS,
    "school.preview_lesson": LEADS,
    "school.publish_policy": LEADS,
    "school.policy_versions": LEADS,
    "school.policy_version": LEADS,
    "school.policy_words": LEADS,
    "school.readers": LEADS,
    "school.readers_csv": LEADS,
    "school.paper_signature": LEADS,
    "school.touched": LEADS,
    "school.ask_again": LEADS,
    "school.courses": LEADS,
    "school.course": LEADS,
    "school.approve": LEADS,
    "school.notes": LEADS,
    "school.answer_note": LEADS,
    "demo.sign_in_as": STRANGERS,  # there in the demonstration alone
}
HSTS = ("Strict-Transport-Security", "max-age=31536000")
SERVED_UNDER_ANY_HOST = frozenset({"health.alive", "health.ready"})

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

NOT_KEPT = ("Cache-Control", "no-store")
COME_BACK = {429: "30", 503: "60"}  # seconds, where the page itself doesn't say

csrf = CSRFProtect()


class OneSigner(SecureCookieSessionInterface):
    """Flask's own signed cookie, whose signer is made once and not for each page; files that all may keep know none."""

    _signer: URLSafeTimedSerializer | None = None

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        if self._signer is None:
            self._signer = super().get_signing_serializer(app)
        return self._signer

    def save_session(self, app: Flask, session: Any, response: Any) -> None:
        if request.endpoint != "assets.static":
            super().save_session(app, session, response)


def hang(app: Flask) -> None:
    """Hang the door: after this no request gets past it unseen. Call when every page is registered."""
    missing = set(app.view_functions) - set(WHO_MAY_OPEN)
    if missing:
        raise RuntimeError(f"No word on who may open {', '.join(sorted(missing))}: add them to WHO_MAY_OPEN.")
    app.session_interface = OneSigner()
    login = LoginManager()
    login.init_app(app, add_context_processor=False)
    login.session_protection = None  # sessions are rows; a changed address or browser name ends none
    login.user_loader(_visitor)
    app.before_request(_refuse)
    csrf.init_app(app)
    app.context_processor(lambda: {"csrf_token": form_token})
    app.wsgi_app = _with_headers(app.wsgi_app, _headers(app.extensions["induction"].settings))  # type: ignore[method-assign]


def _headers(settings: Settings) -> list[tuple[str, str]]:
    return [*HEADERS.items(), *((HSTS,) if settings.secure else ())]


def _with_headers(application: WSGIApplication, headers: list[tuple[str, str]]) -> WSGIApplication:
    """The application, with these headers on every answer, errors too."""

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def start(status: str, own: list[tuple[str, str]], exc_info: Any = None) -> Any:
            return start_response(status, own + headers + _missing(int(status[:3]), own), exc_info)

        return application(environ, start)

    return answer


def _missing(status: int, own: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """What an answer of that status has to say besides, where it does not.

    Nothing is kept by a browser unless it says so, as files that never change do: *Back* on a shared
    computer shows nothing.
    """
    said = {name.lower() for name, _ in own}
    missing = [] if "cache-control" in said else [NOT_KEPT]
    return missing if status not in COME_BACK or "retry-after" in said else [*missing, ("Retry-After", COME_BACK[status])]


def headers_of_refusal(status: int, settings: Settings) -> tuple[tuple[str, str], ...]:
    """The headers of a page that a server answers with before the site is asked."""
    page = ("Content-Type", "text/html; charset=utf-8")
    return (page, *_headers(settings), *_missing(status, []))


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
    endpoint = asked.endpoint
    if endpoint in SERVED_UNDER_ANY_HOST:
        return None
    _check_host(asked)
    if endpoint == "assets.static":
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
    if role in WHO_MAY_OPEN[endpoint]:
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

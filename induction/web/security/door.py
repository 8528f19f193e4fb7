"""The door: every request passes here before a page is asked.

Shut by default: a page whose room says nobody stops the start. A stranger is sent to sign in; a page
of a role one hasn't is not there. Whose second step is due is a stranger until it is given.
"""

from __future__ import annotations

import logging
from functools import lru_cache
from urllib.parse import urlsplit

from flask import Flask, Request, abort, g, make_response, redirect, request, session
from flask_login import LoginManager, current_user
from werkzeug.wrappers import Response

from ...records.people import sessions
from ...records.store.database import Database
from ...rules.addresses import host, origin, with_next
from ...rules.roles import Role
from ...rules.second_factor import Due
from ...services import kept_forms, providers
from ...settings import is_loopback
from ..parts import mistyped_addresses
from ..site import Site, db, now, site
from . import carried_fields, form_token
from .access import audiences, marked
from .headers import with_headers
from .session_cookie import SessionCookie
from .sign_in import SignInForm, Visitor, sign_in_page

log = logging.getLogger("induction.door")

CHANGE_NOTHING = ("GET", "HEAD", "OPTIONS")
DUE_AT = {Due.FACTOR: "/second-step", Due.SET_UP: "/account/second-step"}  # where what is due is done


def hang(app: Flask) -> None:
    """Hang the door: after this no request gets past it unseen. Call when every page is registered."""
    door = Door(app)
    app.session_interface = SessionCookie(app, door.same_for_all)
    login = LoginManager()
    login.init_app(app, add_context_processor=False)
    login.session_protection = None  # sessions are rows; a changed address or browser name ends none
    login.user_loader(_visitor)
    app.before_request(door.refuse)
    app.jinja_env.globals["csrf_token"] = form_token.form_token
    app.wsgi_app = with_headers(app.wsgi_app, app.extensions["induction"].settings)  # type: ignore[method-assign]


class Door:
    """What the rooms say of their pages, by endpoint, and who is let through."""

    def __init__(self, app: Flask) -> None:
        self._open_to = audiences(app)
        self._under_any_host = marked(app, "under_any_host")
        self._for_setting_up = marked(app, "for_setting_up")
        self.same_for_all = marked(app, "same_for_all")

    def refuse(self) -> Response | None:
        """Refuse what may not come in; None lets it through."""
        asked, here = request._get_current_object(), site()  # looked up once: each look costs
        endpoint = asked.endpoint
        if endpoint in self._under_any_host:
            return None
        _check_host(asked, here)
        if endpoint in self.same_for_all:
            return None
        reads = asked.method in CHANGE_NOTHING
        if not reads:
            _check_origin(asked, here.settings.url)
        role = _let_in(here.records, endpoint in self._for_setting_up)
        if endpoint is None:
            return mistyped_addresses.put_right()  # where nothing was meant, Flask tells 404 and 405 apart
        if role not in self._open_to[endpoint]:
            return _send_on() if role is None else abort(404)
        if not reads:
            form_token.check()
        return None


def _visitor(token: str) -> Visitor | None:
    """Whose session it is, as Flask-Login asks."""
    found = sessions.find(db(), token, now())
    return Visitor(token, found) if found else None


def _let_in(records: Database, sets_up: bool) -> Role | None:
    """The role of who is asking, whom pages find in `g` from here on; None for a stranger.

    Where something is due in a session, what it is stands in `g.half`, and nobody is let in but to set up what is due.
    """
    visitor = current_user._get_current_object()
    if not isinstance(visitor, Visitor):
        return None
    here, signed_in = g._get_current_object(), visitor.signed_in
    here.token = visitor.token
    if signed_in.due:
        here.half = signed_in
        if signed_in.due is Due.FACTOR or not sets_up:
            return None
    here.signed_in, here.viewer = signed_in, signed_in.person
    sessions.touch(records, signed_in, now())
    return signed_in.person.role


def _send_on() -> Response:
    """To what is due first, or to sign in."""
    where = request.full_path.rstrip("?") if request.method in ("GET", "HEAD") else "/"
    if "half" in g:
        return redirect(with_next(DUE_AT[g.half.due], where), 303)
    return _send_to_sign_in(where)


def _send_to_sign_in(where: str) -> Response:
    """A stranger may be somebody whose session has just ended: the words they typed go along, and nothing is done."""
    if request.method == "POST" and (ended := carried_fields.ended_session()):
        form_token.check()
        back = carried_fields.came_from()
        carried = carried_fields.pack(ended)
        if carried and providers.configured(db(), site().settings):  # a way on which no form goes along
            kept_forms.keep(db(), session["_user_id"], ended, carried, now())
        return make_response(sign_in_page(SignInForm(formdata=None), back, ended=True, carried=carried))
    return redirect(with_next("/sign-in", where), 303)


def _check_host(asked: Request, here: Site) -> None:
    sent = asked.environ.get("HTTP_HOST", "")
    if _is_known(sent, here.settings.url):
        here.readiness.known_as(sent)
        return
    here.readiness.refused(sent, here.settings.address)
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


def _check_origin(asked: Request, url: str | None) -> None:
    """A form that another site sends is refused, whatever token it carries."""
    sent = asked.headers.get("Origin")
    if sent is not None and origin(sent) not in _own_origins(asked.host_url, url):
        log.info("Refused: a form from elsewhere")
        abort(400, "That form came from another site, so nothing was done. Open the page here and send it again.")


@lru_cache(maxsize=64)
def _own_origins(asked: str, url: str | None) -> frozenset[str]:
    """The origins of this site's own forms: where it was asked for, and its public address."""
    return frozenset(filter(None, (origin(asked), origin(url or ""))))

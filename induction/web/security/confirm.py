"""Asked again: before an act that matters whoever is signed in proves anew who they are, where they last did so a while ago.

What they had sent is kept under their session, for them alone, and offered to be sent when they have. Nothing is done by
proving it: the very form goes to its own page once more, by a press of theirs.
"""

from __future__ import annotations

import hashlib
import json
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import quote

from flask import Flask, current_app, g, redirect, request
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from ...records.people import kept_forms
from ...rules import second_factor
from ...services import kept_forms as kept_deeds
from ...services import providers
from ..incoming_request import all_sent, sent
from ..parts.error_pages import NEVER_KEPT
from ..site import db, now, site, viewer

log = logging.getLogger("induction.account")

PAGE = "/confirm"
GO_ON = "/confirm/go-on"
USED = "kept_form"  # goes along with a form that was kept: which one it is
KEPT_FOR = timedelta(hours=1)


class AskAgain(Exception):
    """Who it is was last proved too long ago for what they are about to do."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A form that somebody had sent: to where, its fields in their order, and what tells it from another of theirs."""

    path: str
    fields: tuple[tuple[str, str], ...]
    mark: str


def register(app: Flask) -> None:
    app.register_error_handler(AskAgain, _send_to_confirm)


def ask_again() -> None:
    """Call it in a view just before an act that matters, when nothing is wrong with what was sent.

    Raises AskAgain where it was last proved too long ago who it is; the form, without passwords and files, is kept. So a page
    that takes a file asks when it is opened. In the demonstration nobody is asked.
    """
    if site().settings.demo:
        return
    if not second_factor.confirmed(g.signed_in.confirmed_at, now()):
        raise AskAgain
    if (mark := sent(USED)) and not _use(mark):
        raise AskAgain


def _use(mark: str) -> bool:
    """Whether a form that was kept is sent for the first time; it is kept no longer."""
    found = kept()
    return found is not None and found.mark == mark and kept_deeds.drop(db(), g.token)


def kept() -> Kept | None:
    """The form that waits in this session; None where none does, or it has waited too long."""
    packed = kept_forms.find(db(), g.token, viewer().id, now())
    if packed is None:
        return None
    try:
        who, at, path, fields = _serializer().loads(packed)
        sent_at = datetime.fromisoformat(at)
    except (BadSignature, ValueError, TypeError):
        return None  # words that were typed before signing in, or made up
    if who != viewer().id or abs(now() - sent_at) > KEPT_FOR:
        return None
    return Kept(path, tuple((name, value) for name, value in fields), _mark_of(packed))


def endpoint_of(path: str, method: str) -> tuple[str, dict[str, int | str]]:
    """The page that an address of this site leads to, and what stands in the address; empty where it leads nowhere."""
    try:
        endpoint, arguments = current_app.url_map.bind("localhost").match(path.partition("?")[0], method=method)
    except HTTPException:
        return "", {}
    return str(endpoint), dict(arguments)


def _send_to_confirm(_: AskAgain) -> Response:
    if request.method in ("GET", "HEAD"):
        return redirect(f"{PAGE}?next={quote(request.full_path.rstrip('?'), safe='/')}", 303)
    if sent(USED) and second_factor.confirmed(g.signed_in.confirmed_at, now()):
        return redirect(f"{GO_ON}?of={quote(sent(USED))}", 303)  # which says that it was sent before
    packed = _pack()
    kept_deeds.keep(db(), g.token, viewer().id, packed, now())
    log.info("Asked again who they are: person %s, %s", viewer().id, request.endpoint)
    return redirect(f"{PAGE}?of={_mark_of(packed)}", 303)


def _pack() -> str:
    fields = [(name, value) for name, value in all_sent().items(multi=True) if name not in NEVER_KEPT and "password" not in name]
    if secret := sent("client_secret"):
        fields.append(("sealed_secret", providers.seal_typed(db(), secret)))  # which the form opens again; it stands in no page
    return str(_serializer().dumps([viewer().id, now().isoformat(), request.full_path.rstrip("?"), fields]))


def _mark_of(packed: str) -> str:
    return hashlib.sha256(packed.encode()).hexdigest()[:16]


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key, salt="a form to be sent again", serializer=json)

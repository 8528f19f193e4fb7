"""Typed fields carried over a session that ended while somebody was writing.

They go along in the sign-in page itself, signed with that person's id, and are offered again to
that person alone: a shared computer shows nobody what another had typed.
"""

from __future__ import annotations

from flask import current_app, request, session
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.datastructures import MultiDict

from ..records import sessions
from .site import db, now

KEPT_FOR = 12 * 3600  # seconds
NEVER_CARRIED = ("csrf_token", "carried", "password", "present", "lead_password")
FIELD = "carried"
LONGEST = 1_000_000  # characters; signed, and nothing of it is read before that is checked


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.secret_key, salt="carried fields")


def ended_session() -> int | None:
    """The id of the person whose session has just run out in this browser, or None."""
    token = session.get("_user_id")
    return sessions.find_ended(db(), token, now()) if isinstance(token, str) else None


def pack(person_id: int) -> str:
    """What was typed into this request's form, signed with that person's id."""
    fields = [(name, value) for name, value in request.form.items(multi=True) if name not in NEVER_CARRIED]
    return _serializer().dumps([person_id, request.path, fields])


def unpack(packed: str | None, person_id: int) -> tuple[str, MultiDict[str, str]] | None:
    """(path, fields) that this person had typed; None where it is somebody else's, too old, or made up."""
    if not packed:
        return None
    try:
        owner, path, fields = _serializer().loads(packed, max_age=KEPT_FOR)
    except (BadSignature, ValueError, TypeError):
        return None
    return (path, MultiDict(fields)) if owner == person_id else None

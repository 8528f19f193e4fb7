"""Words carried over a session that ended while somebody was writing.

Long words alone: what stands in fields of several lines. A choice, a tick, a date or a button is an
act, and no act outlives its session. The words go along in the sign-in page itself, signed with that
person's id, and are shown in full to that person alone: a shared computer shows nobody what another
had typed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import current_app, request, session
from itsdangerous import BadSignature, URLSafeTimedSerializer
from wtforms import Form
from wtforms.fields.core import UnboundField

from ...records.people import sessions
from ...rules.addresses import safe_next
from ..parts.fields import Paragraph
from ..site import db, now

KEPT_FOR = 12 * 3600  # seconds
FIELD = "carried"
LONGEST = 1_000_000  # characters; signed, and nothing of it is read before that is checked

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Carried:
    """What somebody had typed: `where` is the page on which they wrote, `words` are labels and texts."""

    where: str
    words: tuple[tuple[str, str], ...]


def keeps_words_of(form: Callable[[], type[Form]]) -> Callable[[View], View]:
    """For a page whose form has fields of several lines: what stands in them outlives the session. `form` gives its class."""

    def marked(view: View) -> View:
        view.keeps_words_of = form  # type: ignore[attr-defined]
        return view

    return marked


def long_fields(endpoint: str | None) -> dict[str, str]:
    """Name to label of the fields of several lines that an endpoint takes."""
    marked = getattr(current_app.view_functions.get(endpoint or ""), "keeps_words_of", None)
    form = marked() if marked else None
    fields = {name: getattr(form, name) for name in dir(form)}
    return {
        name: str(field.args[0])
        for name, field in fields.items()
        if isinstance(field, UnboundField) and issubclass(field.field_class, Paragraph)
    }


def ended_session() -> int | None:
    """The id of the person whose session has just run out in this browser, or None."""
    token = session.get("_user_id")
    return sessions.find_ended(db(), token, now()) if isinstance(token, str) else None


def came_from() -> str:
    """The page on this site from which a form was sent, else home."""
    try:
        asked = urlsplit(request.referrer or "")
    except ValueError:
        return "/"
    return safe_next(f"{asked.path}?{asked.query}".rstrip("?")) if asked.netloc == request.host else "/"


def pack(person_id: int) -> str | None:
    """The long words of this request's form, signed with that person's id; None where there are none."""
    words = [(label, request.form[name]) for name, label in long_fields(request.endpoint).items() if request.form.get(name)]
    return _serializer().dumps([person_id, came_from(), words]) if words else None


def unpack(packed: str | None, person_id: int) -> Carried | None:
    """What this person had typed; None where it is somebody else's, too old, or made up."""
    if not packed:
        return None
    try:
        owner, where, words = _serializer().loads(packed, max_age=KEPT_FOR)
    except (BadSignature, ValueError, TypeError):
        return None
    return Carried(where, tuple((label, text) for label, text in words)) if owner == person_id else None


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.secret_key, salt="carried words")

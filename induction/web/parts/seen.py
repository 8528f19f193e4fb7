"""Edits name what their page had shown, so that nobody overwrites unseen what somebody else has saved meanwhile.

A form carries the field `saw`. Where what is stored is no longer that, the form comes back with what was typed, and
beneath it what differs; sent again, it has seen that too. What is made anew carries a `key`, by which it is made once.
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from ...records.store.tokens import digest
from ...wording.history import ON_THE_SERVER, changed_by
from .. import incoming_request
from ..site import now, viewer

FIELD = "saw"
KEY = re.compile(r"[A-Za-z0-9_-]{16,100}")
KEPT_ALREADY = "That is how it stands already. Nothing more was changed."
Shown = Mapping[str, str]  # label -> what stands there, line by line


@dataclass(frozen=True, slots=True)
class Theirs:
    """What somebody else has saved after a page had been opened."""

    who: str  # a sentence without its end: *Kit Osei changed it today at 10.42 am*
    rows: list[tuple[str, list[str]]]  # label and lines of what differs from what was typed


def who(by: int | None, by_name: str | None) -> str:
    """Who has done something, as whoever reads it calls them."""
    return "You" if by == viewer().id else by_name or ON_THE_SERVER


def who_changed(by: int | None, by_name: str | None, at: datetime) -> str:
    """As `Theirs.who`."""
    return changed_by(who(by, by_name), at, now())


def fingerprint(shown: object) -> str:
    """What changes when anything that a page has shown does."""
    return digest(json.dumps(shown, ensure_ascii=False, sort_keys=True, default=str))


def sent() -> str:
    """What the page had shown, as its form names it."""
    return incoming_request.sent(FIELD)


def number(name: str = FIELD) -> int:
    """A number that came with a form, or in the address; 0 for nonsense."""
    return incoming_request.number(incoming_request.sent(name) or incoming_request.asked(name))


def differing(typed: Shown, stored: Shown) -> list[tuple[str, list[str]]]:
    """What stands otherwise in the records than in the form."""
    return [(label, text.splitlines()) for label, text in stored.items() if typed.get(label, "") != text]


def page_key() -> str:
    """The key that came with the page, which makes sending it twice harmless; a new one where none fits."""
    key = incoming_request.sent("key")
    return key if KEY.fullmatch(key) else new_key()


def new_key() -> str:
    return secrets.token_urlsafe(16)

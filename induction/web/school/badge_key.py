"""The key with which badges are signed: shown under Evidence, and made anew where it is lost."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from flask import flash, redirect
from werkzeug.wrappers import Response

from ...records.school import signing_keys
from ...rules.badge_signing import fingerprint, key_of
from ...services import badges as deeds
from ...wording import badges as wording
from ..parts import badges as parts
from ..parts import seen
from ..security.confirm import ask_again
from ..site import db, now, site, today, viewer
from .room import blueprint

log = logging.getLogger("induction.school")


@dataclass(frozen=True, slots=True)
class KeyShown:
    fingerprint: str
    made: str  # by whom and when


@dataclass(frozen=True, slots=True)
class BadgeKeys:
    signs: str  # the key that signs, in groups; empty where none can
    trouble: str
    no_address: str
    every: list[KeyShown]  # all that are published, the latest first
    saw: int


@blueprint.app_template_global("badge_keys")
def badge_keys() -> BadgeKeys:
    """What the page of evidence says of them; its section asks for it itself."""
    signs, trouble = parts.own_fingerprint()
    every = [
        KeyShown(fingerprint(key_of(each.public_key)), wording.made(each.by_name, each.at, today())) for each in signing_keys.every(db())
    ]
    return BadgeKeys(signs, trouble, "" if site().settings.url else wording.NO_ADDRESS, every, deeds.latest(db()))


@blueprint.post("/evidence/key", endpoint="make_signing_key")
def make() -> Response:
    """Pressed twice, one is made."""
    ask_again()
    try:
        made = deeds.make_new_key(db(), site().settings.data, saw=seen.number(), by=viewer().id, now=now())
    except OSError as fault:
        log.error("A signing key can't be kept: %s", fault)
        flash(wording.NOT_WRITTEN, "wait")
    else:
        if made:
            log.info("Signing key made by person %s", viewer().id)
        flash(wording.NEW_KEY if made else seen.KEPT_ALREADY, "done")
    return redirect("/school/evidence#badges", 303)

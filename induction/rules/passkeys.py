"""Passkeys: what a browser is asked for, and what its answer has to be for this site, this browser and this moment.

A challenge is kept nowhere. It is chance and a moment, sealed with the site's key for one browser and one purpose: one of another
browser, for another purpose or from too long ago fits nothing here, and several tabs don't get in each other's way. That an
answer comes once is seen by its challenge, which is spent with it.
"""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from .addresses import origin

LASTS = timedelta(minutes=5)  # from when a page with a challenge was drawn
CHANCE = 16  # bytes of a challenge
MOMENT = 8
MOST = 20  # of one person
LONGEST_NAME = 60
LONGEST_CREDENTIAL = 1023  # bytes, as the standard says
LONGEST_ANSWER = 16_000  # characters of what a browser sends
ALGORITHMS = (-7, -8, -257)  # ES256, EdDSA, RS256, as COSE numbers them


class Purpose(StrEnum):
    """What a passkey is asked for."""

    ADD = "add"
    SIGN_IN = "sign in"  # by it alone
    SECOND_STEP = "second step"  # after a password
    CONFIRM = "confirm"  # before an act that matters


class Why(StrEnum):
    """Why an answer is not taken."""

    OLD = "old"  # not asked for in this browser, or too long ago, or taken already
    ELSEWHERE = "elsewhere"  # made at another address
    UNKNOWN = "unknown"  # of nobody, of somebody else, or removed
    UNLOCKED = "not unlocked"  # the device did not ask who holds it
    UNREADABLE = "unreadable"  # or signed by another key
    STOPPED = "stopped"  # its count went back or stood still: there is a copy
    TAKEN = "taken"  # it is here already
    TOO_MANY = "too many"


class NoPasskeys(StrEnum):
    """Why a site has none."""

    NUMBER = "number"  # its address has no name
    PLAIN = "plain"  # it is not under https


@dataclass(frozen=True, slots=True)
class Place:
    """Where passkeys are for: the name they are bound to, and the address at which a browser uses them."""

    name: str
    origin: str


def place(address: str) -> Place | NoPasskeys:
    """Of the site's public address. Browsers have passkeys under https alone, and on one's own machine by its name."""
    here = origin(address) or ""
    name = urlsplit(here).hostname or ""
    try:
        ip_address(name)
    except ValueError:
        own = name == "localhost" or name.endswith(".localhost")
        return Place(name, here) if own or here.startswith("https:") else NoPasskeys.PLAIN
    return NoPasskeys.NUMBER


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks a browser, and for what: the site's key, what only that browser and the site know, and the purpose."""

    place: Place
    key: bytes = field(repr=False)
    browser: str = field(repr=False)
    purpose: Purpose


def challenge(asker: Asker, chance: bytes, now: datetime) -> bytes:
    """What the answer has to bring back, signed. `chance`: so many random bytes."""
    asked = chance + int(now.timestamp()).to_bytes(MOMENT, "big")
    return asked + _seal(asker, asked)


def is_ours(asker: Asker, brought: bytes, now: datetime) -> bool:
    """Whether that challenge was given to this browser for this a short while ago. Both ways from now, as a clock may have
    been put right."""
    asked, seal = brought[: CHANCE + MOMENT], brought[CHANCE + MOMENT :]
    if not hmac.compare_digest(seal, _seal(asker, asked)):
        return False
    then = datetime.fromtimestamp(int.from_bytes(asked[CHANCE:], "big"), UTC)
    return abs(now - then) <= LASTS


def _seal(asker: Asker, asked: bytes) -> bytes:
    return hmac.digest(asker.key, f"passkey\0{asker.browser}\0{asker.purpose}\0".encode() + asked, "sha256")


def handle(key: bytes, person_id: int) -> str:
    """By which a passkey says whose it is. It tells nobody else anything: it is no email and no number."""
    return written(hmac.digest(key, f"holder of a passkey\0{person_id}".encode(), "sha256"))


def count_holds(kept: int, brought: int) -> bool:
    """Whether the count of uses goes on. Many passkeys don't count: theirs is 0 for ever."""
    return brought > kept or kept == brought == 0


# What a browser is asked for, as it stands in the page


@dataclass(frozen=True, slots=True)
class Holder:
    """For whom a passkey is made."""

    handle: str
    email: str
    name: str


def to_make(place: Place, school: str, holder: Holder, challenge: bytes, known: Sequence[str]) -> dict[str, Any]:
    """A new one, kept by the device so that it can be found without a name; `known`: those they have, not to be made twice."""
    return {
        "rp": {"id": place.name, "name": school},
        "user": {"id": holder.handle, "name": holder.email, "displayName": holder.name},
        "challenge": written(challenge),
        "pubKeyCredParams": [{"type": "public-key", "alg": each} for each in ALGORITHMS],
        "timeout": _milliseconds(LASTS),
        "attestation": "none",
        "authenticatorSelection": {"residentKey": "required", "requireResidentKey": True, "userVerification": "required"},
        "excludeCredentials": _named(known),
    }


def to_use(place: Place, challenge: bytes, known: Sequence[str]) -> dict[str, Any]:
    """One of those they have; `known` empty: whichever the device has for this site."""
    return {
        "rpId": place.name,
        "challenge": written(challenge),
        "timeout": _milliseconds(LASTS),
        "userVerification": "required",
        "allowCredentials": _named(known),
    }


def _named(known: Sequence[str]) -> list[dict[str, str]]:
    return [{"type": "public-key", "id": each} for each in known]


def _milliseconds(span: timedelta) -> int:
    return span // timedelta(milliseconds=1)


def written(raw: bytes) -> str:
    """Bytes in letters and figures, as browsers write them."""
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def read(text: str) -> bytes:
    """Raises ValueError where they are none."""
    return urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))

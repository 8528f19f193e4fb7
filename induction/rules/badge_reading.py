"""The file of a badge that somebody hands in, taken for hostile: what was signed in it, with which key. Nothing is fetched."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from . import badge_signing as signing
from . import badges

LARGEST = 100 * 1000  # bytes
DEEPEST = 12  # levels of JSON; a badge has five
LONGEST_NUMBER = 15  # digits
_TOKEN = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")
_REGISTERED = ("iss", "jti", "nbf", "exp")  # what a token says of itself, beside the credential


class Form(StrEnum):
    """In which of its two forms a badge comes; the values are endings of files."""

    JSON = "json"
    TOKEN = "jwt"


class Why(StrEnum):
    """Why a file is not taken."""

    EMPTY = "empty"
    LARGE = "large"
    NO_BADGE = "no badge"
    DAMAGED = "damaged"
    NOT_OURS = "not ours"
    CHANGED = "changed"  # or signed with another key than it says


class Refused(Exception):
    """A file that is not taken."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Signed:
    """What a badge says, and what has to be checked before any of it is believed."""

    form: Form
    claims: badges.Claims
    public: bytes  # the key that it names
    message: bytes
    signature: bytes


def read(content: bytes) -> Signed:
    """A badge of this program, out of its file. Its signature is not checked yet. Raises Refused."""
    if len(content) > LARGEST:
        raise Refused(Why.LARGE)
    try:
        text = content.decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        raise Refused(Why.NO_BADGE) from None
    if not text:
        raise Refused(Why.EMPTY)
    if _TOKEN.fullmatch(text):
        return _from_token(text)
    if text.startswith("{"):
        return _from_json(text)
    raise Refused(Why.NO_BADGE)


def _from_json(text: str) -> Signed:
    said = parsed(text)
    proof = said.pop("proof", None)
    try:
        value, key = proof.pop("proofValue"), _key(said, proof["verificationMethod"])
        if proof != signing.proof_of(said, proof["verificationMethod"]):
            raise Refused(Why.NOT_OURS)
        signature = signing.signature_of(value)
    except (AttributeError, KeyError, TypeError, signing.NoKey):
        raise Refused(Why.NOT_OURS) from None
    return Signed(Form.JSON, _claims(said), key, signing.to_sign(said, proof), signature)


def _from_token(token: str) -> Signed:
    """A token. What it says of itself has to be what the credential in it says."""
    head_text, body_text, signature_text = token.split(".")
    try:
        head, said = (parsed(signing.from_base64(part).decode()) for part in (head_text, body_text))
        signature = signing.from_base64(signature_text)
    except ValueError:
        raise Refused(Why.DAMAGED) from None
    try:
        key = _key(said, head["kid"])
        registered, claims = {name: said.pop(name) for name in _REGISTERED if name in said}, _claims(said)
        ours = (head["alg"], head["jwk"]["x"], registered) == ("EdDSA", signing.in_base64(key), _of_itself(said))
    except (AttributeError, KeyError, TypeError, signing.NoKey):
        ours = False
    if not ours or len(signature) != signing.SIGNATURE_LENGTH:
        raise Refused(Why.NOT_OURS)
    return Signed(Form.TOKEN, claims, key, f"{head_text}.{body_text}".encode(), signature)


def _of_itself(said: Mapping[str, Any]) -> dict[str, Any]:
    times = {"nbf": "validFrom", "exp": "validUntil"}
    found = {name: badges.seconds(badges.read_moment(said[of])) for name, of in times.items() if of in said}
    return {"iss": said["issuer"]["id"], "jti": said["id"], **found}


def _claims(said: Mapping[str, Any]) -> badges.Claims:
    try:
        return badges.claims(said)
    except badges.NotOurs:
        raise Refused(Why.NOT_OURS) from None


def _key(said: Mapping[str, Any], address: str) -> bytes:
    """The key that a badge names: its address is that of its issuer's keys, and in it the key. Raises Refused, NoKey."""
    issuer, _, key = address.partition("#")
    if issuer != said["issuer"]["id"]:
        raise Refused(Why.NOT_OURS)
    return signing.key_of(key)


def parsed(text: str) -> dict[str, Any]:
    """An object of JSON in which each name stands once, without fractions, and which can be read aloud. Raises Refused."""
    if _depth(text) > DEEPEST:
        raise Refused(Why.DAMAGED)
    try:
        found = json.loads(text, object_pairs_hook=_each_once, parse_float=_no, parse_constant=_no, parse_int=_number)
        json.dumps(found, ensure_ascii=False).encode()  # half a character is none
    except (ValueError, RecursionError):
        raise Refused(Why.DAMAGED) from None
    if not isinstance(found, dict):
        raise Refused(Why.NO_BADGE)
    return found


def _depth(text: str) -> int:
    """How many levels of JSON lie in one another; in one walk, whatever is written."""
    depth = deepest = 0
    quoted = escaped = False
    for sign in text:
        if quoted:
            quoted, escaped = sign != '"' or escaped, sign == "\\" and not escaped
        elif sign == '"':
            quoted = True
        elif sign in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif sign in "]}":
            depth -= 1
    return deepest


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs) or not all(name.isascii() for name in found):
        raise ValueError("a name stands twice, or is not one of a badge")
    return found


def _number(digits: str) -> int:
    if len(digits) > LONGEST_NUMBER:
        raise ValueError("too long a number")
    return int(digits)


def _no(_: str) -> Any:
    raise ValueError("no number that a badge has")

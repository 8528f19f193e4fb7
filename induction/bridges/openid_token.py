"""An ID token, looked at before a word of it is believed (OpenID Connect Core, 3.1.3.7; RFC 8725).

Loads joserfc, so it is imported where a token first comes.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from joserfc import jwt
from joserfc.errors import BadSignatureError, JoseError, UnsupportedAlgorithmError
from joserfc.jwk import ECKey, Key, OKPKey, RSAKey
from joserfc.jws import JWSRegistry

from ..rules.openid import Provider, ProviderFault, Reason

LEEWAY = timedelta(minutes=2)
ANEW = timedelta(minutes=12)  # a start holds for ten
LONGEST = 64 * 1024  # letters of a token
SHORTEST_MODULUS = 340  # letters of base64: 2,048 bits
MOST_KEYS = 50
KEYS = {"RSA": RSAKey, "EC": ECKey, "OKP": OKPKey}
OF = {f"{kind}{bits}": of for kind, of in (("RS", "RSA"), ("PS", "RSA"), ("ES", "EC")) for bits in (256, 384, 512)} | {
    "EdDSA": "OKP", "Ed25519": "OKP",
}  # fmt: skip  # what nobody can sign with who can only check: never none, never a shared secret
HASHES = {"256": hashlib.sha256, "384": hashlib.sha384}


class UnknownKey(Exception):
    """A token is signed with a key that isn't among those that are known: it may be a new one."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a token has to answer to."""

    provider: Provider
    algorithms: Sequence[str]  # of `OF`, that the provider says it signs with
    nonce: str
    now: datetime
    date: str | None  # what time it is there, as the answer's head says
    again: bool
    access_token: str | None = field(default=None, repr=False)


class _Registry(JWSRegistry):
    """joserfc's algorithms, without its warning of EdDSA's old name, which providers use."""

    def get_alg(self, name: str) -> Any:
        if name not in (self.allowed or ()):
            raise UnsupportedAlgorithmError()
        return self.algorithms[name]


def public_keys(said: dict[str, Any]) -> list[dict[str, Any]]:
    """Those of a key set that a token can be checked with."""
    keys = said.get("keys")
    return [each for each in keys[:MOST_KEYS] if _is_usable(each)] if isinstance(keys, list) else []


def claims(token: object, keys: Iterable[dict[str, Any]], asked: Asked) -> dict[str, Any]:
    """What a good token says. Raises ProviderFault; UnknownKey where newer keys may help."""
    if not isinstance(token, str) or not token.isascii() or len(token) > LONGEST or token.count(".") != 2:
        raise ProviderFault(Reason.BAD_TOKEN)
    head = _head(token)
    algorithm = head.get("alg")
    if not isinstance(algorithm, str) or algorithm not in asked.algorithms:
        raise ProviderFault(Reason.BAD_TOKEN)
    said = _signed(token, algorithm, [each for each in keys if _fits(each, head, algorithm)])
    _check_who(said, asked)
    _check_when(said, asked)
    _check_token(said, algorithm, asked.access_token)
    if asked.again:
        _check_anew(said)
    return said


def how_far_off(now: datetime, date: str | None) -> timedelta | None:
    """By how much this machine's clock is ahead; None where the answer doesn't say what time it is there."""
    try:
        there = parsedate_to_datetime(date or "")
    except (ValueError, OverflowError):
        return None
    return now - (there if there.tzinfo else there.replace(tzinfo=UTC))


def _is_usable(key: object) -> bool:
    if not isinstance(key, dict) or key.get("kty") not in KEYS or key.get("use", "sig") != "sig":
        return False
    modulus = key.get("n")
    return key["kty"] != "RSA" or (isinstance(modulus, str) and SHORTEST_MODULUS <= len(modulus) <= 8 * SHORTEST_MODULUS)


def _head(token: str) -> dict[str, Any]:
    try:
        first = token.partition(".")[0]
        head = json.loads(base64.urlsafe_b64decode(first + "=" * (-len(first) % 4)))
    except (ValueError, RecursionError):
        raise ProviderFault(Reason.BAD_TOKEN) from None
    if not isinstance(head, dict):
        raise ProviderFault(Reason.BAD_TOKEN)
    return head


def _fits(key: dict[str, Any], head: dict[str, Any], algorithm: str) -> bool:
    named = head.get("kid") is None or key.get("kid") == head["kid"]
    return named and key["kty"] == OF[algorithm] and key.get("alg", algorithm) == algorithm


def _signed(token: str, algorithm: str, keys: list[dict[str, Any]]) -> dict[str, Any]:
    if not keys:
        raise UnknownKey
    registry = _Registry(algorithms=[algorithm], strict_check_header=False)
    for each in keys:
        try:
            return dict(jwt.decode(token, _key(each), algorithms=[algorithm], registry=registry).claims)
        except BadSignatureError:
            continue
        except (JoseError, ValueError, TypeError, KeyError, RecursionError):
            raise ProviderFault(Reason.BAD_TOKEN) from None
    if _head(token).get("kid") is None:
        raise UnknownKey
    raise ProviderFault(Reason.BAD_TOKEN)


def _key(said: dict[str, Any]) -> Key:
    plain = {name: value for name, value in said.items() if name in ("kty", "kid", "n", "e", "crv", "x", "y")}
    return KEYS[said["kty"]].import_key(plain)


def _check_who(said: dict[str, Any], asked: Asked) -> None:
    if said.get("iss") != asked.provider.issuer:
        raise ProviderFault(Reason.WRONG_ISSUER)
    ours = asked.provider.client_id
    audience, party = said.get("aud"), said.get("azp")
    several = audience if isinstance(audience, list) else [audience]
    if ours not in several or (len(several) > 1 and party is None) or party not in (None, ours):
        raise ProviderFault(Reason.BAD_TOKEN)
    nonce = said.get("nonce")
    if not isinstance(nonce, str) or not hmac.compare_digest(nonce.encode("utf-8", "replace"), asked.nonce.encode()):
        raise ProviderFault(Reason.BAD_TOKEN)


def _check_when(said: dict[str, Any], asked: Asked) -> None:
    """A token of another time is a bad one, unless it is this machine's clock that is wrong."""
    made, ends, begins = (_moment(said.get(each)) for each in ("iat", "exp", "nbf"))
    if made is None or ends is None or (begins is None and said.get("nbf") is not None):
        raise ProviderFault(Reason.BAD_TOKEN)
    if made <= asked.now + LEEWAY and (begins is None or begins <= asked.now + LEEWAY) and ends > asked.now - LEEWAY:
        return
    off = how_far_off(asked.now, asked.date)
    if off is None:
        off = asked.now - made
    raise ProviderFault(Reason.CLOCK, off) if abs(off) > LEEWAY else ProviderFault(Reason.BAD_TOKEN)


def _check_token(said: dict[str, Any], algorithm: str, access_token: str | None) -> None:
    half = said.get("at_hash")
    if half is None or access_token is None:
        return
    whole = HASHES.get(algorithm[2:], hashlib.sha512)(access_token.encode("utf-8", "replace")).digest()
    wanted = base64.urlsafe_b64encode(whole[: len(whole) // 2]).rstrip(b"=")
    if not isinstance(half, str) or not hmac.compare_digest(half.encode("utf-8", "replace"), wanted):
        raise ProviderFault(Reason.BAD_TOKEN)


def _check_anew(said: dict[str, Any]) -> None:
    """By the provider's own clock. Google and Microsoft mostly don't say when; what they were asked is then all there is."""
    shown, made = _moment(said.get("auth_time")), _moment(said.get("iat"))
    if shown is not None and made is not None and made - shown > ANEW:
        raise ProviderFault(Reason.NOT_ANEW)


def _moment(claim: object) -> datetime | None:
    if isinstance(claim, bool) or not isinstance(claim, int | float):
        return None
    try:
        return datetime.fromtimestamp(claim, UTC)
    except (ValueError, OverflowError, OSError):
        return None

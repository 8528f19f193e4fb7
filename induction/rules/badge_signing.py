"""How a badge is signed: a key as text, the one form in which JSON is signed, and what is signed in each of the two forms.

A badge is a credential of the W3C (*Verifiable Credentials 2.0*, as *Open Badges 3.0* has it). One form carries its proof in
itself (*eddsa-jcs-2022*), the other is a signed token (*VC-JWT* with EdDSA). Both name the key by an address whose end is the
key, so that whoever reads a badge can check it without a network.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

Credential = Mapping[str, Any]

KEY_LENGTH, SIGNATURE_LENGTH = 32, 64  # bytes, of Ed25519
LONGEST_TEXT = 120  # characters of a key or a signature in base 58
_ED25519 = b"\xed\x01"  # how a public key of that kind begins
_SIGNS = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
SUITE = "eddsa-jcs-2022"
PURPOSE = "assertionMethod"


class NoKey(ValueError):
    """A text that is no public key, or no signature, of this kind."""


def key_text(public: bytes) -> str:
    """A public key as it is published: *z6Mk…*."""
    return _base58(_ED25519 + public)


def key_of(text: str) -> bytes:
    """The public key of such a text. Raises NoKey."""
    found = _from_base58(text)
    if len(found) != len(_ED25519) + KEY_LENGTH or not found.startswith(_ED25519):
        raise NoKey
    return found[len(_ED25519) :]


def signature_of(text: str) -> bytes:
    """The signature of a proof. Raises NoKey."""
    found = _from_base58(text)
    if len(found) != SIGNATURE_LENGTH:
        raise NoKey
    return found


def _base58(content: bytes) -> str:
    number, signs = int.from_bytes(content, "big"), ""
    while number:
        number, rest = divmod(number, 58)
        signs = _SIGNS[rest] + signs
    return "z" + "1" * (len(content) - len(content.lstrip(b"\0"))) + signs


def _from_base58(text: str) -> bytes:
    if not text.startswith("z") or len(text) > LONGEST_TEXT or not set(text[1:]) <= set(_SIGNS):
        raise NoKey
    signs, number = text[1:], 0
    for sign in signs:
        number = number * 58 + _SIGNS.index(sign)
    return bytes(len(signs) - len(signs.lstrip("1"))) + number.to_bytes((number.bit_length() + 7) // 8, "big")


def fingerprint(public: bytes) -> str:
    """A key in short groups that two people can compare on the telephone: *3F2A 91C0 …*."""
    digits = hashlib.sha256(public).hexdigest()[:32].upper()
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))


def canonical(value: Any) -> bytes:
    """The one form of a JSON value (RFC 8785), as far as badges need it: names in ASCII, and no fractions."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def method(issuer: str, public: bytes) -> str:
    """The address of a key: that of the issuer's keys, and in it the key itself."""
    return f"{issuer}#{key_text(public)}"


def proof_of(credential: Credential, key: str) -> dict[str, Any]:
    """The proof that goes into a credential, as it is before it is signed. `key`: its address."""
    return {
        "@context": credential["@context"],
        "type": "DataIntegrityProof",
        "cryptosuite": SUITE,
        "verificationMethod": key,
        "proofPurpose": PURPOSE,
    }


def to_sign(credential: Credential, proof: Mapping[str, Any]) -> bytes:
    """What is signed of a credential without its proof, and a proof without its value."""
    return hashlib.sha256(canonical(proof)).digest() + hashlib.sha256(canonical(credential)).digest()


def with_proof(credential: Credential, proof: Mapping[str, Any], signature: bytes) -> dict[str, Any]:
    return {**credential, "proof": {**proof, "proofValue": _base58(signature)}}


def in_lines(value: Any) -> bytes:
    """A JSON value as people can read it; its line breaks are no part of what is signed."""
    return json.dumps(value, ensure_ascii=False, indent=2).encode() + b"\n"


def controller(issuer: str, keys: Sequence[bytes]) -> dict[str, Any]:
    """What is published at the issuer's address: its public keys, in the words that whoever checks a badge looks for."""
    methods = [method(issuer, each) for each in keys]
    return {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": issuer,
        "verificationMethod": [
            {"id": name, "type": "Multikey", "controller": issuer, "publicKeyMultibase": key_text(each)}
            for name, each in zip(methods, keys, strict=True)
        ],
        PURPOSE: methods,
    }


def public_jwk(issuer: str, public: bytes) -> dict[str, str]:
    """A public key as tokens name it."""
    return {"kty": "OKP", "crv": "Ed25519", "x": in_base64(public), "kid": method(issuer, public), "alg": "EdDSA", "use": "sig"}


def token_to_sign(credential: Credential, public: bytes, valid_from: int, valid_until: int | None) -> str:
    """A token's head and body; its times are seconds since 1970."""
    issuer = credential["issuer"]["id"]
    jwk = {name: value for name, value in public_jwk(issuer, public).items() if name in ("kty", "crv", "x")}
    head = {"alg": "EdDSA", "typ": "JWT", "kid": method(issuer, public), "jwk": jwk}
    claims = {"iss": issuer, "jti": credential["id"], "nbf": valid_from} | ({} if valid_until is None else {"exp": valid_until})
    return f"{in_base64(canonical(head))}.{in_base64(canonical({**credential, **claims}))}"


def in_base64(content: bytes) -> str:
    """As tokens have it."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def from_base64(text: str) -> bytes:
    """The bytes of a part of a token, written in the one way. Raises ValueError."""
    found = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    if in_base64(found) != text:
        raise ValueError(text[:20])
    return found

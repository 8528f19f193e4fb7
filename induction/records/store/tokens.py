"""Random tokens. Whoever reads the database finds only their digests, which open nothing."""

from __future__ import annotations

import hashlib
import secrets

from ...rules import certificate_codes


def new_token() -> str:
    """256 random bits, fit for a cookie or an address."""
    return secrets.token_urlsafe(32)


def new_code() -> str:
    """The code of a certificate: 70 random bits. It opens only what anybody who has the paper may see."""
    return certificate_codes.from_chance(secrets.randbits(5 * certificate_codes.LENGTH))


def digest(text: str) -> str:
    """SHA-256 as 64 hex digits; any text, even one that is no UTF-8."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()

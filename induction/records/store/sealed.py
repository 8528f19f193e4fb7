"""Secrets that the site has to know itself: sealed, so that a copy of the database alone opens nothing.

The key is derived from the one that signs cookies, which lies beside the database and goes along in backups.
"""

from __future__ import annotations

import base64
import hmac
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

from .school_file import KEY


def seal(database: Path, secret: str) -> str:
    """A secret, sealed. Raises OSError where the key can't be read."""
    return _fernet(database).encrypt(secret.encode()).decode()


def open_sealed(database: Path, sealed: str) -> str | None:
    """The secret; None where it was sealed with another key: the database came without the one that lay beside it."""
    try:
        return _fernet(database).decrypt(sealed.encode()).decode()
    except (InvalidToken, FileNotFoundError):
        return None


def _fernet(database: Path) -> Fernet:
    key = hmac.digest(database.with_name(KEY).read_bytes(), b"sealed secrets", "sha256")
    return Fernet(base64.urlsafe_b64encode(key))

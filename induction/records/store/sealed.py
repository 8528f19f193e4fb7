"""Secrets that the site has to know itself: sealed, so that a copy of the database alone opens nothing.

The key is derived from the one that signs cookies, which lies beside the database and goes along in backups.
"""

from __future__ import annotations

import base64
import hmac
from enum import StrEnum
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

from .school_file import KEY


class Secret(StrEnum):
    """What is sealed, each kind with a key of its own: none is opened as another."""

    CLIENT = "client secret"
    TYPED_CLIENT = "client secret as it was typed"  # in a form that comes back
    REFRESH_TOKEN = "refresh token"
    CODE_APP = "code app"
    NEW_APP = "code app that is not confirmed"  # in a cookie, which is signed and can be read
    NEW_CODES = "recovery codes that are to be shown"  # in a cookie too


def seal(database: Path, what: Secret, secret: str) -> str:
    """A secret, sealed. Raises OSError where the key can't be read."""
    return _fernet(database, what).encrypt(secret.encode()).decode()


def open_sealed(database: Path, what: Secret, sealed: str) -> str | None:
    """The secret; None where it was sealed with another key: as something else, or the database came without the key beside it."""
    try:
        return _fernet(database, what).decrypt(sealed.encode()).decode()
    except (InvalidToken, FileNotFoundError):
        return None


def _fernet(database: Path, what: Secret) -> Fernet:
    key = hmac.digest(database.with_name(KEY).read_bytes(), f"sealed {what}".encode(), "sha256")
    return Fernet(base64.urlsafe_b64encode(key))

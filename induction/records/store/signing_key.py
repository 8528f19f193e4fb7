"""The private half of the key with which the school signs badges: a file beside the database, and a part of each backup."""

from __future__ import annotations

import os
import re
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from . import key_files
from .school_file import SIGNING_KEY, NotPlain, open_plain
from .whole_files import private, sync, workshop

_DIGITS = re.compile(rb"[0-9a-f]{64}")


class NoSigningKey(Exception):
    """The private key can't be used."""


class SigningKeyMissing(NoSigningKey):
    """Its file is not there, or can't be read."""


class SigningKeyDamaged(NoSigningKey):
    """Its file holds something else."""


class Key:
    """A private key."""

    def __init__(self, secret: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(secret)
        self.public = self._key.public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        return self._key.sign(message)


def read(data: Path) -> Key:
    """The key that lies in a data folder. Raises NoSigningKey."""
    try:
        with open_plain(data / SIGNING_KEY) as file:
            digits = file.read(1000)
    except (OSError, NotPlain) as fault:
        raise SigningKeyMissing from fault
    return Key(_secret(digits))


def kept(data: Path) -> Key:
    """The key that lies in a data folder, made where there is none yet. Raises SigningKeyDamaged, OSError."""
    return Key(_secret(key_files.kept(data / SIGNING_KEY)))


def _secret(digits: bytes) -> bytes:
    if not _DIGITS.fullmatch(digits):
        raise SigningKeyDamaged
    return bytes.fromhex(digits.decode())


class Fresh:
    """A new key that is to take the place of the one that lies in a data folder."""

    def __init__(self, data: Path) -> None:
        self._path, self._digits = data / SIGNING_KEY, secrets.token_hex(32)
        self.public = Key(_secret(self._digits.encode())).public

    def put_in_place(self) -> None:
        """From then on the key before it is gone. Raises OSError."""
        with workshop(self._path) as folder:
            fresh = folder / self._path.name
            with open(fresh, "x", opener=private) as file:
                file.write(self._digits)
            sync(fresh)
            os.replace(fresh, self._path)
        sync(self._path.parent)


def fits(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the holder of a key has signed just this."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True

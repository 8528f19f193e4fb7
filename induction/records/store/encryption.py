"""Backups that only the holder of a private key can open: files as `age` makes them. Nothing is held in memory whole."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import IO

import pyrage
from pyrage import x25519

from .faults import BackupDamaged, KeyUnfit

BEGINNING = b"age-encryption.org/v1\n"
ENDING = ".age"  # of a file's name
PRIVATE = "AGE-SECRET-KEY-"
LONGEST_KEY_FILE = 64 * 1024  # bytes

Key = x25519.Identity  # private


def new_key() -> tuple[str, str]:
    """A new pair: the private key, and the public one."""
    key = x25519.Identity.generate()
    return str(key), str(key.to_public())


def is_encrypted(path: Path) -> bool:
    """Whether a file is there and encrypted."""
    try:
        with path.open("rb") as file:
            return file.read(len(BEGINNING)) == BEGINNING
    except OSError:
        return False


def encrypt(plain: IO[bytes], out: IO[bytes], public: Sequence[str]) -> None:
    """Write what `plain` holds to `out`, for the holders of any of the keys. Raises OSError."""
    try:
        pyrage.encrypt_io(plain, out, [x25519.Recipient.from_str(each) for each in public])
    except pyrage.EncryptError as error:  # what `out` raises comes as this
        raise OSError(None, str(error).removeprefix("OSError: ")) from error


def decrypt(file: IO[bytes], out: IO[bytes], keys: Sequence[Key], name: str) -> None:
    """Write what was encrypted in `file`, which people call `name`, to `out`. Raises KeyUnfit, BackupDamaged; OSError from `out`."""
    try:
        pyrage.decrypt_io(file, out, list(keys))
    except pyrage.DecryptError as error:
        raise KeyUnfit(
            f"{name} is encrypted, and not for this key. Nothing was changed. Look for the private key that belongs to the "
            "INDUCTION_BACKUP_KEY of that time."
        ) from error
    except OSError as error:
        if error.errno is not None:  # of the disk
            raise
        raise BackupDamaged(f"The backup {name} is damaged. Nothing was changed. Take another one, or fetch this one again.") from error


def keys_in(text: str, name: str) -> list[Key]:
    """The private keys in a file as `age-keygen` and `induction backup-key` write it. Raises KeyUnfit."""
    lines = [line.strip().strip("\ufeff") for line in text.splitlines()]
    found = [line for line in lines if line and not line.startswith("#")]
    if not found or not all(line.upper().startswith(PRIVATE) for line in found):
        public = any(line.startswith("age1") for line in found)
        why = "That is the public key; the private one is needed" if public else f"A private key begins with {PRIVATE}"
        raise KeyUnfit(f"{name} holds no private key of a backup. {why}. Nothing was changed.")
    try:
        return [x25519.Identity.from_str(line.upper()) for line in found]
    except pyrage.IdentityError as error:
        raise KeyUnfit(f"The private key in {name} is not whole, or mistyped. Nothing was changed.") from error

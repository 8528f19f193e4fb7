"""The file with the private key of backups that are encrypted, as it is named on the command line."""

from __future__ import annotations

import click

from ..records.store import encryption
from ..records.store.encryption import Key
from .files_handed_through import Incoming

key_option = click.option("--key", type=Incoming, help="The file with the private key, for a backup that is encrypted.")


def keys_of(file: Incoming | None) -> list[Key]:
    """The private keys in a file that was named; none where none was. Raises Refused, KeyUnfit."""
    if file is None:
        return []
    return encryption.keys_in(file.read(encryption.LONGEST_KEY_FILE).decode("utf-8", "replace"), str(file))

"""drill, backup-key."""

from __future__ import annotations

import click

from ..records.store import encryption
from ..services import drills
from ..serving import trial
from ..settings import Settings
from ..wording import backups as wording
from .command import Command, now
from .files_handed_through import Incoming
from .private_keys import key_option, keys_of
from .terminal import Refused, say, show


@click.command(cls=Command)
@click.argument("file", type=Incoming, required=False)
@key_option
def drill(settings: Settings, file: Incoming | None, key: Incoming | None) -> int:
    """Prove a backup, FILE or the newest: put it back in a folder of its own, and let a lead sign in there."""
    keys = keys_of(key)
    if file is None:
        newest = drills.newest(settings.data)
        if newest is None:
            raise Refused("There is no backup in backups/ yet. The site makes the first in its first night; or name a FILE.")
        file = Incoming(str(newest))
    show(f"{file}\n")
    with file.within(settings.data) as path:
        outcome = drills.hold(path, str(file), settings.data, now(), trial.of, keys)
    for words in outcome.seen[:-1] if not outcome.ok else outcome.seen:
        show(f"{words}\n")
    if not outcome.ok:
        say(f"The drill failed. {outcome.seen[-1]}")
    return 0 if outcome.ok else 1


@click.command("backup-key", cls=Command)
def backup_key(settings: Settings) -> None:
    """Make a pair of keys for encrypted backups, and show the private one, once."""
    private, public = encryption.new_key()
    show(f"# public key: {public}\n{private}\n")
    say(wording.key_made(public))

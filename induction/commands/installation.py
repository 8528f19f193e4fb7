"""backup, restore, doctor, migrate."""

from __future__ import annotations

import sys
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

import click

from .. import __version__
from ..content.reading import library
from ..records import evidence
from ..records.store import backup as backups
from ..records.store import restore as restoring
from ..records.store.database import Database
from ..rules.calendar import local
from ..services import doctor as examination
from ..services import health, installation, programme
from ..services.findings import Finding
from ..services.open_editions import OpenEditions
from ..settings import HOME, Settings
from ..wording.dates import in_utc
from .command import Command, format_option, looking, made, now
from .files_handed_through import STANDARD, Incoming, Outgoing
from .private_keys import key_option, keys_of
from .terminal import say, show, show_json


@click.command(cls=Command)
@click.argument("file", type=Outgoing, required=False)
def backup(settings: Settings, file: Outgoing | None) -> None:
    """Write a backup: to FILE, else to backups/ in the data folder."""
    db = Database(installation.found(settings.data), looking=True)
    if file is None:
        latest = evidence.latest(db)
        name = backups.named_for(now(), keys=settings.backup_keys, head=latest.head if latest else "")
        to = settings.data / backups.FOLDER / name
        left_out = backups.backup(db, to, settings.backup_keys)
        show(f"{to}\n")
    else:
        with file.writing() as out:
            left_out = backups.write(db, out, settings.backup_keys)
        if file.name != STANDARD:
            show(f"{file}\n")
    if settings.backup_keys:
        say("It is encrypted: whoever restores it needs the private key.")
    for each in left_out:
        say(f"Left out: {each}. The site doesn't read it either.")


@click.command(cls=Command, makes_the_folder=True)
@click.argument("file", type=Incoming)
@click.option("--older", is_flag=True, help="Though it is older than what is there.")
@key_option
def restore(settings: Settings, file: Incoming, older: bool, key: Incoming | None) -> None:
    """Put a backup back."""
    keys = keys_of(key)
    installation.make_folder(settings.data)
    with file.within(settings.data) as path:
        done = restoring.restore(path, settings.data, now(), older, str(file), keys)
    installation.note_restore(settings.data, Path(str(file)).name, done, now())
    until = f"up to {in_utc(done.latest)}" if done.latest else "empty"
    say(f"Restored; the records are there {until}. Everybody is signed out, and links have ended.")
    say(
        "Passwords, passkeys, apps for codes and accounts elsewhere are those of the backup: what was taken away since opens again."
        " Take it away anew."
    )
    if done.lost_after:
        say(f"Records after that, up to {in_utc(done.lost_after)}, are in {done.replaced} alone.")
    elif done.replaced:
        say(f"What was there before lies in {done.replaced}.")
    if done.records_alone:
        say("The backup held the records alone: courses/ and quizzes/ of the school's own, if it had any, stay as they are here.")


@click.command(cls=Command)
@format_option("text", "json")
def doctor(settings: Settings, format: str) -> int:
    """Look over the installation: what is well and what isn't."""
    python = ".".join(map(str, sys.version_info[:3]))
    findings = [
        Finding("program", True, f"Induction {__version__}, Python {python}."),
        Finding("address", True, f"Links begin with {settings.address}; a browser that asks for another name is refused."),
    ]
    findings += (examined := examination.examine(settings.data, now()))
    if all(each.ok for each in examined if each.name in ("data folder", "database", "schema")):
        findings += _beyond(settings)
    if format == "json":
        show_json([asdict(finding) for finding in findings])
    else:
        for each in findings:
            sign = "LOOK" if not each.ok else "ok  " if each.known else "?   "
            show(f"{sign}  {each.name}: {' '.join(filter(None, (each.words, each.what_to_do)))}\n")
    return 0 if all(finding.ok for finding in findings if finding.name not in health.FOR_LEADS) else 1


def _beyond(settings: Settings) -> list[Finding]:
    """What the health page tells besides."""
    from ..serving.caretaker import intervals  # not before: no other command needs the site

    with closing(looking(settings)) as db:
        stands = programme.made_of(library.read(HOME, settings.data).library, db, OpenEditions())
        ground = health.Ground(
            db, settings.data, HOME, __version__, settings.url, stands.library, stands.school, stands.required, now(),
            local(now()).date(), intervals(),
        )  # fmt: skip
        return health.look(ground)


@click.command(cls=Command, makes_the_folder=True)
def migrate(settings: Settings) -> None:
    """Bring the database up to date, after a backup."""
    made(settings)
    say(f"The database in {settings.data} is up to date.")

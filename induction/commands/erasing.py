"""people erase: a record goes for good."""

from __future__ import annotations

import sys

import click

from ..records.people import people
from ..records.store.backup import FOLDER
from ..rules import text
from ..services import erasure
from ..settings import Settings
from ..wording.erasure import DONE, told
from .command import Command, now, person, records
from .terminal import Refused, say


@click.command("erase", cls=Command)
@click.argument("email")
@click.option("--why", default="Asked for, and done on the server.", help="Who asked for it and when, without the name: it stays.")
@click.option("--yes", is_flag=True, help="Do it without asking for the name.")
def people_erase(settings: Settings, email: str, why: str, yes: bool) -> int | None:
    """Erase the record of somebody who has left. It can't be taken back."""
    db = records(settings)
    found = person(db, email)
    if found.active:
        raise Refused(f"{found.name} is still here. Nothing was changed. First: `induction people deactivate {found.email}`.")
    outlook = erasure.outlook(db, found)
    for line in told(found.name, outlook.goes, outlook.stays, outlook.written):
        say(line)
    if not yes and not (sys.stdin and sys.stdin.isatty()):
        say("Nothing was changed. If it is meant, add --yes.")
        return 1
    typed = found.name if yes else click.prompt("Type the name to erase the record for good", err=True, default="", show_default=False)
    try:
        done = erasure.erase(db, found.id, typed=typed, why=text.line(why, 500), by=None, now=now())
    except (people.PeopleFault, text.Unfit) as fault:
        raise Refused(f"{fault} Nothing was changed.") from fault
    say(DONE.format(done.number))
    if not erasure.finish(db):
        say("Bytes of it may be left on the disk until the site's next round: it is being read, or the disk is full.")
    for copy in erasure.copies(settings.data):
        say(f"Still in {FOLDER}/{copy.name}{'' if copy.goes_by else ', which does not go by itself'}.")
    return 0

"""pack."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import click

from .. import __version__
from ..bridges import typesetting
from ..bridges.typesetting import Document, NotSet
from ..records.store.database import Database
from ..rules.calendar import local
from ..services import own_content
from ..services.inspection import making
from ..services.inspection.contents import Asked, NobodyOfThatNumber
from ..settings import HOME, Settings
from ..wording import pack as wording
from .command import Command, Day, looking, now, person
from .files_handed_through import STANDARD, Outgoing
from .terminal import Refused, say

SOURCE = HOME / "templates" / "school" / "pack.typ"
SECONDS = 120  # of the processor's time for the pages: a school of ten thousand needs a fifth of it


def _file_name(ctx: click.Context) -> str:
    """Known before root goes on as another account, which could not write here."""
    return wording.file_name(ctx.params.get("as_at") or local(now()).date(), None)


@click.command(cls=Command)
@click.option("--as-at", type=Day(past=True), help="As it stood at the end of that day; as it stands now if left out.")
@click.option("--person", "email", metavar="EMAIL", help="Of one person.")
@click.option("--by", metavar="EMAIL", help="Who asks for it, as it says on its cover; the server if left out.")
@click.option(
    "--output", metavar="FILE", type=Outgoing, show_default=False, default=lambda: _file_name(click.get_current_context()),
    help="To a new file, a ZIP; inspection-pack-DATE.zip here if left out.",
)  # fmt: skip
def pack(settings: Settings, as_at: date | None, email: str | None, by: str | None, output: Outgoing) -> None:
    """For an inspection: who was required to do what and did it, in which words, as one PDF with sheets beside it."""
    db, moment = looking(settings), now()
    today = local(moment).date()
    day = as_at or today
    if day > today:
        raise Refused(wording.DAY_TO_COME)
    whose = person(db, email).id if email else None
    asked = Asked(day, moment, _name(db, by), __version__, whose)

    def typeset(data: Mapping[str, Any]) -> bytes:
        return typesetting.pdf(SOURCE.read_text(encoding="utf-8"), Document(data, moment), SECONDS)

    library = own_content.taught(HOME, settings.data, today)
    try:
        with output.writing() as file:
            making.make(settings.database, library, asked, typeset, file, say)
    except NotSet as fault:
        raise Refused(f"The pages could not be set: {fault}. Nothing was written.") from fault
    except NobodyOfThatNumber as fault:
        raise Refused(f"{fault} Nothing was written.") from fault
    if output.name != STANDARD:
        say(f"Written to {output}. It holds personal data: keep it as safe as the server.")


def _name(db: Database, email: str | None) -> str:
    return person(db, email).name if email else ""

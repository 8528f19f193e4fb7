"""export, verify."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import click

from ..content.model import Library
from ..content.reading import library
from ..records import acts, evidence, exports
from ..records.store.database import Database
from ..rules import evidence as rules
from ..rules.email_address import as_typed
from ..services import evidence as deeds
from ..services.spreadsheet.csv_file import csv_text
from ..settings import HOME, Settings
from ..wording import acts as acts_in_words
from ..wording.numbers import in_figures
from .command import Command, Day, format_option, looking, person
from .files_handed_through import STANDARD, Outgoing
from .terminal import Refused, say, show, show_sheet

WHAT = ("completions", "elsewhere", "people", "history", "acts", "evidence")
Sheet = tuple[Sequence[str], list[Mapping[str, Any]]]


@click.command(cls=Command)
@click.argument("what", metavar="|".join(WHAT), type=click.Choice(WHAT))
@click.option("--person", "email", metavar="EMAIL", help="Of one person.")
@click.option("--as-at", type=Day(past=True), help="As it stood at the end of that day.")
@format_option("csv", "json")
@click.option(
    "--output", metavar="FILE", type=Outgoing, default=STANDARD, show_default=False,
    help="To a new file; standard output if left out.",
)  # fmt: skip
def export(
    settings: Settings, what: str, email: str | None, as_at: date | None, format: str, output: Outgoing
) -> None:
    """Completions, what was done elsewhere, people, their history, what leads did, or the chain of evidence, as CSV or JSON."""
    db = looking(settings)
    if email:
        person(db, email)
    columns: Sequence[str]
    rows: list[Mapping[str, Any]]
    if what == "people":
        if as_at:
            raise Refused("People are exported as they stand today; --as-at goes with completions.")
        columns, rows = exports.PEOPLE, exports.everyone(db)
        if email:
            rows = [row for row in rows if row["email"] == as_typed(email)]
    elif what == "elsewhere":
        if as_at:
            raise Refused("What was done elsewhere has all its days in it; --as-at goes with completions.")
        columns, rows = exports.ELSEWHERE, exports.done_elsewhere(db, email)
    elif what == "evidence":
        if as_at or email:
            raise Refused("The chain is exported whole, since it is checked from its first entry on.")
        columns, rows = evidence.COLUMNS, list(evidence.rows(db))
    elif what in ("history", "acts"):
        if as_at:
            raise Refused("That has all that was, with its moment; --as-at goes with completions.")
        columns, rows = (_history if what == "history" else _acts)(db, library.read(HOME, settings.data).library, email)
    else:
        columns = exports.COMPLETIONS
        rows = exports.completions(db, email, as_at)
    text = (
        json.dumps(rows, ensure_ascii=False, indent=2) + "\n" if format == "json" else csv_text(columns, rows)
    )
    if output.name == STANDARD:
        show_sheet(text)
    else:
        with output.writing() as file:
            file.write(text.encode())
        say(f"{in_figures(len(rows), 'row')} written to {output}.")


def _history(db: Database, known: Library, email: str | None) -> Sheet:
    titles = {course.slug: course.title for course in known.courses.values()}
    return exports.HISTORY, exports.history_of_people(db, titles, email)


def _acts(db: Database, known: Library, email: str | None) -> Sheet:
    """Of one person: what concerns them."""
    about = frozenset({person(db, email).id}) if email else None
    called = acts_in_words.Called.of(known)
    return acts_in_words.COLUMNS, [acts_in_words.row(each, called) for each in acts.whole_log(db, acts.Wanted(about=about))]


@click.command(cls=Command)
@click.option("--head", metavar="HEX", help="That some entry has this head, which was kept elsewhere: 16 digits or all 64.")
def verify(settings: Settings, head: str | None) -> int:
    """Go through the chain of evidence, and compare each entry with its record."""
    wanted = rules.digits(head) if head is not None else None
    if wanted == "":
        raise Refused("That is no head: write 16 digits or more of it, 0 to 9 and a to f.")
    db = looking(settings)
    checked = evidence.check(db, wanted)
    show(f"{checked.entries} entries, head {checked.head}\n")
    if checked.fault:
        say(deeds.in_words(checked))
    elif wanted and (entry := evidence.by_head(db, wanted)):
        say(f"The head that you gave is that of entry {entry.n:,}: nothing up to there was altered since it was written down.")
    return 1 if checked.fault else 0

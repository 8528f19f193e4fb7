"""export, backup, restore, doctor, migrate."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from .. import __version__
from ..content.reading import library
from ..records import exports
from ..records.people import people
from ..records.store import backup as backups
from ..records.store import restore as restoring
from ..records.store.database import Database
from ..services import doctor as examination
from ..services import installation
from ..services.doctor import Finding
from ..serving import say
from ..settings import HOME, Settings
from .common import Refused, looking, made, now, person, show, show_json, show_sheet
from .files_handed_through import STANDARD


def export(settings: Settings, chosen: Namespace) -> int:
    db = looking(settings)
    if chosen.person:
        person(db, chosen.person)
    rows: list[Mapping[str, Any]]
    if chosen.what == "people":
        if chosen.as_at:
            raise Refused("People are exported as they stand today; --as-at goes with completions.")
        columns, rows = exports.PEOPLE, exports.everyone(db)
        if chosen.person:
            rows = [row for row in rows if row["email"] == people.normal_email(chosen.person)]
    elif chosen.what == "history":
        if chosen.as_at:
            raise Refused("The history has all that was, with its moment; --as-at goes with completions.")
        titles = {course.slug: course.title for course in library.read(HOME, settings.data).library.courses.values()}
        columns, rows = exports.HISTORY, exports.history_of_people(db, titles, chosen.person)
    else:
        columns = exports.COMPLETIONS
        rows = exports.completions(db, chosen.person, chosen.as_at)
    text = (
        json.dumps(rows, ensure_ascii=False, indent=2) + "\n" if chosen.format == "json" else exports.csv_text(columns, rows)
    )
    if chosen.output.name == STANDARD:
        show_sheet(text)
    else:
        with chosen.output.writing() as file:
            file.write(text.encode())
        say(f"{len(rows)} row{'s' * (len(rows) != 1)} written to {chosen.output}.")
    return 0


def backup(settings: Settings, chosen: Namespace) -> int:
    db = Database(installation.found(settings.data), looking=True)
    if chosen.file is None:
        to = settings.data / backups.FOLDER / backups.named_for(now())
        left_out = backups.backup(db, to)
        show(f"{to}\n")
    else:
        with chosen.file.writing() as file:
            left_out = backups.write(db, file)
        if chosen.file.name != STANDARD:
            show(f"{chosen.file}\n")
    for each in left_out:
        say(f"Left out: {each}. The site doesn't read it either.")
    return 0


def restore(settings: Settings, chosen: Namespace) -> int:
    installation.make_folder(settings.data)
    with chosen.file.within(settings.data) as file:
        done = restoring.restore(file, settings.data, now(), chosen.older, str(chosen.file))
    until = f"up to {done.latest:%d/%m/%Y %H:%M} UTC" if done.latest else "empty"
    say(f"Restored; the records are there {until}. Everybody is signed out, and links have ended.")
    if done.lost_after:
        say(f"Records after that, up to {done.lost_after:%d/%m/%Y %H:%M} UTC, are in {done.replaced} alone.")
    elif done.replaced:
        say(f"What was there before lies in {done.replaced}.")
    if done.records_alone:
        say("The backup held the records alone: courses/ and quizzes/ of the school's own, if it had any, stay as they are here.")
    return 0


def doctor(settings: Settings, chosen: Namespace) -> int:
    """What is well and what isn't. Looking changes nothing."""
    python = ".".join(map(str, sys.version_info[:3]))
    findings = [
        Finding("program", True, f"Induction {__version__}, Python {python}."),
        Finding("address", True, f"Links begin with {settings.address}; a browser that asks for another name is refused."),
        *examination.examine(settings.data, now()),
    ]
    if chosen.format == "json":
        show_json([asdict(finding) for finding in findings])
    else:
        for finding in findings:
            show(f"{'ok  ' if finding.ok else 'LOOK'}  {finding.name}: {' '.join(filter(None, (finding.words, finding.what_to_do)))}\n")
    return 0 if all(finding.ok for finding in findings) else 1


def migrate(settings: Settings, _: Namespace) -> int:
    made(settings)
    say(f"The database in {settings.data} is up to date.")
    return 0

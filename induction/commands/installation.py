"""export, backup, restore, doctor, migrate."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ..content import library
from ..records import backup as backups
from ..records import doctor as examination
from ..records import export as exports
from ..records import people
from ..records import restore as restoring
from ..serving import say
from ..settings import HOME, Settings
from .common import Refused, now, person, records, show, show_json


def export(settings: Settings, chosen: Namespace) -> int:
    db = records(settings)
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
        titles = {course.word: course.title for course in library.read(HOME, settings.data).library.courses.values()}
        columns, rows = exports.HISTORY, exports.history_of_people(db, titles, chosen.person)
    else:
        columns = exports.COMPLETIONS
        rows = exports.completions(db, chosen.person, chosen.as_at)
    text = (
        json.dumps(rows, ensure_ascii=False, indent=2) + "\n" if chosen.format == "json" else exports.csv_text(columns, rows)
    )
    if chosen.output:
        Path(chosen.output).write_text(text, encoding="utf-8", newline="")
        say(f"{len(rows)} row{'s' * (len(rows) != 1)} written to {chosen.output}.")
    else:
        show(text)
    return 0


def backup(settings: Settings, chosen: Namespace) -> int:
    db = records(settings)
    if chosen.file:
        to = Path(chosen.file)
    else:
        folder = settings.data / "backups"
        folder.mkdir(mode=0o700, exist_ok=True)
        to = folder / backups.named_for(now())
    show(f"{backups.backup(db, to)}\n")
    return 0


def restore(settings: Settings, chosen: Namespace) -> int:
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    done = restoring.restore(Path(chosen.file), settings.data, now(), older=chosen.older)
    until = f"up to {done.latest:%d/%m/%Y %H:%M} UTC" if done.latest else "empty"
    say(f"Restored; the records are there {until}. Everybody is signed out, and links have ended.")
    if done.lost_after:
        say(f"Records after that, up to {done.lost_after:%d/%m/%Y %H:%M} UTC, are in {done.replaced} alone.")
    return 0


def doctor(settings: Settings, chosen: Namespace) -> int:
    records(settings)
    findings = examination.examine(settings.data, now())
    if chosen.format == "json":
        show_json([asdict(finding) for finding in findings])
    else:
        for finding in findings:
            show(f"{'ok  ' if finding.ok else 'LOOK'}  {finding.name}: {finding.words}")
            show(f" {finding.what_to_do}\n" if not finding.ok else "\n")
    return 0 if all(finding.ok for finding in findings) else 1


def migrate(settings: Settings, _: Namespace) -> int:
    records(settings)
    say(f"The database in {settings.data} is up to date.")
    return 0

"""What the commands share: the records, a person by email, and words on the terminal."""

from __future__ import annotations

import json
import os
import sys
from datetime import UTC, datetime
from typing import Any

from ..records.exports import BYTE_ORDER_MARK
from ..records.people import people
from ..records.people.people import Person
from ..records.store.database import Database
from ..services import installation
from ..settings import Settings


class Refused(Exception):
    """A problem was found; the words say it."""


def now() -> datetime:
    return datetime.now(UTC)


def records(settings: Settings) -> Database:
    """The database that is there, to read and to change."""
    return installation.existing(settings.data)


def looking(settings: Settings) -> Database:
    """The database that is there, to read alone: on a disk that can't be written, too."""
    return installation.existing(settings.data, looking=True)


def made(settings: Settings) -> Database:
    """The database, made or brought up to date: for the few commands that may."""
    return installation.prepare(settings.data, now())


def person(db: Database, email: str) -> Person:
    """The person with that email. Raises Refused."""
    found = people.by_email(db, email)
    if found is None:
        raise Refused(f"Nobody here has the email {email}.")
    return found


class NotShown(Exception):
    """Standard output takes no more. What was done before stays done."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"Standard output could not take the rest ({why}). What was done stays done; "
            "for a link that was lost, make another: `induction people invite EMAIL`."
        )


def show(text: str) -> None:
    """Data, to standard output. Raises NotShown."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as fault:
        raise NotShown(fault.strerror) from fault


def ready_streams() -> None:
    """See that words can be said on any terminal, on none, and into any file: what is said after a deed must not fail.

    A terminal that knows few letters shows the others as numbers; what goes into a file or another program is UTF-8.
    """
    if sys.stdout is None:  # closed by whoever started this
        sys.stdout = open(os.open(os.devnull, os.O_RDONLY), "w")
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w")
    sys.stderr.reconfigure(errors="backslashreplace")
    encoding = sys.stdout.encoding if sys.stdout.isatty() else "utf-8"
    sys.stdout.reconfigure(encoding=encoding, errors="backslashreplace")


def show_json(value: Any) -> None:
    show(json.dumps(value, ensure_ascii=False, indent=2, default=str) + "\n")


def show_sheet(text: str) -> None:
    """A CSV, to standard output; a terminal would show its mark for spreadsheets as a letter."""
    show(text.removeprefix(BYTE_ORDER_MARK) if sys.stdout.isatty() else text)


def say_how_far(done: int, of: int) -> None:
    """How far long work is, on one line of a terminal; to anything else it says nothing."""
    if sys.stderr.isatty() and (done % 100 == 0 or done == of):
        print(f"\r{done:,} of {of:,}", end="\n" if done == of else "", file=sys.stderr, flush=True)

"""What the commands share: the records, a person by email, and words on the terminal."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from typing import Any

from .. import prepare, secret_key
from ..records import people
from ..records.database import Database
from ..records.export import BYTE_ORDER_MARK
from ..records.people import Person
from ..settings import Settings


class Refused(Exception):
    """A problem was found; the words say it."""


def now() -> datetime:
    return datetime.now(UTC)


def records(settings: Settings) -> Database:
    """The database, made if there is none: any command may come before the first start."""
    found = prepare(settings)
    secret_key(settings.data)
    return found


def person(db: Database, email: str) -> Person:
    """The person with that email. Raises Refused."""
    found = people.by_email(db, email)
    if found is None:
        raise Refused(f"Nobody here has the email {email}.")
    return found


def show(text: str) -> None:
    """Data, to standard output."""
    sys.stdout.write(text)
    sys.stdout.flush()


def show_file(text: str) -> None:
    """What would stand in a file, to standard output: in UTF-8, or, on a terminal, in the letters that it shows."""
    if sys.stdout.isatty():
        show(text.removeprefix(BYTE_ORDER_MARK))
    else:
        sys.stdout.buffer.write(text.encode())
        sys.stdout.buffer.flush()


def say_how_far(done: int, of: int) -> None:
    """How far long work is, on one line of a terminal; to anything else it says nothing."""
    if sys.stderr.isatty() and (done % 100 == 0 or done == of):
        print(f"\r{done:,} of {of:,}", end="\n" if done == of else "", file=sys.stderr, flush=True)


def print_any_letter() -> None:
    """Let a terminal that knows few letters show the others as numbers: what is said after a deed must not fail."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")


def show_json(value: Any) -> None:
    show(json.dumps(value, ensure_ascii=False, indent=2, default=str) + "\n")

"""What is said and shown on the terminal, whatever has become of it."""

from __future__ import annotations

import json
import os
import sys
from typing import Any

from ..services.spreadsheet.csv_file import BYTE_ORDER_MARK


class Refused(Exception):
    """A problem was found; the words say it."""


class NotShown(Exception):
    """Standard output takes no more. What was done before stays done."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"Standard output could not take the rest ({why}). What was done stays done; "
            "for a link that was lost, make another: `induction people invite EMAIL`."
        )


def say(words: str) -> None:
    """To the terminal, beside the data on standard output. A terminal that is gone hears nothing, and nothing fails."""
    try:
        print(words, file=sys.stderr, flush=True)
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())


def show(text: str) -> None:
    """Data, to standard output. Raises NotShown."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as fault:
        show_no_more()
        raise NotShown(fault.strerror) from fault


def show_no_more() -> None:
    """What standard output has not taken goes nowhere, so that the end of the process does not fail of it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


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

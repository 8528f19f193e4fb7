"""A sheet written as a CSV file that every spreadsheet opens as it is meant."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TextIO

BYTE_ORDER_MARK = "\ufeff"  # without it Excel takes the letters for Windows’ own, and saves what it took them for
FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")  # what a spreadsheet would run, or such a cell made text before


def csv_text(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """Rows as CSV for spreadsheets, to be written as UTF-8. A cell that would run as a formula is made text by an apostrophe."""
    out = io.StringIO(newline="")
    write_csv(out, columns, rows)
    return out.getvalue()


def write_csv(out: TextIO, columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
    """The same, row by row, to a file that was opened without the translation of line ends."""
    out.write(BYTE_ORDER_MARK)
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_inert(row[column]) for column in columns] for row in rows)


def _inert(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and FORMULA.match(cell) else cell

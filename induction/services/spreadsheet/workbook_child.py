"""Reads a spreadsheet from standard input and writes its cells as lines of JSON: a program of its own, with nothing of ours.

A file that makes the reader loop or fill the memory ends this process alone. A line is the name of a sheet and its
merged cells (first row, last row, column), or the number of a row, counted from 1, and its cells.
"""

import json
import resource
import sys
from datetime import date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

MEMORY = 400 * 1024 * 1024  # bytes of addresses; a good half is never used
OUTPUT = 30 * 1024 * 1024  # bytes
SECONDS = 20  # of computing
MOST_COLUMNS = 300
LONGEST_CELL = 1_000  # characters; whoever reads it finds a longer one too long
PASSWORD, UNREADABLE = 3, 4  # exit codes


def main() -> int:
    for limit, most in (
        (resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_FSIZE, OUTPUT), (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (most, most))
    import python_calamine as calamine  # only now: it is what the limits are for

    try:
        workbook = calamine.load_workbook(sys.stdin.buffer)
        for about in workbook.sheets_metadata:
            if about.visible is calamine.SheetVisibleEnum.Visible and about.typ is calamine.SheetTypeEnum.WorkSheet:
                write_sheet(workbook.get_sheet_by_name(about.name))
        sys.stdout.flush()
    except calamine.PasswordError:
        return PASSWORD
    except (calamine.CalamineError, MemoryError, OSError, ValueError):
        return UNREADABLE
    return 0


def write_sheet(sheet: "CalamineSheet") -> None:
    merged = [(top + 1, end + 1, column) for (top, column), (end, last) in sheet.merged_cell_ranges or () if column == last]
    write([sheet.name, merged[:10_000]])
    left = sheet.start[1] if sheet.start else 0
    for number, row in enumerate(sheet.iter_rows(), 1):  # from the sheet's first row, and its first column with anything in it
        cells = [""] * left + [text_of(cell) for cell in row[: MOST_COLUMNS - left]]
        if any(cells):
            write([number, cells])


def text_of(cell: object) -> str:
    """A cell as people would type it: a day without its time, a whole number without a point."""
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)[: LONGEST_CELL + 1]


def write(line: list[object]) -> None:
    sys.stdout.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    sys.exit(main())

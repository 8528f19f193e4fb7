"""A file as lines of cells, however a spreadsheet saved it: as text in any of the usual encodings, or as it is."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

Lines = Callable[[], Iterator[tuple[int, list[str]]]]
MOST_COLUMNS = 300
MOST_BLANK = 50_000  # lines with nothing in them, in all
LONGEST_LINE = 300_000  # characters; as many columns of a thousand

_BROKEN = (
    "this line can't be read: a quotation mark is left open or stands inside a cell, or a cell is far too long. "
    "Nothing after it was read."
)
_TOO_BLANK = "there are far too many empty lines before this one. Take them out, or copy the lines with people alone."
_DELIMITERS = ",;\t|"
_SEPARATOR = re.compile(r'"?sep=([^\w\s"]|\t)"?[,;\t|]*(?:\r\n|[\r\n])', re.IGNORECASE)  # Excel's own first line
_LINE = re.compile(r"[^\r\n]*+(?:\r\n|[\r\n])|[^\r\n]++")
_MARKS = {
    codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF32_LE: "utf-32-le", codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be",
}  # fmt: skip
_WINDOWS = {byte: bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(0x80, 0xA0)}


class Unreadable(Exception):
    """A file can't be read, or not after this line; `str` is a sentence that says what to do."""

    def __init__(self, words: str, line: int = 1) -> None:
        super().__init__(words)
        self.line = line


@dataclass(frozen=True, slots=True)
class Table:
    """Lines of cells. `lines()` begins anew each time; blank lines are left out. It raises Unreadable."""

    lines: Lines
    name: str = ""  # of a sheet
    merged: tuple[tuple[int, int, int], ...] = ()  # cells over several lines: the first, the last, the column from 0
    further_cells: bool = False  # whether cells beyond the headings may stand there; in text they are a comma too many
    is_guess: bool = False  # whether its letters were read as Windows’ because nothing said otherwise


def of_text(data: bytes) -> list[Table]:
    """The ways in which a text may be cut into cells: one where the file itself says it. Raises Unreadable."""
    text, is_guess = _decoded(data)
    said = _SEPARATOR.match(text)
    if said:
        return [Table(_lines(text, said[1], after=1), is_guess=is_guess)]
    return [Table(_lines(text, delimiter), is_guess=is_guess) for delimiter in _DELIMITERS]


def _lines(text: str, delimiter: str, after: int = 0) -> Lines:
    def lines() -> Iterator[tuple[int, list[str]]]:
        source = _short_lines(text)
        for _ in range(after):
            next(source)
        blank = 0
        reader = csv.reader(source, delimiter=delimiter, skipinitialspace=True, strict=True)
        while True:
            line = reader.line_num + 1 + after
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as fault:
                raise Unreadable(_BROKEN, line) from fault
            if any(cell and not cell.isspace() for cell in cells):
                yield line, cells[:MOST_COLUMNS]
            elif (blank := blank + 1) > MOST_BLANK:
                raise Unreadable(_TOO_BLANK, line)

    return lines


def _short_lines(text: str) -> Iterator[str]:
    """The lines of a text. Raises csv.Error at one that would fill the memory once it is cut into cells."""
    for found in _LINE.finditer(text):
        if found.end() - found.start() > LONGEST_LINE:
            raise csv.Error
        yield found[0]


def _decoded(data: bytes) -> tuple[str, bool]:
    """The text, and whether its letters are a guess."""
    text, is_guess = _any_letters(data)
    text = text.rstrip("\x1a\r\n").removeprefix("ï»¿").lstrip("\ufeff")  # an end as old systems write it; marks that became letters
    if text[:4000].count("\0") > len(text[:4000]) // 10:
        raise Unreadable("the file is no text that can be read. Save the list as “CSV UTF-8” or as an Excel workbook (.xlsx).")
    return text, is_guess


def _any_letters(data: bytes) -> tuple[str, bool]:
    for mark, encoding in sorted(_MARKS.items(), key=lambda each: -len(each[0])):
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace"), False
    if wide := _wide(data[:400]):
        return data.decode(wide, "replace"), False
    try:
        return data.decode("utf-8"), False
    except UnicodeDecodeError:
        return data.decode("latin-1").translate(_WINDOWS), True


def _wide(sample: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of plain letters is nought."""
    first, second = sample[0::2].count(0), sample[1::2].count(0)
    if len(sample) < 8 or max(first, second) < len(sample) // 3 or min(first, second) > len(sample) // 20:
        return None
    return "utf-16-be" if first > second else "utf-16-le"

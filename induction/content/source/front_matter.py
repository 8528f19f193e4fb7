"""The front matter of a Markdown file, and how its values are read."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from ..problems import OfWords, Report, instead, short
from . import yaml_lines
from .leftovers import plain_fault
from .yaml_lines import Items, Table, Text

BOUNDARY = re.compile(r"^-{3,}\s*$", re.MULTILINE)


class Parts(NamedTuple):
    table: Table  # the front matter
    body: str  # the words after it
    first_line: int  # of those


def split(text: str, report: Report) -> Parts:
    """Front matter, the words after it, and the line on which those begin. What is missing is empty."""
    begins, ends = _boundaries(text)
    if begins is None:
        report(1, "the file has no front matter; begin it with `---`, `title: …` and `---`, each on a line of its own")
        return Parts(_unread(), text, 1)
    if ends is None:
        report(1, "the front matter is never closed; write `---` on a line of its own after it")
        return Parts(_unread(), "", 1)
    faults: list[int] = []

    def note(line: int, message: str) -> None:
        faults.append(line)
        report(line, message)

    node = yaml_lines.read(text[begins.end() : ends.start()], _line(text, begins.end()), note)
    if node is not None and not isinstance(node, Table):
        note(node.line, "the front matter is not made of keys; write `title: …` there")
    table = node if isinstance(node, Table) else _unread() if faults else Table()
    return Parts(table, text[ends.end() :], _line(text, ends.end()))


def body_of(text: str) -> tuple[str, int]:
    """The words after front matter that is known to stand there, and the line on which they begin."""
    _, ends = _boundaries(text)
    return (text[ends.end() :], _line(text, ends.end())) if ends else ("", 1)


def _boundaries(text: str) -> tuple[re.Match[str] | None, re.Match[str] | None]:
    """The lines of hyphens that front matter stands between."""
    begins = BOUNDARY.match(text)
    return begins, BOUNDARY.search(text, begins.end()) if begins else None


def _line(text: str, at: int) -> int:
    return 1 + text.count("\n", 0, at)


def _unread() -> Table:
    table = Table()
    table.unread = True
    return table


def check_keys(table: Table, known: Collection[str], report: Report) -> None:
    """Report each key that means nothing here."""
    for key in table:
        if key not in known:
            report(table.lines[key], f'unknown key "{short(key)}"; {instead(key, known)}')


def words(table: Table, key: str, report: Report, line: int = 0) -> str:
    """The words under `key`; empty, and reported at `line`, where they are required (a line is given) and missing."""
    value = table.get(key)
    if value is None:
        if line and not table.unread:
            report(line, f"`{key}` is missing; write `{key}: …`")
        return ""
    if not isinstance(value, Text):
        report(table.lines[key], f"`{key}` is not plain words; write it on one line as `{key}: …`")
        return ""
    if not value:
        report(table.lines[key], f"`{key}` is empty; write `{key}: …`" + ("" if line else ", or leave it out"))
    return str(value)


def shown(table: Table, key: str, report: Report, line: int = 0) -> str:
    """The same of words that readers see as they stand: what is markup in them is reported."""
    text = words(table, key, report, line)
    fault = plain_fault(text)
    if fault:
        report(table.lines[key], OfWords(f"`{key}`: {fault}"))
    return text


def whole_number(table: Table, key: str, least: int, most: int, report: Report) -> int | None:
    """A whole number between two others, or None where there is none."""
    value = table.get(key)
    if value is None:
        return None
    if isinstance(value, Text) and re.fullmatch(r"[0-9]{1,6}", value) and least <= int(value) <= most:
        return int(value)
    report(table.lines[key], f"`{key}` is not a whole number from {least} to {most}; write `{key}: {max(least, min(6, most))}`, say")
    return None


def day(table: Table, key: str, report: Report, line: int = 0) -> date | None:
    """A date, or None, which is reported at `line` where it is required."""
    value = table.get(key)
    if value is None:
        if line:
            report(line, f"`{key}` is missing; write `{key}: 2026-09-01`, say")
        return None
    if isinstance(value, Text) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            report(table.lines[key], f"{value} is not a real date; write year, month and day, as in 2026-09-01")
            return None
    report(table.lines[key], f"`{key}` is not a date; write year, month and day, as in 2026-09-01")
    return None


def list_of_words(table: Table, key: str, report: Report) -> tuple[str, ...]:
    """A list of words; a single line counts as a list of one."""
    value = table.get(key)
    if isinstance(value, Text):
        return (str(value),) if value else ()
    if isinstance(value, Items) and all(isinstance(item, Text) for item in value):
        return tuple(str(item) for item in value)
    if value is not None:
        report(table.lines[key], f'`{key}` is not a list of plain words; write `- …` on a line for each, in "quotes" if it has a colon')
    return ()

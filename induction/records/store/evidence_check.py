"""Whether the chain of evidence holds, and says what the records say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from heapq import merge
from itertools import groupby

import sqlite_utils

from ...rules import evidence as rules
from .database import Database, one_moment
from .evidence_facts import FACTS, read
from .faults import as_faults
from .tokens import digest

BY_AGE = "act"  # the log of what leads did goes after seven years, and the words of its entries with it
UNNAMED = ("person", "correction", BY_AGE)  # kinds whose records may stay where the words of their entries went with a name

RESTS = (  # the entries that rest on words: of a lesson, a course or its scenarios by their SHA-256
    ("completion", "select id, version from completions"),
    ("attempt", "select id, quiz_version from attempts where finished_at is not null"),
    ("attempt", "select id, lesson_version from attempts where finished_at is not null"),
)


class Wrong(StrEnum):
    """What does not fit."""

    MISSING = "missing"  # one or more entries are not there
    LEAF = "leaf"  # the entry is not the one that was sealed
    HEAD = "head"  # it does not follow from the one before
    EMPTIED = "emptied"  # its words went without a removal
    RECORD_CHANGED = "record changed"
    RECORD_GONE = "record gone"
    OTHER_WORDS = "other words"  # the words that it rests on are not those of their SHA-256
    NOT_ENTERED = "not entered"  # a record of which the chain knows nothing
    OTHER_HEAD = "other head"  # no entry has the head that was kept outside


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    n: int  # of the first entry that does not fit
    wrong: Wrong
    kind: str = ""
    row: int = 0


@dataclass(frozen=True, slots=True)
class Checked:
    entries: int
    head: str  # 64 hexadecimal digits
    fault: Fault | None


def check(db: Database, head: str | None = None) -> Checked:
    """Go through the chain from its first entry, and compare each with its record, and with the words that it rests on. `head`:
    one that was kept outside, or how it begins.

    All of one moment; memory does not grow with it. Some 10 µs an entry.
    """
    with one_moment(db), as_faults():
        return _check(db.connection(), head)


def _check(connection: sqlite_utils.Database, wanted: str | None) -> Checked:
    faults, n, before, found = [], 0, rules.BEGINNING, wanted is None
    for number, at, kind, row, salt, entry, leaf, head in connection.execute(
        "select n, at, kind, row, salt, entry, leaf, head from evidence order by n"
    ):
        wrong = None
        if number != n + 1:
            wrong = Fault(n + 1, Wrong.MISSING)
        elif entry is not None and (rules.leaf(salt, entry) != leaf or not _says(entry, at, kind, row)):
            wrong = Fault(number, Wrong.LEAF, kind, row)
        elif rules.head(number, before, leaf) != head:
            wrong = Fault(number, Wrong.HEAD, kind, row)
        if wrong:
            faults.append(wrong)
            break  # what follows an entry that doesn't fit says nothing
        n, before = number, head
        found = found or head.hex().startswith(wanted or "")
    faults.extend(next(iter(_unlike(connection, kind, n)), None) for kind in FACTS)
    faults.extend(_of_other_words(connection))
    first = min(filter(None, faults), default=None)
    if first is None and not found:
        first = Fault(n, Wrong.OTHER_HEAD)
    return Checked(n, before.hex(), first)


def _says(entry: str, at: str, kind: str, row: int) -> bool:
    """Whether an entry is of what stands beside it."""
    return f'"at":"{at}",' in entry and f'"kind":"{kind}","row":{row}' in entry


def _acts_from(connection: sqlite_utils.Database) -> str:
    """From when on the log of what leads did has not had its time."""
    [moment] = connection.execute("select ifnull(strftime('%Y-%m-%dT%H:%M:%f', max(at), '-7 years'), '') from acts").fetchone()
    return str(moment)


def _unlike(connection: sqlite_utils.Database, kind: str, last: int) -> Iterator[Fault]:
    """Where records of a kind and their entries are not alike, in the order of the records' numbers.

    Which entries a removal emptied its own entry says, which is compared with them as any other.
    """
    acts_from = _acts_from(connection)
    entries = connection.execute("select row, n, entry, at, gone_with from evidence where kind = ? order by row", [kind])
    records = ((each.row, -1, rules.canonical({"fact": each.fact})[1:-1]) for each in read(connection, kind))
    both = merge(entries, records, key=lambda each: each[0])
    for row, group in groupby(both, key=lambda each: each[0]):
        entered, kept = None, None
        for each in group:
            entered, kept = (entered, each) if each[1] == -1 else (each, kept)
        if entered is None:
            yield Fault(last + 1, Wrong.NOT_ENTERED, kind, row)
            continue
        _, n, entry, at, removal = entered
        if entry is not None and kept is None:
            yield Fault(n, Wrong.RECORD_GONE, kind, row)
        elif entry is not None and kept is not None and kept[2] not in entry:
            yield Fault(n, Wrong.RECORD_CHANGED, kind, row)
        elif entry is None and removal is None and not (kind == BY_AGE and kept is None and at < acts_from):
            yield Fault(n, Wrong.EMPTIED, kind, row)
        elif entry is None and kept is not None and kind not in UNNAMED:
            yield Fault(n, Wrong.EMPTIED, kind, row)


def _of_other_words(connection: sqlite_utils.Database) -> Iterator[Fault]:
    """The first entry of each kind that rests on words which are not there any more, or not as they were."""
    kept = {sha256 for text, sha256 in connection.execute("select text, sha256 from versions") if digest(text) == sha256}
    for kind, resting in RESTS:
        yield from _first(connection, kind, [row for row, sha256 in connection.execute(resting) if sha256 not in kept])
    policies = connection.execute("select version, text, sha256 from policy_versions")
    yield from _first(connection, "policy", [row for row, text, sha256 in policies if (text and digest(text)) != sha256])


def _first(connection: sqlite_utils.Database, kind: str, rows: Sequence[int]) -> Iterator[Fault]:
    if rows:
        for n, row in connection.execute("select n, row from evidence where (kind, row) = (?, ?)", [kind, min(rows)]):
            yield Fault(n, Wrong.OTHER_WORDS, kind, row)

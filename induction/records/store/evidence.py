"""Entering what happened into the chain of evidence: the last step of each change, before its commit."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import sqlite_utils

from ...rules import evidence as rules
from ...version import VERSION
from .columns import moment
from .evidence_facts import Happened, read
from .faults import PYTHON_ERRORS

AT_ONCE = 1000  # entries
LAGS = timedelta(minutes=5)  # at most, a change behind one that began later and was saved first
Due = tuple[str, int, int]  # kind, row, whether it was recorded before there was a chain


@dataclass(slots=True)
class _End:
    """The end of the chain, which each new entry moves on."""

    n: int
    head: bytes
    at: str


def enter_what_is_due(connection: sqlite_utils.Database) -> None:
    """Inside a transaction: an entry for each row that has none yet. Where there is nothing, one question of an empty table."""
    due = _due(connection)
    if not due:
        return
    end = _End(*(connection.execute("select n, head, at from evidence order by n desc limit 1").fetchone() or (0, rules.BEGINNING, "")))
    while due:  # of an upgrade there are many
        happened = _happened(connection, due)
        connection.conn.executemany(
            "insert into evidence (n, at, kind, row, person, salt, entry, leaf, head) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [_entered(connection, end, each, happened[each[:2]]) for each in due],
        )
        due = _due(connection) if len(due) == AT_ONCE else []


def _due(connection: sqlite_utils.Database) -> list[Due]:
    try:
        due: list[Due] = connection.execute(
            "select kind, row, before from evidence_due order by id limit ?", [AT_ONCE]
        ).fetchall()
    except PYTHON_ERRORS as error:
        if "no such table" in str(error):  # an older database, before its upgrade
            return []
        raise
    return due


def _happened(connection: sqlite_utils.Database, due: list[Due]) -> dict[tuple[str, int], Happened]:
    rows: dict[str, list[int]] = {}
    for kind, row, _ in due:
        rows.setdefault(kind, []).append(row)
    return {(kind, each.row): each for kind, those in rows.items() for each in read(connection, kind, those)}


def _entered(connection: sqlite_utils.Database, end: _End, due: Due, what: Happened) -> tuple[Any, ...]:
    """The row of the next entry."""
    kind, row, before = due
    entry = {"app": VERSION, "at": what.at, "kind": kind, "row": row, "fact": what.fact}
    who = dict(_who(connection, kind, what, bool(before)))
    flags = {"who": who, "before": bool(before), "clock_went_back": not before and end.n > 1 and _went_back(end.at, what.at)}
    text = rules.canonical(entry | {name: value for name, value in flags.items() if value})
    salt = secrets.token_bytes(rules.SALT)
    leaf = rules.leaf(salt, text)
    end.n, end.head, end.at = end.n + 1, rules.head(end.n + 1, end.head, leaf), what.at
    return end.n, what.at, kind, row, what.person, salt, text, leaf, end.head


def _went_back(last: str, at: str) -> bool:
    """Further than what waits for its turn to be saved lags behind what came after it."""
    return at < last and moment(last) - moment(at) > LAGS


def _who(connection: sqlite_utils.Database, kind: str, what: Happened, before: bool) -> Iterator[tuple[str, int]]:
    """Who whose it is was then, and who did it: the numbers of their entries in `people_history`."""
    for role, person in (("person", what.person), ("by", what.by)):
        if person is None or (kind, role) == ("person", "person"):
            continue
        [entry] = connection.execute(
            "select ifnull((select max(id) from people_history where person = :person and (not :before or at <= :at)),"
            " (select min(id) from people_history where person = :person))",
            {"person": person, "before": before, "at": what.at},
        ).fetchone()
        if entry is not None:
            yield role, entry

"""What the entries of evidence say: of each kind the table and the columns of its row, word for word as they stand there.

People stand in them by number, and under `who` by the entry of their history of then; a name stands in the entries of that
person alone, which go when they are erased. The typed name of an approval and of a sign-off does too, and is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

import sqlite_utils

MANY = 500  # rows asked for by number at once


@dataclass(frozen=True, slots=True)
class Fact:
    """A table of what happened."""

    table: str
    columns: tuple[str, ...]
    at: str = "at"
    person: str = "null"  # SQL: whose it is
    by: str = "null"  # SQL: who did it
    key: str = "id"
    where: str = "1"  # SQL: which rows have happened
    many: bool = False  # one entry for all rows of a key
    more: Mapping[str, str] = field(default_factory=dict)  # what besides, by name: SQL

    @property
    def names(self) -> tuple[str, ...]:
        return *self.columns, *self.more


@dataclass(frozen=True, slots=True)
class Happened:
    """One row, or the rows of one key, as an entry tells it."""

    row: int
    at: str
    fact: Any
    person: int | None
    by: int | None


_WHO = ("name", "email", "role", "mentor", "due", "course", "active", "starts", "ends")
FACTS = {
    "school": Fact("school", ("key",), at="(select ifnull(min(at), strftime('%Y-%m-%dT%H:%M:%f000Z')) from people_history)"),
    "person": Fact("people_history", ("person", "at", "by", "what", *_WHO), person="person", by='"by"'),
    "policy": Fact(
        "policy_versions", ("version", "at", "chosen_by", "sha256", "material", "note"), by="chosen_by", key="version",
        more={"choices": "(select json_group_object(facet, json_array(stance, words)) from (select facet, stance, words from policy_choices"
              " where policy_choices.version = policy_versions.version order by facet))"},
    ),
    "approval": Fact("approvals", ("course", "sha256", "approved_by", "at"), by="approved_by"),
    "acknowledgement": Fact(
        "acknowledgements", ("person", "version", "sha256", "typed_name", "at", "recorded_by", "signed_on", "after"),
        person="person", by="recorded_by",
    ),
    "attempt": Fact(
        "attempts",
        ("person", "course", "lesson", "quiz_version", "lesson_version", "policy_version", "pass_mark", "drawn", "started_at",
         "finished_at", "mark", "percent", "breaches", "passed", "asked_again", "lesson_opened"),
        at="finished_at", person="person", where="finished_at is not null",
    ),
    "answers": Fact(
        "answers", ("step", "scenario", "scene", "chosen", "rating", "mark", "at"),
        person="(select person from attempts where id = attempt)",
        where="(select finished_at from attempts where id = attempt) is not null", key="attempt", many=True,
    ),
    "completion": Fact(
        "completions",
        ("person", "course", "lesson", "attempt", "version", "percent", "pass_mark", "attempts", "policy_version", "completed_at",
         "lesson_opened", "round", "after"),
        at="completed_at", person="person",
    ),
    "certificate": Fact(
        "certificates", ("completion", "code"), at="(select completed_at from completions where id = completion)",
        person="(select person from completions where id = completion)",
    ),
    "sign-off": Fact(
        "sign_offs", ("completion", "by", "at", "after"), by='"by"', person="(select person from completions where id = completion)",
    ),
    "correction": Fact(
        "corrections", ("person", "completion", "acknowledgement", "sign_off", "counts", "why", "rightly", "follows", "by", "at"),
        person="person", by='"by"',
    ),
    "elsewhere": Fact(
        "done_elsewhere",
        ("person", "course", "provider", "title", "done_on", "expires_on", "document", "kind", "file", "bytes", "by", "at"),
        person="person", by='"by"',
    ),
    "elsewhere taken back": Fact(
        "done_elsewhere_taken_back", ("entry", "why", "by", "at"), key="entry", by='"by"',
        person="(select person from done_elsewhere where id = entry)",
    ),
    "badge": Fact(
        "badges_read", ("entry", "badge", "issuer", "public_key", "whose"), at="(select at from done_elsewhere where id = entry)",
        person="(select person from done_elsewhere where id = entry)", by='(select "by" from done_elsewhere where id = entry)',
    ),
    "signing key": Fact("signing_keys", ("public_key", "by", "at"), by='"by"'),
    "act": Fact("acts", ("at", "by", "what", "person", "about", "was", "became"), person="person", by='"by"'),
    "removal": Fact(
        "removals", ("at", "kind", "person", "by", "until_at", "count", "why"), person="person", by='"by"',
        more={"emptied": "(select json_group_array(n) from (select n from evidence where gone_with = removals.id order by n))"},
    ),
}  # fmt: skip


def read(connection: sqlite_utils.Database, kind: str, rows: Sequence[int] | None = None) -> Iterator[Happened]:
    """What happened of a kind, in the order of its numbers: all of it, or these rows."""
    fact = FACTS[kind]
    if rows is None:
        yield from _told(fact, _rows(connection, fact, "1"))
        return
    for first in range(0, len(rows), MANY):
        some = ",".join(str(int(row)) for row in rows[first : first + MANY])
        yield from _told(fact, _rows(connection, fact, f"{fact.key} in ({some})"))


OWN = 4  # columns before those of the fact itself


def _rows(connection: sqlite_utils.Database, fact: Fact, where: str) -> Iterable[tuple[Any, ...]]:
    # In brackets, since SQLite takes a name in quotes that is no column for a text, and an entry would be sealed with that
    columns = ", ".join([*(f"[{column}]" for column in fact.columns), *fact.more.values()])
    rows: Iterable[tuple[Any, ...]] = connection.execute(
        f"select {fact.key}, {fact.at}, {fact.person}, {fact.by}, {columns} from {fact.table} where {fact.where} and {where}"
        f" order by {fact.key}{', step' if fact.many else ''}"
    )
    return rows


def _told(fact: Fact, rows: Iterable[tuple[Any, ...]]) -> Iterator[Happened]:
    if not fact.many:
        for row, at, person, by, *values in rows:
            yield Happened(row, at, dict(zip(fact.names, values, strict=True)), person, by)
        return
    for key, group in groupby(rows, key=lambda each: each[0]):
        told = list(group)
        facts = [dict(zip(fact.names, each[OWN:], strict=True)) for each in told]
        yield Happened(key, max(each[1] for each in told), facts, told[0][2], told[0][3])

"""Who has read the policy and said so: in which version, by whose hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ..people.history import then, way_in
from ..store.columns import maybe_day, maybe_day_text, moment, moment_text
from ..store.database import Database

_RECORDED_BY = then("name", "a.recorded_by", "a.at")


class NotTheLatest(Exception):
    """The version acknowledged is not, or no longer, one that is asked for."""


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    person_id: int
    version: int
    sha256: str
    typed_name: str
    at: datetime
    recorded_by_name: str | None  # the lead who recorded a signature on paper; None: the person's own doing
    signed_on: date | None  # on paper


@dataclass(frozen=True, slots=True)
class Reader:
    """An active person and the latest version that they have acknowledged, if any."""

    id: int
    name: str
    email: str
    acknowledgement: Acknowledgement | None


@dataclass(frozen=True, slots=True)
class Signed:
    """A version of the policy as somebody signs it: in which words, and by whose hand.

    `recorded_by` and `signed_on` go together: a lead records a signature on paper, never their own.
    """

    person_id: int
    version: int
    sha256: str
    typed_name: str
    at: datetime
    recorded_by: int | None = None
    signed_on: date | None = None


def acknowledge(db: Database, signed: Signed) -> bool:
    """Keep that somebody has read and understood a version; False, and nothing changed, if they had said so.

    Paper can be older than the words in force: what counts is that everybody has not been asked again since.
    Raises NotTheLatest where that version, in those words, is not the one in force, or on paper not one that counts.
    """
    counts_from = "max(version)" if signed.signed_on is None else "max(iif(material and text is not null, version, 0))"
    asked = db.value(f"select {counts_from} from policy_versions")
    words = db.value("select sha256 from policy_versions where version = ?", [signed.version])
    if not asked or signed.version < asked or signed.sha256 != words:
        raise NotTheLatest
    return bool(db.execute(
        "insert into acknowledgements (person, version, sha256, typed_name, at, recorded_by, signed_on)"
        " values (?, ?, ?, ?, ?, ?, ?) on conflict (person, version) do nothing",
        [signed.person_id, signed.version, signed.sha256, signed.typed_name, moment_text(signed.at), signed.recorded_by,
         maybe_day_text(signed.signed_on)],
    ))


def latest_version(db: Database, person_id: int) -> int:
    """The latest version that somebody has acknowledged; 0 for none."""
    latest: int = db.value("select ifnull(max(version), 0) from acknowledgements where person = ?", [person_id])
    return latest


def of_person(db: Database, person_id: int) -> list[Acknowledgement]:
    """All of somebody's, the oldest first."""
    rows = db.rows(
        f"select a.*, {_RECORDED_BY} as recorded_by_name from acknowledgements a where a.person = ? order by a.version",
        [person_id],
    )
    return [_acknowledgement(row) for row in rows]


def latest_of_all(db: Database) -> dict[int, Acknowledgement]:
    """The latest that each person has acknowledged; who has none is missing. One query."""
    rows = db.rows(
        f"select a.*, {_RECORDED_BY} as recorded_by_name from acknowledgements a"
        " where a.version = (select max(version) from acknowledgements where person = a.person)"
    )
    return {row["person"]: _acknowledgement(row) for row in rows}


def counts(db: Database, version: int) -> tuple[int, int]:
    """How many active people have acknowledged this version or a later one, and how many have not."""
    [row] = db.rows(
        "select total(read) as done, count(*) - total(read) as left from (select exists (select 1 from acknowledgements"
        " where person = p.id and version >= ?) as read from people p where active = 1)",
        [version],
    )
    return int(row["done"]), int(row["left"])


def readers(db: Database, version: int, *, done: bool, page: int = 1, per_page: int | None = None) -> list[Reader]:
    """Active people by name who have acknowledged this version or, where they haven't, a later one; or those who haven't.

    All of them, or a page of so many.
    """
    rows = db.rows(
        f"select p.id as person_id, p.name, p.email, a.*, {_RECORDED_BY} as recorded_by_name from people p"
        " left join acknowledgements a on a.person = p.id and a.version ="
        " (select min(version) from acknowledgements where person = p.id and version >= :version)"
        " where p.active = 1 and (a.id is not null) = :done"
        " order by p.sort_name, p.id limit :limit offset :offset",
        {"version": version, "done": int(done), "limit": per_page or -1, "offset": (page - 1) * (per_page or 0)},
    )
    return [
        Reader(row["person_id"], row["name"], row["email"], _acknowledgement(row) if row["version"] else None)
        for row in rows
    ]


def export(db: Database, person_id: int | None = None) -> list[dict[str, Any]]:
    """Every acknowledgement of every version, or of one person, as a lead downloads it: with the names and emails of the day.

    `way_in` is the link by which the reader's password had been chosen last, and who had made it; empty on paper.
    """
    return db.rows(
        f"select {then('email', 'a.person', 'a.at')} as person_email, {then('name', 'a.person', 'a.at')} as person_name,"
        " a.version as policy_version, a.sha256 as policy_sha256,"
        " a.typed_name, substr(a.at, 1, 19) || 'Z' as recorded_at, iif(a.recorded_by is null, 'online', 'paper') as how,"
        f" ifnull(a.signed_on, '') as signed_on, ifnull({_RECORDED_BY}, '') as recorded_by,"
        f" iif(a.recorded_by is null, {way_in('a.person', 'a.at')}, '') as way_in"
        " from acknowledgements a join people p on p.id = a.person where ifnull(a.person = ?, 1)"
        " order by a.version, p.sort_name, a.id",
        [person_id],
    )


EXPORTED = (
    "person_email", "person_name", "policy_version", "policy_sha256", "typed_name", "recorded_at", "how", "signed_on",
    "recorded_by", "way_in",
)


def _acknowledgement(row: Mapping[str, Any]) -> Acknowledgement:
    return Acknowledgement(
        person_id=row["person"],
        version=row["version"],
        sha256=row["sha256"],
        typed_name=row["typed_name"],
        at=moment(row["at"]),
        recorded_by_name=row["recorded_by_name"],
        signed_on=maybe_day(row["signed_on"]),
    )

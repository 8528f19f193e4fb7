"""Who has read the policy and said so: in which version, by whose hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ..people import corrected
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
    id: int
    counts: bool  # at present


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
    """Keep that somebody has read and understood a version; False, and nothing changed, if they had said so, and it counts.

    Paper can be older than the words in force: what counts is that everybody has not been asked again since.
    Raises NotTheLatest where that version, in those words, is not the one in force, or on paper not one that counts.
    """
    counts_from = "max(version)" if signed.signed_on is None else "max(iif(material and text is not null, version, 0))"
    asked = db.value(f"select {counts_from} from policy_versions")
    words = db.value("select sha256 from policy_versions where version = ?", [signed.version])
    if not asked or signed.version < asked or signed.sha256 != words:
        raise NotTheLatest
    return bool(db.execute(
        "insert into acknowledgements (person, version, sha256, typed_name, at, recorded_by, signed_on, after)"
        " select :person, :version, :sha256, :name, :at, :recorded_by, :signed_on, (select max(k.id) from acknowledgements a"
        " join corrections k on k.acknowledgement = a.id and k.counts = 0 where (a.person, a.version) = (:person, :version))"
        " where not exists (select 1 from acknowledgements_that_count where (person, version) = (:person, :version))",
        {"person": signed.person_id, "version": signed.version, "sha256": signed.sha256, "name": signed.typed_name,
         "at": moment_text(signed.at), "recorded_by": signed.recorded_by, "signed_on": maybe_day_text(signed.signed_on)},
    ))


def latest_version(db: Database, person_id: int) -> int:
    """The latest version that somebody has acknowledged; 0 for none."""
    latest: int = db.value("select ifnull(max(version), 0) from acknowledgements_that_count where person = ?", [person_id])
    return latest


def of_person(db: Database, person_id: int) -> list[Acknowledgement]:
    """All of somebody's, the oldest first; also those that do not count any more."""
    rows = db.rows(
        f"select a.*, {_RECORDED_BY} as recorded_by_name, exists (select 1 from acknowledgements_that_count where id = a.id) as counts"
        " from acknowledgements a where a.person = ? order by a.version, a.id",
        [person_id],
    )
    return [_acknowledgement(row) for row in rows]


def latest(db: Database, person_id: int) -> Acknowledgement | None:
    """The latest version that somebody has acknowledged, as far as it counts."""
    return next((each for each in reversed(of_person(db, person_id)) if each.counts), None)


def latest_of_all(db: Database) -> dict[int, Acknowledgement]:
    """The latest version that each person has acknowledged, as far as it counts; who has none is missing. One query."""
    rows = db.rows(
        f"select a.*, {_RECORDED_BY} as recorded_by_name, 1 as counts from acknowledgements_that_count a"
        " where a.version = (select max(version) from acknowledgements_that_count where person = a.person)"
    )
    return {row["person"]: _acknowledgement(row) for row in rows}


def counts(db: Database, version: int) -> tuple[int, int]:
    """How many active people have acknowledged this version or a later one, and how many have not."""
    [row] = db.rows(
        "select total(read) as done, count(*) - total(read) as left from (select exists (select 1 from acknowledgements_that_count"
        " where person = p.id and version >= ?) as read from people p where active = 1)",
        [version],
    )
    return int(row["done"]), int(row["left"])


def readers(db: Database, version: int, *, done: bool, page: int = 1, per_page: int | None = None) -> list[Reader]:
    """Active people by name who have acknowledged this version or, where they haven't, a later one; or those who haven't.

    All of them, or a page of so many.
    """
    rows = db.rows(
        f"select p.id as person_id, p.name, p.email, a.*, 1 as counts, {_RECORDED_BY} as recorded_by_name from people p"
        " left join acknowledgements_that_count a on a.person = p.id and a.version ="
        " (select min(version) from acknowledgements_that_count where person = p.id and version >= :version)"
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
        f" iif(a.recorded_by is null, {way_in('a.person', 'a.at')}, '') as way_in, {corrected.exported('k.acknowledgement = a.id', 'null')}"
        " from acknowledgements a join people p on p.id = a.person where ifnull(a.person = ?, 1)"
        " order by a.version, p.sort_name, a.id",
        [person_id],
    )


EXPORTED = (
    "person_email", "person_name", "policy_version", "policy_sha256", "typed_name", "recorded_at", "how", "signed_on",
    "recorded_by", "way_in", *corrected.EXPORTED,
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
        id=row["id"],
        counts=bool(row["counts"]),
    )

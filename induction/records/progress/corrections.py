"""Corrections of what is on record, each a further entry: which, why, what is right, by whom, when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ...rules import corrections as rules
from ...rules.corrections import Correction, Done, Kind
from ..people.history import then
from ..store.columns import mapper, maybe_day, moment, moment_text
from ..store.database import Database

# The tables on whose rows it depends which completions count, and which acknowledgements.
COMPLETED, READ = ("completions", "corrections"), ("acknowledgements", "corrections")
_COLUMNS = {Kind.COMPLETION: "completion", Kind.ACKNOWLEDGEMENT: "acknowledgement", Kind.SIGN_OFF: "sign_off"}
_TABLES = {Kind.COMPLETION: "completions", Kind.ACKNOWLEDGEMENT: "acknowledgements", Kind.SIGN_OFF: "sign_offs"}
_SAID = (
    "select k.*, case when k.completion is not null then 'completion' when k.acknowledgement is not null then 'acknowledgement'"
    " else 'sign-off' end as kind, coalesce(k.completion, k.acknowledgement, k.sign_off) as entry,"
    f" {then('name', 'k.by', 'k.at')} as by_name from corrections k"
)
_correction = mapper(Correction, counts=lambda row: None if row["counts"] is None else bool(row["counts"]))


def of(db: Database, kind: Kind, row: int) -> tuple[Correction, ...]:
    """All that was said of one entry, the oldest first."""
    return tuple(_correction(each) for each in db.rows(f"{_SAID} where k.{_COLUMNS[kind]} = ? order by k.id", [row]))


def counts(db: Database, kind: Kind, row: int) -> bool:
    """Whether an entry counts at present."""
    return rules.counts(of(db, kind, row))


def of_person(db: Database, person_id: int) -> dict[tuple[Kind, int], tuple[Correction, ...]]:
    """All that was said of somebody's entries, by entry, the oldest first."""
    found: dict[tuple[Kind, int], tuple[Correction, ...]] = {}
    for row in db.rows(f"{_SAID} where k.person = ? order by k.id", [person_id]):
        each = _correction(row)
        found[each.kind, each.entry] = (*found.get((each.kind, each.entry), ()), each)
    return found


def since(db: Database, person_id: int, at: datetime) -> list[Correction]:
    """What was said of somebody's entries since a moment, the oldest first, without what only followed from it."""
    rows = db.rows(f"{_SAID} where k.person = ? and k.at >= ? and k.follows is null order by k.id", [person_id, moment_text(at)])
    return [_correction(row) for row in rows]


def add(db: Database, new: Correction) -> int:
    """Inside a transaction: keep a correction; its number. `id` and `by_name` of it are not looked at."""
    number: int = db.value(
        f"insert into corrections (person, {_COLUMNS[new.kind]}, counts, why, rightly, follows, \"by\", at)"
        " values (?, ?, ?, ?, ?, ?, ?, ?) returning id",
        [new.person_id, new.entry, None if new.counts is None else int(new.counts), new.why, new.rightly, new.follows, new.by,
         moment_text(new.at)],
    )
    return number


def person_of(db: Database, kind: Kind, row: int) -> int | None:
    """Whose entry it is; None where there is none."""
    if kind is Kind.SIGN_OFF:
        person: int | None = db.value(
            "select c.person from sign_offs s join completions c on c.id = s.completion where s.id = ?", [row]
        )
    else:
        person = db.value(f"select person from {_TABLES[kind]} where id = ?", [row])
    return person


@dataclass(frozen=True, slots=True)
class Resting:
    """All of somebody's that can rest on something, or on which something can rest, the oldest first."""

    completions: list[Done]
    acknowledged: list[Done]
    asked_for: Mapping[int, int]  # by completion of a course: which version of the policy was asked for then; 0: none


def resting(db: Database, person_id: int) -> Resting:
    completions = [
        Done(row["id"], moment(row["completed_at"]), bool(row["counts"]), row["course"], row["lesson"], maybe_day(row["round"] or None))
        for row in db.rows(
            "select c.*, id in (select id from completions_that_count where person = c.person) as counts from completions c"
            " where c.person = ? order by c.id",
            [person_id],
        )
    ]
    acknowledged = [
        Done(row["id"], moment(row["at"]), bool(row["counts"]), version=row["version"])
        for row in db.rows(
            "select a.*, id in (select id from acknowledgements_that_count where person = a.person) as counts"
            " from acknowledgements a where a.person = ? order by a.id",
            [person_id],
        )
    ]
    asked = db.rows(
        "select c.id, (select ifnull(max(iif(material and text is not null, version, 0)), 0) from policy_versions"
        " where at <= c.completed_at) as version from completions c where c.person = ? and c.lesson = ''",
        [person_id],
    )
    return Resting(completions, acknowledged, {row["id"]: row["version"] for row in asked})


def told(db: Database, person_id: int) -> list[dict[str, Any]]:
    """What was said of somebody's entries, for their own record."""
    return [
        {**row, "counts": None if row["counts"] is None else bool(row["counts"])}
        for row in db.rows(
            f"select k.at, {then('name', 'k.by', 'k.at')} as \"by\", c.course, c.lesson, c.completed_at, a.version as policy_version,"
            " s.at as signed_off_at, k.counts, k.why, k.rightly as right_is"
            " from corrections k left join completions c on c.id = k.completion left join acknowledgements a on a.id = k.acknowledgement"
            " left join sign_offs s on s.id = k.sign_off where k.person = ? order by k.id",
            [person_id],
        )
    ]


def made_by(db: Database, person_id: int) -> list[dict[str, Any]]:
    """What somebody corrected as a lead, for their own record."""
    return db.rows(
        f"select k.at, {then('name', 'k.person', 'k.at')} as person, case when k.completion is not null then 'completion'"
        " when k.acknowledgement is not null then 'acknowledgement' else 'sign-off' end as what, k.counts, k.why"
        " from corrections k where k.\"by\" = ? order by k.id",
        [person_id],
    )


EXPORTED = (
    "person_email", "person_name", "corrected_at", "corrected_by", "what", "course", "lesson", "policy_version", "entry_at", "counts",
    "why", "right_is",
)


def export(db: Database, person_id: int | None = None) -> list[dict[str, Any]]:
    """Every correction, or those of one person's entries, the oldest first. Names are those of the day."""
    return db.rows(
        f"select {then('email', 'k.person', 'k.at')} as person_email, {then('name', 'k.person', 'k.at')} as person_name,"
        f" substr(k.at, 1, 19) || 'Z' as corrected_at, {then('name', 'k.by', 'k.at')} as corrected_by,"
        " case when k.completion is not null then 'completion' when k.acknowledgement is not null then 'acknowledgement'"
        " else 'sign-off' end as what, ifnull(ifnull(c.course, d.course), '') as course, ifnull(c.lesson, '') as lesson,"
        " ifnull(a.version, '') as policy_version, substr(coalesce(c.completed_at, a.at, s.at), 1, 19) || 'Z' as entry_at,"
        " case k.counts when 0 then 'no' when 1 then 'yes, after all' else 'yes, with a note' end as counts, k.why, k.rightly as right_is"
        " from corrections k left join completions c on c.id = k.completion left join acknowledgements a on a.id = k.acknowledgement"
        " left join sign_offs s on s.id = k.sign_off left join completions d on d.id = s.completion"
        " where ifnull(k.person = ?, 1) order by k.id",
        [person_id],
    )

"""Scenarios that somebody would rather not meet now: put off once in a try, with what was asked instead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ..store.columns import moment, moment_text
from ..store.database import Database


@dataclass(frozen=True, slots=True)
class PutOff:
    attempt_id: int
    scenario: str
    instead: str  # the scenario that came in its place
    at: datetime


def keep(db: Database, new: PutOff) -> None:
    """Keep that a scenario was put off. Raises RuleBroken where the try is finished."""
    db.execute(
        "insert into put_off (attempt, scenario, instead, at) values (?, ?, ?, ?) on conflict (attempt, scenario) do nothing",
        [new.attempt_id, new.scenario, new.instead, moment_text(new.at)],
    )


def of_attempt(db: Database, attempt_id: int) -> frozenset[str]:
    """The scenarios that were put off in a try."""
    return frozenset(row["scenario"] for row in db.rows("select scenario from put_off where attempt = ?", [attempt_id]))


def of_person(db: Database, person_id: int) -> dict[int, list[PutOff]]:
    """All that somebody put off, by the try, the oldest first."""
    found: dict[int, list[PutOff]] = {}
    for row in db.rows(
        "select p.attempt, p.scenario, p.instead, p.at from attempts a join put_off p on p.attempt = a.id"
        " where a.person = ? order by p.id",
        [person_id],
    ):
        found.setdefault(row["attempt"], []).append(
            PutOff(row["attempt"], row["scenario"], row["instead"], moment(row["at"]))
        )
    return found

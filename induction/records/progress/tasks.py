"""What waits for somebody besides their lessons, and whether they have made a start, in one query: home asks for it each time."""

from __future__ import annotations

from dataclasses import dataclass

from ..store.database import Database


@dataclass(frozen=True, slots=True)
class Waiting:
    acknowledged: int  # the latest version of the policy that they have acknowledged; 0 for none
    asked_again: bool  # scenarios may be waiting to be met again
    tried: bool  # they have begun the scenarios of some lesson


def waiting(db: Database, person_id: int) -> Waiting:
    row = db.row(
        "select ifnull((select max(version) from acknowledgements where person = :person), 0) as acknowledged,"
        " exists (select 1 from asked_again where person = :person) as asked_again,"
        " exists (select 1 from attempts where person = :person) as tried",
        {"person": person_id},
    )
    return Waiting(row["acknowledged"], bool(row["asked_again"]), bool(row["tried"]))  # type: ignore[index]

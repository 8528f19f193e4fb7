"""What the site does by itself: when each was done last, by one server at a time, and what was wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ..store.columns import mapper, moment_text
from ..store.database import Database


@dataclass(frozen=True, slots=True)
class Done:
    """How a chore went last."""

    name: str
    begun_at: datetime | None
    done_at: datetime | None  # when it went well last
    trouble: str  # why it did not go well the last time; empty where it did


_done = mapper(Done)


def claim(db: Database, name: str, claim: str, *, until: datetime, before: datetime, now: datetime) -> bool:
    """Begin a chore that was begun last `before` then, or never, or is dated later than now; False where another does it."""
    return 1 == db.execute(
        "insert into chores (name, claimed_until, claim, begun_at) values (:name, :until, :claim, :now) on conflict (name) do update"
        " set claimed_until = excluded.claimed_until, claim = excluded.claim, begun_at = excluded.begun_at"
        " where (begun_at is null or begun_at <= :before or begun_at > :now)"
        " and (claimed_until is null or claimed_until <= :now or begun_at > :now)",
        {
            "name": name, "until": moment_text(until), "claim": claim, "now": moment_text(now), "before": moment_text(before),
        },
    )  # fmt: skip


def end(db: Database, name: str, claim: str, trouble: str, now: datetime) -> None:
    """It is over, well where there is no trouble."""
    db.execute(
        "update chores set claim = null, claimed_until = null, trouble = :trouble,"
        " done_at = case :trouble when '' then :now else done_at end where name = :name and claim = :claim",
        {"name": name, "claim": claim, "trouble": trouble, "now": moment_text(now)},
    )


def all_of_them(db: Database) -> dict[str, Done]:
    return {row["name"]: _done(row) for row in db.rows("select * from chores")}

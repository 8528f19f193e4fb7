"""Which lead has read a course, in which version, and approved it for this school."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ..people.history import then
from ..store.columns import mapper, moment_text
from ..store.database import Database

_APPROVALS = f"select a.*, {then('name', 'a.approved_by', 'a.at')} as approved_by_name from approvals a"


@dataclass(frozen=True, slots=True)
class Approval:
    course: str
    sha256: str
    typed_name: str
    approved_by: int
    approved_by_name: str
    at: datetime


_approval = mapper(Approval)


def approve(db: Database, *, course: str, sha256: str, typed_name: str, by: int, now: datetime) -> bool:
    """Keep that a lead approves a version; False, and nothing changed, if they had approved that version before.

    Lessons say whether their course is approved, so the school gets another revision.
    """
    made = bool(db.execute(
        "insert into approvals (course, sha256, typed_name, approved_by, at) values (?, ?, ?, ?, ?)"
        " on conflict (course, sha256, approved_by) do nothing",
        [course, sha256, typed_name, by, moment_text(now)],
    ))
    if made:
        db.execute("update school set revision = revision + 1")
    return made


def latest(db: Database) -> dict[tuple[str, str], Approval]:
    """The latest approval of each course in each version, the latest last.

    Of each version, since a file that is put back makes an older version the present one again.
    """
    rows = db.rows(
        f"{_APPROVALS} where a.id in (select max(id) from approvals group by course, sha256) order by a.id"
    )
    return {(row["course"], row["sha256"]): _approval(row) for row in rows}


def of_course(db: Database, course: str) -> list[Approval]:
    """Every approval of a course, the latest first."""
    rows = db.rows(
        f"{_APPROVALS} where a.course = ? order by a.id desc",
        [course],
    )
    return [_approval(row) for row in rows]

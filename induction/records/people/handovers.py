"""Who mentors somebody's teachers once they have left. Added to, and never changed: the latest row says how it is.

Once the mentor has left, what was said before is done with: who comes back hands over anew.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from ...rules.handovers import Handover
from ..store.columns import list_text, mapper, moment_text
from ..store.database import Database
from .history import then

_SAID = (
    f"select h.*, {then('name', 'h.mentor', 'h.at')} as mentor_name, {then('name', 'h.follower', 'h.at')} as follower_name,"
    f" {then('name', 'h.by', 'h.at')} as by_name, h.follower is not null and not exists (select 1 from people"
    " where id = h.follower and active = 1 and role <> 'teacher') as vacant,"
    " exists (select 1 from people_history where person = h.mentor and id > h.stood and active = 0) as done from handovers h"
)
_handover = mapper(Handover)


def say(db: Database, mentor_id: int, follower_id: int | None, *, by: int | None, now: datetime) -> None:
    """Who follows a mentor, or that nobody does at first."""
    db.execute(
        'insert into handovers (mentor, follower, stood, "by", at) values (?, ?, (select max(id) from people_history), ?, ?)',
        [mentor_id, follower_id, by, moment_text(now)],
    )


def latest(db: Database, mentor_id: int) -> Handover | None:
    """What was said last of who follows a mentor, done or not."""
    row = db.row(f"{_SAID} where h.mentor = ? order by h.id desc limit 1", [mentor_id])
    return None if row is None else _handover(row)


def planned(db: Database, mentor_ids: Collection[int]) -> dict[int, Handover]:
    """What is to be done when these mentors leave, by the mentor; of whom nothing was said, nothing."""
    rows = db.rows(
        f"{_SAID} where h.mentor in (select value from json_each(?))"
        " and h.id = (select max(id) from handovers where mentor = h.mentor)",
        [list_text(sorted(mentor_ids))],
    )
    return {each.mentor_id: each for each in map(_handover, rows) if not each.done}


def of_person(db: Database, person_id: int) -> list[Handover]:
    """All that was said of somebody as a mentor who leaves, or as one who follows, the oldest first."""
    rows = db.rows(f"{_SAID} where h.mentor = :person or h.follower = :person order by h.id", {"person": person_id})
    return [_handover(row) for row in rows]

"""What became of somebody's ways in beside links and passwords. It is added to, and stays."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from ...rules.sign_in_events import SignInEvent, ToldEvent
from ..store.columns import list_text, mapper, moment_text
from ..store.database import Database
from .history import then

LONGEST_ABOUT = 300

_told = mapper(ToldEvent)


def note(db: Database, event: SignInEvent) -> None:
    """Inside the change that it tells of."""
    db.execute(
        'insert into sign_in_events (at, "by", person, what, about, device) values (?, ?, ?, ?, ?, ?)',
        [moment_text(event.at), event.by, event.person_id, event.what, event.about[:LONGEST_ABOUT], event.device[:200]],
    )


def of_person(db: Database, person_id: int) -> list[ToldEvent]:
    """Of one person, the oldest first."""
    rows = db.rows(
        f'select e.what, e.at, e."by", {then("name", "e.by", "e.at")} as by_name, e.about, e.device from sign_in_events e'
        " where e.person = ? order by e.id",
        [person_id],
    )
    return [_told(row) for row in rows]


def by_others(db: Database, person_id: int, kinds: Collection[str], since: datetime) -> list[ToldEvent]:
    """Of one person since a moment, those of the kinds that others did, or whoever held a link of theirs; the oldest first.

    An account elsewhere, where there was a password before: else it is how they came in for the first time.
    """
    rows = db.rows(
        f'select e.what, e.at, e."by", {then("name", "e.by", "e.at")} as by_name, e.about, e.device from sign_in_events e'
        " where e.person = :person and e.at >= :since and e.what in (select value from json_each(:kinds))"
        " and (e.what <> 'account linked' or exists (select 1 from ways_in w where w.person = e.person and w.at < e.at"
        " and w.what in ('began', 'chosen', 'changed', 'set'))) order by e.id",
        {"person": person_id, "since": moment_text(since), "kinds": list_text([str(kind) for kind in kinds])},
    )
    return [_told(row) for row in rows]


def done_by(db: Database, person_id: int) -> list[dict[str, Any]]:
    """What somebody did of others' ways in, for their own record."""
    return db.rows(
        f'select e.at, e.what, e.about, {then("name", "e.person", "e.at")} as person from sign_in_events e'
        ' where e."by" = :person and e.person <> :person order by e.id',
        {"person": person_id},
    )

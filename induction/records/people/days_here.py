"""Who gets in on which day, who is about to leave, who has not begun yet, and who has stayed away."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import date, datetime, timedelta

from ...rules import days_here
from ...rules.calendar import local
from ...rules.days_here import A_TERM, HANDS_OVER, Shut, When
from ...rules.roles import Role
from ..store.columns import list_text, moment_text
from ..store.database import Database
from .person import CAN_SIGN_IN, Person, from_row

HAVE_BEGUN = "(starts is null or starts <= :today)"  # SQL of people, on the day `:today`
# Of the leads who can sign in, who leads when all the others are gone: somebody whose days it is, else who was to stay longest.
_LAST_OF_THE_LEADS = (
    f"select id from people where role = 'lead' and active = 1 and {CAN_SIGN_IN} and (starts is null or starts <= ?)"
    " order by ends is null or ends >= ? desc, ends desc, id limit 1"
)


def shut(db: Database, who: Person, now: datetime) -> Shut | None:
    """Why somebody does not get in at this moment; None where they do. The last lead stays, whatever their last day was."""
    if who.starts is None and who.ends is None:
        return None
    found = days_here.shut(who.starts, who.ends, local(now).date())
    if found and found.when is When.AFTER and who.role is Role.LEAD and stays_as_lead(db, who.id, local(now).date()):
        return None
    return found


def stays_as_lead(db: Database, person_id: int, today: date) -> bool:
    """Whether somebody is the last of the leads who can sign in, who stays beyond their last day."""
    found: int | None = db.value(_LAST_OF_THE_LEADS, [today.isoformat(), today.isoformat()])
    return found == person_id


def over(db: Database, today: date, roles: Collection[Role] = tuple(Role)) -> list[Person]:
    """Whose last day is past and whose account is still open, in the order of their days."""
    return _ending(db, date.min, today - timedelta(days=1), roles)


def leaving(db: Database, today: date, roles: Collection[Role] = tuple(Role)) -> list[Person]:
    """Whose last day is within four weeks, in the order of their days."""
    return _ending(db, today, today + HANDS_OVER, roles)


def _ending(db: Database, first: date, last: date, roles: Collection[Role]) -> list[Person]:
    rows = db.rows(
        "select * from people where ends between ? and ? and active = 1 and role in (select value from json_each(?))"
        " order by ends, sort_name, id",
        [first.isoformat(), last.isoformat(), list_text(sorted(roles))],
    )
    return [from_row(row) for row in rows]


def mentored_by(db: Database, mentor_ids: Collection[int]) -> dict[int, int]:
    """How many people each of these mentors; who mentors nobody is missing."""
    rows = db.rows(
        "select mentor, count(*) as people from people where mentor in (select value from json_each(?)) and active = 1 group by mentor",
        [list_text(sorted(mentor_ids))],
    )
    return {row["mentor"]: row["people"] for row in rows}


def to_come(db: Database, today: date) -> list[int]:
    """Whose first day is still to come."""
    return _ids(db, "starts > :today", {"today": today.isoformat()})


def unseen(db: Database, today: date) -> list[int]:
    """Who has never signed in, though their first day has come."""
    return _ids(db, f"last_seen_at is null and {HAVE_BEGUN}", {"today": today.isoformat()})


def dormant(db: Database, now: datetime) -> list[int]:
    """Who could have been here all of a term, and has not been."""
    today, since = local(now).date(), now - A_TERM
    return _ids(
        db,
        f"{CAN_SIGN_IN} and ifnull(last_seen_at, created_at) < :since"
        " and (starts is null or starts <= :first) and (ends is null or ends >= :today)",
        {"today": today.isoformat(), "first": (today - A_TERM).isoformat(), "since": moment_text(since)},
    )


def _ids(db: Database, where: str, values: dict[str, str]) -> list[int]:
    found: list[int] = json.loads(db.value(f"select json_group_array(id) from people where +active = 1 and {where}", values))
    return found

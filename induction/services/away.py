"""Who can sign in and has not for a term, though something here waits for them."""

from __future__ import annotations

from datetime import datetime

from ..records.people import days_here, people
from ..records.people.people import Person
from ..records.progress import groups
from ..records.store.database import Database
from ..rules.calendar import local
from ..rules.groups import Group
from ..rules.induction import Required
from ..rules.roles import Role


def for_a_term(db: Database, required: Required, now: datetime) -> list[Person]:
    """Those who lead, mentor or have something left to do, by name."""
    ids = days_here.dormant(db, now)
    if not ids:
        return []
    complete = set(groups.groups(db, required, local(now).date())[Group.COMPLETE])
    found = [each for each in people.by_ids(db, ids).values() if each.role is not Role.TEACHER or each.id not in complete]
    return sorted(found, key=lambda each: each.name.casefold())

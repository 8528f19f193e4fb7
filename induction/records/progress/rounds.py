"""In which round everybody is with the courses that come round: worked out once, and kept until something happened."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from ...rules import cycles
from ...rules.induction import Required
from ..store.columns import day_begins, list_text, local_day
from ..store.database import Database
from . import corrections

# Who completed a course in the same hours, and came in the same one, is in the same round.
_COMPLETED = """
select course, hours, joined, json_group_array(person) as people from (
    select c.course, c.person, group_concat(substr(c.completed_at, 1, 13) order by c.id) as hours,
        ifnull(p.starts || 'T12', substr(p.created_at, 1, 13)) as joined
    from completions_that_count c join people p on p.id = c.person where c.lesson = '' and c.course in (select value from json_each(?))
    group by c.person, c.course) group by course, hours, joined"""

# For a query: the table `later (course, person, since)` of those who are in a later round, from `as_json`.
LATER = """
later (course, person, since) as materialized (
    select value ->> 0, cast(value ->> 1 as integer), value ->> 2 from json_each(:later))"""

Later = Mapping[str, Mapping[int, date]]  # by course and person
NOBODY: Later = MappingProxyType({})


def later(db: Database, required: Required, today: date) -> Later:
    """When the present round of each course began, for those who are in a later one than their first."""
    if not required.cycles:
        return {}
    return db.remembered(
        ("later rounds", repr(required.cycles), today), ("people_history", *corrections.COMPLETED), lambda: _later(db, required, today)
    )


def _later(db: Database, required: Required, today: date) -> Later:
    found: dict[str, dict[int, date]] = defaultdict(dict)
    for row in db.rows(_COMPLETED, [list_text(sorted(required.cycles))]):
        days = tuple(sorted(day for hour in row["hours"].split(",") if (day := local_day(hour)) <= today))
        begins = cycles.began(required.cycles[row["course"]], days, local_day(row["joined"]), today)
        if begins:
            found[row["course"]] |= dict.fromkeys(json.loads(row["people"]), begins)
    return found


def as_json(later: Later) -> str:
    """What LATER reads."""
    return json.dumps([[course, person, day_begins(day)] for course, people in later.items() for person, day in people.items()])

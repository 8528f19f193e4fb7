"""Groups of staff: what they are called, who belongs to them, and which courses are given to them.

A school has few of them. Rows are only ever added, and the latest says how it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from ..store.columns import list_text, local_day, mapper, moment_text
from ..store.database import Database
from .history import then

_LATEST_NAMES = "select max(id) from staff_group_names group by staff_group"
_LATEST_MEMBERS = "select max(id) from staff_group_members group by staff_group, person"
_LATEST_COURSES = "select max(id) from course_groups group by course, staff_group"
_GROUPS = f"""
select g.staff_group as id, g.name, (select count(*) from staff_group_members m join people p on p.id = m.person
    where m.staff_group = g.staff_group and m.member = 1 and p.active = 1 and m.id in ({_LATEST_MEMBERS})) as members
from staff_group_names g where g.id in ({_LATEST_NAMES}) and g.closed = 0"""
_GIVEN = f"""
select m.person, c.course, max(m.at, c.at) as at from course_groups c
join staff_group_names g on g.staff_group = c.staff_group and g.closed = 0 and g.id in ({_LATEST_NAMES})
join staff_group_members m on m.staff_group = c.staff_group and m.member = 1 and m.id in ({_LATEST_MEMBERS})
where c.given = 1 and c.id in ({_LATEST_COURSES})"""
GROW = ("staff_group_names", "staff_group_members", "course_groups")  # the tables on whose rows it depends what is given to whom


@dataclass(frozen=True, slots=True)
class StaffGroup:
    id: int
    name: str
    members: int  # who are here


@dataclass(frozen=True, slots=True)
class Said:
    """Something that was said of a group, as it is kept."""

    at: datetime
    by_name: str | None  # None: on the command line of the server
    name: str  # what the group was called from then on, the person, or the course
    so: bool  # whether it was closed, the person belonged to it, or the course was given to it


_DECIDED = f"""
select 'course' as of, course as name, ifnull('every ' || every, ifnull(months || ' months', 'not at all')) as said, at
    from course_cycles where by = :person
union all select 'group ' || staff_group, course, iif(given, 'given to it', 'no longer given to it'), at
    from course_groups where by = :person
union all select 'group ' || staff_group, name, iif(closed, 'closed', 'named'), at from staff_group_names where by = :person
union all select 'group ' || m.staff_group, {then('name', 'm.person', 'm.at')}, iif(m.member, 'put in', 'taken out'), m.at
    from staff_group_members m where m.by = :person order by at"""

_group, _said = mapper(StaffGroup), mapper(Said)


# Writing, each inside a transaction. `by` is who does it, None on the command line


def add(db: Database, name: str, *, by: int | None, now: datetime) -> int:
    """A new group; its id. That the name is free is known."""
    [row] = db.rows("insert into staff_groups (created_at) values (?) returning id", [moment_text(now)])
    call(db, row["id"], name, by=by, now=now)
    return int(row["id"])


def call(db: Database, group_id: int, name: str, *, closed: bool = False, by: int | None, now: datetime) -> None:
    """What a group is called from now on, and whether it is closed."""
    db.execute(
        "insert into staff_group_names (staff_group, name, closed, by, at) values (?, ?, ?, ?, ?)",
        [group_id, name, int(closed), by, moment_text(now)],
    )


def put(db: Database, person_id: int, group_id: int, member: bool, *, by: int | None, now: datetime) -> None:
    """Somebody belongs to a group from now on, or no longer."""
    db.execute(
        "insert into staff_group_members (staff_group, person, member, by, at) values (?, ?, ?, ?, ?)",
        [group_id, person_id, int(member), by, moment_text(now)],
    )


def give(db: Database, course: str, group_id: int, given: bool, *, by: int | None, now: datetime) -> None:
    """A course is given to a group from now on, or no longer."""
    db.execute(
        "insert into course_groups (course, staff_group, given, by, at) values (?, ?, ?, ?, ?)",
        [course, group_id, int(given), by, moment_text(now)],
    )


# Reading


def listing(db: Database) -> list[StaffGroup]:
    """Those that are not closed, by name."""
    return sorted(map(_group, db.rows(_GROUPS)), key=lambda each: (each.name.casefold(), each.id))


def find(db: Database, group_id: int) -> StaffGroup | None:
    """One that is not closed."""
    row = db.row(f"{_GROUPS} and g.staff_group = ?", [group_id])
    return _group(row) if row else None


def was_there(db: Database, group_id: int) -> bool:
    """Whether there ever was such a group."""
    return db.value("select 1 from staff_groups where id = ?", [group_id]) is not None


def members(db: Database, group_id: int) -> list[int]:
    """The ids of those who belong to a group and are here, by name."""
    rows = db.rows(
        "select p.id from staff_group_members m join people p on p.id = m.person and p.active = 1 where m.staff_group = ?"
        f" and m.member = 1 and m.id in ({_LATEST_MEMBERS}) order by p.sort_name, p.id",
        [group_id],
    )
    return [row["id"] for row in rows]


def of_people(db: Database, person_ids: Collection[int]) -> dict[int, tuple[int, ...]]:
    """The ids of the groups of each of these people; who belongs to none is missing. One query."""
    rows = db.rows(
        "select m.person, m.staff_group from staff_group_members m join staff_group_names g on g.staff_group = m.staff_group"
        f" and g.closed = 0 and g.id in ({_LATEST_NAMES}) where m.person in (select value from json_each(?)) and m.member = 1"
        " and m.id = (select max(id) from staff_group_members where person = m.person and staff_group = m.staff_group)"
        " order by m.person, g.name, m.staff_group",
        [list_text(sorted(person_ids))],
    )
    found: dict[int, tuple[int, ...]] = {}
    for row in rows:
        found[row["person"]] = (*found.get(row["person"], ()), row["staff_group"])
    return found


def names(db: Database) -> dict[int, tuple[str, ...]]:
    """The names of the groups that each person belongs to, whoever belongs to any."""
    found: dict[int, tuple[str, ...]] = {}
    for row in db.rows(
        "select m.person, g.name from staff_group_members m join staff_group_names g on g.staff_group = m.staff_group"
        f" and g.closed = 0 and g.id in ({_LATEST_NAMES}) where m.member = 1 and m.id in ({_LATEST_MEMBERS}) order by m.person, g.name"
    ):
        found[row["person"]] = (*found.get(row["person"], ()), row["name"])
    return found


def given_to(db: Database) -> dict[str, list[int]]:
    """The groups to which each course is given, by course."""
    found: dict[str, list[int]] = defaultdict(list)
    for row in db.rows(
        f"select c.course, c.staff_group from course_groups c join staff_group_names g on g.staff_group = c.staff_group"
        f" and g.closed = 0 and g.id in ({_LATEST_NAMES}) where c.given = 1 and c.id in ({_LATEST_COURSES}) order by g.name"
    ):
        found[row["course"]].append(row["staff_group"])
    return dict(found)


def with_courses(db: Database) -> list[tuple[StaffGroup, list[str]]]:
    """Each group, by name, with the courses that are given to it."""
    given = given_to(db)
    return [(group, [course for course, groups in given.items() if group.id in groups]) for group in listing(db)]


def latest_given(db: Database, course: str) -> int:
    """The number of the latest row on to whom a course is given; 0 where there is none."""
    number: int = db.value("select ifnull(max(id), 0) from course_groups where course = ?", [course])
    return number


def given(db: Database) -> Mapping[int, Mapping[str, date]]:
    """The courses that are given to the groups of each person, and since when; who is given none is missing.

    It is read once and kept until anything is said of a group.
    """
    return db.remembered("courses given to groups", GROW, lambda: _given(db))


def _given(db: Database) -> Mapping[int, Mapping[str, date]]:
    found: dict[int, dict[str, date]] = defaultdict(dict)
    for row in db.rows(_GIVEN):
        day, theirs = local_day(row["at"]), found[row["person"]]
        theirs[row["course"]] = min(day, theirs.get(row["course"], day))
    return dict(found)


def history(db: Database, group_id: int) -> list[tuple[str, Said]]:
    """All that was said of a group, the latest first: *name*, *member* or *course*, and what."""
    rows = db.rows(
        "select 'name' as kind, n.at, n.name, n.closed as so,"
        f" {then('name', 'n.by', 'n.at')} as by_name from staff_group_names n where n.staff_group = :group"
        f" union all select 'member', m.at, {then('name', 'm.person', 'm.at')}, m.member, {then('name', 'm.by', 'm.at')}"
        " from staff_group_members m where m.staff_group = :group"
        f" union all select 'course', c.at, c.course, c.given, {then('name', 'c.by', 'c.at')}"
        " from course_groups c where c.staff_group = :group order by at desc",
        {"group": group_id},
    )
    return [(row["kind"], _said(row)) for row in rows]


def told_of(db: Database, person_id: int) -> list[Said]:
    """To which groups somebody was said to belong, and no longer, the oldest first."""
    rows = db.rows(
        f"select m.at, m.member as so, {then('name', 'm.by', 'm.at')} as by_name, (select name from staff_group_names"
        " where staff_group = m.staff_group and at <= m.at order by id desc limit 1) as name"
        " from staff_group_members m where m.person = ? order by m.id",
        [person_id],
    )
    return [_said(row) for row in rows]


def decided_by(db: Database, person_id: int) -> list[dict[str, str]]:
    """What a lead has said of groups, of what is given to them, and of when courses come round, the oldest first."""
    return db.rows(_DECIDED, {"person": person_id})

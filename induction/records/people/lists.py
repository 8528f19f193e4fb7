"""Lists of people: all of them by page, mentors and their teachers, and who is without somebody."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from ...rules.roles import Role
from ...rules.text import folded
from ..store.columns import list_text, moment_text
from ..store.database import Database
from .person import CAN_SIGN_IN, Person, from_row

SOUGHT = "(:folded = '' or instr(sort_name, :folded) or instr(email, :folded) or instr(email, :typed))"  # see `sought`

ALONE = "role = 'teacher' and mentor is null"


@dataclass(frozen=True, slots=True)
class PeopleFilter:
    search: str = ""  # a part of the name or of the email
    role: Role | None = None
    active: bool = True
    alone: bool = False  # teachers without a mentor
    among: Collection[int] | None = None  # ids; None: anybody


EVERYBODY_HERE = PeopleFilter()


@dataclass(frozen=True, slots=True)
class PeoplePage:
    people: tuple[Person, ...]
    count: int  # of all pages
    page: int  # from 1; the last one where a later one was asked for
    pages: int


def sought(text: str) -> dict[str, str]:
    """The values that SOUGHT looks for: a part of the name or of the email."""
    return {"folded": folded(text), "typed": " ".join(text.split()).casefold()}


def listing(db: Database, wanted: PeopleFilter = EVERYBODY_HERE, *, page: int = 1, per_page: int = 50) -> PeoplePage:
    """A page of people by name."""
    where = f"active = :active and erased_at is null and {SOUGHT}"
    values = {"active": int(wanted.active), "role": wanted.role, **sought(wanted.search)}
    if wanted.role:
        where += " and role = :role"
    if wanted.alone:
        where += f" and {ALONE}"
    if wanted.among is not None:
        where += " and id in (select value from json_each(:among))"
        values["among"] = list_text(list(wanted.among))
    count = db.value(f"select count(*) from people where {where}", values)
    pages = max(1, math.ceil(count / per_page))
    page = min(max(page, 1), pages)
    rows = db.rows(
        f"select * from people where {where} order by sort_name, id limit :limit offset :offset",
        {**values, "limit": per_page, "offset": (page - 1) * per_page},
    )
    return PeoplePage(tuple(from_row(row) for row in rows), count, page, pages)


@dataclass(frozen=True, slots=True)
class Heads:
    """How many people there are of each kind."""

    here: int
    left: int
    alone: int  # teachers without a mentor
    roles: dict[Role, int]


def heads(db: Database) -> Heads:
    """One query."""
    roles = ", ".join(f"total(active and role = '{role}') as {role}" for role in Role)
    [row] = db.rows(
        f"select total(active) as here, count(*) - total(active) as left, total(active and {ALONE}) as alone,"
        f" {roles} from people where erased_at is null"
    )
    count = {name: int(number) for name, number in row.items()}
    return Heads(count["here"], count["left"], count["alone"], {role: count[role] for role in Role})


def here(db: Database, role: Role | None = None) -> list[Person]:
    """Everybody active, by name; all of one role, where it is given."""
    rows = db.rows("select * from people where active = 1 and ifnull(role = ?, 1) order by sort_name, id", [role])
    return [from_row(row) for row in rows]


def shared_names(db: Database, among: Iterable[str]) -> frozenset[str]:
    """The names, folded, of those `among` that several active people bear."""
    rows = db.rows(
        "select sort_name from people where active = 1 and sort_name in (select value from json_each(?))"
        " group by sort_name having count(*) > 1",
        [list_text(sorted({folded(name) for name in among}))],
    )
    return frozenset(row["sort_name"] for row in rows)


def anybody_besides_leads(db: Database) -> bool:
    """Whether anybody is here, or was, who is no lead."""
    return db.row("select 1 from people where role <> 'lead' limit 1") is not None


def mentors(db: Database) -> list[Person]:
    """Everybody who may be somebody's mentor, by name: active mentors and leads."""
    rows = db.rows("select * from people where active = 1 and role in ('mentor', 'lead') order by sort_name, id")
    return [from_row(row) for row in rows]


def leads(db: Database) -> list[Person]:
    """The leads who can sign in, by name: an invitation that nobody has opened leads nothing."""
    rows = db.rows(
        f"select * from people where active = 1 and role = 'lead' and {CAN_SIGN_IN} order by sort_name, id"
    )
    return [from_row(row) for row in rows]


def teachers_of(db: Database, mentor_id: int) -> list[Person]:
    """The active people whose mentor this is, by name."""
    rows = db.rows("select * from people where mentor = ? and active = 1 order by sort_name, id", [mentor_id])
    return [from_row(row) for row in rows]


def given_another_course(db: Database, courses: Collection[str]) -> list[Person]:
    """The active people who are given a course by name that is none of these, by name."""
    rows = db.rows(
        "select * from people where +active = 1 and course is not null and course not in (select value from json_each(?))"
        " order by sort_name, id",
        [list_text(sorted(courses))],
    )
    return [from_row(row) for row in rows]


def left_and_named_in(db: Database, text: str) -> list[Person]:
    """Those who have left whose name stands somewhere in a text, by name."""
    rows = db.rows("select * from people where active = 0 and instr(?, sort_name) order by sort_name, id", [folded(text)])
    return [from_row(row) for row in rows]


def namesakes(db: Database, names: Collection[str]) -> list[Person]:
    """The active people of these names."""
    rows = db.rows(
        "select * from people where active = 1 and sort_name in (select value from json_each(?))"
        " and name in (select value from json_each(?))",
        [list_text(sorted({folded(name) for name in names})), list_text(sorted(names))],
    )
    return [from_row(row) for row in rows]


def seen_since(db: Database, moment: datetime) -> int:
    """How many people have been here since then."""
    count: int = db.value("select count(*) from people where last_seen_at >= ?", [moment_text(moment)])
    return count

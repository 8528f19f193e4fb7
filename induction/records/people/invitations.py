"""Who is invited: everybody here who has neither a password nor an account elsewhere, and how their invitations stand for a lead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from ..store.columns import moment_text
from ..store.database import Database
from .lists import SOUGHT, sought
from .person import CAN_SIGN_IN, Person, from_row

_LAST_FILE = (  # when several of them were last added in one change, as a file brings them
    f"(select created_at from people where active = 1 and not {CAN_SIGN_IN}"
    " group by created_at having count(*) > 1 order by created_at desc limit 1)"
)
_WANTED = (  # the plus lets the index on `ifnull(person, 0)` be used
    "people left join links on ifnull(person, 0) = +people.id and kind = 'invitation'"
    f" where active = 1 and not {CAN_SIGN_IN} and {SOUGHT} and (:since is null or created_at >= :since)"
    f" and (not :last_file or created_at = {_LAST_FILE})"
)
_MINE = "nonce is not null and made_by = :lead"


class Link(StrEnum):
    """How an invitation stands for a lead."""

    SHOWN = f"ifnull(expires_at > :now and {_MINE}, 0)"  # it works, and can be shown to them again
    HIDDEN = f"ifnull(expires_at > :now and not ({_MINE}), 0)"  # it works, and can't: another one made by them ends it
    NONE = "ifnull(expires_at <= :now, 1)"  # there is none that works


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whom of those who are invited a list is of."""

    search: str = ""  # a part of the name or of the email
    since: datetime | None = None  # added then or later
    last_file: bool = False  # added with others in one change, the latest


def count(db: Database, wanted: Wanted, lead_id: int, now: datetime) -> dict[Link, int]:
    """How many they are, by how their invitations stand for a lead."""
    sums = ", ".join(f"ifnull(sum({each}), 0) as {each.name}" for each in Link)
    row = db.row(f"select {sums} from {_WANTED}", _values(wanted, lead_id, now)) or {}
    return {each: row[each.name] for each in Link}


def listing(
    db: Database,
    wanted: Wanted,
    lead_id: int,
    now: datetime,
    *,
    link: Link | None = None,
    page: int = 1,
    per_page: int = -1,
) -> list[Person]:
    """A page of them by name, or all of them; only those whose invitation stands so for a lead, where that is given."""
    rows = db.rows(
        f"select people.* from {_WANTED} and {link or '1'} order by sort_name, people.id limit :limit offset :offset",
        {**_values(wanted, lead_id, now), "limit": per_page, "offset": (page - 1) * max(per_page, 0)},
    )
    return [from_row(row) for row in rows]


def _values(wanted: Wanted, lead_id: int, now: datetime) -> dict[str, Any]:
    return {
        **sought(wanted.search), "since": wanted.since and moment_text(wanted.since), "last_file": int(wanted.last_file),
        "lead": lead_id, "now": moment_text(now),
    }  # fmt: skip

"""One person, as the records hold them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ...rules import email_address
from ...rules.roles import Role
from ...rules.text import folded
from ..store.columns import maybe_day, maybe_moment, moment

SOUGHT = "(:folded = '' or instr(sort_name, :folded) or instr(email, :folded) or instr(email, :typed))"  # see `sought`


@dataclass(frozen=True, slots=True)
class Person:
    id: int
    email: str
    name: str
    role: Role
    mentor_id: int | None
    due: date | None  # the last day that is still in time
    active: bool
    has_password: bool
    created_at: datetime
    last_seen_at: datetime | None
    checklist_key: str  # random; the browser keeps this person's private ticks under it
    course: str | None = None  # the course that a lead has named for them; None: those that everyone is given


def from_row(row: Mapping[str, Any]) -> Person:
    """A person from a row of `people`."""
    return Person(
        id=row["id"],
        email=row["email"],
        name=row["name"],
        role=Role(row["role"]),
        mentor_id=row["mentor"],
        due=maybe_day(row["due"]),
        active=bool(row["active"]),
        has_password=row["password_hash"] is not None,
        created_at=moment(row["created_at"]),
        last_seen_at=maybe_moment(row["last_seen_at"]),
        checklist_key=row["checklist_key"],
        course=row["course"],
    )


def normal_email(text: str) -> str:
    """An email as it is kept and looked up, however it was typed."""
    return email_address.as_typed(text)


def sort_name(text: str) -> str:
    """A name as lists are sorted and searched: Zoë beside Zoe."""
    return folded(text)


def sought(text: str) -> dict[str, str]:
    """The values that SOUGHT looks for: a part of the name or of the email."""
    return {"folded": sort_name(text), "typed": " ".join(text.split()).casefold()}

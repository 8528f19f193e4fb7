"""One person, as the records hold them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from ...rules import calendar
from ...rules.roles import Role
from ..store.columns import mapper


@dataclass(frozen=True, slots=True)
class Details:
    """What the school says of somebody."""

    email: str
    name: str
    role: Role
    mentor_id: int | None = None
    due: date | None = None  # the last day that is still in time
    course: str | None = None  # the course that a lead has named for them; None: those that everyone is given
    starts: date | None = None  # the first day on which they get in
    ends: date | None = None  # and the last one


@dataclass(frozen=True, slots=True)
class Person:
    id: int
    email: str
    name: str
    role: Role
    mentor_id: int | None
    due: date | None
    active: bool
    has_password: bool
    created_at: datetime
    last_seen_at: datetime | None
    checklist_key: str  # random; the browser keeps this person's private ticks under it
    course: str | None = None
    starts: date | None = None
    ends: date | None = None
    erased_at: datetime | None = None  # then they have no name, and nobody brings them back
    has_account: bool = False  # whether they sign in by an account at a provider

    @property
    def can_sign_in(self) -> bool:
        """Whether they have come so far: an invitation that nobody took up opens nothing."""
        return self.has_password or self.has_account

    @property
    def joined(self) -> date:
        """Since when they are here, as courses that come round ask it."""
        return self.starts or calendar.local(self.created_at).date()


from_row = mapper(Person, has_password="password_hash")
CAN_SIGN_IN = "(password_hash is not null or has_account)"  # SQL of people

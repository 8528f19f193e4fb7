"""Who somebody was from when to when, and the links and passwords by which they came in: what is kept of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from .roles import Role

TAKEN_BACK_WITHIN = timedelta(days=7)  # after an account ended


class What(StrEnum):
    """How an entry of somebody's history came."""

    BEGAN = "began"  # as it stood when these entries began
    ADDED = "added"
    CHANGED = "changed"
    PUT_RIGHT = "put right"  # by an upgrade of this program


class Way(StrEnum):
    """What a way in is."""

    BEGAN = "began"  # there was a password when these entries began
    INVITATION = "invitation"  # a link was made
    RESET = "reset"  # a link for a new password was made
    CHOSEN = "chosen"  # a password, by whoever had a link
    CHANGED = "changed"  # a password, by somebody who knew the one before
    SET = "set"  # a password, at the first run or on the command line
    CLEARED = "cleared"  # the password of somebody who came back


@dataclass(frozen=True, slots=True)
class Entry:
    """Who somebody was from a moment on. The names of others are those that they had at that moment."""

    id: int
    at: datetime
    by: int | None  # None: the command line, or an upgrade
    by_name: str | None
    what: What
    email: str
    name: str
    role: Role
    mentor_id: int | None
    mentor_name: str | None
    due: date | None
    course: str | None
    active: bool
    starts: date | None = None
    ends: date | None = None
    by_itself: bool = False  # nobody made it: a day had come


@dataclass(frozen=True, slots=True)
class WayIn:
    id: int
    at: datetime
    by: int | None  # None: the command line, or whoever had the link
    by_name: str | None
    what: Way
    through: int | None  # the way in that is the link by which it was chosen
    device: str  # *Firefox on Windows*; empty where it is not known
    own: bool = False  # a link that they made, or that somebody at the sign-in who knows the address asked for
    by_not_me: bool = False  # it came of their saying that a sign-in was not theirs


def can_be_taken_back(end: Entry, now: datetime) -> bool:
    """Whether the end of an account is so fresh that it can be undone whole."""
    return now - end.at < TAKEN_BACK_WITHIN

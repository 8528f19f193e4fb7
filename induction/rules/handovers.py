"""Who mentors somebody's teachers once they have left: as a lead said it beforehand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Handover:
    """What was said of who follows a mentor. The names are those of the moment at which it was said."""

    id: int
    mentor_id: int
    mentor_name: str
    follower_id: int | None  # None: nobody at first
    follower_name: str | None
    at: datetime
    by: int | None
    by_name: str | None
    vacant: bool  # whoever was to follow has left, or is no mentor any more
    done: bool  # the mentor has left since

"""Who stands in for a mentor: as a lead said it, from a day until a day or until it is taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Deputy:
    """What was said of a mentor's deputy. The names are those of the moment at which it was said."""

    id: int
    mentor_id: int
    mentor_name: str
    deputy_id: int | None  # None: nobody stands in from then on
    deputy_name: str | None
    begins: date
    ends: date | None  # the last day; None: until it is taken back
    at: datetime
    by: int | None
    by_name: str | None
    lapsed: bool  # one of the two has left since, or is no mentor any more

    def is_over(self, today: date) -> bool:
        """Whether it is taken back, or its last day is past."""
        return self.deputy_id is None or (self.ends is not None and self.ends < today)

"""A certificate of another provider: what it says, and on which days it counts for a course of ours."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a lead has recorded of somebody. The names are those of the moment at which it was recorded."""

    id: int
    person_id: int
    course: str  # of ours, for which it counts
    provider: str
    title: str
    done_on: date
    expires_on: date | None  # the last day on which it counts; None: it does not expire
    document: str  # the SHA-256 of its file
    kind: str  # *pdf*
    file: str  # what the file was called
    bytes: int
    at: datetime
    by: int | None
    by_name: str | None
    taken_back_at: datetime | None
    taken_back_by_name: str | None
    why: str | None  # it was taken back

    def counts(self, day: date) -> bool:
        """Whether it counts for its course on that day."""
        return self.taken_back_at is None and self.done_on <= day and (self.expires_on is None or day <= self.expires_on)


def counting(certificates: Iterable[Certificate], day: date) -> dict[str, Certificate]:
    """For each course the certificate that counts for it on that day: of several, the one that counts longest."""
    found: dict[str, Certificate] = {}
    for each in certificates:
        before = found.get(each.course)
        if each.counts(day) and (before is None or _until(each) > _until(before)):
            found[each.course] = each
    return found


def _until(each: Certificate) -> tuple[date, date]:
    return each.expires_on or date.max, each.done_on

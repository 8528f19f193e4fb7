"""School years, as the nations count them."""

from __future__ import annotations

from datetime import date

BEGINS = {"scotland": 8}  # its schools open in August; elsewhere the year begins on 1 September


def begins(day: date, nation: str) -> date:
    """The day on which the school year began that a day belongs to."""
    month = BEGINS.get(nation, 9)
    return date(day.year if day.month >= month else day.year - 1, month, 1)


def year_before(begun: date) -> date:
    """When the school year before the one that began on this day began."""
    return begun.replace(year=begun.year - 1)

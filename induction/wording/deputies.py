"""Who stands in for a mentor, in a sentence: for leads, for the deputy and for the teachers."""

from __future__ import annotations

from datetime import date

from .dates import day


def stands_in(deputy: str, mentor: str, begins: date, ends: date | None, today: date) -> str:
    """*Nia Rowlands stands in for Max Adeyemi until Friday 18 December.* For leads, on either's page."""
    if begins > today:
        until = f", until {day(ends, today)}" if ends else ""
        return f"{deputy} stands in for {mentor} from {day(begins, today)}{until}."
    return f"{deputy} stands in for {mentor} {f'until {day(ends, today)}' if ends else 'until you take it back'}."


def for_teachers(deputy: str, mentor: str, ends: date | None, today: date) -> str:
    """Of one's own mentor's deputy, who sees what the mentor sees."""
    until = f" until {day(ends, today)}" if ends else " at present"
    return f"{deputy} stands in for {mentor.split()[0]}{until}, and sees the same, but nothing that you shared with {mentor.split()[0]}."

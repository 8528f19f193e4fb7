"""Courses that come round, in words: for the lead who says when, and for whoever is asked once more."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ..rules.cycles import Cycle, Round
from . import dates
from .numbers import in_figures

LEAP_DAY = " In a year without a 29 February it is the 28th."


def comes_round(cycle: Cycle) -> str:
    """*It comes round every 1 September, with 6 weeks to do it. …*"""
    weeks = in_figures(cycle.weeks, "week")
    if cycle.every:
        leap = LEAP_DAY if (cycle.every.month, cycle.every.day) == (2, 29) else ""
        words = f"It comes round every {cycle.every.written}, with {weeks} to do it.{leap}"
        if cycle.joined_by:
            words += f" Whoever joined or completed it after {cycle.joined_by.written} is asked the year after."
        return words
    if cycle.months:
        return f"It comes round {in_figures(cycle.months, 'month')} after somebody completed it, with {weeks} to do it."
    return "It does not come round: whoever has completed it is not asked again."


def saved(cycle: Cycle, today: date) -> str:
    """What follows from what a lead has just said."""
    if cycle.every:
        this_year = cycle.every.in_year(today.year)
        begins = this_year if this_year >= today else cycle.every.in_year(today.year + 1)
        return f"Saved. The next round begins on {dates.day(begins, today)}."
    if cycle.months:
        months = in_figures(cycle.months, "month")
        return f"Saved. Whoever completed it {months} ago or earlier is asked from today on; everybody else once their time has come."
    return "Saved. Nobody is asked for it once more; what was done in each round stays on record."


def why(found: Round, cycle: Cycle) -> str:
    """*This comes round each September. You did it last on 4 December 2026; begin with the scenarios.* Of a round that is open."""
    turn = f"each {dates.MONTHS[cycle.every.month - 1]}" if cycle.every else "again after a time"
    if cycle.months:
        turn = "each year" if cycle.months == 12 else f"every {in_figures(cycle.months, 'month')}"
    last = f" You did it last on {dates.short_in_full(found.before)}; begin with the scenarios." if found.before else ""
    return f"This comes round {turn}.{last}"


def until(found: Round, today: date) -> str:
    """*There is time until Wednesday 13 October, in 12 days.*"""
    if found.due is None:
        return ""
    if found.due < today:
        return f"It was to be done by {dates.day(found.due, today)}, {dates.from_now(found.due, today)}."
    return f"There is time until {dates.day(found.due, today)}, {dates.from_now(found.due, today)}."


def in_a_later_round(title: str, found: Round, today: date) -> str:
    """For whoever looks after somebody: *Ten minutes has come round on Wednesday 1 September; done last on 4 December 2026.*"""
    begins = dates.day(found.begins, today) if found.begins else ""
    last = f"; done last on {dates.short_in_full(found.before)}" if found.before else ""
    return f"{title} has come round on {begins}{last}. It begins with the scenarios."


def again(begins: date | None, today: date) -> str:
    """*It comes round again on Wednesday 1 September 2027.* Empty where it does not."""
    return f"It comes round again on {dates.day(begins, today)}." if begins else ""


HOW = (
    "Each lesson begins with its scenarios. Judge them wisely, and the lesson is done without reading it again; where one goes "
    "less well, read that lesson and try once more."
)


def how_much_changed(facts: int, rules: int, lessons: int) -> str:
    """*Since then 1 fact, 2 of our rules and 3 lessons have changed.*"""
    counts = ((facts, "fact", "facts"), (rules, "of our rules", "of our rules"), (lessons, "lesson", "lessons"))
    said = [f"{count} {one if count == 1 else several}" for count, one, several in counts if count]
    if not said:
        return "Nothing in it has changed since then."
    return f"Since then {dates.listed(said)} {'has' if facts + rules + lessons == 1 else 'have'} changed."


def sections(titles: Sequence[str], new: bool) -> str:
    """What of a lesson reads otherwise: *What the rule is here; Where it comes from*, or *new*."""
    return "new" if new else "; ".join(title or "what stands first" for title in titles)


def how_it_was_done(begins: date | None, attempted: bool, read: bool) -> str:
    """Of a lesson in a later round: *in the round of September 2027, by its scenarios, without the reading*. Else empty."""
    if begins is None:
        return ""
    if not attempted:
        return f"in {round_of(begins)}"
    return f"in {round_of(begins)}, by its scenarios, {'after opening it again' if read else 'without the reading'}"


def round_of(begins: date | None) -> str:
    """*the round of September 2027*; empty for the first time."""
    return f"the round of {dates.MONTHS[begins.month - 1]} {begins.year}" if begins else ""

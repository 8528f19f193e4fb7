"""A second signature that has to wait: for what, and until when."""

from __future__ import annotations

from datetime import date

from ..rules.calendar import local
from ..rules.second_signature import Tie
from .dates import day, day_and_clock


def tied_words(tie: Tie, first: str, today: date) -> str:
    """*Lou Hartley made the account on Friday 4 December*. `first` is the name of whoever signed first."""
    return f"{first} {tie.words} on {day(local(tie.at).date(), today)}"


def waits_words(tie: Tie, first: str, today: date) -> str:
    """Why a signature waits, and what to do."""
    return (
        f"{tied_words(tie, first, today)}, so yours is no second hand for {first} until"
        f" {day_and_clock(tie.until, today)}. Sign then, or another lead signs before."
    )

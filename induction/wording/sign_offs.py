"""What a sign-off says, and what it does not."""

from __future__ import annotations

from datetime import date

from . import dates

WAITS = "waiting for your sign-off"


def means(first_name: str) -> str:
    """Above the button."""
    return (
        f"With your name you say that you and {first_name} have talked the induction through. It is no statement about"
        f" {first_name}’s conduct or character, and none about single answers. It stays on record with the day; {first_name} reads it."
    )


MEANS_FOR_ITS_OWNER = (
    "A sign-off says that you and whoever gave it have talked the induction through. It is no statement about your conduct."
)


def what(title: str, completed_at: date, round_begins: date | None, today: date) -> str:
    """*Professional boundaries online, completed on Friday 4 December*."""
    again = f" in the round that began on {dates.short_day(round_begins, today)}" if round_begins else ""
    return f"{title}, completed on {dates.day(completed_at, today)}{again}"


def signed(by_name: str, typed_name: str, on: date, today: date) -> str:
    """*signed off by Max Adeyemi on Friday 4 December*, with the name as it was typed where that is another."""
    typed = "" if typed_name == by_name else f" (signed as {typed_name})"
    return f"signed off by {by_name} on {dates.day(on, today)}{typed}"


def kept(first_name: str) -> str:
    return f"Signed off. {first_name} can read it under My record."


NOT_TO_SIGN = "Nothing was signed off: it does not count any more, or you no longer look after them."
SIGNED_ALREADY = "You had signed that off. It stands; nothing more was kept."

"""Somebody whose record was erased: what they are called from then on."""

from __future__ import annotations

from .text import folded


def name(number: int) -> str:
    """What pages, sheets and logs call somebody who was erased. The schema holds the same words."""
    return f"Erased person {number}"


def email(number: int) -> str:
    """In place of their address: one that can't be anybody's."""
    return f"erased-{number}@erased.invalid"


def names_them(words: str, names: tuple[str, ...], emails: tuple[str, ...]) -> bool:
    """Whether a reason that is kept would name whom it is about."""
    said = folded(words)
    return any(folded(each) in said for each in (*names, *emails)) or any(
        part in said.split() for each in names for part in folded(each).split()[-1:] if len(part) > 2
    )

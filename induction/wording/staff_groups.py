"""Groups of staff, in words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Protocol

from .history import ON_THE_SERVER


class Said(Protocol):
    """Something that was said of a group."""

    @property
    def by_name(self) -> str | None: ...

    @property
    def name(self) -> str: ...

    @property
    def so(self) -> bool: ...


def emails(typed: str) -> list[str]:
    """The emails of a text, however they are parted."""
    return [each for each in re.split(r"[\s,;<>]+", typed) if "@" in each or each.strip(".:")]


def unknown(those: Sequence[str]) -> str:
    """Which emails nobody here has."""
    shown, more = ", ".join(those[:5]), len(those) - 5
    return f"Nobody here has {'this email' if len(those) == 1 else 'these emails'}: {shown}{f' and {more} more' if more > 0 else ''}."


def added(count: int, group: str) -> str:
    """*Saved. 3 people more belong to kitchen.*"""
    people = "1 person more belongs" if count == 1 else f"{count} people more belong"
    return f"Saved. {people} to {group}."


def members(count: int) -> str:
    """*12 people*, *nobody yet*."""
    return "1 person" if count == 1 else f"{count:,} people" if count else "nobody yet"


def said(kind: str, each: Said, courses: Mapping[str, str], when: str) -> str:
    """One line of a group's history: *Friday 4 December, 10.42 am, Lou Hartley: Tess Okafor belongs to it.*"""
    who = each.by_name or ON_THE_SERVER
    if kind == "member":
        what = f"{each.name} {'belongs to it' if each.so else 'belongs to it no longer'}"
    elif kind == "course":
        course = courses.get(each.name, each.name)
        what = f"{course} {'is given to it' if each.so else 'is no longer given to it'}"
    else:
        what = f"{each.name} is closed" if each.so else f"it is called {each.name}"
    return f"{when}, {who}: {what}."

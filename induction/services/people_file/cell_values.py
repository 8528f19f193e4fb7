"""The cells of a file of people, one by one: what they say, or why that can't be kept."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Final

from ...content import signs
from ...rules import email_address, text
from ...rules.calendar import FarOff, LongAgo, NotADay, read_day, written
from ...rules.damaged_letters import Damage, damage
from ...rules.roles import Role
from . import headings
from .headings import Column
from .sheet import short


class Clear(Enum):
    """What a dash says: that what is there goes."""

    CLEAR = "-"


CLEAR: Final = Clear.CLEAR
_CLEARS = ("-", "–", "—")
_STANDS_FOR_NOTHING = frozenset("na nil null none tbc tba unknown notknown notapplicable".split())
_HAS_LEFT = frozenset("leaver left former inactive terminated resigned retired ended yes y true".split())
_LIKE_A_DAY = re.compile(r"[0-9]{1,4}[/. -].*[0-9]")
LONGEST = 1_000  # characters
LONGEST_GROUP, MOST_GROUPS = 60, 20


class Unfit(Exception):
    """What a line or a cell says can't be so; the words say what to write instead.

    `leave_out`: nothing else than leaving the line out would mend it.
    """

    def __init__(self, words: str, column: Column | None = None, leave_out: bool = False) -> None:
        super().__init__(words)
        self.column, self.leave_out = column, leave_out


@dataclass(frozen=True, slots=True)
class Doubt:
    """A cell that does not come in as it is, unless the school has it so already."""

    column: Column
    typed: str
    words: str
    meant: str = ""  # what probably should stand there


def says_nothing(cell: str) -> bool:
    """Whether a cell holds what people write where there is nothing to write: *N/A*, *-*, *TBC*."""
    word = headings.plain(cell)
    return not word or word in _STANDS_FOR_NOTHING


def has_left(cell: str, today: date) -> bool:
    """Whether a cell on leaving says that somebody has left: a day that is past, or a word such as *Leaver*."""
    try:
        return read_day(cell, today, past=True) < today and _has_its_year(cell, today)
    except LongAgo:
        return True
    except NotADay:
        return headings.plain(cell) in _HAS_LEFT


def email(cell: str) -> tuple[str, str]:
    """The email, and what is doubtful about it. Raises Unfit for what is none at all."""
    if not cell:
        raise Unfit("the email is missing.", Column.EMAIL)
    found = damage(cell)
    doubt = asked("email", cell, found) if found else ""
    try:
        return email_address.normal(cell), doubt
    except text.Unfit:
        doubt = doubt or f"the email is {short(cell)}; write one such as tess.okafor@school.example."
        if "@" not in cell or len(cell) > email_address.LONGEST:
            raise Unfit(doubt, Column.EMAIL) from None
        return cell.casefold(), doubt  # somebody may be here with it from before there was a grammar


def name(cell: str) -> tuple[str, str]:
    """The name, empty where it can't be kept or there is none, and what is doubtful about it."""
    found = damage(cell)
    doubt = asked("name", cell, found) if found else ""
    try:
        kept = text.line(cell, text.LONGEST_NAME)
    except text.Unfit as fault:
        return "", doubt or f"the name is {short(cell)}. {fault}"
    if cell and signs.has_a_letter(kept) and (says_nothing(cell) or "@" in cell):
        return "", f"the name is {short(kept)}; write the person's name."
    if cell and not signs.has_a_letter(kept):
        return "", f"the name is {short(kept)}, without a letter that can be seen. Type it again."
    return kept, doubt


def role(cell: str) -> Role | Clear | None:
    """A role, CLEAR, or None for a job title. Raises Unfit."""
    if cell in _CLEARS:
        return CLEAR
    try:
        return headings.role(cell)
    except ValueError:
        raise Unfit(
            f"the role is {short(cell)}; write teacher, mentor or lead, or nothing. "
            "A column of job titles is left alone where it is called Job title."
        ) from None


def mentor(cell: str) -> str | Clear:
    """An email, somebody's name, or CLEAR. Raises Unfit."""
    if cell in _CLEARS:
        return CLEAR
    try:
        return email_address.normal(cell) if "@" in cell else text.line(cell, text.LONGEST_NAME)
    except text.Unfit:
        raise Unfit(f"the mentor is {short(cell)}; write an email such as max.reid@school.example.") from None


def groups(cell: str) -> tuple[str, ...] | Clear:
    """The names of groups of staff, parted by commas or semicolons, each once; or CLEAR. Raises Unfit."""
    if cell in _CLEARS:
        return CLEAR
    try:
        names = [text.line(each.strip(), LONGEST_GROUP) for each in re.split("[,;]", cell) if each.strip()]
    except text.Unfit:
        raise Unfit(f"the groups are {short(cell)}; a group's name has at most {LONGEST_GROUP} characters.") from None
    if len(names) > MOST_GROUPS:
        raise Unfit(f"there are {len(names)} groups; one person belongs to {MOST_GROUPS} at most.")
    return tuple({text.folded(each): each for each in reversed(names)}.values())[::-1]


def due(cell: str, today: date) -> date | Clear:
    """A day, or CLEAR. Raises Unfit."""
    if cell in _CLEARS:
        return CLEAR
    try:
        return read_day(cell, today)
    except NotADay as fault:
        raise Unfit(f"the due date is {short(cell)}. {fault}") from None


def starts(cell: str, today: date) -> date | Clear | None:
    """A first day, or CLEAR; None where it says nothing, or names one of long ago. Raises Unfit."""
    if cell in _CLEARS:
        return CLEAR
    if says_nothing(cell):
        return None
    try:
        return read_day(cell, today)
    except LongAgo:
        return None  # as systems say it of whoever came before this was kept
    except NotADay as fault:
        raise Unfit(f"the start date is {short(cell)}. {fault}") from None


def ends(cell: str, today: date) -> date | Clear | None:
    """A last day to come, or CLEAR; None where it says nothing, as *Current* and 31/12/9999 do. Raises Unfit."""
    if cell in _CLEARS:
        return CLEAR
    try:
        day = read_day(cell, today)
        if not _has_its_year(cell, today):
            raise Unfit(f"the leaving date is {short(cell)}. Write the year too, as in {written(day)}.")
        return day
    except FarOff:
        return None
    except NotADay as fault:
        if _LIKE_A_DAY.fullmatch(cell):
            raise Unfit(f"the leaving date is {short(cell)}. {fault}") from None
        return None


def _has_its_year(cell: str, today: date) -> bool:
    """Whether a day is the same one, whether it has been or is to come."""
    return read_day(cell, today, past=True) == read_day(cell, today)


def asked(what: str, cell: str, found: Damage) -> str:
    """The question about a cell whose letters look damaged."""
    question = f"Did you mean {short(found.meant)}?" if found.meant else "Write it anew."
    return f"the {what} is {short(cell)}: {found.words}. {question}"

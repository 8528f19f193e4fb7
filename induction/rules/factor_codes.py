"""Codes that are a second step: six figures of an app, which change every half minute, and recovery codes on paper."""

from __future__ import annotations

import unicodedata
from datetime import datetime
from enum import StrEnum

STEP = 30  # seconds that a code of an app is shown for, as apps have it
DIGITS = 6
EITHER_SIDE = 1  # steps before and after this one that are taken too: a phone's clock differs, and people type slowly
CODES = 10  # recovery codes that are made at once
MANY_WRONG = 10  # after one another, of which whoever it is is told
FEW = 3  # left, at which somebody is told to make new ones
ALPHABET = "23456789abcdefghijkmnpqrstuvwxyz"  # none that is taken for another of them on paper
LENGTH = 16  # signs of five bits
GROUP = 4
_READ_AS = str.maketrans("1l", "ii")


class NoCode(StrEnum):
    """Why a code is not taken."""

    UNLIKE = "unlike"  # it looks like none
    WRONG = "wrong"
    USED = "used"  # an app's, which was right and used before


def plain(typed: str) -> str:
    """What was typed, without spaces and strokes; figures of full width are figures."""
    whole = unicodedata.normalize("NFKC", typed)
    return "".join(sign for sign in whole if not sign.isspace() and unicodedata.category(sign) != "Pd").lower()


def app_code(typed: str) -> str:
    """The six figures; empty where it is no code of an app."""
    code = plain(typed)
    return code if len(code) == DIGITS and code.isascii() and code.isdigit() else ""


def recovery_code(typed: str) -> str:
    """The recovery code; empty where it is none."""
    code = plain(typed).translate(_READ_AS)
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else ""


def steps(now: datetime) -> range:
    """The numbers of the half minutes whose codes are taken now."""
    present = int(now.timestamp()) // STEP
    return range(present - EITHER_SIDE, present + EITHER_SIDE + 1)


def from_chance(bits: int) -> str:
    """A recovery code from 80 bits."""
    return "".join(ALPHABET[bits >> 5 * place & 31] for place in range(LENGTH))


def in_groups(code: str, between: str = " ") -> str:
    """*abcd efgh*: as people read and type it."""
    return between.join(code[at : at + GROUP] for at in range(0, len(code), GROUP))

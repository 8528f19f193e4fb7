"""The code of a certificate: chance, in signs that can be read aloud on the telephone and typed back."""

from __future__ import annotations

import re

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: without I, L, O, which look like figures, and U
LENGTH = 14  # signs of five bits: 70 bits, which nobody finds by trying
GROUPS = (5, 4, 5)
LONGEST = 100  # characters that anybody may ask for
_HEARD = str.maketrans({"O": "0", "I": "1", "L": "1"})
_STUCK = "/.,;:!?)]}>'\"’”»…*"
_BETWEEN = re.compile(r"[\s\-‐‑‒–—.·_]+")


def from_chance(number: int) -> str:
    """The code of a number of 70 random bits."""
    signs = ""
    for _ in range(LENGTH):
        number, place = divmod(number, len(SIGNS))
        signs = SIGNS[place] + signs
    return signs


def grouped(code: str) -> str:
    """*7K4M2-29QX-AB3CD*, as it is shown and stands in addresses."""
    if len(code) != LENGTH:
        return code  # it is none
    first, second, _ = GROUPS
    return f"{code[:first]}-{code[first : first + second]}-{code[first + second :]}"


def read(typed: str) -> str:
    """What somebody typed or pasted, perhaps a certificate's whole address, as a code is kept.

    Small letters, spaces and hyphens, O for 0, I and L for 1 are no matter, nor what sticks to an address out of a sentence.
    Whatever else they typed stays in it, so that it is no code.
    """
    last = typed[:LONGEST].strip().rstrip(_STUCK).rpartition("/")[2].removesuffix(".pdf")
    return _BETWEEN.sub("", last).upper().translate(_HEARD)


def found_in(typed: str) -> str:
    """As much of that as can stand in an address; empty where nothing can."""
    return "".join(each for each in read(typed) if each.isascii() and each.isalnum())

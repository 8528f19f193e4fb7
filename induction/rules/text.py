"""Text made fit to keep: the one way in for whatever people type, paste or bring in from a file.

Length is looked at before anything else, since other looks take longer the longer a text is. What comes out is in
one normal form (NFC), with one kind of line end, without signs that nobody can see.
"""

from __future__ import annotations

import unicodedata

from ..content import signs

LONGEST_LINE = 200  # characters, of a name or a title, where nothing else is said
LONGEST_NAME = 120  # characters: a person's or a school's, wherever it is typed or comes from
SLACK = 4  # a text may come with so many times its length in signs that go when it is made fit


class Unfit(ValueError):
    """A text that can't be kept; `str` is a sentence for whoever typed it, which says what to do."""


def line(text: str, longest: int = LONGEST_LINE) -> str:
    """One line of words with single spaces; empty where nobody could see anything. Raises Unfit."""
    return " ".join(_fit(text, longest, signs.LINE_ENDS.sub(" ", text) if len(text) <= SLACK * longest else text).split())


def lines(text: str, longest: int) -> str:
    """Words on several lines, without spaces at their ends or empty lines round the whole. Raises Unfit."""
    whole = _fit(text, longest, signs.LINE_ENDS.sub("\n", text) if len(text) <= SLACK * longest else text)
    return "\n".join(each.rstrip() for each in whole.split("\n")).strip("\n")


def secret(text: str, longest: int) -> str:
    """A password as it is hashed: composed and decomposed letters are the same, and nothing else is touched. Raises Unfit."""
    _check_length(text, longest)
    if signs.too_many_marks(text) or signs.unfit(text, "\t") is not None:
        raise Unfit("That holds a character that can't be typed everywhere. Choose letters, figures and spaces.")
    return unicodedata.normalize("NFC", text)


def _fit(text: str, longest: int, unified: str) -> str:
    """`unified` is the text with its line ends made one kind, once its length was seen to be bearable."""
    if len(text) > SLACK * longest:
        raise Unfit(_too_long(longest))
    if signs.too_many_marks(unified):
        raise Unfit("That holds a heap of accents on one letter, which can't be kept. Type it again by hand.")
    at = signs.unfit(unified)
    if at is not None:
        where = unified.count("\n", 0, at) + 1
        which = f"the sign {signs.name(unified[at])}" + (f" on line {where}" if "\n" in unified else "")
        raise Unfit(f"That holds {which}, which can't be kept. Take it out or type the words again by hand.")
    fit = unicodedata.normalize("NFC", signs.without_unseen(unified))
    _check_length(fit, longest)
    return fit if signs.can_be_seen(fit) else ""


def _check_length(text: str, longest: int) -> None:
    if len(text) > longest:
        raise Unfit(_too_long(longest))


def _too_long(longest: int) -> str:
    return f"Use at most {longest:,} characters."


_LETTERS = str.maketrans({
    **dict(zip("łøđħıŧŋĸ", ("l", "o", "d", "h", "i", "t", "n", "k"), strict=True)),
    "æ": "ae", "œ": "oe", "ß": "ss", "þ": "th", "ð": "d", "ə": "e", "ŀ": "l",
    "’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "‐": "-", "‑": "-", "–": "-", "—": "-",
})  # fmt: skip


def folded(text: str) -> str:
    """Words as lists are sorted and searched, in letters that a British keyboard has: *Łukasz* beside *lukasz*."""
    plain = unicodedata.normalize("NFKD", " ".join(text.split()).casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign)).translate(_LETTERS)

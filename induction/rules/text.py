"""Text made fit to keep: the one way in for whatever people type, paste or bring in from a file.

Length is looked at before anything else, since other looks take longer the longer a text is. What comes out is in
one normal form (NFC), with one kind of line end, without signs that nobody can see.
"""

from __future__ import annotations

import unicodedata

from ..content import signs

LONGEST_LINE = 200  # characters, of a name or a title, where nothing else is said
LONGEST_NAME = 120  # characters: a person's or a school's, wherever it is typed or comes from
SLACK, MOST_SLACK = 4, 50_000  # a text may come with so many times its length, or so much more, in what goes
SORTED_BY = 500  # characters at a name's beginning, which every list is sorted and searched by


class Unfit(ValueError):
    """A text that can't be kept; `str` is a sentence for whoever typed it, which says what to do."""


def line(text: str, longest: int = LONGEST_LINE) -> str:
    """One line of words with single spaces; empty where nobody could see anything. Raises Unfit."""
    return _short(" ".join(_fit(text, longest, " ").split()), longest)


def lines(text: str, longest: int) -> str:
    """Words on several lines, without spaces at their ends or empty lines round the whole. Raises Unfit."""
    return _short("\n".join(each.rstrip() for each in _fit(text, longest, "\n").split("\n")).strip("\n"), longest)


def written(text: str, longest: int) -> str:
    """A writer's words on several lines, with the spaces that break a line in Markdown. Raises Unfit."""
    return _short(_fit(text, longest, "\n").strip("\n"), longest)


def name(text: str) -> str:
    """A person's or a school's name; empty where nobody could see anything. Raises Unfit where no letter stands in it."""
    fit = line(text, LONGEST_NAME)
    if fit and not signs.has_a_letter(fit):
        raise Unfit("Write a name with letters in it.")
    return fit


def secret(text: str, longest: int) -> str:
    """A password as it is hashed: composed and decomposed letters are the same, and nothing else is touched. Raises Unfit."""
    _check_bearable(text, longest)
    if signs.too_many_marks(text) or signs.unfit(text, "\t") is not None:
        raise Unfit("That holds a character that can't be typed everywhere. Choose letters, figures and spaces.")
    fit = unicodedata.normalize("NFC", text)
    _check_length(fit, longest)
    return fit


def hashed_as(typed: str) -> tuple[str, ...]:
    """What a password may have been hashed as whose length was looked at before.

    As `secret` makes it; up to version 1.1, as it was typed.
    """
    fit = unicodedata.normalize("NFC", typed)
    return (fit,) if fit == typed else (fit, typed)


def _fit(text: str, longest: int, line_end: str) -> str:
    """The text without what nobody sees, each of its line ends as `line_end`."""
    _check_bearable(text, longest)
    unified = signs.LINE_ENDS.sub(line_end, text)
    if signs.too_many_marks(unified):
        raise Unfit("That holds a heap of accents on one letter, which can't be stored. Type it again by hand.")
    at = signs.unfit(unified)
    if at is not None:
        raise Unfit(_unfit(unified, at))
    return unicodedata.normalize("NFC", signs.without_unseen(unified))


def _unfit(text: str, at: int) -> str:
    on = f" on line {text.count(chr(10), 0, at) + 1}" if "\n" in text else ""
    if text[at] == signs.LOST:
        return f"That holds the sign {signs.LOST}{on}, which stands where a letter was lost. Write that letter."
    return f"That holds the sign {signs.name(text[at])}{on}, which can't be stored. Take it out, or type the words again by hand."


def _short(text: str, longest: int) -> str:
    _check_length(text, longest)
    return text if signs.can_be_seen(text) else ""


def bearable(longest: int) -> int:
    """How many characters a text may come with that is to have `longest` at most once it is fit."""
    return min(SLACK * longest, longest + MOST_SLACK)


def _check_bearable(text: str, longest: int) -> None:
    if len(text) > bearable(longest):
        raise Unfit(_too_long(longest))


def _check_length(text: str, longest: int) -> None:
    if len(text) > longest:
        raise Unfit(_too_long(longest))


def _too_long(longest: int) -> str:
    return f"Use at most {longest:,} characters."


_QUOTES = str.maketrans({**dict.fromkeys("’‘ʼʻ`´′ʹ＇", "'"), **dict.fromkeys("‐‑‒–—−", "-")})
_LETTERS = str.maketrans("łøđħıŧŋĸɨƀðə", "lodhitnkibde") | str.maketrans({"æ": "ae", "œ": "oe", "ß": "ss", "þ": "th"})


def folded(text: str) -> str:
    """Words as lists are sorted and searched, in letters that a British keyboard has: *Łukasz* beside *lukasz*."""
    if text.isascii():  # most are
        return " ".join(text[:SORTED_BY].casefold().replace("`", "'").split())
    seen = signs.UNSEEN.sub("", text[:SORTED_BY]).casefold().translate(_QUOTES)
    plain = " ".join(unicodedata.normalize("NFKD", seen).split())
    return "".join(sign for sign in plain if not unicodedata.combining(sign)).translate(_LETTERS)

"""Letters that were damaged on the way: saved in one encoding and read in another, or in one that lacks them.

What looks so is asked about, never mended in silence: the best guess is offered with the question.
"""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache

_LONGEST = 1_000  # characters that are looked at; whoever calls has refused longer ones by then
_IN_NAMES = "’‘ʼʻ´“”·‧・׳״"
_BYTES_AS_LETTERS = ("cp1252", "mac_roman", "cp850", "cp437", "cp1250")  # what UTF-8 is taken for
_RUN = re.compile(r"[^\x00-\x7f]{2,}")
_LATIN = re.compile("[\u00a0-\u017f\u01a0\u01a1\u01af\u01b0\u0218-\u021b\u02bb\u02bc\u1e00-\u1eff\u2010-\u2026]+")
_CATEGORIES = ("Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Zs", "Pd", "Cf")
_LOST = re.compile(r"\?|\ufffd")
_CAPITALS = re.compile("[ŽŠŒŸÃÂÅÄÕ]")  # what a small é, ö, ú, ü and half a letter turn into, and an apostrophe
_MARKS = re.compile(r"(?<=[^\W\d_])(?:[–—](?=[a-z])|[“”](?=[^\W\d_])|(?<=[a-z])‘(?!\w))")  # what ñ, ó, ì and ë turn into


@dataclass(frozen=True, slots=True)
class Damage:
    """What looks wrong about a text, and what it probably was; empty where that can't be told."""

    words: str
    meant: str = ""


@lru_cache(1_000)  # a cell is looked at more than once
def damage(text: str) -> Damage | None:
    """What in a name looks damaged; None where nothing does. Names of every language are left in peace."""
    text = text[:_LONGEST]
    if _LOST.search(text):
        return Damage("letters are lost where it has " + ("�" if "\ufffd" in text else "?"))
    if text.isascii():
        return None
    once = _decoded(text)
    if once != text:
        return Damage("its letters are damaged", _if_whole(_mended(once)))
    if not _looks_whole(text):
        return Damage("its letters look damaged", as_from_an_old_mac(text))
    return None


def as_from_an_old_mac(text: str) -> str:
    """What a text was if an old Mac saved it and Windows’ letters were read; empty where that makes no name."""
    raw = _raw(text, "cp1252")
    return _if_whole(raw.decode("mac_roman")) if raw and not text.isascii() else ""


def _mended(text: str) -> str:
    for _ in range(3):  # some went wrong more than once
        text, before = _decoded(text), text
        if text == before:
            break
    return text


def _decoded(text: str) -> str:
    """The text with each run of letters that is UTF-8, read as something else, read as UTF-8."""
    return _RUN.sub(lambda run: _as_utf8(run[0]) or run[0], text)


def _as_utf8(run: str) -> str:
    for encoding in _BYTES_AS_LETTERS:
        try:
            read = (_raw(run, encoding) or b"\xff").decode("utf-8")
        except UnicodeDecodeError:
            continue
        # One or two letters may be so by chance, but hardly Latin ones; three of any writing aren't.
        if _LATIN.fullmatch(read) or (len(read) > 2 and read.isprintable()):
            return read
    return ""


def _raw(text: str, encoding: str) -> bytes | None:
    """The bytes that were taken for this text; those which the encoding has no sign for stand for themselves."""
    with suppress(UnicodeEncodeError):
        return text.encode(encoding)
    raw = bytearray()
    for sign in text:
        try:
            raw += sign.encode(encoding)
        except UnicodeEncodeError:
            if not "\x80" <= sign <= "\x9f":
                return None
            raw.append(ord(sign))
    return bytes(raw)


def _if_whole(text: str) -> str:
    return text if _looks_whole(text) and not _LOST.search(text) else ""


def _looks_whole(text: str) -> bool:
    """Whether each sign is one that names have, where they have it. What nobody can see is looked at elsewhere."""
    return (
        not _MARKS.search(text)
        and not any(_is_out_of_place(text[: found.start()], text[found.end() :], found[0]) for found in _CAPITALS.finditer(text))
        and all(sign.isascii() or sign in _IN_NAMES or unicodedata.category(sign) in _CATEGORIES for sign in text)
    )


def _is_out_of_place(before: str, after: str, capital: str) -> bool:
    """Whether a capital stands inside a small word: *JosŽ*, *MŸller*, *OÕNeill*."""
    if before[-1:].islower() or (capital in "ŸÃ" and after[:1].islower()):
        return True
    return capital == "Õ" and before[-1:].isupper() and any(sign.islower() for sign in after.partition(" ")[0])

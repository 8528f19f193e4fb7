"""What makes a password one that is guessed: short, common, or made of the school's own words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import cache
from pathlib import Path

from .text import LONGEST_LINE, folded

SHORTEST = 12  # characters; no other rule of make-up (NIST SP 800-63B, 5.1.1.2)
LONGEST = 200  # so that nobody makes the hash chew on a novel
MOST_WORDS, MOST_OVER = 2, 2  # common words, and letters besides them, that a password which is guessed is made of
_LEET = str.maketrans("013457@$!", "oieastasi")
_SMALL = frozenset(  # they join the words of a phrase, and make it no harder to guess
    "a i u my me we us our you your the this that is are am was be it at in on of to for and from with love loves hate new best all"
    .split()
)


@cache
def common() -> frozenset[str]:
    """The words, runs and phrases that passwords of twelve letters are made of, folded as `_letters` does."""
    text = (Path(__file__).parent / "common-passwords.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return frozenset(_letters(word) for line in lines for word in line.split())


def _letters(text: str) -> str:
    return re.sub(r"[^a-z]", "", folded(text))


def _read(text: str) -> str:
    """Its letters, with the usual swaps of figures for letters undone."""
    return _letters(folded(text).translate(_LEET))


def objection(password: str, own_words: Iterable[str] = ()) -> str | None:
    """What is wrong with a password, in a sentence, or None. `own_words`: names and emails that are easy to guess."""
    if len(password) < SHORTEST:
        return f"Use {SHORTEST} characters or more; three or four words you can picture make a good one."
    if len(password) > LONGEST:
        return f"Use at most {LONGEST} characters."
    readings = _readings(password)
    if len(set(password)) < 4 or _is_run(password) or any(_is_made_of(each, common()) for each in readings):
        return "That one is among the first that are guessed. Three or four unrelated words make a good one."
    pieces = {_read(part) for word in own_words for part in re.split(r"[\s@._-]+", word[:LONGEST_LINE])}
    own = {piece for piece in pieces if len(piece) >= 4}
    read = _read(password)
    if any(piece in read and len(read.replace(piece, "")) < 6 for piece in own) or any(
        _is_made_of(each, common() | own) for each in readings
    ):
        return "That one is close to a name or an email here. Three or four unrelated words make a good one."
    return None


def _is_run(password: str) -> bool:
    """1234…, abcd…, and the rows of a keyboard, there and back, or one short piece again and again."""
    rows = "01234567890123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm", "1qaz2wsx3edc4rfv5tgb"
    lowered = password.casefold()
    if any(lowered in row or lowered in row[::-1] for row in rows):
        return True
    return any(lowered == (lowered[:size] * len(lowered))[: len(lowered)] for size in range(1, 5))


def _readings(password: str) -> set[str]:
    """The letters of a password as people read it: figures and signs round and between them gone, or read as letters.

    *P@ssw0rd1234!* is *password*: the swaps within are undone, and none of the tail's. What stands there again and
    again stands there once.
    """
    core = re.sub(r"^[^a-z]+|[^a-z]+$", "", folded(password))
    return {_once(each) for each in (_letters(password), _read(core), _read(password)) if each}


def _once(text: str) -> str:
    size = (text + text).index(text, 1)
    return text[:size]


def _is_made_of(text: str, words: Collection[str]) -> bool:
    """Whether one or two of the words, small ones between them and a letter or two over make the whole text."""
    far, longest = MOST_OVER + 1, max(map(len, words))
    over = [[far] * (MOST_WORDS + 1) for _ in range(len(text) + 1)]  # the fewest letters over, by place and words so far
    over[0][0] = 0
    for at in range(len(text)):
        for count, here in enumerate(over[at]):
            if here == far:
                continue
            over[at + 1][count] = min(over[at + 1][count], here + 1)
            for end in range(at + 1, min(at + longest, len(text)) + 1):
                more = 0 if text[at:end] in _SMALL else 1 if text[at:end] in words else None
                if more is not None and count + more <= MOST_WORDS:
                    over[end][count + more] = min(over[end][count + more], here)
    return min(over[len(text)][1:]) < far

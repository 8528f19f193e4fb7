"""What makes a password one that is guessed: short, common, or made of the school's own words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

SHORTEST = 12  # characters; no other rule of make-up (NIST SP 800-63B, 5.1.1.2)
LONGEST = 200  # so that nobody makes the hash chew on a novel
_LEET = str.maketrans("013457@$!", "oieastasi")


@cache
def common() -> frozenset[str]:
    """The common words and runs that passwords of twelve letters are made of, folded as `_fold` does."""
    text = (Path(__file__).parent / "common-passwords.txt").read_text(encoding="utf-8")
    return frozenset(_fold(line) for line in text.splitlines() if line and not line.startswith("#"))


def _fold(text: str) -> str:
    """Lower case, the usual swaps of figures for letters undone, and anything but letters left out."""
    return re.sub(r"[^a-z]", "", unicodedata.normalize("NFKC", text).casefold().translate(_LEET))


def objection(password: str, own_words: Iterable[str] = ()) -> str | None:
    """What is wrong with a password, in a sentence, or None. `own_words`: names and emails that are easy to guess."""
    if len(password) < SHORTEST:
        return f"Use {SHORTEST} characters or more; three or four words you can picture make a good one."
    if len(password) > LONGEST:
        return f"Use at most {LONGEST} characters."
    if len(set(password)) < 4 or _is_run(password) or _is_made_of_common(password):
        return "That one is among the first that are guessed. Three or four unrelated words make a good one."
    folded = _fold(password)
    for word in own_words:
        for piece in (_fold(part) for part in re.split(r"[\s@._-]+", word)):
            if len(piece) >= 4 and piece in folded and len(folded.replace(piece, "")) < 6:
                return "That one is close to a name or an email here. Three or four unrelated words make a good one."
    return None


def _is_run(password: str) -> bool:
    """1234…, abcd…, and the rows of a keyboard, there and back, or one short piece again and again."""
    rows = "01234567890123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm", "1qaz2wsx3edc4rfv5tgb"
    lowered = password.casefold()
    if any(lowered in row or lowered in row[::-1] for row in rows):
        return True
    return any(lowered == (lowered[:size] * len(lowered))[: len(lowered)] for size in range(1, 5))


def _is_made_of_common(password: str) -> bool:
    """Whether nothing is left once the figures and signs round one or two common words are gone."""
    folded = _fold(password)
    if folded in common():
        return True
    plain = re.sub(r"[^a-z]", "", password.casefold())
    core = _fold(re.sub(r"^[^a-z]+|[^a-z]+$", "", password.casefold()))  # P@ssw0rd1234!: the swaps within, none of the tail
    words = common()
    return any(
        text in words or any(text[:cut] in words and text[cut:] in words for cut in range(3, len(text) - 2))
        for text in {folded, plain, core}
        if text
    )

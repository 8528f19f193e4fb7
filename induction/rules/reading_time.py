"""How long it takes to read so many words with care."""

from __future__ import annotations

WORDS_A_MINUTE = 240


def minutes_to_read(words: int) -> int:
    """Whole minutes, at least one."""
    return max(1, round(words / WORDS_A_MINUTE))

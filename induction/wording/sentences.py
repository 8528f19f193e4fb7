"""Words as a sentence begins."""

from __future__ import annotations


def sentence(words: str) -> str:
    """With a capital at its beginning. The rest stays as it is: names, days and months keep theirs."""
    return f"{words[:1].upper()}{words[1:]}"

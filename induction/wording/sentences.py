"""Words as a sentence begins."""

from __future__ import annotations


def sentence(words: str) -> str:
    """With a capital at its beginning. The rest stays as it is: names, days and months keep theirs."""
    return f"{words[:1].upper()}{words[1:]}"


def ended(words: str) -> str:
    """With a full stop at its end, where none of its kind stands there."""
    return words if words.endswith((".", "!", "?", "…")) else f"{words}."

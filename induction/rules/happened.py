"""What happened that somebody may look back at."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What it was, as its address begins."""

    COMPLETION = "completions"
    ATTEMPT = "attempts"
    ACKNOWLEDGEMENT = "acknowledgements"

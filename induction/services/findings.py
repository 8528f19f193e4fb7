"""One look of the doctor's: a plain word, and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Finding:
    name: str
    ok: bool
    words: str
    what_to_do: str = ""  # empty where all is well
    numbers: Mapping[str, int] = field(default_factory=dict)
    stops: bool = True  # where it is not well, the site is not ready for its work
    urgent: bool = False  # where it is not well, it can't wait, though the site goes on with its work
    known: bool = True  # it could be looked at

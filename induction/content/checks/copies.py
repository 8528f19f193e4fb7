"""The school's own copies of shipped files, and what has been shipped since they were made.

A copy doesn't say what it was copied from. So the SHA-256 of each shipped file that a copy lies
over is kept (`kept/shipped.json` in the data folder) from the day the copy is first seen. A file
that adds to the shipped ones is no copy; nor are facts and policy, which are merged by key.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..problems import Problem


def remember(kept: Mapping[str, str], shipped: Mapping[str, str], own: Iterable[str]) -> dict[str, str]:
    """What to keep from now on, by path: what was kept before, and the present file for a new copy.

    `shipped` gives the SHA-256 of each shipped file; `own` are the paths of the school's own files.
    What was kept for a copy that is gone is dropped.
    """
    copies = {path for path in own if path.endswith(".md")}
    return {path: kept.get(path) or shipped[path] for path in sorted(copies) if path in kept or path in shipped}


def shipped_since(kept: Mapping[str, str], shipped: Mapping[str, str]) -> list[Problem]:
    """A warning for each copy whose shipped file is no longer the one that was kept."""
    return [
        Problem(path, 1, _changed if path in shipped else _withdrawn, warning=True)
        for path, before in sorted(kept.items())
        if shipped.get(path) != before
    ]


_changed = "the shipped file under your copy has changed since you made it; read both, and bring into yours what it lacks"
_withdrawn = "the shipped file under your copy is no longer shipped; read why in the changelog, and keep or delete yours"

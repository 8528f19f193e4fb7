"""What changed between two versions of a text, piece by piece: a section of the policy, a choice of a scenario."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Generic, Protocol, TypeVar

TOKEN = re.compile(r"<[^>]*>|\s+|&[#\w]+;|[\w'’]+(?:[.:]\d\w*)*|.")
RUN = re.compile(r"(\s*(?:<[^>]*>\s*)+|^\s+|\s+$)")  # what stands between runs of words


class Known(Protocol):
    @property
    def id(self) -> str: ...


P = TypeVar("P", bound=Known)


@dataclass(frozen=True, slots=True)
class Changed(Generic[P]):
    """A piece that reads otherwise. `before` or `after` is None where it is new or gone."""

    before: P | None
    after: P | None

    @property
    def shown(self) -> P:
        """The piece as it is or, where it is gone, as it was."""
        shown = self.after or self.before
        assert shown is not None
        return shown


def changed(before: Iterable[P], after: Iterable[P], words: Callable[[P], object]) -> list[Changed[P]]:
    """The pieces whose `words` differ, in the order of the newer text, then those that are gone. Each is known by its id."""
    old = {piece.id: piece for piece in before}
    new = {piece.id: piece for piece in after}
    found = [Changed(old.get(id), piece) for id, piece in new.items() if id not in old or words(old[id]) != words(piece)]
    return found + [Changed(piece, None) for id, piece in old.items() if id not in new]


def marked(before: str, after: str) -> tuple[str, str]:
    """Two texts of HTML, with the words marked that only the one has, and those that only the other has."""
    old, new = TOKEN.findall(before), TOKEN.findall(after)
    out_old, out_new = "", ""
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        out_old += "".join(old[a:b]) if what == "equal" else _mark("del", old[a:b])
        out_new += "".join(new[c:d]) if what == "equal" else _mark("ins", new[c:d])
    return out_old, out_new


def _mark(tag: str, tokens: list[str]) -> str:
    """Runs of words in a tag of their own; the tags and blanks round them stay as they are."""
    runs = RUN.split("".join(tokens))
    return "".join(f"<{tag}>{run}</{tag}>" if run.strip() and "<" not in run else run for run in runs)

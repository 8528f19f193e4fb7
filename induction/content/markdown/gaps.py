"""Words in braces: what each stands for, and what is said of one that nobody knows."""

from __future__ import annotations

from .. import contact_times
from ..model import Library
from ..problems import instead, short
from ..school_words import SCHOOL_WORDS
from ..words import Slot

BEGINS = {"nation:": "nation", "stance:": "stance", "hours:": "hours", "fact ": "fact", "checked ": "checked"}
CALLED = {"fact": "fact", "checked": "fact", "nation": "word of a nation", "stance": "facet", "fill": "word", "school": "word in braces"}


def gap(name: str, known: Library) -> Slot:
    """What words in braces stand for, blanks made single; whether it is known is for `fault` to say."""
    for begin, kind in BEGINS.items():
        if f"{name} ".startswith(begin):
            rest = name[len(begin) :].strip()
            return Slot(kind, contact_times.tidy(rest) if kind == "hours" else rest)
    return Slot("fill" if name in known.fills else "school", name)


def written(slot: Slot) -> str:
    """A word in braces as its writer wrote it."""
    kind = "hours" if slot.kind == "clock" else slot.kind
    begin = next((f"{begin.strip()} " for begin, known in BEGINS.items() if known == kind), "")
    return f"{{{{ {begin}{slot.name} }}}}"


def fault(slot: Slot, known: Library) -> str | None:
    """What is wrong with words in braces, and what to write instead; None where they are known."""
    if slot.kind == "hours":
        return contact_times.fault(slot.name, known)
    names = {
        "fact": known.facts.keys(),
        "checked": known.facts.keys(),
        "nation": {word for words in known.nations.values() for word in words},
        "stance": known.facets.keys(),
        "fill": known.fills.keys(),
        "school": {*SCHOOL_WORDS, *known.fills},
    }[slot.kind]
    if slot.name in names:
        return None
    is_fact = slot.kind == "school" and slot.name in known.facts
    hint = f"write {{{{ fact {slot.name} }}}}" if is_fact else instead(slot.name, names)
    return f'unknown {CALLED[slot.kind]} "{short(slot.name)}"; {hint}'

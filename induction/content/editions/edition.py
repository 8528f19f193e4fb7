"""Editions: what somebody met, word for word, and the one way to open it again.

The text of an edition is canonical JSON of a source file and of all that its words depend on, with
values: facts, stances, words of the school and of its nation. Its SHA-256 is the version. An
attempt keeps the text and so goes on with the words it began with, whatever changes meanwhile.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..conditions import in_force
from ..contact_times import contact_time
from ..model import Choice, Facet, Fact, Fill, Library, Picture, School, Stance
from ..school_words import SCHOOL_WORDS
from .fill import has_chosen, says, value
from .mentions import Mentions

Kept = Mapping[str, Any]  # an edition's text, opened


@dataclass(frozen=True, slots=True)
class Edition:
    """A version and its text. `sha256` is of the text's UTF-8."""

    sha256: str
    text: str


@dataclass(frozen=True, slots=True)
class TakenStance:
    """Where the school stood on a facet that the text names."""

    facet: str
    ask: str
    stance: str
    label: str
    says: str
    chosen: bool  # false: the cautious stance, until the school chooses


def make_edition(fields: Mapping[str, object], names: Mentions, library: Library, school: School) -> Edition:
    """The edition of a text: its fields, with the value of all that it names."""
    if names.help:
        names.add_help(library, school.nation)
    taken = {name: in_force(school, library.facets[name]) for name in sorted(names.facets) if name in library.facets}
    chosen = {name for name in taken if has_chosen(school, library, name)}
    shown = any(taken[facet].name in stances for facet, stances in names.policies if facet in chosen)
    since = school.policy_since
    known: dict[str, object] = {
        "facts": {name: library.facts[name].value for name in names.facts if name in library.facts},
        "helplines": names.helplines(library, school.nation),
        "stances": {
            name: {
                "ask": library.facets[name].ask,
                "name": stance.name,
                "label": stance.label,
                "says": says(stance, school, library),
                "chosen": name in chosen,
            }
            for name, stance in taken.items()
        },
        "words": {slot.name: value(slot, school, library) for slot in names.slots if slot.kind == "school"},
        "fills": {slot.name: value(slot, school, library) for slot in names.slots if slot.kind == "fill"},
        "nation_words": {slot.name: value(slot, school, library) for slot in names.slots if slot.kind == "nation"},
        "nation": school.nation if names.nation else None,
        "phase": school.phase if names.phase else None,
        "policy": {"version": school.policy_version, "date": since.isoformat() if since else None} if shown else None,
    }
    times = {slot.name: contact_time(slot.name, school, library) for slot in names.slots if slot.kind == "hours"}
    younger: dict[str, object] = {"pictures": names.pictures(library), "checked": names.checked(library), "times": times}
    known |= {name: held for name, held in younger.items() if held}  # else the text is as it was before, and so is its version
    text = json.dumps({**fields, **known}, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return Edition(hashlib.sha256(text.encode()).hexdigest(), text)


# What an edition's text holds

def stored_stances(kept: Kept) -> dict[str, TakenStance]:
    """Where the school stood on each facet that the text names."""
    return {
        name: TakenStance(name, stance["ask"], stance["name"], stance["label"], stance["says"], stance["chosen"])
        for name, stance in kept["stances"].items()
    }


def stored_library(kept: Kept) -> Library:
    """As much of a library as the words name."""
    return Library(
        {},
        {name: _stored_fact(name, words, kept) for name, words in kept["facts"].items()},
        {
            name: Facet(name, stance["ask"], "", (Stance(stance["name"], stance["label"], stance["says"]),))
            for name, stance in kept["stances"].items()
        },
        {kept["nation"] or "": kept["nation_words"]},
        {word: Fill(word, "", words) for word, words in (*_words_of_before(kept), *kept.get("fills", {}).items())},
        pictures={path: Picture(*picture) for path, picture in kept.get("pictures", {}).items()},
        times={name: (in_words, on_a_clock) for name, (in_words, on_a_clock) in kept.get("times", {}).items()},
    )


def _words_of_before(kept: Kept) -> Iterator[tuple[str, str]]:
    """Words of the school that this release has no more: what they said is kept, and goes on being said."""
    return ((word, words) for word, words in kept.get("words", {}).items() if word not in SCHOOL_WORDS)


def _stored_fact(name: str, words: str, kept: Kept) -> Fact:
    day = kept.get("checked", {}).get(name)
    what = kept["helplines"].get(name)
    nations = () if what is not None else ("another",)  # so that the help block leaves out what only other words name
    return Fact(name, words, what or "", "", date.fromisoformat(day) if day else None, nations=nations)


def stored_school(kept: Kept) -> School:
    """The school as the words know it."""
    policy = kept["policy"] or {"version": 0, "date": None}
    return School(
        kept["words"].get("school", ""),
        kept["nation"] or "",
        kept["phase"] or "all-through",
        kept["words"],
        {name: Choice(name, stance["name"]) for name, stance in kept["stances"].items() if stance["chosen"]},
        policy["version"],
        date.fromisoformat(policy["date"]) if policy["date"] else None,
    )

"""The invented school that a trial is held at, and the policies it may have.

- `strictest`: the first stance of every question.
- `open`: the last stance of every question that a school of its nation may choose.
- `mixed`: by turns, in the order of policy.yml: the first stance of the first question, the second of the second, and so
  on, beginning again with the first where a question has no more.
- the name of a YAML file with `question: stance` on each line; a question that it does not name stands at its first.

All of it is chosen by the school, so that nothing reads as the cautious rule until somebody decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import yaml

from induction.content.model import Choice, Library, School, Stance

NAME = "Fairmead School"
PEOPLE_AND_NUMBERS = {  # a word that isn't here has what stands in for it until a school has set it
    "safeguarding lead": "Hazel Stannard",
    "deputy safeguarding lead": "Cyril Farrow",
    "headteacher": "Ingrid Dunne",
    "chair of governors": "Thea Okoro",
    "induction lead": "Saul Brindle",
    "data protection lead": "Anneke Voss",
    "out of hours": "Hazel Stannard on 01632 960145",
    "switchboard": "01632 960100",
    "social care phone": "01632 960210",
    "social care out of hours phone": "01632 960211",
    "adult concerns phone": "01632 960212",
}
WRITTEN = {  # beside a stance, by the word in braces that it fills in
    "contact hours": "8am to 7pm",
    "school day": "8.30am to 3.30pm",
    "approved AI tools": "Quill, for letters and plans\nSlate, for quizzes",
}
TWO_THINGS = "the first on the school's list\nthe second on the school's list"


class NoSuchPolicy(Exception):
    """A policy can't be read. The message says what to write instead."""


def school(policy: str, nation: str, phase: str, library: Library) -> School:
    """A school that has chosen all of a policy. Raises NoSuchPolicy."""
    stances = _stances(policy, nation, library)
    choices = {name: Choice(name, stance.name, _written(stance)) for name, stance in stances.items()}
    return School(NAME, nation, phase, PEOPLE_AND_NUMBERS, choices, policy_version=1, policy_since=date(2026, 9, 1))


def _stances(policy: str, nation: str, library: Library) -> Mapping[str, Stance]:
    offered = {name: facet.offered_in(nation) for name, facet in library.facets.items()}
    if policy == "strictest":
        return {name: stances[0] for name, stances in offered.items()}
    if policy == "open":
        return {name: stances[-1] for name, stances in offered.items()}
    if policy == "mixed":
        return {name: stances[number % len(stances)] for number, (name, stances) in enumerate(offered.items())}
    chosen = _read(Path(policy))
    if unknown := chosen.keys() - offered.keys():
        raise NoSuchPolicy(f"{policy}: there is no question {sorted(unknown)[0]}; the questions stand in courses/policy.yml")
    return {name: _named(policy, name, chosen.get(name), stances) for name, stances in offered.items()}


def _read(file: Path) -> dict[str, str]:
    if not file.is_file():
        raise NoSuchPolicy(f"{file} is no policy; write strictest, open, mixed, or the name of a file")
    read = yaml.safe_load(file.read_text(encoding="utf-8")) or {}
    if not isinstance(read, dict):
        raise NoSuchPolicy(f"{file} can't be read; write `question: stance` on each line, as in pupil-contact: none")
    return read


def _named(policy: str, facet: str, name: str | None, stances: tuple[Stance, ...]) -> Stance:
    found = next((stance for stance in stances if name in (None, stance.name)), None)
    if found is None:
        known = ", ".join(stance.name for stance in stances)
        raise NoSuchPolicy(f"{policy}: {facet} has no stance {name} in this nation; write one of {known}")
    return found


def _written(stance: Stance) -> str:
    if stance.fill is None:
        return ""
    return WRITTEN.get(stance.fill.word, TWO_THINGS if stance.fill.several else stance.fill.until)

"""What people are called in a list: by their names and, where two are named alike, by what tells them apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from typing import Protocol

from .text import folded


class Named(Protocol):
    @property
    def id(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def email(self) -> str: ...


def called(name: str, email: str, shared: bool) -> str:
    """*Sam Reed*, or, where somebody else is named alike, *Sam Reed, sam.reed@school.example*."""
    return f"{name}, {email}" if shared else name


def told_apart(people: Iterable[Named], shared: Collection[str] = ()) -> dict[int, str]:
    """What each of these people is called, by id. `shared` are names, folded, that several people of the school bear."""
    each_once = {person.id: person for person in people}.values()
    count = Counter(folded(person.name) for person in each_once)
    return {
        person.id: called(person.name, person.email, count[folded(person.name)] > 1 or folded(person.name) in shared)
        for person in each_once
    }


def first(people: Iterable[Named]) -> dict[int, str]:
    """*Tess* for each, by id; what they are called in full where two of them have one first name."""
    each_once = {person.id: person for person in people}
    whole = told_apart(each_once.values())
    count = Counter(folded(person.name.split()[0]) for person in each_once.values())
    return {
        id: person.name.split()[0] if count[folded(person.name.split()[0])] == 1 else whole[id] for id, person in each_once.items()
    }

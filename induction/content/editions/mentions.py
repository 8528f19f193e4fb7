"""What a text names: all that its words and judgements depend on."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..model import Lesson, Library, Picture, Scene
from ..school_words import LEAD_TITLE
from ..words import HelpBlock, OnlyBlock, PolicyBlock, Slot, Words
from .fill import CONTACTS, helplines


@dataclass(slots=True)
class Mentions:
    """The names gathered so far."""

    slots: set[Slot] = field(default_factory=set)
    facts: set[str] = field(default_factory=set)
    facets: set[str] = field(default_factory=set)
    policies: set[tuple[str, frozenset[str]]] = field(default_factory=set)  # of blocks that draw the school's policy
    nation: bool = False
    phase: bool = False
    help: bool = False

    def add(self, words: Words) -> None:
        """Add what words name, hidden blocks included: a school that changes its mind sees them."""
        for part in words:
            if isinstance(part, Slot):
                self._add_slot(part)
            elif isinstance(part, PolicyBlock):
                self._add_facet(part.facet)
                self.policies.add((part.facet, part.stances))
                self._add_slot(Slot("school", "school"))  # its label says whose policy it is
                self.add(part.words)
            elif isinstance(part, OnlyBlock):
                self._add_facet(part.facet)
                self.add(part.words)
            elif isinstance(part, HelpBlock):
                self.help = True

    def add_lesson(self, lesson: Lesson) -> None:
        """Add what a lesson names in its words, and the nation where its sources are for some alone."""
        self.add(lesson.words)
        self.nation = self.nation or any(source.nations for source in lesson.sources)

    def add_scene(self, scene: Scene) -> None:
        """Add what a scene names in its words, its options and their ratings."""
        self.add(scene.title)
        self.add(scene.words)
        for option in scene.options:
            self.add(option.label)
            self.add(option.feedback)
            for _, condition in option.rule.cases:
                for term in (term for terms in condition.any_of for term in terms):
                    self._add_facet(term.facet)

    def add_help(self, library: Library, nation: str) -> None:
        """Add what the help block shows in a nation."""
        for _, word in CONTACTS:
            self._add_slot(Slot("school", word))
        self._add_slot(Slot("nation", LEAD_TITLE))
        for fact, hours in helplines(library.facts.values(), nation):
            self.facts.update(name for name in (fact.name, hours) if name)

    def helplines(self, library: Library, nation: str) -> dict[str, str]:
        """What each fact is about that the help block may show, where there is one: it says that too."""
        known = [library.facts[name] for name in self.facts if name in library.facts and self.help]
        return {fact.name: fact.what for fact in known if fact.is_for(nation)}

    def pictures(self, library: Library) -> dict[str, tuple[str, int, int]]:
        """The pictures named, by path: the name that each is served under, its width and its height."""
        paths = sorted(slot.name for slot in self.slots if slot.kind == "picture")
        found = {path: library.pictures.get(path) for path in paths}
        return {path: (each.file, each.width, each.height) for path, each in found.items() if isinstance(each, Picture)}

    def checked(self, library: Library) -> dict[str, str | None]:
        """The facts of which the text says when they were looked up, with that day; None where it is to be confirmed."""
        names = sorted(slot.name for slot in self.slots if slot.kind == "checked" and slot.name in library.facts)
        days = {name: library.facts[name].checked for name in names}
        return {name: day.isoformat() if day else None for name, day in days.items()}

    def _add_slot(self, slot: Slot) -> None:
        if slot.kind == "fact":
            self.facts.add(slot.name)
        elif slot.kind == "checked":
            self.facts.add(slot.name)
            self.slots.add(slot)
        elif slot.kind == "stance":
            self._add_facet(slot.name)
            self.slots.add(Slot("school", "school"))  # where nothing is chosen it says whose choice is awaited
        elif slot.kind in ("hours", "clock"):
            self._add_facet(slot.name.split()[0])
            self.slots.add(Slot("hours", slot.name))
        else:
            self.slots.add(slot)
            self.nation = self.nation or slot.kind == "nation"

    def _add_facet(self, facet: str) -> None:
        if facet == "nation":
            self.nation = True
        elif facet == "phase":
            self.phase = True
        else:
            self.facets.add(facet)

"""What a lesson says otherwise than when somebody met it last: facts, rules of the school, and the sections of its words."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from .lesson_edition import ShownLesson, open_lesson

HEADING = re.compile(r"(?=<h2[ >])")
TITLE = re.compile(r"<h2[^>]*>(.*?)</h2>", re.DOTALL)
TAGS = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Changed:
    """A fact or a rule, by its name: what it was and what it is."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class LessonNews:
    """All of it, of one lesson; of its words, the titles of the sections that read otherwise (an empty one: what stands first)."""

    facts: tuple[Changed, ...] = ()
    rules: tuple[Changed, ...] = ()  # by the question of policy that each answers
    sections: tuple[str, ...] = ()

    @property
    def nothing(self) -> bool:
        return not (self.facts or self.rules or self.sections)


def since_last(before: str, after: str) -> LessonNews:
    """What the text of a lesson's edition says otherwise than an earlier one of it."""
    old, new = json.loads(before), json.loads(after)
    facts = tuple(
        Changed(name, old["facts"][name], value) for name, value in new["facts"].items() if old["facts"].get(name, value) != value
    )
    sections = _sections(open_lesson(before), open_lesson(after)) if old["source"] != new["source"] else ()
    return LessonNews(facts, rules(before, after), sections)


def rules(before: str, after: str) -> tuple[Changed, ...]:
    """The rules of the school that both texts of an edition rest on and that are others now."""
    old, new = json.loads(before)["stances"], json.loads(after)["stances"]
    return tuple(
        Changed(stance["ask"], was["label"], stance["label"])
        for name, stance in new.items()
        if (was := old.get(name)) and was["name"] != stance["name"]
    )


def _sections(before: ShownLesson, after: ShownLesson) -> tuple[str, ...]:
    """The titles of the sections that are new or read otherwise."""
    old = {_words(each) for each in HEADING.split(before.html)}
    return tuple(dict.fromkeys(_title(each) for each in HEADING.split(after.html) if _words(each) not in old))


def _title(section: str) -> str:
    found = TITLE.match(section)
    return " ".join(TAGS.sub("", found[1]).split()) if found else ""


def _words(section: str) -> str:
    return " ".join(TAGS.sub(" ", section).split())

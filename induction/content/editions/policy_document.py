"""A school's policy as a document: put together, opened again, and compared.

It is put together from `courses/policy.md`, which says `{{ stance: FACET }}` where a choice of the school belongs,
and from the school's own words; or it is the school's own words alone. A heading of the first level before all else is
its title. Its editions are kept as those of lessons are, so that what somebody acknowledged can be shown years later as
it was.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from ..markdown.block_structure import build
from ..model import Library, OwnWords, School
from ..problems import Problem, Report, TooMuch, silent
from ..reading.policy_text import own_title, read_policy_text, sections_of
from ..source import front_matter, line_marks, written_text
from .edition import Edition, TakenStance, make_edition, stored_library, stored_school, stored_stances
from .fill import plain, render
from .mentions import Mentions
from .pieces import changed

ALSO = "## Also at {{ school }}\n\n"
REST = "## What the school has also decided {#also-decided}\n\n"
MOST_PROBLEMS = 20
STANCE_IN_BRACES = re.compile(r"\{\{\s*stance:\s*([^}\s]+)\s*\}\}")


@dataclass(frozen=True, slots=True)
class ShownSection:
    id: str
    title: str
    html: str
    facets: tuple[str, ...]  # whose choice the school's own words speak of here


@dataclass(frozen=True, slots=True)
class PolicyDocument:
    """A policy in the words of one version."""

    title: str
    sections: tuple[ShownSection, ...]
    stances: Mapping[str, TakenStance]
    own: OwnWords


@dataclass(frozen=True, slots=True)
class SectionChange:
    """A section that reads otherwise. `before` or `after` is None where it is new or gone."""

    id: str
    title: str
    before: str | None
    after: str | None


def own_problems(own: OwnWords, known: Library) -> list[Problem]:
    """What is wrong with a school's own words, by line; nothing where they can be published."""
    found: list[Problem] = []

    def note(line: int, message: str) -> None:
        found.append(Problem("", max(line, 1), str(message)))
        if len(found) > MOST_PROBLEMS:
            raise TooMuch

    fault = written_text.fault(own.words)
    try:
        if fault:
            note(*fault)
        _, body, first_line = own_title(own.words, note)
        writer = sections_of(body, first_line, known, note).writer
        for line, address in writer.links:
            if dead := known.places.fault(writer.folder, address, writer.ids):
                note(line, dead)
        if not found:  # the words alone are sound: are they with what stands round them?
            read_policy_text(source(own, known), known, silent)
    except TooMuch:
        return found or [Problem("", 1, "With what the site adds to it, this is more than one policy can hold. Make it shorter.")]
    return sorted(found, key=lambda problem: problem.line)


def headings(own: OwnWords, known: Library) -> list[tuple[str, str]]:
    """The id and title of each section of a school's own words, for a facet to be tied to."""
    try:
        shipped = () if own.only else read_policy_text(known.policy_text, known, silent).sections
        _, body, first_line = own_title(own.words, silent)
        sections = sections_of(body, first_line, known, silent, frozenset(each.id for each in shipped)).sections
    except TooMuch:
        return []
    return [(section.id, "".join(part for part in section.title if isinstance(part, str))) for section in sections if section.title]


# Putting it together

def source(own: OwnWords, library: Library) -> str:
    """The Markdown of the policy's text, before a school's words are filled in."""
    given, body, _ = own_title(own.words, silent)
    heading, words = _titled(body.strip())
    if not own.only:
        front, shipped = _site(library, given)
        return f"{front}{heading}{shipped}\n\n" + (words if words.startswith("## ") or not words else ALSO + words) + "\n"
    title = given or front_matter.split(library.policy_text, silent)[0].get("title", "Our policy")
    said = {facet for facet in own.ties if facet in library.facets} | set(STANCE_IN_BRACES.findall(words))
    rest = [f"- **{facet.ask}** {{{{ stance: {facet.name} }}}}" for facet in library.facets.values() if facet.name not in said]
    text = f"---\ntitle: {json.dumps(title, ensure_ascii=False)}\n---\n\n{heading}{words}\n"
    return text + (f"\n{REST}" + "\n".join(rest) + "\n" if rest else "")


def _site(library: Library, title: str) -> tuple[str, str]:
    """The site's own text, its front matter apart; with another title where one is given."""
    whole = library.policy_text.rstrip()
    _, body, _ = front_matter.split(whole, silent)
    front = whole.removesuffix(body)
    return (f"---\ntitle: {json.dumps(title, ensure_ascii=False)}\n---\n" if title else front), body


def _titled(words: str) -> tuple[str, str]:
    """The heading of the first level that words begin with, on a line of its own, and the words without it."""
    first = next(iter(build(words, 1, silent)[0]), None)
    if first is None or first.tag != "h1":
        return "", words
    number, lines = line_marks.first_line(first.text or "", 1), words.split("\n")
    line = lines[number - 1].strip()
    after = number if line.startswith("# ") else number + 1  # the other way to write one has a line under it
    rest = "\n".join((*lines[: number - 1], *lines[after:]))
    return f"# {line.removeprefix('# ')}\n\n", rest.strip()


def policy_edition(own: OwnWords, library: Library, school: School) -> Edition:
    """The policy's text at a school, with every stance that it takes. Raises TooMuch where `own_problems` found that."""
    text = source(own, library)
    names = Mentions()
    names.facets.update(library.facets)
    read = read_policy_text(text, library, silent)
    names.add(read.title)
    for section in read.sections:
        names.add(section.title)
        names.add(section.words)
    written = {"only": own.only, "words": own.words, "ties": dict(own.ties)}
    school = replace(school, policy_version=0, policy_since=None)  # a version does not name itself: it would always differ
    return make_edition({"kind": "policy", "source": text, "own": written}, names, library, school)


def stored_words(text: str) -> tuple[OwnWords, dict[str, str]]:
    """The school's own words in an edition's text, and what it holds staff to, by facet."""
    stored = json.loads(text)
    return OwnWords(**stored["own"]), {name: stance.says for name, stance in stored_stances(stored).items()}


def open_policy(text: str, report: Report = silent) -> PolicyDocument:
    """The policy of an edition's text, in the words that it holds. Raises TooMuch where this release reads less at once than
    the one that wrote it."""
    stored = json.loads(text)
    library, school = stored_library(stored), stored_school(stored)
    read = read_policy_text(stored["source"], library, report)
    own = OwnWords(**stored["own"])
    return PolicyDocument(
        plain(read.title, school, library),
        tuple(
            ShownSection(
                section.id,
                plain(section.title, school, library),
                render(section.words, school, library),
                tuple(facet for facet, tied in own.ties.items() if tied == section.id and facet in stored["stances"]),
            )
            for section in read.sections
        ),
        stored_stances(stored),
        own,
    )


def changes(before: PolicyDocument, after: PolicyDocument) -> list[SectionChange]:
    """The sections that read otherwise, in the order of the newer text, then those that are gone."""
    return [
        SectionChange(
            each.shown.id, each.shown.title, each.before.html if each.before else None, each.after.html if each.after else None
        )
        for each in changed(before.sections, after.sections, lambda section: (section.html, section.title))
    ]

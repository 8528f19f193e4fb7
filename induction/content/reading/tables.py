"""What ages (`facts.yml`), what differs between schools (`policy.yml`), and the words of each nation (`nations.yml`)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from .. import clock
from ..clock import Hours, NotHours
from ..model import NATIONS, Facet, Fact, Fill, Stance
from ..problems import Report, instead, is_word, short
from ..school_words import NATION_IN_BRACES, SCHOOL_WORDS
from ..source import front_matter, yaml_lines
from ..source.yaml_lines import Table

FACT_KEYS = ("value", "what", "source", "checked", "status", "nations")
TO_BE_CONFIRMED = "to be confirmed"  # the one status that a fact has in words
FACET_KEYS = ("ask", "why", "stances")
STANCE_KEYS = ("label", "says", "needs", "fill", "hours", "nations", "elsewhere")
FILL_KEYS = ("word", "ask", "until", "list", "times")
FILL_WORD = re.compile(r"[A-Za-z]+(?: [A-Za-z]+)*")
REGISTERS = ("approved-accounts",)  # what a stance may need the lead to keep


def read_facts(text: str, report: Report) -> dict[str, Fact]:
    """The facts of one file, by name."""
    return {name: fact for name, table in _tables(text, "fact", report) if (fact := _fact(name, table, report))}


def _fact(name: str, table: Table, report: Report) -> Fact | None:
    front_matter.check_keys(table, FACT_KEYS, report)
    value, what, source = (front_matter.words(table, key, report, table.line) for key in FACT_KEYS[:3])
    checked, sound = _status(table, report)
    nations = _nations_of(table, report)
    line = table.lines.get("checked") or table.lines.get("status", table.line)
    return Fact(name, value, what, source, checked, line, nations) if value and sound else None


def _status(table: Table, report: Report) -> tuple[date | None, bool]:
    """The day on which the source was opened, None where it is to be confirmed; and whether exactly one of the two is said."""
    checked = front_matter.day(table, "checked", report)
    status = front_matter.words(table, "status", report)
    if "checked" in table and "status" in table:
        report(
            table.lines["status"],
            "`checked` and `status` both stand here; keep `checked` if somebody opened the source on that day, else `status`",
        )
    elif status not in ("", TO_BE_CONFIRMED):
        report(table.lines["status"], f'unknown status "{short(status)}"; write `status: {TO_BE_CONFIRMED}`, or `checked: 2026-09-01`, say')
    elif "checked" not in table and "status" not in table:
        report(table.line, f"`checked` is missing; write `checked: 2026-09-01`, say, or `status: {TO_BE_CONFIRMED}`")
    else:
        return checked, bool(checked or status)
    return None, False


def _nations_of(table: Table, report: Report) -> tuple[str, ...]:
    """The nations that `nations` names; none where it is for all of them."""
    lines = front_matter.list_of_words(table, "nations", report)  # one line of several counts too
    listed = tuple(word.strip() for line in lines for word in line.split(","))
    if "nations" in table and not listed:
        report(table.lines["nations"], "`nations` is empty; write `nations: wales, scotland`, say, or leave it out for all of them")
    for nation in listed:
        if nation not in NATIONS:
            report(table.lines["nations"], f'unknown nation "{short(nation)}"; {instead(nation, NATIONS)}')
    return listed


def read_facets(text: str, report: Report) -> dict[str, Facet]:
    """The facets of policy of one file, by name."""
    return {name: facet for name, table in _tables(text, "facet", report) if (facet := _facet(name, table, report))}


def _facet(name: str, table: Table, report: Report) -> Facet | None:
    if name.lower() in ("nation", "phase"):
        report(table.line, f'"{name}" can\'t be a facet, because ratings use that word themselves; give it another name')
        return None
    front_matter.check_keys(table, FACET_KEYS, report)
    ask, why = (front_matter.words(table, key, report, table.line) for key in FACET_KEYS[:2])
    stances = table.get("stances")
    if not isinstance(stances, Table) or not stances:
        report(
            table.lines.get("stances", table.line),
            f'the facet "{name}" has no stances; name them under `stances:`, the strictest first',
        )
        return None
    same = Counter(word.lower() for word in stances)
    for word in stances:
        if same[word.lower()] > 1:
            report(stances.lines[word], f'two stances are called "{short(word)}", apart from capitals; give one of them another name')
    found = tuple(_stance(name, word, stances, report) for word in stances)
    first = stances[found[0].name]
    if found[0].nations and isinstance(first, Table):
        report(
            first.lines["nations"],
            f'the stance "{short(found[0].name)}" stands first, and so until a school chooses, in every nation; leave out `nations`',
        )
    return Facet(name, ask, why, found)


def _stance(facet: str, name: str, stances: Table, report: Report) -> Stance:
    line, table = stances.lines[name], stances[name]
    if not is_word(name):
        report(line, f'"{short(name)}" can\'t name a stance; write letters, digits and hyphens')
    if not isinstance(table, Table):
        report(line, f'the stance "{short(name)}" has no words; write `label: …` and `says: …` under it')
        return Stance(name, "", "")
    front_matter.check_keys(table, STANCE_KEYS, report)
    label, says = (front_matter.words(table, key, report, line) for key in STANCE_KEYS[:2])
    needs = front_matter.words(table, "needs", report) or None
    if needs and needs not in REGISTERS:
        report(table.lines["needs"], f'no register is called "{short(needs)}"; {instead(needs, REGISTERS)}')
    fill, hours = _fill(facet, name, table, report), _hours(table, "hours", report)
    if fill and fill.times and hours:
        report(table.lines["hours"], "`hours` stands beside a `fill` that asks for `times`; keep one of them")
    return Stance(name, label, says, needs, fill, hours, *_nations(name, table, report))


def _nations(name: str, table: Table, report: Report) -> tuple[tuple[str, ...], str]:
    """The nations whose law allows a stance, none for all of them; and why it can't be chosen elsewhere."""
    named = _nations_of(table, report)
    elsewhere = front_matter.words(table, "elsewhere", report, table.lines["nations"] if named else 0)
    if elsewhere and not named:
        report(
            table.lines["elsewhere"],
            f'"{short(name)}" says why it can\'t be chosen elsewhere, and not where it can; write `nations: england`, say',
        )
    return tuple(nation for nation in named if nation in NATIONS), elsewhere


def _hours(table: Table, key: str, report: Report) -> Hours | None:
    """The hours between two clock times under `key`, or None where there are none."""
    words = front_matter.words(table, key, report)
    try:
        return clock.read_hours(words) if words else None
    except NotHours as fault:
        report(table.lines[key], f"`{key}`: {fault}")
        return None


def _fill(facet: str, name: str, stance: Table, report: Report) -> Fill | None:
    table = stance.get("fill")
    if table is None:
        return None
    line = stance.lines["fill"]
    if not isinstance(table, Table):
        report(line, "`fill` has nothing under it; write `word: …`, `ask: …` and `until: …` on indented lines")
        return None
    front_matter.check_keys(table, FILL_KEYS, report)
    word, ask, until = (front_matter.words(table, key, report, line) for key in FILL_KEYS[:3])
    several = table.get("list")
    if several is not None and several not in ("yes", "no"):
        report(table.lines["list"], "`list` is neither yes nor no; write `list: yes` where the school writes one thing a line")
    if word in SCHOOL_WORDS:
        report(table.lines["word"], f'"{short(word)}" is a word of the school\'s settings already; give it another name')
    elif word and not FILL_WORD.fullmatch(word):
        report(table.lines["word"], f'"{short(word)}" can\'t stand in braces; write plain words, such as `contact hours`')
    times = _hours(table, "times", report)
    if times and several == "yes":
        report(table.lines["times"], "`times` asks for clock times, and `list` for one thing a line; keep one of them")
    return Fill(word, ask, until, several == "yes", facet, name, times)


def read_fills(facets: Mapping[str, Facet], report: Report) -> dict[str, Fill]:
    """What schools write beside stances, by its word, which belongs to one stance."""
    found: dict[str, Fill] = {}
    for facet in facets.values():
        for stance in facet.stances:
            if stance.fill and stance.fill.word in found:
                report(1, f'two stances are filled in by the word "{short(stance.fill.word)}"; give one of them another word')
            elif stance.fill:
                found[stance.fill.word] = stance.fill
    return found


def check_says(facets: Mapping[str, Facet], nations: Mapping[str, Mapping[str, str]], report: Report) -> None:
    """What stances say names words that every nation has."""
    known = {word for words in nations.values() for word in words}
    for facet in facets.values():
        for stance in facet.stances:
            for word in NATION_IN_BRACES.findall(stance.says):
                if word not in known:
                    report(1, f'"{short(stance.name)}" names an unknown word of a nation, "{short(word)}"; {instead(word, sorted(known))}')


def laid_over(layers: Iterable[Mapping[str, Facet]]) -> dict[str, Facet]:
    """The facets of several files, the later ones over the earlier."""
    facets: dict[str, Facet] = {}
    for layer in layers:
        facets |= {name: _with_hours(facet, facets.get(name)) for name, facet in layer.items()}
    return facets


def _with_hours(own: Facet, shipped: Facet | None) -> Facet:
    """A school's own facet in the place of a shipped one: a stance without hours has those of the shipped one it stands for.

    Shipped scenarios count from them, and a school that wrote its stances before they had any goes on as it was.
    """
    if shipped is None or not all(stance.usual_hours for stance in shipped.stances):
        return own
    stances = (
        stance if stance.usual_hours else replace(stance, hours=(shipped.stance(stance.name) or shipped.cautious).usual_hours)
        for stance in own.stances
    )
    return replace(own, stances=tuple(stances))


def read_nations(text: str, report: Report) -> dict[str, dict[str, str]]:
    """The words of each nation of one file: nation -> word -> words."""
    nations = {}
    for nation, table in _tables(text, "nation", report):
        if nation not in NATIONS:
            report(table.line, f'unknown nation "{short(nation)}"; {instead(nation, NATIONS)}')
            continue
        nations[nation] = {word: front_matter.words(table, word, report, table.line) for word in table}
    return nations


def check_nations(nations: Mapping[str, Mapping[str, str]], report: Report) -> None:
    """Every nation has the same words, so that a text that names one reads well everywhere."""
    every = {word for words in nations.values() for word in words}
    for nation in NATIONS if nations else ():
        for word in sorted(every - nations.get(nation, {}).keys()):
            report(1, f'"{nation}" has no "{short(word)}", which another nation has; write it under {nation}')


def _tables(text: str, noun: str, report: Report) -> list[tuple[str, Table]]:
    """The named tables of a file, each with `line` set to the line of its name."""
    node = yaml_lines.read(text, 1, report)
    if node is not None and not isinstance(node, Table):
        report(1, f"the file is not made of names; write the name of a {noun}, a colon, and indented lines under it")
    found: dict[str, Table] = {}
    lower: set[str] = set()
    if not isinstance(node, Table):
        return []
    for name, table in node.items():
        line = node.lines[name]
        if not is_word(name):
            report(line, f'"{short(name)}" can\'t name a {noun}; write letters, digits and hyphens')
        elif name.lower() in lower:
            report(line, f'two things are called "{name}", apart from capitals; give one of them another name')
        elif not isinstance(table, Table):
            report(line, f'the {noun} "{name}" has nothing under it; write indented lines, such as `key: words`')
        else:
            table.line = line
            found[name] = table
            lower.add(name.lower())
    return list(found.items())

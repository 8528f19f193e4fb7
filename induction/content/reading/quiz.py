"""Reading a quiz: scenarios, their scenes, and options with their judgement."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections.abc import Mapping
from dataclasses import dataclass, field

from ..markdown.blocks import TAG
from ..markdown.blocks.choices import Try
from ..markdown.html_writer import HtmlWriter
from ..markdown.page import ITS_OWN, Page
from ..markdown.parser import tree
from ..model import Library, Quiz, ReadAgain, Scenario, Scene
from ..problems import Report, instead, short
from ..source import front_matter, line_marks
from ..twins import most_asked
from ..words import Words, say_something
from .course_file import CourseFile
from .options import is_options, read_options

KEYS = ("title", "ask", "draws")
PHASES_OF_SCENARIOS = ("primary", "secondary")
ALL = "choose-all"
LESSONS_ALONE = f"{TAG}{Try.name}"
SCENARIO_ATTRIBUTES = ("id", "class", "phase", "warn", "read", "twin")


@dataclass(slots=True)
class _Section:
    """A heading and what stands under it."""

    heading: etree.Element
    line: int
    story: list[etree.Element] = field(default_factory=list)
    options: etree.Element | None = None


def read_quiz(
    file: CourseFile, known: Library, report: Report, warn: Report, page: Page = ITS_OWN
) -> tuple[Quiz, HtmlWriter]:
    """A quiz as it stands on a page, and what wrote it. `warn` is told of what is no error. Raises TooMuch, which has been reported.

    Themes and what to read again are checked by who knows the course (`cross_references`).
    """
    table = file.table
    front_matter.check_keys(table, KEYS, report)
    title = front_matter.shown(table, "title", report, 1)
    ask = front_matter.whole_number(table, "ask", 1, 999, report)
    root, braces = tree(file.body, file.first_line, report)
    writer = HtmlWriter(braces, known, file.course, report, headings=False, page=page)
    writer.line = file.first_line
    for block in root.iter(LESSONS_ALONE):
        report(int(block.get("line") or 0), "`try` stands in lessons alone; in a scenario write its choices as options, with ratings")
    scenarios = tuple(_scenario(writer, group) for group in _groups(writer, root, warn))
    if not scenarios:
        report(1, "the quiz has no scenarios; write one under a heading such as `## A late message {#late-message .theme}`")
    elif ask:
        _check_ask(ask, scenarios, table.lines["ask"], report)
    return Quiz(file.course, file.slug, title, ask, scenarios, file.path, file.text), writer


def _check_ask(ask: int, scenarios: tuple[Scenario, ...], line: int, report: Report) -> None:
    for phase in PHASES_OF_SCENARIOS:
        fit = most_asked([scenario for scenario in scenarios if scenario.phase in (None, phase)])
        if ask > fit:
            report(
                line,
                f"`ask` is {ask}, and {fit} of the scenarios fit a {phase} school{_of_twins(scenarios)}; write `ask: {fit}` or less"
                if fit
                else f"`ask` is {ask}, and no scenario fits a {phase} school; write one without phase",
            )


def _of_twins(scenarios: tuple[Scenario, ...]) -> str:
    return ", of twins one" if most_asked(scenarios) < len(scenarios) else ""


def _groups(writer: HtmlWriter, root: etree.Element, warn: Report) -> list[list[_Section]]:
    """Scenarios, each with its scenes."""
    groups: list[list[_Section]] = []
    for element in root:
        if re.fullmatch("h[1-6]", element.tag):
            _begin(writer, groups, element)
        elif not groups:
            line = writer.find_line(element)
            if is_options(element):
                writer.report(
                    line,
                    "options stand before the first scenario; write its heading above them, as `## A late message {#late-message .theme}`",
                )
            else:
                warn(line, "these words stand before the first scenario and are shown nowhere; move them under its heading")
        else:
            _add(writer, groups[-1][-1], element, warn)
    return groups


def _begin(writer: HtmlWriter, groups: list[list[_Section]], heading: etree.Element) -> None:
    line = writer.find_line(heading)
    section = _Section(heading, line)
    if heading.tag == "h2":
        groups.append([section])
    elif heading.tag == "h3" and groups:
        groups[-1].append(section)
    elif heading.tag == "h3":
        writer.report(line, "a scene stands before the first scenario; write a heading with ## above it")
    else:
        writer.report(line, "a quiz has headings of two levels; write ## for a scenario and ### for a later scene of it")


def _add(writer: HtmlWriter, section: _Section, element: etree.Element, warn: Report) -> None:
    if is_options(element):
        if section.options is not None:
            writer.report(
                writer.find_line(element),
                "a second list of options stands in this scene; write one list, or a ### heading between them",
            )
        else:
            section.options = element
        return
    if section.options is not None and element.tag != "hr":
        warn(writer.find_line(element), "these words stand after the options and are shown before them; move them above")
    if section.options is None or element.tag != "hr":
        section.story.append(element)


def _scenario(writer: HtmlWriter, group: list[_Section]) -> Scenario:
    first = group[0]
    attributes = _attributes(writer, first, SCENARIO_ATTRIBUTES)
    ids = [_id(writer, section) for section in group]
    themes = tuple(name for name in (attributes.get("class") or "").split() if name != ALL)
    if not themes:
        writer.report(
            first.line,
            f"this scenario has no theme; write {{#{ids[0] or 'its-id'} .theme}} after the heading, with a theme of the course",
        )
    scenes: dict[str, Scene] = {}
    for number, (name, section) in enumerate(zip(ids, group, strict=True)):
        scene = _scene(writer, name, section, number == 0, {other for other in ids if other})
        if name not in scenes:
            scenes[name] = scene
    return Scenario(
        ids[0], scenes[ids[0]].title, themes, _phase(writer, attributes, first.line), _warning(writer, attributes, first.line),
        _read_again(writer, attributes, first.line), scenes, first.line, _twin(writer, attributes, first.line),
    )


def _attributes(writer: HtmlWriter, section: _Section, allowed: tuple[str, ...]) -> Mapping[str, str | None]:
    writer.line = section.line
    for name in section.heading.attrib:
        if name in allowed:
            continue
        fault = f'the attribute "{short(name)}" belongs on the heading of the scenario; write it there'
        if len(allowed) > 2:
            known = instead(name, [each for each in allowed if each not in ("id", "class")])
            fault = f'the attribute "{short(line_marks.unmarked(name))}" can\'t be used on this heading; {known}'
        writer.report(section.line, fault)
    return section.heading.attrib


def _id(writer: HtmlWriter, section: _Section) -> str:
    name = section.heading.get("id") or ""
    if not name:
        writer.report(
            section.line,
            "this heading has no id; write {#its-id .theme} after it"
            if section.heading.tag == "h2"
            else "this heading has no id; write {#its-id} after it",
        )
    else:
        writer.claim(name, section.line)
    return name


def _phase(writer: HtmlWriter, attributes: Mapping[str, str | None], line: int) -> str | None:
    phase = attributes.get("phase")
    if "phase" in attributes and phase not in PHASES_OF_SCENARIOS:
        known = instead(phase or "", PHASES_OF_SCENARIOS)
        writer.report(line, f'unknown phase "{short(phase or "")}"; {known}, or leave it out for everyone')
        return None
    return phase


def _warning(writer: HtmlWriter, attributes: Mapping[str, str | None], line: int) -> str | None:
    warning = (attributes.get("warn") or "").strip()
    if "warn" in attributes and not warning:
        writer.report(line, '`warn` says nothing; write warn="self-harm", say')
    return warning or None


def _twin(writer: HtmlWriter, attributes: Mapping[str, str | None], line: int) -> str | None:
    twin = (attributes.get("twin") or "").strip()
    if "twin" in attributes and not twin:
        writer.report(line, "`twin` names no scenario; write twin=other-id, with the id of the other one")
    return twin or None


def _read_again(writer: HtmlWriter, attributes: Mapping[str, str | None], line: int) -> ReadAgain | None:
    if "read" not in attributes:
        return None
    lesson, mark, heading = (attributes.get("read") or "").partition("#")
    if not lesson or (mark and not heading):
        writer.report(line, '`read` names no lesson; write read=lesson or read="lesson#heading"')
        return None
    return ReadAgain(lesson, heading or None)


def _scene(writer: HtmlWriter, name: str, section: _Section, first: bool, scenes: set[str]) -> Scene:
    classes = (section.heading.get("class") or "").split()
    if not first:
        _attributes(writer, section, ("id", "class"))
        for extra in (name for name in classes if name != ALL):
            writer.report(
                section.line,
                f'".{short(extra)}" stands on a later scene; write themes on the heading of the scenario, and {{.choose-all}} alone here',
            )
    writer.line = section.line
    title: Words = writer.inline(section.heading)
    if not say_something(title):
        writer.report(section.line, "this heading has no words; write a title before the braces")
    words = writer.words(section.story)
    options = read_options(writer, section.options, scenes, ALL in classes) if section.options is not None else ()
    if not options and (first or ALL in classes):
        writer.report(
            section.line,
            "nothing is asked here; write a list of options, each as `- [best] words`, with its feedback in a block quote under it",
        )
    return Scene(name, title, words, options, ALL in classes, section.line)

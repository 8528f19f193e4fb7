"""A letter in the school's own words: Markdown with words in braces, such as {first name}, made plain text.

A letter holds paragraphs, lists and links, and nothing else. A link stands on a line of its own below its paragraph, so that
no mail program glues a full stop to it.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from ..content import link_rules
from ..content.markdown.parser import tree
from ..content.problems import Report, TooMuch, instead, short
from ..content.source import line_marks
from ..content.source.leftovers import BARE

LONGEST = 2000  # characters
_GAP = re.compile(r"\{([^{}]*)\}")
_BRACE = re.compile(r"[{}]+")
_STARS = {"strong": "*", "em": "*"}  # as letters set words off
_SPACES = re.compile(r"(?<=\S)[ \t]{2,}")  # where a word in braces stood for nothing; not before an item of a list
Problem = tuple[int, str]  # the line, and what is wrong on it


@dataclass(frozen=True, slots=True)
class OwnLetter:
    """What was written: paragraphs with words in braces, and what is wrong with them."""

    paragraphs: tuple[str, ...]
    problems: tuple[Problem, ...] = ()

    def filled(self, words: Mapping[str, str]) -> list[str]:
        """The paragraphs with what each word in braces stands for; one of which nothing is left is left out."""
        filled = (_GAP.sub(lambda gap: words.get(_named(gap[1]), ""), each) for each in self.paragraphs)
        tidy = ("\n".join(_SPACES.sub(" ", line).rstrip() for line in each.split("\n")).strip() for each in filled)
        return [each for each in tidy if each]


def read(text: str, known: Collection[str]) -> OwnLetter:
    """Read a letter. `known` are the words that may stand in braces."""
    problems: list[Problem] = list(_faults_in_braces(text, known))

    def note(line: int, message: str) -> None:
        problems.append((line, f"{message[:1].upper()}{message[1:]}"))

    try:
        root, _ = tree(text, 1, note)
        paragraphs = tuple(_Writer(note).blocks(root))
    except TooMuch:
        paragraphs = ()
    return OwnLetter(paragraphs, tuple(sorted(set(problems))))


def _named(inside: str) -> str:
    return " ".join(inside.split()).casefold()


def _faults_in_braces(text: str, known: Collection[str]) -> Iterator[Problem]:
    for number, line in enumerate(text.split("\n"), start=1):
        for gap in _GAP.finditer(line):
            if _named(gap[1]) not in known:
                yield number, f"There is no word {{{short(gap[1], 30)}}} here; {_instead(gap[1], known)}"
        if _BRACE.search(_GAP.sub("", line)):
            yield number, "A brace too many stands here; write a word in single braces, such as {first name}"


def _instead(word: str, known: Collection[str]) -> str:
    said = instead(_named(word), known)
    return re.sub(r'write "([^"]+)"', r"write {\1}", said)


def _fault_of_link(address: str) -> str | None:
    """What is wrong with where a link of a letter leads; None where nothing is."""
    if _GAP.search(address):
        return "words in braces stand in the address of a link; write them in its words"
    if fault := link_rules.fault_of_link(address):
        return fault.replace(link_rules.WRITE, "write https:, mailto: or tel:")
    return None if link_rules.SCHEME.match(address) else "write all of the address, from https:"


class _Writer:
    """Writes a tree as plain text, and reports what a letter can't hold."""

    def __init__(self, note: Report) -> None:
        self._note = note
        self._line = 1
        self._links: list[str] = []
        self._linked = False  # within a link, where an address is no bare one

    def blocks(self, root: etree.Element) -> Iterator[str]:
        for element in root:
            if element.tag == "p":
                yield self._paragraph(element)
            elif element.tag in ("ul", "ol"):
                yield from self._list(element)
            else:
                self._refuse(element)

    def _list(self, element: etree.Element, indent: str = "") -> Iterator[str]:
        lines = []
        for number, item in enumerate(element, start=1):
            mark = f"{number}. " if element.tag == "ol" else "– "
            inner = [part for part in item if part.tag in ("ul", "ol")]
            words = [self._paragraph(part) for part in item if part.tag == "p"] or [self._paragraph(item)]
            lines.append(indent + mark + "\n".join(words))
            for each in inner:
                lines += self._list(each, indent + "  ")
        yield "\n".join(lines)

    def _paragraph(self, element: etree.Element) -> str:
        self._links = []
        words = self._inline(element).strip()
        return "\n".join([words, *self._links] if words not in self._links else self._links)

    def _inline(self, element: etree.Element) -> str:
        parts = [self._text(element.text)]
        for child in element:
            if child.tag not in ("ul", "ol", "p"):
                parts += [self._element(child)]
            parts.append(self._text(child.tail))
        return "".join(parts)

    def _element(self, element: etree.Element) -> str:
        if element.tag in _STARS:
            return f"{_STARS[element.tag]}{self._inline(element)}{_STARS[element.tag]}"
        if element.tag == "br":
            return "\n"
        if element.tag == "a":
            return self._link(element)
        self._refuse(element)
        return ""

    def _link(self, element: etree.Element) -> str:
        address = line_marks.unmarked(element.get("href") or "")
        self._linked = True
        words = self._inline(element)
        self._linked = False
        if fault := _fault_of_link(address):
            self._note(self._line, fault)
        elif address.startswith("https:"):
            self._links.append(address)
        elif (plain := address.partition(":")[2]) not in words:
            return f"{words} ({plain})"
        return words

    def _text(self, text: str | None) -> str:
        """Words, on one line where they were written on several; the marks of lines move the writer."""
        written, at = "", 0
        for mark in line_marks.LINE.finditer(text or ""):
            written += self._plain((text or "")[at : mark.start()])
            self._line, at = line_marks.line_of(mark), mark.end()
        return written + self._plain((text or "")[at:])

    def _plain(self, text: str) -> str:
        if not self._linked and (bare := BARE.search(text)):
            self._note(self._line, f"the address {short(bare[0], 40)} stands among the words; write [words](https://…)")
        return line_marks.BRACES.sub("", text.replace("\x1f", "")).replace("\n", " ")

    def _refuse(self, element: etree.Element) -> None:
        line = line_marks.first_line("".join(element.itertext()), int(element.get("line") or self._line))
        self._note(line, "a letter holds paragraphs, lists and links; write this as one of them")

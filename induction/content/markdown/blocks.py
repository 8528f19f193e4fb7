"""The blocks that text may hold, and how the first line of each, and the talk in some, is read into the tree.

A block becomes an element named for it, `block-phone`, with its title as the child `block-title` where it has one, so
that words in braces and emphasis work there too. How each is drawn is said in `draw_blocks`.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree

from ..source import line_marks

TITLED = ("chat", "key", "law", "more", "phone", "post")
TALK = ("chat", "post")  # lines that people say, read as they stand: no lists, no paragraphs, no other block
KINDS = tuple(sorted((*TITLED, "checklist", "help", "only", "policy")))

SPEAKER = re.compile(r"(?P<who>[^\s:/()\[\]<>.?][^:/()\[\]<>?]{0,39}?)(?:[ ]+(?P<time>[0-9]{1,2}[:.][0-9]{2}))?:(?:[ ]+|$)(?P<words>.*)")
CLOCK = re.compile(r"(?P<app>.*),[ ]*(?:(?P<day>[^,]*?)[ ]+)?(?P<time>[0-9]{1,2}[:.][0-9]{2})")

Lines = list[tuple[int, str]]  # with their numbers


def begin(element: etree.Element, name: str, argument: str, line: int) -> etree.Element:
    """The element of a block whose first line has `argument` after the bar. What that means `draw_blocks` judges."""
    element.set("line", str(line))
    if name not in TITLED:
        element.set("argument", argument)
        return element
    clock = CLOCK.fullmatch(" ".join(argument.split())) if name == "phone" else None
    if clock:
        element.set("day", clock["day"] or "")
        element.set("time", clock["time"].replace(".", ":"))
    etree.SubElement(element, "block-title").text = line_marks.line_mark(line) + (clock["app"] if clock else argument)
    return element


def say(block: etree.Element, lines: Lines) -> None:
    """Put the lines of talk into their block."""
    if block.tag == "block-chat":
        _chat(block, lines)
    else:
        _post(block, lines)


def _chat(block: etree.Element, lines: Lines) -> None:
    words: etree.Element | None = None
    for number, line in lines:
        speaker = SPEAKER.fullmatch(line)
        if speaker:
            words = _said(block, number, speaker)
        elif words is not None:
            words.text += "\n" + _marked(number, line)
        elif line:
            words = etree.SubElement(block, "block-stray")
            words.text = _marked(number, line)


def _post(block: etree.Element, lines: Lines) -> None:
    words = etree.SubElement(block, "block-words")
    paragraphs: list[list[str]] = [[]]
    commented = False
    for number, line in lines:
        speaker = SPEAKER.fullmatch(line)
        if speaker:
            _said(block, number, speaker)
            commented = True
        elif commented and line:
            etree.SubElement(block, "block-more").text = _marked(number, line)
        elif line:
            paragraphs[-1].append(_marked(number, line))
        elif paragraphs[-1]:
            paragraphs.append([])
    for paragraph in filter(None, paragraphs):
        etree.SubElement(words, "p").text = "\n".join(paragraph)


def _said(block: etree.Element, number: int, speaker: re.Match[str]) -> etree.Element:
    """A child for what one person says: `who` (and `time`) and the words, which are returned."""
    said = etree.SubElement(block, "block-said", {"time": (speaker["time"] or "").replace(".", ":")})
    etree.SubElement(said, "block-who").text = speaker["who"]
    words = etree.SubElement(said, "block-words")
    words.text = _marked(number, speaker["words"])
    return words


def _marked(number: int, words: str) -> str:
    return line_marks.line_mark(number) + words if words else ""

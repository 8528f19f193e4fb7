"""The blocks that text may hold: how Markdown reads each into its tree.

A block becomes an element named for it, `block-phone`, with its title as the child `block-title`
where it has one, so that words in braces and emphasis work there too. How each is drawn is said
in `drawing`.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree

from markdown import Markdown
from pymdownx.blocks import BlocksExtension, BlocksProcessor
from pymdownx.blocks.block import Block

from . import marks

SPEAKER = re.compile(r"(?P<who>[^\s:/()\[\]<>.?][^:/()\[\]<>?]{0,39}?)(?:[ ]+(?P<time>[0-9]{1,2}[:.][0-9]{2}))?:(?:[ ]+|$)(?P<words>.*)")
CLOCK = re.compile(r"(?P<app>.*),[ ]*(?:(?P<day>[^,]*?)[ ]+)?(?P<time>[0-9]{1,2}[:.][0-9]{2})")
NEVER = re.compile(r"(?!)")


class _Block(Block):
    """A block with words in it. What stands after the bar is kept for `drawing` to judge."""

    ARGUMENT = None  # with or without words after the bar
    TITLED = False

    def on_create(self, parent: etree.Element) -> etree.Element:
        element = etree.SubElement(parent, f"block-{self.NAME}")
        argument = self.argument or ""
        element.set("line", str(marks.first_line(argument, 0)))
        if self.TITLED:
            self.title(element, argument)
        else:
            element.set("argument", marks.unmarked(argument).strip())
        return element

    def title(self, element: etree.Element, argument: str) -> None:
        etree.SubElement(element, "block-title").text = argument

    def on_markdown(self) -> str:
        return "block"


class Policy(_Block):
    NAME = "policy"


class Only(_Block):
    NAME = "only"


class Checklist(_Block):
    NAME = "checklist"


class Help(_Block):
    NAME = "help"


class Key(_Block):
    NAME = "key"
    TITLED = True


class Law(_Block):
    NAME = "law"
    TITLED = True


class More(_Block):
    NAME = "more"
    TITLED = True


class Phone(_Block):
    NAME = "phone"
    TITLED = True

    def title(self, element: etree.Element, argument: str) -> None:
        clock = CLOCK.fullmatch(argument)
        if clock:
            element.set("day", clock["day"] or "")
            element.set("time", clock["time"].replace(".", ":"))
        super().title(element, clock["app"] if clock else argument)


class _Talk(_Block):
    """Lines that people say, read as they stand: no lists, no paragraphs."""

    TITLED = True

    def on_markdown(self) -> str:
        return "raw"

    def on_add(self, block: etree.Element) -> etree.Element:
        """The child that gathers the lines."""
        said = block.find("block-lines")
        return etree.SubElement(block, "block-lines") if said is None else said

    def on_end(self, block: etree.Element) -> None:
        lines = block.find("block-lines")
        block.remove(lines)
        self.say(block, (lines.text or "").split("\n"))

    def say(self, block: etree.Element, lines: list[str]) -> None:
        raise NotImplementedError


def _speaker(line: str) -> re.Match[str] | None:
    return SPEAKER.fullmatch(marks.unmarked(line).strip())


def _said(block: etree.Element, line: str, speaker: re.Match[str]) -> etree.Element:
    """A child for what one person says: `who` (and `time`) and the words."""
    mark = marks.LINE.match(line.strip())
    said = etree.SubElement(block, "block-said", {"time": (speaker["time"] or "").replace(".", ":")})
    etree.SubElement(said, "block-who").text = speaker["who"]
    etree.SubElement(said, "block-words").text = (mark.group() if mark else "") + speaker["words"]
    return said


class Chat(_Talk):
    NAME = "chat"

    def say(self, block: etree.Element, lines: list[str]) -> None:
        words: etree.Element | None = None
        for line in lines:
            speaker = _speaker(line)
            if speaker:
                words = _said(block, line, speaker).find("block-words")
            elif words is not None:
                words.text += f"\n{line.strip()}"
            elif line.strip():
                words = etree.SubElement(block, "block-stray")
                words.text = line


class Post(_Talk):
    NAME = "post"

    def say(self, block: etree.Element, lines: list[str]) -> None:
        words = etree.SubElement(block, "block-words")
        words.text = ""
        comments: list[etree.Element] = []
        for line in lines:
            speaker = _speaker(line)
            if speaker:
                comments.append(_said(block, line, speaker))
            elif comments and line.strip():
                etree.SubElement(block, "block-more").text = line.strip()
            elif not comments:
                words.text += f"{line.strip()}\n"
        paragraphs = words.text.strip().split("\n\n")
        words.text = None
        for paragraph in paragraphs:
            etree.SubElement(words, "p").text = paragraph.strip()


KINDS = (Chat, Checklist, Help, Key, Law, More, Only, Phone, Policy, Post)


class Blocks(BlocksExtension):
    """All of them, for Markdown."""

    def extendMarkdownBlocks(self, md: Markdown, block_mgr: BlocksProcessor) -> None:
        block_mgr.yaml_line = NEVER  # options under a block's first line would be YAML, and could set any attribute
        for kind in KINDS:
            block_mgr.register(kind, {})

"""Blocks of lines that people say, `chat` and `post`: read as they stand, without lists, paragraphs or other blocks.

Their elements in the tree begin with `talk-`, so that no sign at the begin of a line is taken for markup.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from abc import abstractmethod
from dataclasses import replace

from ...source import line_marks
from ...words import Slot, Words, say_something
from .base import TitledBlock, Writer, initial

SPEAKER = re.compile(
    r"(?P<who>[^\s:/()\[\]<>.?][^:/()\[\]<>?]{0,39}?)"
    rf"(?:[ ]+(?P<time>[0-9]{{1,2}}[:.][0-9]{{2}}|{line_marks.BRACES.pattern}))?:(?:[ ]+|$)(?P<words>.*)"
)

Lines = list[tuple[int, str]]  # with their numbers


class TalkBlock(TitledBlock):
    """A block that is given its lines instead of having them read."""

    @abstractmethod
    def say(self, block: etree.Element, lines: Lines) -> None:
        """Put the lines into the block's element."""


class Chat(TalkBlock):
    """`/// chat | with whom`: a line `Name 21:40: words` is a bubble, and goes on until the next."""

    name = "chat"

    def say(self, block: etree.Element, lines: Lines) -> None:
        words: etree.Element | None = None
        for number, line in lines:
            speaker = SPEAKER.fullmatch(line)
            if speaker:
                words = _said(block, number, speaker)
            elif words is not None:
                words.text = f"{words.text}\n{_marked(number, line)}"
            elif line:
                words = etree.SubElement(block, "talk-stray")
                words.text = _marked(number, line)

    def write(self, writer: Writer, block: etree.Element) -> None:
        writer.html('<figure class="chat">\n<figcaption><span class="unseen">A conversation: </span>')
        writer.put(self.title(writer, block))
        writer.html("</figcaption>\n<ol>\n")
        for said in block[1:]:
            if said.tag == "talk-stray":
                line = writer.find_line(said)
                writer.report(line, "the first line of the chat names no speaker; write `Name 21:40: words` or `Name: words`")
                writer.html("<li>")
                writer.inside(said)
                writer.html("</li>\n")
            else:
                self._bubble(writer, said)
        writer.html("</ol>\n</figure>\n")

    def _bubble(self, writer: Writer, said: etree.Element) -> None:
        who, time = _who_and_when(writer, said)
        mine = "".join(said[0].itertext()).strip() == "You" and not any(isinstance(part, Slot) for part in who)
        writer.html('<li class="you">' if mine else "<li>")
        writer.html('<p class="who">')
        writer.put(who)
        if time:
            writer.html(" · ")
            writer.put(time)
        writer.html("</p>")
        written = writer.inline(said[-1])
        if say_something(written):
            writer.html('<div class="bubble"><p>')
            writer.put(tuple(re.sub(r"\n+", "<br>\n", part.strip("\n")) if isinstance(part, str) else part for part in written))
            writer.html("</p></div></li>\n")
        else:
            writer.html('<div class="bubble nothing"><p>Nothing sent</p></div></li>\n')


class Post(TalkBlock):
    """`/// post | who, where`: words, then comments, each on a line `Name: words`; a line without a name counts others."""

    name = "post"

    def say(self, block: etree.Element, lines: Lines) -> None:
        words = etree.SubElement(block, "talk-words")
        paragraphs: list[list[str]] = [[]]
        commented = False
        for number, line in lines:
            speaker = SPEAKER.fullmatch(line)
            if speaker:
                _said(block, number, speaker)
                commented = True
            elif commented and line:
                etree.SubElement(block, "talk-more").text = _marked(number, line)
            elif line:
                paragraphs[-1].append(_marked(number, line))
            elif paragraphs[-1]:
                paragraphs.append([])
        for paragraph in filter(None, paragraphs):
            etree.SubElement(words, "p").text = "\n".join(paragraph)

    def write(self, writer: Writer, block: etree.Element) -> None:
        title = self.title(writer, block)
        who, where = _parted(title)
        words, *comments = block[1:]
        writer.tag("figure", {"class": "post", "role": "group", "aria-label": ("A post by ", *who)})
        writer.html(f'\n<div class="post-head">\n<span class="initial" aria-hidden="true">{initial(who)}</span>\n<div><p class="who">')
        writer.put(who)
        writer.html("</p>")
        if where:
            writer.html('<p class="where">')
            writer.put(where)
            writer.html("</p>")
        writer.html('</div>\n</div>\n<div class="post-words">')
        writer.inside(words)
        writer.html("</div>\n")
        if comments:
            writer.html('<ul class="comments">\n')
            for comment in comments:
                self._comment(writer, comment)
            writer.html("</ul>\n")
        writer.html("</figure>\n")

    def _comment(self, writer: Writer, comment: etree.Element) -> None:
        if comment.tag == "talk-more":
            writer.html('<li class="soft">')
            writer.inside(comment)
        else:
            who, _ = _who_and_when(writer, comment)
            writer.html("<li><strong>")
            writer.put(who)
            writer.html("</strong> ")
            writer.inside(comment[-1])
        writer.html("</li>\n")


def _said(block: etree.Element, number: int, speaker: re.Match[str]) -> etree.Element:
    """A child for what one person says: who, perhaps when, and the words, which are returned."""
    said = etree.SubElement(block, "talk-said")
    etree.SubElement(said, "talk-who").text = speaker["who"]
    etree.SubElement(said, "talk-time").text = (speaker["time"] or "").replace(".", ":")
    words = etree.SubElement(said, "talk-words")
    words.text = _marked(number, speaker["words"])
    return words


def _who_and_when(writer: Writer, said: etree.Element) -> tuple[Words, Words]:
    """Who says something, and when. Words in braces before the colon are a time where they hang on the policy's hours, else a name."""
    who, time = writer.inline(said[0]), writer.inline(said[1])
    match time:
        case (Slot(kind="hours") as hours,):
            return who, (replace(hours, kind="clock"),)
        case (Slot(),):
            return (*who, " ", *time), ()
    return who, time


def _marked(number: int, words: str) -> str:
    return line_marks.line_mark(number) + words if words else ""


def _parted(title: Words) -> tuple[Words, Words]:
    """What stands before and after the first comma."""
    for at, part in enumerate(title):
        if isinstance(part, str) and "," in part:
            before, _, after = part.partition(",")
            return (*title[:at], before), tuple(piece for piece in (after.lstrip(), *title[at + 1 :]) if piece)
    return title, ()

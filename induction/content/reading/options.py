"""Reading the options of a scene: rating, words, feedback, and the scene that one leads to."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree

from ..conditions import RATINGS, NotARule, faults, parse_rule
from ..markdown import list_items
from ..markdown.html_writer import HtmlWriter
from ..model import Option, Rating, RatingRule
from ..problems import instead, short
from ..source import line_marks
from ..words import Words

RATED = re.compile(r"\s*\[([^\[\]]*)\]")
UNREADABLE = RatingRule(Rating.POOR)  # stands in where a rating can't be read, so that the rest can be


def is_options(element: etree.Element) -> bool:
    """Whether a list is a scene's options: some item begins with brackets, or has a block quote."""
    return element.tag in ("ul", "ol") and any(
        RATED.match(list_items.opening(item)) or item.find("blockquote") is not None for item in element
    )


def read_options(writer: HtmlWriter, element: etree.Element, scenes: set[str], choose_all: bool) -> tuple[Option, ...]:
    """The options of a list. `scenes` are the ids that a link may lead to."""
    line = writer.find_line(element)
    options = tuple(_option(writer, item, scenes, choose_all) for item in element)
    if len(options) < 2:
        writer.report(line, "this is the only option; write at least two")
    said: dict[str, int] = {}
    for option in options:
        words = _plain(option.label)
        if words and words in said:
            writer.report(option.line, f"this option has the same words as the one on line {said[words]}; write other words")
        said.setdefault(words, option.line)
    return options


def _option(writer: HtmlWriter, item: etree.Element, scenes: set[str], choose_all: bool) -> Option:
    line = writer.find_line(item)
    words, rest = list_items.parted(item)
    rule = _rule(writer, words, line)
    leads_to = _take_link(writer, words, line, scenes)
    if leads_to and choose_all:
        message = "an option leads on where all that apply are chosen; leave the link out, or take {.choose-all} from the heading"
        writer.report(line, message)
    label = writer.inline(words)
    if not _plain(label):
        writer.report(line, "this option has no words; write them after the rating")
    return Option(rule, _trimmed(label), _feedback(writer, rest, line), leads_to, line)


def _rule(writer: HtmlWriter, words: etree.Element, line: int) -> RatingRule:
    """Take the rating off the words."""
    written = words.text or ""
    mark = line_marks.LINE.match(written)
    text = line_marks.unmarked(written)
    rated = RATED.match(text)
    if rated is None:
        linked = len(words) and words[0].tag == "a" and not text.strip() and "".join(words[0].itertext()).strip() in RATINGS
        what = "this option's rating is a link; write a space after the brackets" if linked else (
            "this option has no rating; begin it with [best], [fine], [poor] or [breach]"
        )
        writer.report(line, what)
        return UNREADABLE
    words.text = (mark.group() if mark else "") + written[written.index("]") + 1 :].lstrip()
    try:
        rule = parse_rule(rated[1])
    except NotARule as refused:
        writer.report(line, str(refused))
        return UNREADABLE
    for fault in faults(rule, writer.known.facets):
        writer.report(line, fault)
    return rule


def _take_link(writer: HtmlWriter, words: etree.Element, line: int, scenes: set[str]) -> str | None:
    """Take the link to a scene off the end of the words. One that stands elsewhere is left for the writer to report."""
    if not len(words) or words[-1].tag != "a":
        return None
    last = words[-1]
    href = line_marks.unmarked(last.get("href") or "")
    if not href.startswith("#") or line_marks.unmarked(last.tail or "").strip():
        return None
    words.remove(last)
    name = href[1:]
    if name in scenes:
        return name
    writer.report(line, f'no scene of this scenario is called "{short(name)}"; {instead(name, scenes)}')
    return None


def _feedback(writer: HtmlWriter, blocks: list[etree.Element], line: int) -> Words:
    quotes = [child for child in blocks if child.tag == "blockquote"]
    for child in blocks:
        if child.tag == "pre":
            writer.report(
                writer.find_line(child),
                "this is indented too far, and would be shown as code; write feedback as two spaces, `>` and its words",
            )
        elif child.tag != "blockquote":
            writer.report(writer.find_line(child), "an option is one paragraph and a block quote; write this in one of them")
    children = [child for quote in quotes for child in quote]
    if not children:
        writer.report(line, "this option has no feedback; write it under the option as two spaces, `>` and its words")
    for quote in quotes:
        writer.find_line(quote)
    return writer.words(children)


def _plain(label: Words) -> str:
    """The words, to be compared: without tags, capitals and doubled spaces."""
    text = "".join(part if isinstance(part, str) else f"{{{part}}}" for part in label)
    return " ".join(re.sub(r"<[^>]*>", "", text).split()).lower()


def _trimmed(label: Words) -> Words:
    parts = list(label)
    if parts and isinstance(parts[0], str):
        parts[0] = parts[0].lstrip()
    if parts and isinstance(parts[-1], str):
        parts[-1] = parts[-1].rstrip()
    return tuple(part for part in parts if part != "")

"""`try`: a choice on the way through a lesson. Nothing of it is asked of the server, and so nothing is kept."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree

from ...conditions import RATINGS
from ...source import line_marks
from ...words import Words, say_something
from .. import list_items
from .base import TitledBlock, Writer

RATED = re.compile(rf"\s*\[(?:{'|'.join(RATINGS)})\b", re.IGNORECASE)
FEWEST, MOST = 2, 4  # choices


class Try(TitledBlock):
    """`/// try | what to think about`: words if any, then one plain list of choices, each with its feedback in a quote.

    The feedback of a choice opens when it is touched, and the others close, where the page folds anything.
    """

    name = "try"

    def write(self, writer: Writer, block: etree.Element) -> None:
        line = writer.line
        title = self.title(writer, block)
        _check(writer, block, line)
        writer.tag("div", {"class": "try", "role": "group", "aria-label": title})
        writer.html('\n<p class="try-title">')
        writer.put(title)
        writer.html("</p>\n")
        for child in block[1:]:
            if child.tag == "ul":
                _choices(writer, child, f"try-{line}")
            else:
                writer.element(child)
        writer.html("</div>\n")


def _check(writer: Writer, block: etree.Element, line: int) -> None:
    """Report what doesn't stand as words and then one plain list of two to four choices."""
    children = list(block)[1:]
    lists = [child for child in children if child.tag in ("ul", "ol")]
    if any(inner is not block for inner in block.iter(block.tag)):
        writer.report(line, "a `try` stands inside this one; close this with /// before it")
    if [child.tag for child in lists] != ["ul"]:
        writer.report(line, "a `try` holds one plain list of choices; write each on a line that begins with `- `")
        return
    count = len(lists[0])
    if not FEWEST <= count <= MOST:
        what = "at least two" if count < FEWEST else "four or fewer"
        writer.report(line, f"a `try` has two to four choices, and this one has {count}; write {what}")
    if children[-1] is not lists[0]:
        writer.report(line, "something stands after the choices of this `try`; write it before its list, or after the block")


def _choices(writer: Writer, choices: etree.Element, group: str) -> None:
    how = "Pick one to see what follows. " if writer.page.folded else ""
    writer.html(f'<p class="try-note">{how}It isn’t marked or kept.</p>\n<ul class="choices">\n')
    for choice in choices:
        writer.html("<li>")
        _choice(writer, choice, group)
        writer.html("</li>\n")
    writer.html("</ul>\n")


def _choice(writer: Writer, choice: etree.Element, group: str) -> None:
    line, folded = writer.find_line(choice), writer.page.folded
    words, under = list_items.parted(choice)
    if folded:
        writer.tag("details", {"class": "choice", "name": group})
    writer.html("<summary><span>" if folded else "<p><b>")
    writer.put(_words(writer, words, line))
    writer.html("</span></summary>\n" if folded else "</b></p>\n")
    writer.html('<div class="choice-text">\n')
    _feedback(writer, under, line)
    writer.html("</div></details>" if folded else "</div>")


def _words(writer: Writer, words: etree.Element, line: int) -> Words:
    """The words of a choice. One that is rated, that leads away instead of opening or says nothing is reported."""
    if RATED.match(line_marks.unmarked(words.text or "")):
        writer.report(line, "a `try` isn't judged; take the rating away, and say in the feedback what follows")
    if any(child.tag == "a" for child in words.iter()):
        writer.report(line, "a link stands in the words of a choice, which open its feedback; write the link there")
    written = writer.inline(words)
    if not say_something(written):
        writer.report(line, "this choice has no words; write them after `- `")
    return written


def _feedback(writer: Writer, under: list[etree.Element], line: int) -> None:
    for child in under:
        if child.tag != "blockquote":
            writer.report(
                writer.find_line(child),
                "a choice is one paragraph, and its feedback a block quote under it; write this in one of them",
            )
    said = [child for quote in under if quote.tag == "blockquote" for child in quote]
    if not said:
        writer.report(line, "this choice has no feedback; write it under the choice as two spaces, `>` and its words")
    for child in said:
        writer.element(child)

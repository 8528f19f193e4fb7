"""An item of a list as its words and what stands under them: an option of a scene, a choice in a lesson."""

from __future__ import annotations

import xml.etree.ElementTree as etree

from ..source import line_marks

UNDER = frozenset("blockquote ul ol p pre table hr".split())


def holds_words(item: etree.Element) -> etree.Element:
    """What holds an item's words: its first paragraph, or the item where that has none."""
    return item[0] if len(item) and item[0].tag == "p" and not line_marks.unmarked(item.text or "").strip() else item


def opening(item: etree.Element) -> str:
    """The words that an item begins with."""
    return line_marks.unmarked(holds_words(item).text or "")


def parted(item: etree.Element) -> tuple[etree.Element, list[etree.Element]]:
    """An item's words, as one element, and the blocks after them."""
    first = holds_words(item)
    if first is not item:
        return first, list(item)[1:]
    words = etree.Element("p")
    words.text = item.text
    blocks = [child for child in item if child.tag in UNDER or child.tag.startswith(("h", "block-"))]
    words.extend(child for child in item if child not in blocks)
    return words, blocks

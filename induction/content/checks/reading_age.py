"""Reading age by Flesch–Kincaid: long sentences of long words ask for an older reader.

Grade = 0.39 × words per sentence + 11.8 × syllables per word − 15.59 (Kincaid and others, 1975);
the age of a reader is five years more than the grade. Syllables are counted by groups of vowels,
which is right for most English words and near enough for a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from html import escape, unescape

from ..model import Fact
from ..words import HelpBlock, OnlyBlock, PolicyBlock, Slot, Words

FEWEST_WORDS = 12  # below that a figure says nothing
INLINE = frozenset("a abbr b bdi cite code del dfn em i ins kbd mark q s small span strong sub sup u var wbr".split())
SILENT = frozenset("code h1 h2 h3 h4 h5 h6 pre script style svg title".split())  # no sentences of the text
PIECES = re.compile(r"<(/?)([a-z][a-z0-9]*)[^>]*>|([^<]+)")  # a tag, or what stands between two
SENTENCE_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s|$)")
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
VOWELS = re.compile(r"[aeiouy]+")
SILENT_END = re.compile(r"(?:[^aeiouyl]|[aeiouy]l)e$|[^aeiouytd]ed$|(?:[^aeiouyszxcghl]|[aeiouy]l)es$")  # made, called, rules
SILENT_INSIDE = re.compile(r"[^aeiouyl]e(?=guard|ful|less|ly|ment|ness|thing|where)")  # safeguarding, careful
TWO_VOWELS = re.compile(r"ia(?!l)|io(?![nu])|eo$|[aeiouy]ing$|ism$")  # media, period, video, being: sounded apart


def reading_age(words: Words, facts: Mapping[str, Fact]) -> float | None:
    """The age in years at which the words can be read; None where they are too few to say."""
    spoken = [WORD.findall(sentence) for sentence in sentences(wording(words, facts))]
    spoken = [sentence for sentence in spoken if sentence]
    count = sum(map(len, spoken))
    if count < FEWEST_WORDS:
        return None
    syllables = sum(_syllables(word) for sentence in spoken for word in sentence)
    return 0.39 * count / len(spoken) + 11.8 * syllables / count - 15.59 + 5


def wording(words: Words, facts: Mapping[str, Fact]) -> str:
    """The HTML with every block that some school sees, and each word in braces as what it is called."""
    return "".join(_wordings(words, facts))


def _wordings(words: Words, facts: Mapping[str, Fact]) -> Iterator[str]:
    for part in words:
        match part:
            case str():
                yield part
            case Slot(kind="fact", name=name):
                yield escape(facts[name].value) if name in facts else name
            case Slot(kind="hours" | "clock"):
                yield "4pm"
            case Slot(kind="checked"):
                yield "checked"
            case Slot(name=name):
                yield name
            case PolicyBlock(words=inner) | OnlyBlock(words=inner):
                yield wording(inner, facts)
            case HelpBlock():
                pass


def count_words(html: str) -> int:
    """How many words a reader sees; a number counts as a word."""
    return len(re.findall(r"\w[\w'’.-]*", text_of(html)))


def sentences(html: str) -> list[str]:
    """The sentences of HTML, without headings."""
    return [part for block in text_of(html, SILENT).split("\n") for part in SENTENCE_END.split(block)]


def text_of(html: str, silent: frozenset[str] = frozenset()) -> str:
    """The text of HTML that is our own, with a line for each block."""
    text: list[str] = []
    unheard = 0
    for ends, tag, words in PIECES.findall(html):
        if words:
            text.append("" if unheard else words.replace("\n", " "))
            continue
        if tag in silent:
            unheard += -1 if ends else 1
        if tag not in INLINE:
            text.append("\n")
    return unescape("".join(text))


@lru_cache(maxsize=4096)
def _syllables(word: str) -> int:
    letters = re.sub(r"[^a-z]", "", word.lower())
    count = len(VOWELS.findall(letters))
    count -= bool(SILENT_END.search(letters)) + len(SILENT_INSIDE.findall(letters))
    count += bool(TWO_VOWELS.search(letters))
    return max(count, 1)

"""A letter as simple HTML: the same words, with its links as links."""

from __future__ import annotations

import re
from html import escape

LINK = re.compile(r"(?:^|(?<=: ))https?://[^\s<>\"]+$")  # a line of its own, or the end of one; elsewhere it is what somebody was called
STRONG = re.compile(r"\*([^*\n]+)\*")


def as_html(subject: str, words: str, foot: str) -> str:
    """The HTML part of a letter. A line that is a link and nothing else stands by itself, so that nothing sticks to it."""
    body = "\n".join(f"<p>{_lines(each)}</p>" for each in words.split("\n\n") if each.strip())
    return (
        '<!doctype html><html lang="en-GB"><head><meta charset="utf-8">'
        f"<title>{escape(subject)}</title></head>"
        '<body style="font-family: sans-serif; line-height: 1.5; max-width: 36em">'
        f'{body}\n<p style="font-size: smaller">{_linked(foot)}</p></body></html>\n'
    )


def as_text(words: str) -> str:
    """The plain part: stars that set words off are left out."""
    return STRONG.sub(r"\1", words)


def _lines(paragraph: str) -> str:
    return "<br>".join(_linked(line) for line in paragraph.split("\n"))


def _linked(line: str) -> str:
    made, at = "", 0
    for found in LINK.finditer(line):
        link = escape(found[0])
        made += _plain(line[at : found.start()]) + f'<a href="{link}">{link}</a>'
        at = found.end()
    return made + _plain(line[at:])


def _plain(words: str) -> str:
    return STRONG.sub(r"<em>\1</em>", escape(words))

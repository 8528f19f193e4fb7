"""A writer's text as it comes in, from a file or a form: one kind of line ends, and no sign that can't be shown."""

from __future__ import annotations

import codecs
import re

from .. import signs

BULLETS = dict.fromkeys(map(ord, "\uf0a7\uf0b7\uf0d8\uf076\uf0fc"), "•")  # Word's, in the fonts Symbol and Wingdings

LESS_COMMON = re.compile("[^\n\t -~\u00a0-\u017f\u2010-\u2027\u2030-\u205e]")  # signs to be looked at one by one

Fault = tuple[int, str]  # the line, and what is wrong there


def decoded(content: bytes) -> str | Fault:
    """The text of a file, which is UTF-8, or UTF-16 with its mark; else what is wrong with it."""
    wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = content.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        before = 0 if wide else plain(content[: error.start].decode("utf-8-sig", "replace")).count("\n")
        return before + 1, "this line is not UTF-8 text; save the file with the encoding UTF-8"
    text = plain(text)
    return fault(text) or text


def plain(text: str) -> str:
    """The text with each line ended as Unix does, as Word's own line breaks are too, and Word's bullets as bullets."""
    return signs.LINE_ENDS.sub("\n", text.removeprefix("\ufeff")).translate(BULLETS)


def fault(text: str) -> Fault | None:
    """The first sign of a text that can't be shown, and its line; None where there is none."""
    at = signs.unfit(text) if LESS_COMMON.search(text) else None
    if at is None:
        return None
    return text.count("\n", 0, at) + 1, f"this line holds a sign that can't be shown ({signs.name(text[at])}); delete it"

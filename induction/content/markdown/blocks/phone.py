"""`phone`: what the screen of somebody's phone shows."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from dataclasses import replace
from html import escape, unescape

from ...words import Slot, Words
from .base import TitledBlock, Writer, initial

CLOCK = re.compile(r"(?P<app>.*),[ ]*(?:(?P<day>[^,]*?)[ ]+)?(?P<time>[0-9]{1,2}[:.][0-9]{2})")
AGE = re.compile(r"(.*\S)\s+·\s+(now|just now|today|yesterday|[0-9]{1,2}[:.][0-9]{2}|[0-9]{1,2}\s?[a-z]{1,7}(?: ago)?)\s*", re.DOTALL)
AGE_ALONE = re.compile(r"()\s*·\s+(now|[0-9]{1,2}\s?[a-z]{1,7}(?: ago)?)\s*")


class Phone(TitledBlock):
    """`/// phone | app`, or with a day and a time, `/// phone | app, Sunday 21:40`: then its screen is lit and shows a clock.

    The time may be one that hangs on the policy: `/// phone | app, Sunday {{ hours: contact-hours end + 60 }}`.
    """

    name = "phone"

    def begin(self, element: etree.Element, argument: str, line: int) -> None:
        clock = CLOCK.fullmatch(" ".join(argument.split()))
        if clock:
            element.set("day", clock["day"] or "")
            element.set("time", clock["time"].replace(".", ":"))
        super().begin(element, clock["app"] if clock else argument, line)

    def write(self, writer: Writer, block: etree.Element) -> None:
        app, day, time = _with_clock(self.title(writer, block))
        if clock := block.get("time"):
            time = (clock,)
        lit = "phone lit" if time else "phone"
        writer.tag("figure", {"class": lit, "role": "group", "aria-label": "Your phone shows"})
        writer.html('\n<div class="phone-screen">\n')
        self._clock(writer, time, block.get("day") or day)
        writer.html(
            f'<div class="phone-card">\n<span class="phone-app" aria-hidden="true">{initial(app)}</span>\n<div class="phone-words">\n'
        )
        age = _take_age(block)
        writer.html('<p class="phone-from">')
        writer.put(app)
        writer.html(f" · {escape(age)}</p>\n" if age else "</p>\n")
        for child in block[1:]:
            writer.element(child)
        writer.html("</div>\n</div>\n</div>\n</figure>\n")

    def _clock(self, writer: Writer, time: Words, day: str) -> None:
        if not time:
            return
        writer.html('<p class="phone-clock"><span class="phone-time">')
        writer.put(time)
        writer.html("</span>")
        if day:
            writer.html(' <span class="phone-day">')
            writer.text(day)
            writer.html("</span>")
        writer.html("</p>\n")


def _with_clock(title: Words) -> tuple[Words, str, Words]:
    """A title, and the day and the time at its end where that hangs on the policy."""
    hours, before = (title[-1], title[-2]) if len(title) > 1 else ("", "")
    if not isinstance(hours, Slot) or hours.kind != "hours" or not isinstance(before, str) or "," not in before:
        return title, "", ()
    app, _, day = before.rpartition(",")
    return (*title[:-2], app), unescape(day.strip()), (replace(hours, kind="clock"),)


def _take_age(block: etree.Element) -> str:
    """Take ` · 2 min` off the end of the block's words, if they end so."""
    last = block[-1]
    if last.tag != "p":
        return ""
    text = (last[-1].tail if len(last) else last.text) or ""
    found = AGE.fullmatch(text) or AGE_ALONE.fullmatch(text)
    if not found:
        return ""
    if len(last):
        last[-1].tail = found[1]
    else:
        last.text = found[1]
    return found[2]

"""How each block is drawn."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from html import escape
from typing import TYPE_CHECKING

from ..conditions import unknown
from ..model import Help, Only, Policy, Words
from ..problems import short
from ..source import line_marks

if TYPE_CHECKING:
    from .html_writer import Pen

AGE = re.compile(r"(.*\S)\s+·\s+(now|just now|today|yesterday|[0-9]{1,2}[:.][0-9]{2}|[0-9]{1,2}\s?[a-z]{1,7}(?: ago)?)\s*", re.DOTALL)
CLEAR = (
    '<p class="checklist-note" hidden>Only you see these ticks. They stay in this browser, where others who use this '
    'browser profile could see them. <button type="button" class="as-link" data-clear>Clear my ticks</button></p>\n'
)


def draw(pen: Pen, block: etree.Element) -> None:
    """Draw one block with a pen."""
    pen.line = int(block.get("line") or 0) or pen.line
    DRAW[block.tag.removeprefix("block-")](pen, block)


def _title(pen: Pen, block: etree.Element, otherwise: str = "") -> Words:
    """The block's title; where it has none, `otherwise`, or a problem if that is empty."""
    title = pen.inline(block[0])
    if any(not isinstance(part, str) or part.strip() for part in title):
        return title
    if not otherwise:
        name = block.tag.removeprefix("block-")
        pen.report(pen.line, f"the block `{name}` has no words after its name; write `/// {name} | …`")
    return (otherwise,)


def _put(pen: Pen, words: Words) -> None:
    for part in words:
        pen.part(part)


def _policy(pen: Pen, block: etree.Element) -> None:
    line = pen.line
    facet, stances = _choice(pen, block)
    if facet in ("nation", "phase"):
        pen.report(line, f"`policy` shows the school's own choices; write `/// only | {short(block.get('argument'))}`")
    pen.part(Policy(facet, stances, pen.words(block)))


def _only(pen: Pen, block: etree.Element) -> None:
    line = pen.line
    facet, values = _choice(pen, block)
    if facet in pen.known.facets:
        pen.report(line, f"`only` goes by nation or phase; write `/// policy | {short(block.get('argument'))}`")
    pen.part(Only(facet, values, pen.words(block)))


def _choice(pen: Pen, block: etree.Element) -> tuple[str, frozenset[str]]:
    """`facet: stance, stance`, with what is unknown reported."""
    facet, _, rest = (piece.strip() for piece in (block.get("argument") or "").partition(":"))
    values = [value for piece in rest.split(",") if (value := piece.strip())]
    name = block.tag.removeprefix("block-")
    if not facet or not values:
        example = "nation: england, wales" if name == "only" else "facet: stance, stance"
        pen.report(pen.line, f"the block `{name}` doesn't say for whom; write `/// {name} | {example}`")
    faults = [fault for value in values if (fault := unknown(facet, value, pen.known.facets))]
    for fault in dict.fromkeys(faults):
        pen.report(pen.line, fault)
    return facet, frozenset(values)


def _help(pen: Pen, block: etree.Element) -> None:
    if block.get("argument") or len(block):
        pen.report(pen.line, "the block `help` holds no words of its own; write `/// help` and `///`, nothing between")
    pen.part(Help())


def _key(pen: Pen, block: etree.Element) -> None:
    pen.html('<div class="key">\n<p class="key-label">')
    _put(pen, _title(pen, block, "To remember"))
    pen.html("</p>\n")
    for child in block[1:]:
        if child.tag == "p" and not child.attrib:
            pen.html("<p><span>")
            pen.inside(child)
            pen.html("</span></p>\n")
        else:
            pen.draw(child)
    pen.html("</div>\n")


def _law(pen: Pen, block: etree.Element) -> None:
    pen.html('<div class="law">\n<p class="law-label"><span aria-hidden="true">§</span> ')
    _put(pen, _title(pen, block, "What the guidance says"))
    pen.html("</p>\n")
    for child in block[1:]:
        text = line_marks.unmarked(child.text or "")
        if child.tag == "p" and child is block[-1] and text.startswith("Source:"):
            pen.find_line(child)
            child.text = text.removeprefix("Source:").lstrip()
            pen.html('<p class="source">')
            pen.inside(child)
            pen.html("</p>\n")
        else:
            pen.draw(child)
    pen.html("</div>\n")


def _more(pen: Pen, block: etree.Element) -> None:
    pen.html('<details class="more">\n<summary><span>')
    _put(pen, _title(pen, block))
    pen.html('</span></summary>\n<div class="more-text">\n')
    for child in block[1:]:
        pen.draw(child)
    pen.html("</div>\n</details>\n")


def _phone(pen: Pen, block: etree.Element) -> None:
    time, day = block.get("time"), block.get("day")
    app = _title(pen, block)
    pen.tag("figure", {"class": "phone lit" if time else "phone", "role": "group", "aria-label": "Your phone shows"})
    pen.html('\n<div class="phone-screen">\n')
    if time:
        pen.html(f'<p class="phone-clock"><span class="phone-time">{escape(time)}</span>')
        if day:
            pen.html(' <span class="phone-day">')
            pen.text(day)
            pen.html("</span>")
        pen.html("</p>\n")
    pen.html(f'<div class="phone-card">\n<span class="phone-app" aria-hidden="true">{_initial(app)}</span>\n<div class="phone-words">\n')
    age = _take_age(block)
    pen.html('<p class="phone-from">')
    _put(pen, app)
    pen.html(f" · {escape(age)}</p>\n" if age else "</p>\n")
    for child in block[1:]:
        pen.draw(child)
    pen.html("</div>\n</div>\n</div>\n</figure>\n")


def _take_age(block: etree.Element) -> str:
    """Take ` · 2 min` off the end of the block's words, if they end so."""
    last = block[-1]
    if last.tag != "p":
        return ""
    text = last[-1].tail if len(last) else last.text
    found = AGE.fullmatch(text or "") or re.fullmatch(r"()\s*·\s+(now|[0-9]{1,2}\s?[a-z]{1,7}(?: ago)?)\s*", text or "")
    if not found:
        return ""
    if len(last):
        last[-1].tail = found[1]
    else:
        last.text = found[1]
    return found[2]


def _initial(title: Words) -> str:
    """The first letter of a title, upper case; a dot where it begins with a gap."""
    letters = re.sub(r"<[^>]*>|&[^;]*;", "", title[0]) if title and isinstance(title[0], str) else ""
    letter = next((letter for letter in letters if letter.isalnum()), "·")
    return letter.upper()


def _chat(pen: Pen, block: etree.Element) -> None:
    pen.html('<figure class="chat">\n<figcaption><span class="unseen">A conversation: </span>')
    _put(pen, _title(pen, block))
    pen.html("</figcaption>\n<ol>\n")
    for said in block[1:]:
        if said.tag == "block-stray":
            pen.report(pen.find_line(said), "the first line of the chat names no speaker; write `Name 21:40: words` or `Name: words`")
            pen.html("<li>")
            pen.inside(said)
            pen.html("</li>\n")
        else:
            _bubble(pen, said)
    pen.html("</ol>\n</figure>\n")


def _bubble(pen: Pen, said: etree.Element) -> None:
    who, words = said.find("block-who"), said.find("block-words")
    pen.html('<li class="you">' if "".join(who.itertext()).strip() == "You" else "<li>")
    pen.html('<p class="who">')
    pen.inside(who)
    pen.html(f" · {escape(said.get('time'))}</p>" if said.get("time") else "</p>")
    drawn = pen.inline(words)
    if any(not isinstance(part, str) or part.strip() for part in drawn):
        pen.html('<div class="bubble"><p>')
        _put(pen, tuple(re.sub(r"\n+", "<br>\n", part.strip("\n")) if isinstance(part, str) else part for part in drawn))
        pen.html("</p></div></li>\n")
    else:
        pen.html('<div class="bubble nothing"><p>Nothing sent</p></div></li>\n')


def _post(pen: Pen, block: etree.Element) -> None:
    title = _title(pen, block)
    who, where = _parted(title)
    pen.tag("figure", {"class": "post", "role": "group", "aria-label": ("A post by ", *who)})
    pen.html(f'\n<div class="post-head">\n<span class="initial" aria-hidden="true">{_initial(who)}</span>\n<div><p class="who">')
    _put(pen, who)
    pen.html("</p>")
    if where:
        pen.html('<p class="where">')
        _put(pen, where)
        pen.html("</p>")
    pen.html('</div>\n</div>\n<div class="post-words">')
    pen.inside(block.find("block-words"))
    pen.html("</div>\n")
    comments = [child for child in block[1:] if child.tag in ("block-said", "block-more")]
    if comments:
        pen.html('<ul class="comments">\n')
        for comment in comments:
            _comment(pen, comment)
        pen.html("</ul>\n")
    pen.html("</figure>\n")


def _comment(pen: Pen, comment: etree.Element) -> None:
    if comment.tag == "block-more":
        pen.html('<li class="soft">')
        pen.inside(comment)
    else:
        pen.html("<li><strong>")
        pen.inside(comment.find("block-who"))
        pen.html("</strong> ")
        pen.inside(comment.find("block-words"))
    pen.html("</li>\n")


def _parted(title: Words) -> tuple[Words, Words]:
    """What stands before and after the first comma."""
    for at, part in enumerate(title):
        if isinstance(part, str) and "," in part:
            before, _, after = part.partition(",")
            return (*title[:at], before), tuple(piece for piece in (after.lstrip(), *title[at + 1 :]) if piece)
    return title, ()


def _checklist(pen: Pen, block: etree.Element) -> None:
    line, name = pen.line, block.get("argument") or ""
    if not name:
        pen.report(line, "the checklist has no id; write `/// checklist | its-id`")
    else:
        pen.claim_checklist(name, line)
    if not len(block) or any(child.tag != "ul" for child in block):
        pen.report(line, "a checklist holds one plain list; write each thing to tick on a line that begins with `- `")
    pen.tag("div", {"class": "checklist", "data-checklist": f"{pen.course}/{name}"})
    pen.html(f"\n{CLEAR}<ul>\n")
    for number, item in enumerate((item for child in block for item in child), 1):
        _tick(pen, f"c-{name}-{number}", item)
    pen.html("</ul>\n</div>\n")


def _tick(pen: Pen, box: str, item: etree.Element) -> None:
    pen.find_line(item)
    words = item[0] if len(item) == 1 and item[0].tag == "p" and not (item.text or "").strip() else item
    if any(child.tag in ("ul", "ol", "p", "blockquote", "pre") for child in words):
        pen.report(pen.line, "one thing to tick holds a list, a quote or several paragraphs; write it on one line")
    pen.html("<li>")
    pen.tag("label", {"for": box})
    pen.tag("input", {"type": "checkbox", "id": box, "autocomplete": "off"})
    pen.html("<span>")
    pen.inside(words)
    pen.html("</span></label></li>\n")


DRAW = {
    "chat": _chat,
    "checklist": _checklist,
    "help": _help,
    "key": _key,
    "law": _law,
    "more": _more,
    "only": _only,
    "phone": _phone,
    "policy": _policy,
    "post": _post,
}

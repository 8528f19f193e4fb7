"""How each block is drawn."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from html import escape
from typing import TYPE_CHECKING

from ..conditions import unknown
from ..problems import short
from ..source import line_marks
from ..words import HelpBlock, OnlyBlock, PolicyBlock, Words

if TYPE_CHECKING:
    from .html_writer import HtmlWriter

AGE = re.compile(r"(.*\S)\s+·\s+(now|just now|today|yesterday|[0-9]{1,2}[:.][0-9]{2}|[0-9]{1,2}\s?[a-z]{1,7}(?: ago)?)\s*", re.DOTALL)
CLEAR = (
    '<p class="checklist-note" hidden>Only you see these ticks. They stay in this browser, where others who use this '
    'browser profile could see them. <button type="button" class="as-link" data-clear>Clear my ticks</button></p>\n'
)


def draw(writer: HtmlWriter, block: etree.Element) -> None:
    """Draw one block with a pen."""
    writer.line = int(block.get("line") or 0) or writer.line
    DRAW[block.tag.removeprefix("block-")](writer, block)


def _title(writer: HtmlWriter, block: etree.Element, otherwise: str = "") -> Words:
    """The block's title; where it has none, `otherwise`, or a problem if that is empty."""
    title = writer.inline(block[0])
    if any(not isinstance(part, str) or part.strip() for part in title):
        return title
    if not otherwise:
        name = block.tag.removeprefix("block-")
        writer.report(writer.line, f"the block `{name}` has no words after its name; write `/// {name} | …`")
    return (otherwise,)


def _put(writer: HtmlWriter, words: Words) -> None:
    for part in words:
        writer.part(part)


def _policy(writer: HtmlWriter, block: etree.Element) -> None:
    line = writer.line
    facet, stances = _choice(writer, block)
    if facet in ("nation", "phase"):
        writer.report(line, f"`policy` shows the school's own choices; write `/// only | {short(block.get('argument'))}`")
    writer.part(PolicyBlock(facet, stances, writer.words(block)))


def _only(writer: HtmlWriter, block: etree.Element) -> None:
    line = writer.line
    facet, values = _choice(writer, block)
    if facet in writer.known.facets:
        writer.report(line, f"`only` goes by nation or phase; write `/// policy | {short(block.get('argument'))}`")
    writer.part(OnlyBlock(facet, values, writer.words(block)))


def _choice(writer: HtmlWriter, block: etree.Element) -> tuple[str, frozenset[str]]:
    """`facet: stance, stance`, with what is unknown reported."""
    facet, _, rest = (piece.strip() for piece in (block.get("argument") or "").partition(":"))
    values = [value for piece in rest.split(",") if (value := piece.strip())]
    name = block.tag.removeprefix("block-")
    if not facet or not values:
        example = "nation: england, wales" if name == "only" else "facet: stance, stance"
        writer.report(writer.line, f"the block `{name}` doesn't say for whom; write `/// {name} | {example}`")
    faults = [fault for value in values if (fault := unknown(facet, value, writer.known.facets))]
    for fault in dict.fromkeys(faults):
        writer.report(writer.line, fault)
    return facet, frozenset(values)


def _help(writer: HtmlWriter, block: etree.Element) -> None:
    if block.get("argument") or len(block):
        writer.report(writer.line, "the block `help` holds no words of its own; write `/// help` and `///`, nothing between")
    writer.part(HelpBlock())


def _key(writer: HtmlWriter, block: etree.Element) -> None:
    writer.html('<div class="key">\n<p class="key-label">')
    _put(writer, _title(writer, block, "To remember"))
    writer.html("</p>\n")
    for child in block[1:]:
        if child.tag == "p" and not child.attrib:
            writer.html("<p><span>")
            writer.inside(child)
            writer.html("</span></p>\n")
        else:
            writer.draw(child)
    writer.html("</div>\n")


def _law(writer: HtmlWriter, block: etree.Element) -> None:
    writer.html('<div class="law">\n<p class="law-label"><span aria-hidden="true">§</span> ')
    _put(writer, _title(writer, block, "What the guidance says"))
    writer.html("</p>\n")
    for child in block[1:]:
        text = line_marks.unmarked(child.text or "")
        if child.tag == "p" and child is block[-1] and text.startswith("Source:"):
            writer.find_line(child)
            child.text = text.removeprefix("Source:").lstrip()
            writer.html('<p class="source">')
            writer.inside(child)
            writer.html("</p>\n")
        else:
            writer.draw(child)
    writer.html("</div>\n")


def _more(writer: HtmlWriter, block: etree.Element) -> None:
    writer.html('<details class="more">\n<summary><span>')
    _put(writer, _title(writer, block))
    writer.html('</span></summary>\n<div class="more-text">\n')
    for child in block[1:]:
        writer.draw(child)
    writer.html("</div>\n</details>\n")


def _phone(writer: HtmlWriter, block: etree.Element) -> None:
    time, day = block.get("time"), block.get("day")
    app = _title(writer, block)
    writer.tag("figure", {"class": "phone lit" if time else "phone", "role": "group", "aria-label": "Your phone shows"})
    writer.html('\n<div class="phone-screen">\n')
    if time:
        writer.html(f'<p class="phone-clock"><span class="phone-time">{escape(time)}</span>')
        if day:
            writer.html(' <span class="phone-day">')
            writer.text(day)
            writer.html("</span>")
        writer.html("</p>\n")
    writer.html(f'<div class="phone-card">\n<span class="phone-app" aria-hidden="true">{_initial(app)}</span>\n<div class="phone-words">\n')
    age = _take_age(block)
    writer.html('<p class="phone-from">')
    _put(writer, app)
    writer.html(f" · {escape(age)}</p>\n" if age else "</p>\n")
    for child in block[1:]:
        writer.draw(child)
    writer.html("</div>\n</div>\n</div>\n</figure>\n")


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


def _chat(writer: HtmlWriter, block: etree.Element) -> None:
    writer.html('<figure class="chat">\n<figcaption><span class="unseen">A conversation: </span>')
    _put(writer, _title(writer, block))
    writer.html("</figcaption>\n<ol>\n")
    for said in block[1:]:
        if said.tag == "block-stray":
            writer.report(writer.find_line(said), "the first line of the chat names no speaker; write `Name 21:40: words` or `Name: words`")
            writer.html("<li>")
            writer.inside(said)
            writer.html("</li>\n")
        else:
            _bubble(writer, said)
    writer.html("</ol>\n</figure>\n")


def _bubble(writer: HtmlWriter, said: etree.Element) -> None:
    who, words = said.find("block-who"), said.find("block-words")
    writer.html('<li class="you">' if "".join(who.itertext()).strip() == "You" else "<li>")
    writer.html('<p class="who">')
    writer.inside(who)
    writer.html(f" · {escape(said.get('time'))}</p>" if said.get("time") else "</p>")
    drawn = writer.inline(words)
    if any(not isinstance(part, str) or part.strip() for part in drawn):
        writer.html('<div class="bubble"><p>')
        _put(writer, tuple(re.sub(r"\n+", "<br>\n", part.strip("\n")) if isinstance(part, str) else part for part in drawn))
        writer.html("</p></div></li>\n")
    else:
        writer.html('<div class="bubble nothing"><p>Nothing sent</p></div></li>\n')


def _post(writer: HtmlWriter, block: etree.Element) -> None:
    title = _title(writer, block)
    who, where = _parted(title)
    writer.tag("figure", {"class": "post", "role": "group", "aria-label": ("A post by ", *who)})
    writer.html(f'\n<div class="post-head">\n<span class="initial" aria-hidden="true">{_initial(who)}</span>\n<div><p class="who">')
    _put(writer, who)
    writer.html("</p>")
    if where:
        writer.html('<p class="where">')
        _put(writer, where)
        writer.html("</p>")
    writer.html('</div>\n</div>\n<div class="post-words">')
    writer.inside(block.find("block-words"))
    writer.html("</div>\n")
    comments = [child for child in block[1:] if child.tag in ("block-said", "block-more")]
    if comments:
        writer.html('<ul class="comments">\n')
        for comment in comments:
            _comment(writer, comment)
        writer.html("</ul>\n")
    writer.html("</figure>\n")


def _comment(writer: HtmlWriter, comment: etree.Element) -> None:
    if comment.tag == "block-more":
        writer.html('<li class="soft">')
        writer.inside(comment)
    else:
        writer.html("<li><strong>")
        writer.inside(comment.find("block-who"))
        writer.html("</strong> ")
        writer.inside(comment.find("block-words"))
    writer.html("</li>\n")


def _parted(title: Words) -> tuple[Words, Words]:
    """What stands before and after the first comma."""
    for at, part in enumerate(title):
        if isinstance(part, str) and "," in part:
            before, _, after = part.partition(",")
            return (*title[:at], before), tuple(piece for piece in (after.lstrip(), *title[at + 1 :]) if piece)
    return title, ()


def _checklist(writer: HtmlWriter, block: etree.Element) -> None:
    line, name = writer.line, block.get("argument") or ""
    if not name:
        writer.report(line, "the checklist has no id; write `/// checklist | its-id`")
    else:
        writer.claim_checklist(name, line)
    if not len(block) or any(child.tag != "ul" for child in block):
        writer.report(line, "a checklist holds one plain list; write each thing to tick on a line that begins with `- `")
    writer.tag("div", {"class": "checklist", "data-checklist": f"{writer.course}/{name}"})
    writer.html(f"\n{CLEAR}<ul>\n")
    for number, item in enumerate((item for child in block for item in child), 1):
        _tick(writer, f"c-{name}-{number}", item)
    writer.html("</ul>\n</div>\n")


def _tick(writer: HtmlWriter, box: str, item: etree.Element) -> None:
    writer.find_line(item)
    words = item[0] if len(item) == 1 and item[0].tag == "p" and not (item.text or "").strip() else item
    if any(child.tag in ("ul", "ol", "p", "blockquote", "pre") for child in words):
        writer.report(writer.line, "one thing to tick holds a list, a quote or several paragraphs; write it on one line")
    writer.html("<li>")
    writer.tag("label", {"for": box})
    writer.tag("input", {"type": "checkbox", "id": box, "autocomplete": "off"})
    writer.html("<span>")
    writer.inside(words)
    writer.html("</span></label></li>\n")


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

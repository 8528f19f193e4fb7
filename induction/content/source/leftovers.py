"""What is left of markup once a text is read: signs that mean something to its writer and nothing to its readers.

Readers would see them as they stand, `~~old~~` and `<u>now</u>`. So each is an error that says what to write; who means
the sign itself writes a backslash before it.
"""

from __future__ import annotations

import html
import re
import xml.etree.ElementTree as etree
from collections.abc import Iterator

from ..problems import OfWords, Report, short
from . import line_marks

TAGS = frozenset(
    "a abbr acronym address area article aside audio b base bdi bdo big blink blockquote body br button canvas caption center "
    "cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em embed fieldset figcaption figure font footer "
    "form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins kbd label legend li link main map "
    "mark marquee math menu meta meter nav nobr noscript object ol optgroup option output p param picture pre progress q rp rt "
    "ruby s samp script search section select slot small source span strike strong style sub summary sup svg table tbody td "
    "template textarea tfoot th thead time title tr track tt u ul var video wbr".split()
)
INSTEAD = {
    **dict.fromkeys(("b", "strong", "u", "mark"), "write **words** for what stands out"),
    **dict.fromkeys(("i", "em", "cite"), "write *words*"),
    "a": "write [words](https://…)",
    "br": "leave an empty line, or end the line before with a backslash",
    "p": "leave an empty line between paragraphs",
    **dict.fromkeys(("ul", "ol", "li"), "write a line that begins with - for each item"),
    **dict.fromkeys(("h1", "h2", "h3", "h4"), "write ## before a heading"),
    "img": "write ![what it shows](pictures/map.png)",
    **dict.fromkeys(("s", "del", "strike"), "leave out what no longer holds"),
}
TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9]*)(?:[\s/][^<>]*)?>|<[!?][^<>]*>?")
ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
BARE = re.compile(r"(?:https?://|www\.)[^\s<>()\[\]{}*\x02\x03]+")  # an address among the words, which is no markup

SIGNS = re.compile(r"[-~=+^]{2}|[~^`*_{}\[\]/!]")  # one of which stands in whatever is found below

# What is found, and what is said of it. Anywhere in a line:
ANYWHERE = (
    (r"-->", "this --> ends no comment; begin one with <!--, or write →"),
    (r"\{(?:\+\+|--|~~|==|>>)", "changes marked in braces aren't drawn; write the text as it is to be read"),
    (
        r"\{ ?:? ?(?:[#.][\w-][^{}]*|[\w-]+=[^{}]*)\}",
        "nothing can be set in braces here; write {#id} at the end of a heading or a paragraph, or take them away",
    ),
    (r"(?<!:)/{3}", "a block begins on a line of its own, and nothing stands before its slashes; put it there, or take them away"),
    (r"\}\}", "two braces close here and none open on the same line; write {{ school }}, say"),
    (r"~~", r"words aren't struck out here; leave out what no longer holds, or write \~ for the sign itself"),
    (r"==[^=\s][^=]*==|\+\+[^+\s][^+]*\+\+", "nothing is marked so here; write **words** for what stands out"),
    (r"(?<![~\s])~[^~\s]{1,20}~|\^[^^\s]{1,20}\^", "nothing is set lower or higher so; write the sign itself, as in H₂O or m²"),
    (r"\[\^", "notes at the foot aren't drawn; write the note where it belongs, in brackets or a sentence"),
    (r"!\[", "this picture can't be read; write ![what it shows](pictures/map.png)"),
    (r"\]\[|\[\[", "this link names no address; write [words](https://…)"),
    (
        r"\](?:\(|[ ]\((?=https?:|mailto:|tel:|[/#]))",
        "this link can't be read; write [words](https://…), without a space between or in the address",
    ),
    (r"`", r"this backtick opens or closes nothing; write ' for an apostrophe, or \` for the sign itself"),
    (r"\*\*|(?<=\S)\*|\*(?=\S)", r"this * opens or closes nothing; write * at both ends of the words, or \* for the sign itself"),
    (
        r"(?<!\w)_(?=[^\W_])|(?<=[^\W_])_(?!\w)",
        r"this _ opens or closes nothing; write _ at both ends of the words, or \_ for the sign itself",
    ),
)
# At the begin of a line:
BEGIN = (
    (r"#(?=[^\W\d_])", r"no space stands after this #; write ## and a space before a heading, or \# for the sign itself"),
    (r"-(?=[^\W\d_])", r"no space stands after this -; write one to make it an item of a list, or \- for the sign itself"),
    (r"[0-9]{1,3}[.)](?=[^\W\d_])", "no space stands after this number; write one to make it an item of a list"),
    (r":[ ]+\S", "meanings under words aren't drawn so; write - **word**: its meaning"),
    (r"\[[ xX]\](?:[ ]|$)", "boxes to tick stand in a block; write `/// checklist | its-id` above the list, and `- words` for each"),
    (
        r"\[!\w+\]|!!!|:::|\[\[?_?TOC_?\]|\{%|@import",
        "this is drawn elsewhere and not here; write one of the blocks, such as `/// key | title` and `///`",
    ),
    (r"\*\[", "short words aren't explained so; write what it stands for where it first stands"),
    (r"\||.*[^\\|]\|\s*$", "this row belongs to no table; write the headings above it, and under those a line such as |---|---|"),
    (r"=+\s*$|--\s*$", "this line underlines nothing; write ## before a heading, or take it away"),
)
# At the begin of a line that goes on the one above:
CLAUSE = re.compile(r"(?:\(?(?:[a-zA-Z]|[ivxlc]{1,5})\)|\([0-9]{1,2}\)|[0-9]{1,2}(?:\.[0-9]{1,2}){1,3}\.?)[ ]")
LETTERED = re.compile(r"(?:[a-zA-Z]|[ivxlc]{1,5})\.[ ]")  # a clause only where the line above begins so too: it may be a name
Signs = tuple[tuple[re.Pattern[str], str], ...]
_anywhere, _begin = (tuple((re.compile(pattern), said) for pattern, said in signs) for signs in (ANYWHERE, BEGIN))
TALK = "talk-"  # what the tags of lines begin with that are read as they stand


def find(root: etree.Element, report: Report) -> None:
    """Report what is left of markup in the words of a tree, each once a line. Escaped signs must still be marked as such."""
    line = 0
    found: dict[tuple[int, str], None] = {}
    for text, talk in _texts(root):
        at, begins, above = 0, False, ""
        for mark in (*line_marks.LINE.finditer(text), None):
            piece = text[at : mark.start()] if mark else text[at:]
            found.update(((line, fault), None) for fault in _faults(piece, begins and not talk, above))
            if mark:
                line, at, begins, above = line_marks.line_of(mark), mark.end(), True, piece if piece.endswith("\n") else ""
    for line, fault in found:
        report(line, OfWords(fault))


def plain_fault(text: str) -> str | None:
    """What is wrong with words that are shown as they stand, such as a title; None where nothing is."""
    if "{{" in text:
        return "words in braces are filled in below the front matter alone; write the words themselves"
    return next(_faults(text, begins=False, above=""), None)


def _texts(root: etree.Element) -> Iterator[tuple[str, bool]]:
    """The texts of a tree in their order but for code, and whether each is talk."""
    waiting: list[tuple[etree.Element | str, bool]] = [(root, False)]
    while waiting:
        each, talk = waiting.pop()
        if isinstance(each, str):
            yield each, talk
        elif each.tag not in ("code", "pre"):
            talk = talk or each.tag.startswith(TALK)
            if each.text:
                yield each.text, talk
            for child in reversed(each):
                waiting += [(child.tail or "", talk), (child, talk)]


def _faults(text: str, begins: bool, above: str) -> Iterator[str]:
    """What is wrong with a line, or a piece of one. `above` is the line that it would run on with."""
    if not text or text.isspace():
        return
    text = BARE.sub("https:", text)
    if "<" in text or "&" in text:
        yield from filter(None, (_tag(text), _entity(text)))
    if begins:
        yield from (said for pattern, said in _begin if pattern.match(text))
    if begins and above and (CLAUSE.match(text) or (LETTERED.match(text) and LETTERED.match(above))):
        yield "this line begins like a clause, and would run on with the line above; put an empty line before it"
    if SIGNS.search(text):
        yield from (said for pattern, said in _anywhere if pattern.search(text))


def _tag(text: str) -> str | None:
    for tag in TAG.finditer(text):
        name = (tag[1] or "").lower()
        if not name or name in TAGS:
            return f"{short(tag[0], 30)} is no word and isn't read here; {INSTEAD.get(name, 'take it away')}"
    return None


def _entity(text: str) -> str | None:
    entity = next((each[0] for each in ENTITY.finditer(text) if html.unescape(each[0]) != each[0]), None)
    return f"{entity} names a sign that can't be shown; take it away" if entity else None

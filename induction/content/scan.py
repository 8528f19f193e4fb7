"""A look at the raw lines before Markdown reads them.

Markdown turns an unknown block into a paragraph, lets an unclosed one swallow the rest of the file,
knows no lines, and takes seconds over floods. So here blocks are matched, each line gets its mark,
words in braces are put out of harm's way, and what is too deep or too long is refused. What a text
means is read from Markdown's tree alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from . import marks
from .nearest import Report, TooMuch, instead, short

BLOCKS = ("chat", "checklist", "help", "key", "law", "more", "only", "phone", "policy", "post")
TALK = ("chat", "post")  # read line by line: no block can stand in them
DEEPEST = 12  # lists, quotes and blocks in each other
MOST_BRACKETS = 200  # opening ones in a paragraph
LONGEST_PARAGRAPH = 20_000  # characters
MOST_LINES_TOGETHER = 1_000  # without an empty one between
MOST_SIGNS = 500  # that Markdown looks twice at, in a paragraph
MOST_SIGNS_IN_ALL = 8_000  # in a file
MOST_LINES = 6_000
MOST_BLOCKS = 800

LEAD = re.compile(r"(?:[ ]|>|(?:[-*+]|[0-9]{1,9}\.)[ ]+)*")
BULLET = re.compile(r"[-*+]|[0-9]+\.")
SIGNS = re.compile(r"[*_`<&\\!{\[(]")
RULE = re.compile(r"[ ]{0,3}([-*_])(?:[ ]{0,2}\1)*[ ]*")
SIGN = re.compile(r"(?:#{1,6}[ ]*|\|[ ]*)?")  # of a heading or a row of a table: its words come after
FENCE = re.compile(r"(/{3,})[ ]*(.*)")
OPENING = re.compile(r"([\w-]+)[ ]*(?:\|[ ]*(.*?)[ ]*)?")
ONLY_SIGNS = re.compile(r"[-=*_|:. ]+|\{.*\}[ ]*")  # rules, underlines, table borders, attribute lists: part of the lines around
DEFINITION = re.compile(r"\[[^\[\]]*\]:[ ]*(?:\S+[ ]*(?:\".*\"|'.*'|\(.*\))?[ ]*)?")
IN_BRACES = re.compile(r"\{\{([^{}\n]*)\}\}")


@dataclass(frozen=True, slots=True)
class Scanned:
    """A text ready for Markdown, and what stood in its braces."""

    text: str
    braces: tuple[str, ...]


@dataclass(slots=True)
class _Fence:
    """A block that is open."""

    slashes: int
    name: str
    line: int
    lead: str
    written: bool  # into the text; unknown blocks are not
    next_heading: int | None = None  # where it is closed in the end, if nobody closes it


@dataclass(slots=True)
class _Scan:
    report: Report
    out: list[str] = field(default_factory=list)
    open: list[_Fence] = field(default_factory=list)
    braces: dict[str, int] = field(default_factory=dict)
    in_list: bool = False
    brackets: int = 0  # of the paragraph so far
    length: int = 0
    together: int = 0
    signs: int = 0
    signs_in_all: int = 0
    blocks: int = 0


def scan(text: str, first_line: int, report: Report) -> Scanned:
    """Make a text ready for Markdown. Raises TooMuch, which has been reported."""
    state = _Scan(report)
    lines = text.expandtabs(2).split("\n")
    if len(lines) > MOST_LINES:
        report(first_line + MOST_LINES, f"the file has more than {MOST_LINES} lines; part it in two")
        raise TooMuch
    for number, line in enumerate(lines, first_line):
        if line.strip():
            lead = LEAD.match(line).group()
            _line(state, number, lead, line[len(lead) :])
        else:
            _end_paragraph(state)
            state.together = 0
            state.out.append(line)
    _close(state, state.open[:])
    return Scanned("\n".join(state.out), tuple(state.braces))


def _line(state: _Scan, number: int, lead: str, rest: str) -> None:
    _check_limits(state, number, lead, rest)
    if not lead.startswith("  "):
        state.in_list = BULLET.search(lead) is not None
    left = next((at for at, fence in enumerate(state.open) if _left(fence, lead, rest)), None)
    if left is not None:
        _close(state, state.open[left:])
    if not rest:  # an empty line of a quote, or an empty item
        _end_paragraph(state)
        state.out.append(lead)
        return
    code = lead.isspace() and len(lead) >= 4 and not state.in_list
    fence = FENCE.fullmatch(rest)
    if fence and not code:
        _fence(state, number, lead, len(fence[1]), fence[2].rstrip())
        return
    if DEFINITION.fullmatch(rest) and not code:
        name = short(rest[1:].partition("]")[0], 20)
        state.report(number, f"this line would turn every [{name}] into a link; write links in place, as [words](https://…)")
    state.out.append(_marked(state, number, lead, rest))


def _marked(state: _Scan, number: int, lead: str, rest: str) -> str:
    """The line with its mark before the first words, where it has words of its own."""
    rest = _braces(state, rest)
    if ONLY_SIGNS.fullmatch(rest):
        return lead + rest
    sign = SIGN.match(rest).group()
    if sign.startswith("#") and len(lead) < 2 and not lead.strip():
        for block in state.open:
            if block.next_heading is None:
                block.next_heading = len(state.out)
    return f"{lead}{sign}{marks.line_mark(number)}{rest[len(sign) :]}"


def _check_limits(state: _Scan, number: int, lead: str, rest: str) -> None:
    deep = lead.count(">") + len(BULLET.findall(lead))
    signs = len(SIGNS.findall(rest))
    state.brackets += rest.count("[")
    state.length += len(rest)
    state.together += 1
    state.signs += signs
    state.signs_in_all += signs + deep + rest.count("|")
    if deep and not RULE.fullmatch(lead + rest):
        deep += (len(lead) - len(lead.lstrip(" "))) // 2
    for what, there, most in (
        ("lists or quotes in each other", deep, DEEPEST),
        ("blocks in each other", len(state.open), DEEPEST),
        ("opening brackets in this paragraph", state.brackets, MOST_BRACKETS),
        ("characters in this paragraph", state.length, LONGEST_PARAGRAPH),
        ("lines together here without an empty one", state.together, MOST_LINES_TOGETHER),
        ("signs such as * and [ in this paragraph", state.signs, MOST_SIGNS),
        ("signs such as * and [ in this file", state.signs_in_all, MOST_SIGNS_IN_ALL),
        ("blocks in this file", state.blocks, MOST_BLOCKS),
    ):
        if there > most:
            state.report(number, f"there are more than {most} {what}; write less, or part it in two")
            raise TooMuch


def _end_paragraph(state: _Scan) -> None:
    state.brackets = state.length = state.signs = 0


def _braces(state: _Scan, text: str) -> str:
    return IN_BRACES.sub(lambda found: marks.braces_mark(state.braces.setdefault(found[1], len(state.braces))), text)


# Blocks

def _left(fence: _Fence, lead: str, rest: str) -> bool:
    """Whether a line stands outside the quote or the option that a block was opened in."""
    if lead.count(">") < fence.lead.count(">"):
        return True
    indent = len(fence.lead) - len(fence.lead.lstrip(" "))
    return ">" not in fence.lead and indent >= 2 and lead[:1] in ("-", "*", "+") and not rest.startswith("///")


def _fence(state: _Scan, number: int, lead: str, slashes: int, words: str) -> None:
    if not words:
        _closing(state, number, lead, slashes)
        return
    opening = OPENING.fullmatch(words)
    if opening is None:
        state.report(number, f'"{short(words)}" after /// is no block; write `/// name | words`, with a bar between them')
        state.open.append(_Fence(slashes, short(words, 20), number, lead, written=False))
        return
    name, argument = opening[1].lower(), opening[2] or ""
    same = next((at for at, fence in enumerate(state.open) if fence.slashes == slashes), None)
    if same is not None:
        _close(state, state.open[same:], f" before `{short(name, 20)}` opens on line {number}")
    state.blocks += 1
    written = name in BLOCKS
    if not written:
        state.report(number, f'unknown block "{short(name)}"; {instead(name, BLOCKS)}')
    elif any(fence.name in TALK for fence in state.open):
        state.report(
            number,
            f"`{name}` stands inside `{state.open[-1].name}`, which holds lines of talk alone; "
            f"close that with {'/' * state.open[-1].slashes} before it",
        )
        written = False
    state.open.append(_Fence(slashes, name, number, lead, written))
    if written:
        state.out.append(f"{lead}{'/' * slashes} {name} | {marks.line_mark(number)}{_braces(state, argument)}")
        _end_paragraph(state)
    else:
        state.out.append(_blank(lead))


def _closing(state: _Scan, number: int, lead: str, slashes: int) -> None:
    fence = next((fence for fence in reversed(state.open) if fence.slashes == slashes), None)
    if fence is None:
        unclosed = state.open[-1] if state.open else None
        state.report(
            number,
            f"this line of slashes closes nothing; `{unclosed.name}` on line {unclosed.line} is closed by {'/' * unclosed.slashes}"
            if unclosed
            else "this line of slashes closes no block; take it away, or open one above with `/// name | words`",
        )
        state.out.append(_blank(lead))
        return
    _close(state, state.open[state.open.index(fence) + 1 :])
    state.open.remove(fence)
    state.out.append(f"{lead}{'/' * slashes}" if fence.written else _blank(lead))
    _end_paragraph(state)


def _close(state: _Scan, fences: list[_Fence], where: str = "") -> None:
    """Report blocks that nobody closes, and close them: at the next heading after them, else here."""
    headings = [fence.next_heading for fence in fences if fence.next_heading is not None]
    at = max(headings, default=len(state.out))
    for fence in fences:
        state.open.remove(fence)
        slashes = "/" * fence.slashes
        state.report(fence.line, f"the block `{fence.name}` is not closed{where}; write {slashes} on a line of its own where it ends")
    ends = [f"{_within(fence.lead)}{'/' * fence.slashes}" for fence in reversed(fences) if fence.written]
    state.out[at:at] = ends
    for fence in state.open:
        if fence.next_heading is not None and fence.next_heading >= at:
            fence.next_heading += len(ends)


def _within(lead: str) -> str:
    return re.sub(r"[^> ]", " ", lead)


def _blank(lead: str) -> str:
    return _within(lead).rstrip()

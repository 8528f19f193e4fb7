"""Texts made by chance from a seed, and what is drawn of them: each word of theirs is a word of its own."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from induction.content import signs
from induction.content.editions import fill
from induction.content.markdown.html_writer import HtmlWriter
from induction.content.markdown.parser import tree
from induction.content.model import Library, School

WORD = re.compile(r"w[0-9]+")
NOTE = re.compile(r"n[0-9]+")  # words of notes to oneself
LIBRARY = Library({}, {}, {}, {})
SCHOOL = School("Wrenfield School")
VOID = frozenset(("br", "hr", "img", "input"))
# What may be drawn: tags, and the attributes that each may have
ALLOWED = {
    **dict.fromkeys("blockquote table thead tbody tr th td strong em code pre br hr h2 h3".split(), set()),
    "p": {"class"},
    "ul": {"class"},
    "ol": {"start"},
    "li": {"value", "class"},
    "a": {"href"},
    "div": {"class", "role", "aria-label", "tabindex"},
    "span": {"class", "aria-hidden"},
    "figure": {"class", "role", "aria-label"},
    "figcaption": set(),
    "details": {"class", "name"},
    "summary": set(),
}  # fmt: skip
CLASSES = frozenset("law law-label source more more-text key key-label scrolls chat unseen who you bubble nothing post post-head initial where post-words comments soft try try-title try-note choices choice choice-text".split())
MAY_HAVE_ID = ("p", "h2", "h3")


@dataclass
class Drawn:
    """HTML as a browser reads it: its words, each with the lists and quotes around it, and what is against the rules."""

    problems: list[tuple[int, str]]
    html: str
    words: list[tuple[str, str]] = field(default_factory=list)  # with the tags and numbers around: `ol3 ul`
    text: str = ""  # but for code
    faults: list[str] = field(default_factory=list)


class _Browser(HTMLParser):
    def __init__(self, drawn: Drawn) -> None:
        super().__init__(convert_charrefs=True)
        self.drawn = drawn
        self.open: list[str] = []
        self.numbers: list[int] = []  # of each open list, the last number

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        allowed = ALLOWED.get(tag)
        if allowed is None:
            self.drawn.faults.append(f"<{tag}>")
        elif set(given) - allowed - ({"id"} if tag in MAY_HAVE_ID else set()):
            self.drawn.faults.append(f"<{tag} {sorted(given)}>")
        elif set((given.get("class") or "").split()) - CLASSES:
            self.drawn.faults.append(f'class="{given["class"]}"')
        if tag in ("ol", "ul"):
            self.numbers.append(int(given.get("start") or 1) - 1)
        if tag == "li" and self.numbers:
            self.numbers[-1] = int(given.get("value") or self.numbers[-1] + 1)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.drawn.faults.append(f"</{tag}>")
        if tag in ("ol", "ul"):
            self.numbers.pop()

    def handle_data(self, data: str) -> None:
        self.drawn.text += "" if {"code", "pre"} & set(self.open) else data
        numbers, around = iter(self.numbers), []
        for tag in self.open:
            if tag in ("ol", "ul"):
                number = next(numbers)
                around.append(f"ol{number}" if tag == "ol" else "ul")
            elif tag == "blockquote":
                around.append(tag)
        self.drawn.words += [(word, " ".join(around)) for word in WORD.findall(data)]


def draw(text: str) -> Drawn:
    """What is drawn of a text, as a browser reads it."""
    problems: list[tuple[int, str]] = []
    root, braces = tree(text, 1, lambda line, said: problems.append((line, str(said))))
    writer = HtmlWriter(braces, LIBRARY, "c", lambda line, said: problems.append((line, str(said))), headings=True)
    drawn = Drawn(problems, fill.render(writer.words(root), SCHOOL, LIBRARY))
    browser = _Browser(drawn)
    browser.feed(drawn.html)
    browser.close()
    if browser.open:
        drawn.faults.append(f"open at the end: {browser.open}")
    return drawn


# Texts that mean something plainly

@dataclass
class Writer:
    """Writes texts in which every word is a new one, and knows what stands around each."""

    chance: random.Random
    count: int = 0
    expected: list[tuple[str, str]] = field(default_factory=list)

    def word(self, around: str) -> str:
        self.count += 1
        self.expected.append((f"w{self.count}", around))
        return f"w{self.count}"

    def note(self) -> str:
        self.count += 1
        return f"n{self.count}"

    def words(self, around: str) -> str:
        """A piece of a line, plain or marked."""
        make = self.chance.choice(PIECES)
        return make(self, around)

    def line(self, around: str, most: int = 4) -> str:
        return " ".join(self.words(around) for _ in range(self.chance.randint(1, most)))


def _comment(writer: Writer, around: str) -> str:
    before = writer.word(around)
    return f"{before} <!-- {writer.note()} **{writer.note()} -->"


PIECES = (
    *[lambda writer, around: writer.word(around)] * 6,
    lambda writer, around: f"**{writer.word(around)} {writer.word(around)}**",
    lambda writer, around: f"*{writer.word(around)}*",
    lambda writer, around: f"__{writer.word(around)}__",
    lambda writer, around: f"_{writer.word(around)}_",
    lambda writer, around: f"**{writer.word(around)} *{writer.word(around)}***",
    lambda writer, around: f"[{writer.word(around)} *{writer.word(around)}*](/help)",
    lambda writer, around: f"[{writer.word(around)}](https://example.org/a_b_c?d=e&f=g)",
    lambda writer, around: f"`{writer.word(around)} <b> ** _ {{{{ x }}}}`",
    lambda writer, around: f"{writer.word(around)}_{writer.word(around)}",
    lambda writer, around: f"{writer.word(around)} & {writer.word(around)} &amp; &pound;3 < 5 * 3",
    lambda writer, around: f"({writer.word(around)}) [{writer.word(around)}] “{writer.word(around)}”",
    lambda writer, around: f"{writer.word(around)}\\* \\_{writer.word(around)} \\<b> \\`",
    lambda writer, around: f"https://example.org/_{writer.word(around)}_/~x {{{{ school }}}}",
    lambda writer, around: f"<https://example.org/> {writer.word(around)} <a@b.example>",
    lambda writer, around: f"<{writer.word(around)} of school>",
    _comment,
)


def text(chance: random.Random) -> tuple[str, list[tuple[str, str]]]:
    """A text that means something plainly, and its words with what stands around each."""
    writer = Writer(chance)
    blocks = [_block(writer, "", 0) for _ in range(chance.randint(1, 6))]
    return "\n\n***\n\n".join(blocks), writer.expected  # two lists with nothing between would be one


def _block(writer: Writer, around: str, depth: int) -> str:
    kinds = [_paragraph, _paragraph, _list, _list]
    if depth < 2:
        kinds += [_quote, _list_after_line]
    if not depth:
        kinds += [_heading, _table, _key, _try, _rule, _code, _notes, _underlined]
    return writer.chance.choice(kinds)(writer, around, depth)


def _paragraph(writer: Writer, around: str, depth: int) -> str:
    lines = [writer.line(around) for _ in range(writer.chance.randint(1, 3))]
    return writer.chance.choice(("\n", "\n", "  \n", "\\\n")).join(lines)


def _heading(writer: Writer, around: str, depth: int) -> str:
    hashes = writer.chance.choice(("##", "###"))
    end = writer.chance.choice(("", " ##", f" {{#i{writer.count}}}"))
    heading = f"{hashes} {writer.line(around)}{end}"
    return f"{heading}\n{writer.line(around)}" if writer.chance.random() < 0.5 else heading


def _underlined(writer: Writer, around: str, depth: int) -> str:
    return f"{writer.line(around)}\n-----"


def _rule(writer: Writer, around: str, depth: int) -> str:
    return writer.chance.choice(("***", "* * *", "---", "___"))


def _code(writer: Writer, around: str, depth: int) -> str:
    fence = writer.chance.choice(("```", "~~~", "```` text"))
    return f"{fence}\n  {writer.word(around)} <!-- ** [x](y)\n\n- {writer.word(around)}\n{fence.split()[0]}"


def _notes(writer: Writer, around: str, depth: int) -> str:
    begin = writer.word(around) if writer.chance.random() < 0.5 else ""
    return f"{begin}<!-- {writer.note()}\n\n## {writer.note()}\n- {writer.note()} -->"


def _key(writer: Writer, around: str, depth: int) -> str:
    title = writer.line(around)
    inside = "\n\n***\n\n".join(_block(writer, around, depth + 1) for _ in range(writer.chance.randint(1, 2)))
    return f"/// {writer.chance.choice(('law', 'more'))} | {title}\n{inside}\n///"


def _try(writer: Writer, around: str, depth: int) -> str:
    title, before = writer.word(around), _paragraph(writer, around, depth)
    inside = f"{around} ul".strip()
    choices = []
    for _ in range(writer.chance.randint(2, 4)):
        words = f"{writer.word(inside)} *{writer.word(inside)}*"
        feedback = _block(writer, inside, depth + 1)
        quoted = "\n".join(f"  > {line}".rstrip() for line in feedback.split("\n"))
        choices.append(f"- {words}\n{writer.chance.choice((chr(10), ''))}{quoted}\n")
    return f"//// try | {title}\n{before}\n\n{chr(10).join(choices)}////"


def _quote(writer: Writer, around: str, depth: int) -> str:
    inside = _block(writer, f"{around} blockquote".strip(), depth + 1)
    return "\n".join(f"> {line}".rstrip() if line.strip() else ">" for line in inside.split("\n"))


def _table(writer: Writer, around: str, depth: int) -> str:
    columns, border = writer.chance.randint(2, 4), writer.chance.random() < 0.5
    rows = [[writer.word(around) for _ in range(columns)] for _ in range(writer.chance.randint(1, 3))]
    rows.insert(1, [writer.chance.choice(("---", ":-:", "--:")) for _ in range(columns)])
    lines = [f"| {' | '.join(row)} |" if border else " | ".join(row) for row in rows]
    return "\n".join(lines)


def _list_after_line(writer: Writer, around: str, depth: int) -> str:
    return f"{writer.line(around)}:\n{_list(writer, around, depth)}"


def _list(writer: Writer, around: str, depth: int, tabs: bool | None = None) -> str:
    """A list as people write them: any mark, nested by two, three or four spaces or a tab, loose or tight."""
    chance = writer.chance
    numbered, loose = chance.random() < 0.4, chance.random() < 0.3
    number, end = chance.choice((1, 1, 3, 12)), chance.choice(".)")
    bullet = chance.choice("-*+•")
    tabs = chance.random() < 0.25 if tabs is None else tabs  # in all of it, or nowhere
    step = "\t" if tabs else chance.choice(("  ", "   ", "    "))
    items = []
    for _ in range(chance.randint(1, 3)):
        mark = f"{number}{end}" if numbered else bullet
        here = f"{around} {f'ol{number}' if numbered else 'ul'}".strip()
        inside = writer.line(here)
        if chance.random() < 0.25:
            inside += f"\n{step}{writer.line(here)}"
        if loose and chance.random() < 0.4:
            inside += f"\n\n{step}{writer.line(here)}"
        if depth < 3 and chance.random() < 0.35:
            nested = _list(writer, here, depth + 1, tabs)
            gap = "\n" if re.match(r"[-*+•]|1[.)]", nested) and chance.random() < 0.5 else "\n\n"  # 3. right under a line isn't plain
            inside += gap + "\n".join(step + line if line else "" for line in nested.split("\n"))
        items.append(f"{mark} {inside}")
        number += chance.choice((1, 1, 1, 2))
    return ("\n\n" if loose else "\n").join(items)


# Texts that mean anything or nothing

SNIPPETS = (
    "\n", "\n", "\n\n", "  ", "    ", "\t", "- ", "* ", "+ ", "1. ", "3) ", "• ", "– ", "> ", ">", "# ", "## ", "#", "###", "/// key | ",
    "/// more | ", "/// try | ", "//// law\n", "///\n", "////\n", "/// chat | ", "You 21:40: ", "/// post | ", "/// nothing\n", "| ", " | ", "|---|---|\n",
    "--- | ---\n", "```\n", "~~~\n", "`", "``", "**", "*", "_", "__", "~~", "==", "~", "^", "[", "](", "](/help)", "](/help \"x\")", ")", "![",
    "][", "[^1]", "[ ] ", "<!--", "-->", "<!-- note -->", "<!-->", "<b>", "</b>", "<br>", "<u>", "<x>", "<https://a.example>", "&amp;", "&nbsp;",
    "&shy;", "&", "<", "{{ school }}", "{{", "}}", "{#i}", "{.unseen}", "{style=x}", "{", "}", "\\", "\\*", "\\\n", "  \n", "---\n", "===\n", "***\n",
    ":   ", "(a) ", "1.1 ", "-", "1.", "https://a.example/_b_ ", "a_b", ": ", "\u200b", "\u202e", "\u2028", "é", "👩‍🏫", "\"", "'",
)  # fmt: skip


MARKUP = re.compile(r"\*\*|~~|<!--|-->|\]\(|\[\^|</?(?:b|u|br)>|\{[.#]|///|\{\{")


def soup(chance: random.Random) -> str:
    """Signs and words in any order."""
    count, pieces, words = 0, [], chance.choice((0.45, 0.8, 0.93))
    for _ in range(chance.randint(3, 40)):
        if chance.random() < words:
            count += 1
            pieces.append(f"w{count}" + chance.choice((" ", "", "", "\n")))
        else:
            pieces.append(chance.choice(SNIPPETS))
    return "".join(pieces)


def flood(chance: random.Random) -> str:
    """The same few signs again and again, in one line, in many or in paragraphs; sometimes just within the limits."""
    unit = "".join(chance.choice((*SNIPPETS, "w ", "a", "x y ", " ")) for _ in range(chance.randint(1, 4)))
    size = chance.choice((400, 3_000, 19_000, 250_000))
    form = chance.choice(("line", "lines", "paragraphs", "long paragraphs", "runs"))
    if form == "line":
        return (unit * size)[:size]
    if form == "lines":
        return f"{unit}\n" * 100_000
    if form == "runs":  # of one sign and then of another
        return "x" + "".join(sign * (9_000 // len(unit)) for sign in unit)
    length = 300 if form == "paragraphs" else 4_000
    return f"{unit * max(1, length // len(unit))}\n\n" * (600_000 // (length + 2))


def without_comments(text: str) -> str:
    """A text without its comments and unseen signs, code apart: as simple as it can be said, to hold the reader against."""
    return re.sub(r"<!--(?:-*>|.*?-->)", "", signs.without_unseen(text), flags=re.DOTALL)



"""What a lesson comes to under every combination of stances: headings with nothing under them, words left over, rules said twice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape

from ..model import NATIONS, Fact, Lesson, Library, School
from ..problems import Problem, short
from ..school_words import school_word
from .best_option import Effort, TooManyCombinations
from .reading_age import sentences, text_of
from .rendered_pieces import Lines, Piece, Stances, When, always, both, combinations, pieces, sees, where, where_seen
from .rendered_words import LEFT_OVERS, NEAR_A_RULE, PERSONS

EFFORT = 100_000  # pieces looked at for one text: far above any real one
FEWEST_WORDS = 6  # of a sentence that is noticed when it comes again
MOST_TIMES = 20  # of one sentence, compared with each other
DIV = re.compile(r"<div\b|</div>")
TALK = re.compile(r"<figure\b.*?</figure>", re.DOTALL)
FACT = re.compile(r"\{\{ fact ([^{}]*) \}\}")
AT_SCHOOL = re.compile(r"^at school ")


def check_lesson(lesson: Lesson, library: Library) -> Iterator[Problem]:
    """All that is wrong with what some school's staff would read in a lesson."""
    every, lines = pieces(lesson.words, library), Lines(lesson.source)
    found = (_bare_headings(every, library, lines), _left_overs(every, library, lines), _twice(every, library, lines),
             _stand_ins(every, library, lines))  # fmt: skip
    for of_kind in found:
        yield from (Problem(lesson.path, line, message, warning=True) for line, message in of_kind)


# Headings

def _bare_headings(every: Sequence[Piece], library: Library, lines: Lines) -> Iterator[tuple[int, str]]:
    effort = Effort(EFFORT)
    shown = [piece for piece in every if piece.level or holds_something(piece)]
    try:
        for number, heading in enumerate(shown):
            stances = nothing_seen(heading, _under(number, shown, effort), library, effort) if heading.level else None
            if stances is None:
                continue
            earlier = sum(other.level > 0 and other.html == heading.html for other in shown[:number])
            advice = "put the heading into the block that its words stand in, or write words that all see" if stances else \
                "write what belongs there, or take the heading away"  # fmt: skip
            title = text_of(heading.html).strip()
            yield lines.heading(title, earlier), f'nothing stands under the heading "{short(title)}"{where(stances)}; {advice}'
    except TooManyCombinations:
        return


def holds_something(piece: Piece) -> bool:
    return "<img" in piece.html or bool(text_of(piece.html).strip())


def _under(number: int, shown: Sequence[Piece], effort: Effort) -> list[Piece]:
    """What may stand first under a heading, and the headings that may end it."""
    heading, under = shown[number], []
    for at in range(number + 1, len(shown)):
        effort.spend(1)
        under.append(shown[at])
        if always(shown[at].when, heading.when):
            break
    return under


def nothing_seen(heading: Piece, under: Sequence[Piece], library: Library, effort: Effort) -> Stances | None:
    """The stances under which nothing stands under a heading that is seen; None where something always does."""
    if under and always(under[0].when, heading.when) and not 0 < under[0].level <= heading.level:
        return None
    facets = {facet for piece in (heading, *under) for facet in piece.when}
    for stances in combinations(facets, library, heading.when):
        effort.spend(len(under))
        first = next((piece for piece in under if sees(stances, piece.when)), None)
        if first is None or 0 < first.level <= heading.level:
            return stances
    return None


# Left-overs

def _phrases(listed: Iterable[str]) -> re.Pattern[str]:
    alone, ending = r"\w+(?: \w+){0,2}", r"\w*"
    either = "|".join(
        " ".join(alone if word == "*" else re.escape(word).replace(r"\*", ending) for word in phrase.split()) for phrase in listed
    )
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE)


ANYWHERE, NEAR = _phrases(LEFT_OVERS), _phrases(NEAR_A_RULE)


def _left_overs(every: Sequence[Piece], library: Library, lines: Lines) -> Iterator[tuple[int, str]]:
    before = ""  # the facet on which a rule was shown last
    for section in _sections(every):
        rules = [facet for piece in section for facet in _ruled(piece, library)]
        here = rules[0] if rules else ""
        for piece in section:
            for facet in _ruled(piece, library):
                before = here = facet
            if not piece.policy:
                yield from _left_over(piece, ANYWHERE, here or before, library, lines)
                yield from _left_over(piece, NEAR, here, library, lines)


def _left_over(piece: Piece, phrases: re.Pattern[str], facet: str, library: Library, lines: Lines) -> Iterator[tuple[int, str]]:
    """Phrases that are read where the cautious rule applies on a facet, if there is one."""
    when = both(piece.when, {facet: frozenset({library.facets[facet].cautious.name})}) if facet else None
    if when is None:
        return
    text = re.sub(r"\{\{ | \}\}", "", _running(piece))
    for phrase in phrases.finditer(text):
        yield lines.find(text[phrase.start() : phrase.start() + 100]), (
            f'"{phrase[0]}" is read{where_seen(when, library)} too; put it into a block `policy | {facet}: …` with the stances '
            "that it suits, or say what holds under each"
        )


def _sections(every: Sequence[Piece]) -> Iterator[list[Piece]]:
    section: list[Piece] = []
    for piece in every:
        if piece.level == 2:
            yield section
            section = []
        section.append(piece)
    yield section


def _ruled(piece: Piece, library: Library) -> list[str]:
    """The facets on which a piece shows the cautious rule."""
    facets = [facet for facet in piece.policy if library.facets[facet].cautious.name in piece.when[facet]]
    return [*sorted(facets), *piece.says]


def _running(piece: Piece) -> str:
    """What a piece says in the lesson's own voice: not what the law says, nor people in talk."""
    html, kept, at = TALK.sub("\n", piece.html), [], 0
    while (begin := html.find('<div class="law">', at)) >= 0:
        kept.append(html[at:begin])
        at, depth = len(html), 0
        for tag in DIV.finditer(html, begin):
            depth += -1 if tag[0] == "</div>" else 1
            if depth == 0:
                at = tag.end()
                break
    kept.append(html[at:])
    return "\n".join(" ".join(line.split()) for line in text_of("\n".join(kept)).split("\n"))


# Rules that are said twice

def _twice(every: Sequence[Piece], library: Library, lines: Lines) -> Iterator[tuple[int, str]]:
    earlier: dict[str, list[tuple[int, When, str]]] = {}
    told = set()
    for number, piece in enumerate(every):
        for sentence, stands, when in _rules(piece, library):
            spelled = _compared(sentence, library.facts)
            if len(spelled.split()) < FEWEST_WORDS:
                continue
            same = earlier.setdefault(spelled, [])
            for other, other_when, other_stands in same:
                joint = both(when, other_when)
                if joint is not None and (other, number) not in told:
                    told.add((other, number))
                    line = lines.find(other_stands)
                    yield lines.find(stands, line), (
                        f'"{short(sentence)}" stands on line {line} too, so the rule is read twice{where_seen(joint, library)}; '
                        "say it once, and send readers there"
                    )
            if len(same) < MOST_TIMES:
                same.append((number, when, stands))


def _rules(piece: Piece, library: Library) -> Iterator[tuple[str, str, When]]:
    """The sentences of the policy that a piece shows, the words by which each is found in the file, and who sees them."""
    for sentence in sentences(piece.html) if piece.policy else ():
        yield sentence, sentence, piece.when
    for facet in piece.says:
        for stance in library.facets[facet].stances:
            when = both(piece.when, {facet: frozenset({stance.name})})
            if when is not None:
                yield from ((sentence, f"stance: {facet}", when) for sentence in sentences(escape(stance.says)))


def _compared(sentence: str, facts: Mapping[str, Fact]) -> str:
    words = FACT.sub(lambda named: facts[named[1]].value if named[1] in facts else named[0], sentence)
    return AT_SCHOOL.sub("", " ".join(re.findall(r"\w+", words.lower())))


# People who stand in for those a school names

def _stand_ins(every: Sequence[Piece], library: Library, lines: Lines) -> Iterator[tuple[int, str]]:
    unnamed = [School("", nation) for nation in (*NATIONS, "")]
    persons = {school_word(word, school, library).lower(): word for word in PERSONS for school in unnamed}
    either = "|".join(map(re.escape, persons))
    by_hand = re.compile(
        rf"(?<!\w)(?<!\}}\}}, )(?<!\}}\}} \()(?:{either})(?![\w-])(?!,? \(?\{{\{{)(?! (?:of|at)\b)", re.IGNORECASE
    )
    for piece in every:
        for found in by_hand.finditer(text := _running(piece)):
            word = persons[found[0].lower()]
            yield lines.find(text[found.start() : found.start() + 100]), (
                f'"{found[0]}" is read at every school, whoever it names there; write {{{{ {word} }}}}'
            )

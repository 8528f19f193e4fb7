"""Filling the gaps of `Words` for one school."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape, unescape

from ..conditions import chosen, in_force, takes
from ..contact_times import contact_time, written_hours
from ..model import Fact, Fill, Library, Picture, School, Stance
from ..school_words import NATION_IN_BRACES, lead_title, nation_word, school_word
from ..words import OnlyBlock, PolicyBlock, Slot, Words

SENTENCE_BEGINS = re.compile(r"(?:^|<(?:p|li|h2|h3|h4|td|th|b|span|summary)\b[^>]*>|[.?!:]['\"’”)]?\s)$")
IN_TELEPHONE_LINK = re.compile(r'href="tel:[^"]*$')
BLOCK_END = re.compile(r"</(?:p|li|h2|h3|td|th|div|figcaption|blockquote|summary|pre)>|<br>")
TAG = re.compile(r"<[^>]*>")


def render(words: Words, school: School, library: Library) -> str:
    """The HTML of words for a school. What is filled in is escaped."""
    out = ""
    for part in words:
        if isinstance(part, str):
            out += part
        elif isinstance(part, Slot):
            out += _filled(part, out, school, library)
        elif isinstance(part, OnlyBlock):
            if any(takes(school, library.facets, part.facet, value) for value in part.values):
                out += render(part.words, school, library)
        elif isinstance(part, PolicyBlock):
            out += _policy(part, school, library)
        else:
            out += _help(school, library)
    return out


def plain(words: Words, school: School, library: Library) -> str:
    """The same without tags, on one line."""
    html = BLOCK_END.sub(" ", render(words, school, library))
    return " ".join(unescape(TAG.sub("", html)).split())


def value(slot: Slot, school: School, library: Library) -> str:
    """What a word in braces says at a school, and where a picture is served; empty where there is none."""
    if slot.kind == "fact":
        fact = library.facts.get(slot.name)
        return fact.value if fact else ""
    if slot.kind == "checked":
        return when_checked(library.facts.get(slot.name))
    if slot.kind == "nation":
        return nation_word(slot.name, school, library)
    if slot.kind == "fill":
        return written(library.fills[slot.name], school)
    if slot.kind == "stance":
        return stance_words(slot.name, school, library)
    if slot.kind in ("hours", "clock"):
        in_words, on_a_clock = contact_time(slot.name, school, library)
        return on_a_clock if slot.kind == "clock" else in_words
    if slot.kind == "picture":
        picture = library.pictures.get(slot.name)
        return f"/pictures/{picture.file}" if isinstance(picture, Picture) else ""
    return school_word(slot.name, school, library)


def when_checked(fact: Fact | None) -> str:
    """When somebody looked a fact up at its source, or that the school has to."""
    day = fact.checked if fact else None
    return f"checked on {day.day} {day:%B} {day.year}" if day else "to be confirmed by the school"


def stance_words(name: str, school: School, library: Library) -> str:
    """What the policy says on a facet; where the school has not chosen, that this is the cautious rule until it does."""
    facet = library.facets[name]
    words = says(in_force(school, facet), school, library)
    if has_chosen(school, library, name):
        return words
    return f"Until {school_word('school', school, library)} decides, the cautious rule applies: {words[:1].lower()}{words[1:]}"


def says(stance: Stance, school: School, library: Library) -> str:
    """The words of a stance, with the nation's words in them and what the school wrote beside it."""
    words = NATION_IN_BRACES.sub(lambda named: nation_word(named[1], school, library), stance.says)
    if stance.fill is None:
        return words
    return words.replace(f"{{{{ {stance.fill.word} }}}}", written(stance.fill, school))


def written(fill: Fill, school: School) -> str:
    """What a school has written beside the stance it takes, as one runs on in a sentence; else what stands in."""
    choice = school.choices.get(fill.facet)
    own = choice.words if choice and choice.stance == fill.stance else ""
    if fill.times and (hours := written_hours(own)):
        return str(hours)
    lines = [line.strip() for line in own.splitlines() if line.strip()]
    if not lines:
        return fill.until
    return lines[0] if len(lines) == 1 else f"{', '.join(lines[:-1])} and {lines[-1]}"


def _filled(slot: Slot, before: str, school: School, library: Library) -> str:
    words = value(slot, school, library)
    if IN_TELEPHONE_LINK.search(before[-200:]):
        return escape(_digits(words))
    if slot.kind in ("school", "hours") and SENTENCE_BEGINS.search(before[-200:]):  # "the headteacher" stands in for a name
        words = words[:1].upper() + words[1:]
    return escape(words)


def _digits(words: str) -> str:
    """A telephone number as a link wants it: `0344 381 4772` is `03443814772`."""
    return re.sub(r"[^0-9+]", "", words)


def _policy(block: PolicyBlock, school: School, library: Library) -> str:
    facet = library.facets.get(block.facet)
    if facet is None or in_force(school, facet).name not in block.stances:
        return ""
    inner = render(block.words, school, library)
    name = school_word("school", school, library)
    label = in_force(school, facet).label
    stance = label[:1].lower() + label[1:] if label[1:2].islower() or label[:2] == "A " else label
    foot = f"{facet.title}: {stance}"
    if not has_chosen(school, library, block.facet):
        return (
            '<div class="policy undecided" role="group" aria-label="The cautious rule">\n'
            f'<p class="policy-label">Until {escape(name)} decides: the cautious rule</p>\n{inner}'
            f'<p class="policy-foot">{escape(foot)}, until the school chooses</p>\n</div>\n'
        )
    since = school.policy_since
    day = f", {since.day} {since:%B} {since.year}" if since else ""
    version = f" · version {school.policy_version}{day}" if school.policy_version else ""
    return (
        '<div class="policy" role="group" aria-label="Our policy">\n'
        f'<p class="policy-label">Our policy at {escape(name)}</p>\n{inner}'
        f'<p class="policy-foot">{escape(foot + version)} · <a href="/policy">read all of it</a></p>\n</div>\n'
    )


def has_chosen(school: School, library: Library, facet: str) -> bool:
    """Whether a school has chosen a stance of this facet that is still offered."""
    return facet in library.facets and chosen(school, library.facets[facet]) is not None


# The help block

def helplines(facts: Iterable[Fact], nation: str) -> list[tuple[Fact, str | None]]:
    """Every fact that is a telephone number (`…-phone`) for a nation, with the name of the fact that says its hours."""
    facts = list(facts)
    known = {fact.name for fact in facts}
    return [
        (fact, hours if (hours := f"{fact.name.removesuffix('-phone')}-hours") in known else None)
        for fact in facts
        if fact.name.endswith("-phone") and fact.is_for(nation)
    ]


CONTACTS = (
    ("Worried about a child", "safeguarding lead"),
    ("If they can't be reached", "deputy safeguarding lead"),
    ("Worried about an adult", "concerns about adults"),
    ("Worried about the head", "concerns about the head"),
    ("Out of hours", "out of hours"),
)


def _help(school: School, library: Library) -> str:
    rows = [_contact(about, word, school, library) for about, word in CONTACTS]
    for fact, hours in helplines(library.facts.values(), school.nation):
        what, _, more = fact.what.partition(", ")
        note = " ".join(filter(None, (_sentence(more), library.facts[hours].value if hours else "")))
        rows.append((what, note, _telephone(fact.value)))
    return '<ul class="contacts">\n' + "".join(_row(*row) for row in rows) + "</ul>\n"


def _contact(about: str, word: str, school: School, library: Library) -> tuple[str, str, str]:
    who = school_word(word, school, library)
    if re.fullmatch(r"\+?[0-9][0-9 ()-]{4,}", who):
        return about, "", _telephone(who)
    title = lead_title(school, library)
    role = {"safeguarding lead": title, "deputy safeguarding lead": f"deputy {title}"}.get(word, "")
    named = who[:1].upper() + who[1:]
    return about, f"{named}, {role}" if role and title not in who else named, ""


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}." if words and not words.startswith("by ") else ""


def _telephone(number: str) -> str:
    return f'<a href="tel:{_digits(number)}">{escape(number)}</a>'


def _row(about: str, note: str, way: str) -> str:
    span = f"<span>{escape(note)}</span>" if note else ""
    return f"<li><strong>{escape(about)}</strong>{span}{way}</li>\n"

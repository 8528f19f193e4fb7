"""The words in braces that come from the school, and what stands in until it has set them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .model import Library, School

LEAD_TITLE = "safeguarding lead title"  # the nation's word for the role
DIGITS = re.compile(r"[0-9]")
NATION_IN_BRACES = re.compile(r"\{\{\s*nation:\s*([^{}]+?)\s*\}\}")  # in what a stance says


@dataclass(frozen=True, slots=True)
class Service:
    """A service of the school's district: the nation says what it is called, the school on which number it answers."""

    word: str  # in braces
    title: str  # the nation's word for it
    phone: str  # the school's word that holds the number


SERVICES = (
    Service("social care", "social care", "social care phone"),
    Service("social care out of hours", "social care out of hours", "social care out of hours phone"),
    Service("adult concerns number", "adult concerns contact", "adult concerns phone"),
)
# What reads well in a sentence until the school has said more. In braces: words of the nation.
STAND_INS = {
    "school": "our school",
    "safeguarding lead": "the {safeguarding lead title}",
    "deputy safeguarding lead": "the deputy {safeguarding lead title}",
    "headteacher": "{headteacher title}",
    "chair of governors": "{chair title}",
    "induction lead": "the induction lead",
    "data protection lead": "the data protection lead",
    "switchboard": "the school office",
    "social care": "{social care} (the number is on {social care site})",
    "social care out of hours": "{social care out of hours} (the number is on {social care site})",
    "adult concerns number": "{adult concerns contact}",
}
# Where a school names nobody of their own for a worry, it goes to whom the guidance names.
STANDS_IN = {
    "concerns about adults": "headteacher",
    "concerns about the head": "chair of governors",
    "out of hours": "social care out of hours",
}
SCHOOL_WORDS = (*STAND_INS, *STANDS_IN)
OUT_OF_HOURS_PHONE = "out of hours phone"  # the school's word for the number of whoever it names for `out of hours`
UNTOLD = {  # what stands for a word of the nation where there is none, as in a text that has no nation
    LEAD_TITLE: "safeguarding lead",
    "head": "head",
    "headteacher title": "the headteacher",
    "chair title": "the chair of governors",
    "chair label": "chair of governors",
    "social care": "children's social care",
    "social care out of hours": "the council's emergency duty team",
    "social care site": "the council's website",
    "adult concerns contact": "the local authority",
}


def school_word(name: str, school: School, library: Library) -> str:
    """What a school's word says: the school's own, else words that stand in. `name` is one of SCHOOL_WORDS."""
    own = (school.name if name == "school" else school.words.get(name, "")).strip()
    if own and name == "out of hours":
        return _with_number(own, school.words.get(OUT_OF_HOURS_PHONE, "").strip())
    if own or name in STANDS_IN:
        return own or school_word(STANDS_IN[name], school, library)
    service = next((each for each in SERVICES if each.word == name), None)
    number = school.words.get(service.phone, "").strip() if service else ""
    if service and number:
        return f"{title(service.title, school, library)} on {number}"
    return STAND_INS[name].format_map({word: title(word, school, library) for word in UNTOLD})


def _with_number(who: str, number: str) -> str:
    """Whom staff ring and on which number; said once where the words hold it already, as they did before it had its own."""
    digits = DIGITS.findall(number)
    said = number in who or (digits and "".join(digits) in "".join(DIGITS.findall(who)))
    return who if said else f"{who} on {number}"


def lead_title(school: School, library: Library) -> str:
    """What the nation calls the safeguarding lead: DSL, DSP, child protection coordinator or Designated Teacher in full."""
    return title(LEAD_TITLE, school, library)


def title(name: str, school: School, library: Library) -> str:
    """What the nation calls somebody, or a service. `name` is one of UNTOLD."""
    return nation_word(name, school, library) or UNTOLD[name]


def label(name: str, school: School, library: Library) -> str:
    """The same at the head of a line, without its article: *Gateway team*."""
    words = title(name, school, library).removeprefix("the ")
    return words[:1].upper() + words[1:]


def nation_word(name: str, school: School, library: Library) -> str:
    """A word of the school's nation; empty where there is none."""
    return library.nations.get(school.nation, {}).get(name, "")

"""The words in braces that come from the school, and what stands in until it has set them."""

from __future__ import annotations

from .model import Library, School

LEAD_TITLE = "safeguarding lead title"  # the nation's word for the role

# Each with what reads well in a sentence until the school has said more. {lead} is the nation's title.
SCHOOL_WORDS = {
    "school": "our school",
    "safeguarding lead": "the {lead}",
    "deputy safeguarding lead": "the deputy {lead}",
    "headteacher": "the headteacher",
    "chair of governors": "the chair of governors",
    "concerns about adults": "the headteacher",
    "concerns about the head": "the chair of governors",
    "out of hours": "the out-of-hours number on the Help now page",
    "induction lead": "the induction lead",
    "switchboard": "the school office",
}
# Where a school names nobody of their own for a worry, it goes to whom the guidance names.
STANDS_IN = {"concerns about adults": "headteacher", "concerns about the head": "chair of governors"}


def school_word(name: str, school: School, library: Library) -> str:
    """What a school's word says: the school's own, else words that stand in. `name` is one of SCHOOL_WORDS."""
    own = school.name if name == "school" else school.words.get(name, "") or school.words.get(STANDS_IN.get(name, ""), "")
    return own.strip() or SCHOOL_WORDS[name].format(lead=lead_title(school, library))


def lead_title(school: School, library: Library) -> str:
    """What the nation calls the safeguarding lead: DSL, DSP, child protection coordinator or Designated Teacher in full."""
    return nation_word(LEAD_TITLE, school, library) or "safeguarding lead"


def nation_word(name: str, school: School, library: Library) -> str:
    """A word of the school's nation; empty where there is none."""
    return library.nations.get(school.nation, {}).get(name, "")


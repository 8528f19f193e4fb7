"""How long what is kept, and why: in words for leads, and for those whom it is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..rules.retention import ACTS, Kind
from .numbers import in_figures


@dataclass(frozen=True, slots=True)
class About:
    """A kind, as people call it."""

    title: str
    since: str  # from when its time runs
    reason: str  # why it is proposed so
    what: str  # one of what goes, as it is counted
    stays: str  # what stays when it goes


ABOUT: Mapping[Kind, About] = {
    Kind.ANSWERS: About(
        "Answers in training", "after the lesson was passed that they led to",
        "Long enough to talk them over, and to see what staff in general misjudge. A choice in a scenario is practice.",
        "try", "The completion stays with its mark, its day and its words, and so do counts of ten people, without names.",
    ),
    Kind.NOTES: About(
        "Notes on scenarios", "after the note was sent, or answered",
        "Two school years, so that a scenario can be mended and looked at again.", "note", "The scenario as it was mended stays.",
    ),
    Kind.CONFIDENCE: About(
        "How ready people felt", "after they last said so for a course",
        "It is for the talk at the end of an induction.", "answer sheet", "That they were asked stays.",
    ),
    Kind.THEMES: About(
        "Themes of conversations", "after the conversation was noted",
        "Two school years: the next mentor may take up where the last one stopped.", "conversation", "Its day, and who talked, stay.",
    ),
    Kind.LETTERS: About(
        "The log of letters", "after a letter was posted or given up",
        "A year shows that somebody was reminded.", "letter", "What the letter was about stays in its own place.",
    ),
    Kind.BROWSERS: About(
        "Sign-ins and known browsers", "after a browser was last known",
        "A browser’s mark keeps strangers’ guesses from slowing its owner down. It ends after thirteen months in any case.",
        "mark", "Who may sign in, and how their password came, stay with the record.",
    ),
    Kind.LEFT: About(
        "People who left", "after their account ended",
        "Many schools keep a staff file for six years after somebody left. The school decides; some keep training that bears on"
        " the safety of children far longer. Ask your data protection lead.",
        "person", "That a course was completed stays, without a name.",
    ),
}


SEVERAL = {"try": "tries", "person": "people"}


def period(months: int) -> str:
    """*12 months*, *6 years*."""
    return in_figures(months // 12, "year") if months >= 24 and months % 12 == 0 else in_figures(months, "month")


def sentence(kind: Kind, months: int) -> str:
    """*Answers in training: 12 months after the lesson was passed that they led to.*"""
    about = ABOUT[kind]
    return f"{about.title}: {period(months)} {about.since}. {about.stays}"


def outlook(now: int, in_a_month: int, in_a_year: int, kind: Kind, agreed: bool) -> str:
    """*3 tries now, 2 more within a month, 14 more within a year*: what goes, and nobody's name."""
    what = ABOUT[kind].what

    def some(count: int) -> str:
        return f"{count:,} {what if count == 1 else SEVERAL.get(what, f'{what}s')}"

    said = []
    if now:
        said.append(f"{some(now)} {'at the next round' if agreed else 'at once'}")
    if in_a_month:
        said.append(f"{some(in_a_month)} within a month")
    if in_a_year:
        said.append(f"{some(in_a_year)} within a year")
    return "; ".join(said) if said else "nothing within a year"


def what_went(gone: Mapping[Kind, int], acts: int) -> str:
    """*answers in training: 34; acts of leads: 2*: rows or, of those who left, people."""
    said = [f"{ABOUT[kind].title[0].lower()}{ABOUT[kind].title[1:]}: {count:,}" for kind, count in gone.items() if count]
    return "; ".join(said + ([f"what leads did: {acts:,}"] if acts else []))


ACTS_SENTENCE = f"What leads did: {period(ACTS)}, for every school. It says who decided what."


def for_whom(months: Mapping[Kind, int]) -> list[str]:
    """The same for those whom it is about, on the page that says what is kept."""
    return [*(sentence(kind, count) for kind, count in months.items()), ACTS_SENTENCE]

"""Pages open to anyone: help now, what we keep about you, accessibility."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from flask import g, render_template

from ...content import school_words
from ...content.editions import fill
from ...content.model import Fact
from ...records.school import school
from ..site import contacts, current_programme, db, today
from .room import blueprint

ROLES = {  # {lead} is the nation's title
    "safeguarding lead": "{lead}",
    "deputy safeguarding lead": "deputy",
    "headteacher": "headteacher",
    "chair of governors": "chair of governors",
}


@dataclass(frozen=True, slots=True)
class Contact:
    what_for: str
    who: str
    phone: str


@dataclass(frozen=True, slots=True)
class HelpPage:
    contacts: list[Contact]
    names_shown: bool
    out_of_hours: str
    switchboard: str
    helplines: list[Contact]
    checked: date
    today: date
    safeguarding_lead: str  # a name for those who may see it, else the role
    headteacher: str


@blueprint.get("/help", endpoint="help")
def now() -> str:
    return render_template("public/now.html", page=_help_page())


def _help_page() -> HelpPage:
    details, programme = school.details(db()), current_programme()
    shown = details.public_contacts or "viewer" in g
    known = replace(programme.school, words=contacts())

    def word(name: str) -> str:
        return school_words.school_word(name, known, programme.library)

    lead = school_words.lead_title(known, programme.library)

    def contact(what_for: str, name: str, stands_in: str | None = None) -> Contact:
        named = name if stands_in is None or known.words.get(name) else stands_in
        title = ROLES.get(named, "").format(lead=lead)
        who = f"{word(named)}, {title}" if known.words.get(named) and title else word(named)
        return Contact(what_for, who[:1].upper() + who[1:], known.words.get(f"{named} phone", ""))

    helplines, checked = helplines_of(programme.library.facts)
    return HelpPage(
        [
            contact("Worried about a child", "safeguarding lead"),
            contact("If that person can’t be reached", "deputy safeguarding lead"),
            contact("Worried about an adult", "concerns about adults", "headteacher"),
            contact("Worried about the head", "concerns about the head", "chair of governors"),
        ],
        shown,
        known.words.get("out of hours", ""),
        known.words.get("switchboard", ""),
        helplines,
        checked,
        today(),
        word("safeguarding lead"),
        word("headteacher"),
    )


def helplines_of(facts: Mapping[str, Fact]) -> tuple[list[Contact], date]:
    """The helplines, and the day on which the least recently checked number was checked."""
    found = fill.helplines(facts.values())
    lines = [
        Contact(line.what.partition(", ")[0], _note(line, facts[hours].value if hours else ""), line.value)
        for line, hours in found
    ]
    return lines, min(line.checked for line, _ in found if line.checked)


def _note(line: Fact, hours: str) -> str:
    more = line.what.partition(", ")[2]
    return ". ".join(words[:1].upper() + words[1:] for words in (more, hours) if words)


@blueprint.get("/what-we-keep")
def what_we_keep() -> str:
    return render_template("public/what-we-keep.html", page=current_programme().school)


@blueprint.get("/accessibility")
def accessibility() -> str:
    return render_template("public/accessibility.html", page=contacts())

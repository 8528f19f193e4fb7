"""Pages open to anyone: help now, what we keep about you, accessibility."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, g, render_template

from ..content import words
from ..content.model import Fact
from ..records import school
from .forms import CONTACTS
from .site import db, teaching, today

blueprint = Blueprint("help", __name__)
# Names in facts.yml, each with `-phone` and perhaps `-hours`.
HELPLINES = ("posh", "education-support", "revenge-porn-helpline", "nspcc-whistleblowing", "childline")


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


@blueprint.get("/help")
def now() -> str:
    return render_template("help/now.html", page=_help_page())


def _help_page() -> HelpPage:
    details, taught = school.details(db()), teaching()
    shown = details.public_contacts or "viewer" in g
    known = details.words if shown else {}
    role = words.fallbacks(taught.school, taught.library)
    contacts = [
        Contact("Worried about a child", *_who("safeguarding lead", known, role)),
        Contact("If that person can't be reached", *_who("deputy safeguarding lead", known, role)),
        Contact("Worried about an adult", *_who("concerns about adults", known, role, "headteacher")),
        Contact("Worried about the head", *_who("concerns about the head", known, role, "chair of governors")),
    ]
    helplines, checked = _helplines(taught.library.facts)
    return HelpPage(
        contacts,
        shown,
        known.get("out of hours", ""),
        details.words.get("switchboard", ""),
        helplines,
        checked,
        today(),
        known.get("safeguarding lead") or role["safeguarding lead"],
        known.get("headteacher") or role["headteacher"],
    )


def _who(word: str, known: dict[str, str], role: dict[str, str], stands_in: str | None = None) -> tuple[str, str]:
    """(who, telephone number) behind a word; without a name, the role."""
    own = known.get(word)
    if own is None and stands_in:
        return _who(stands_in, known, role)
    title = dict((name, label) for name, label, _ in CONTACTS).get(word, "").split(",")[0].lower()
    who = f"{own}, {title}" if own and title else own or role[word]
    return who, known.get(f"{word} phone", "")


def _helplines(facts: dict[str, Fact]) -> tuple[list[Contact], date]:
    lines = []
    days = []
    for name in HELPLINES:
        phone, hours = facts.get(f"{name}-phone"), facts.get(f"{name}-hours")
        if phone:
            lines.append(Contact(phone.what, hours.value if hours else "", phone.value))
            days.append(phone.checked)
    return lines, min(days)


@blueprint.get("/what-we-keep")
def what_we_keep() -> str:
    return render_template("help/what-we-keep.html", page=teaching().school)


@blueprint.get("/accessibility")
def accessibility() -> str:
    return render_template("help/accessibility.html", page=teaching().school)

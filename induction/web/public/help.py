"""Pages open to anyone: help now, what we keep about you, accessibility."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from flask import g, render_template

from ...content import school_words
from ...content.conditions import in_force
from ...content.editions import fill
from ...content.model import Fact, Library, School
from ...records.school import school
from ...rules.roles import Role
from ...services import providers, retention
from ...wording.providers import either
from ...wording.retention import for_whom
from ..site import contacts, current_programme, db, site, today
from .room import blueprint

SERVES = {  # what each of the district's services is for
    "social care": "A child at risk. Anyone may ring",
    "social care out of hours": "The same, outside office hours",
    "adult concerns number": "A worry about an adult that nobody acts on",
}
ROLES = {"headteacher": "headteacher title", "chair of governors": "chair label"}  # the nation's words, after a name


@dataclass(frozen=True, slots=True)
class Contact:
    what_for: str
    who: str
    phone: str
    to_confirm: bool = False  # nobody has looked the number up, or its hours


@dataclass(frozen=True, slots=True)
class HelpPage:
    contacts: list[Contact]
    names_shown: bool
    switchboard: str
    local: list[Contact]
    helplines: list[Contact]
    checked: date | None  # the least recent check of those that were checked
    today: date
    by_when: str  # what the policy in force says of telling that a pupil has been in touch
    safeguarding_lead: str  # a name for those who may see it, else the role
    headteacher: str


@dataclass(frozen=True, slots=True)
class Spoken:
    """The school's words as whoever asks may read them, and its nation's."""

    school: School
    library: Library

    def own(self, name: str) -> str:
        return self.school.words.get(name, "")

    def word(self, name: str) -> str:
        return school_words.school_word(name, self.school, self.library)

    def role(self, name: str) -> str:
        """What somebody is called after their name; empty where nothing need be said."""
        lead = school_words.lead_title(self.school, self.library)
        if name in ROLES:
            label = school_words.label(ROLES[name], self.school, self.library)
            return label[:1].lower() + label[1:]
        return {"safeguarding lead": lead, "deputy safeguarding lead": "deputy", "data protection lead": name}.get(name, "")

    def contact(self, what_for: str, name: str, stands_in: str | None = None) -> Contact:
        named = name if stands_in is None or self.own(name) else stands_in
        title = self.role(named)
        said = self.own(named) or self.word(named)  # the school's word alone: its number stands beside it
        who = f"{said}, {title}" if self.own(named) and title else said
        return Contact(what_for, _capital(who), self.own(f"{named} phone"))


@blueprint.get("/help", endpoint="help")
def now() -> str:
    return render_template("public/now.html", page=_help_page())


def _help_page() -> HelpPage:
    details, programme = school.details(db()), current_programme()
    known = Spoken(replace(programme.school, words=contacts()), programme.library)
    helplines, checked = helplines_of(programme.library.facts, known.school.nation)
    head = school_words.title("head", known.school, known.library)
    local = _local(known)
    called = {each.what_for for each in local}  # what the school has given a number for itself is said once
    return HelpPage(
        [
            known.contact("Worried about a child", "safeguarding lead"),
            known.contact("If that person can’t be reached", "deputy safeguarding lead"),
            known.contact("Worried about an adult", "concerns about adults", "headteacher"),
            known.contact(f"Worried about the {head}", "concerns about the head", "chair of governors"),
            known.contact("Out of hours", "out of hours"),
            known.contact("Personal data gone astray", "data protection lead"),
        ],
        details.public_contacts or "viewer" in g,
        known.own("switchboard"),
        local,
        [each for each in helplines if each.what_for not in called],
        checked,
        today(),
        fill.says(in_force(known.school, known.library.facets["contact-from-pupils"]), known.school, known.library),
        known.word("safeguarding lead"),
        known.word("headteacher"),
    )


def _local(known: Spoken) -> list[Contact]:
    """The district's services, as far as the school has given their numbers."""
    return [
        Contact(school_words.label(service.title, known.school, known.library), SERVES[service.word], number)
        for service in school_words.SERVICES
        if (number := known.own(service.phone))
    ]


def helplines_of(facts: Mapping[str, Fact], nation: str) -> tuple[list[Contact], date | None]:
    """The helplines of a nation, and the day on which the least recently checked number was checked, if any was."""
    lines, days = [], []
    for line, hours in fill.helplines(facts.values(), nation):
        stated = [line, facts[hours]] if hours else [line]
        note = _note(line, facts[hours].value if hours else "")
        lines.append(Contact(line.what.partition(", ")[0], note, line.value, any(not each.checked for each in stated)))
        days += [each.checked for each in stated if each.checked]
    return lines, min(days, default=None)


def _note(line: Fact, hours: str) -> str:
    more = line.what.partition(", ")[2]
    return ". ".join(_capital(words) for words in (more, hours) if words)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


@dataclass(frozen=True, slots=True)
class KeptPage:
    name: str  # the school's
    times: list[str]  # how long what is kept; none before the school has agreed to it
    lead: bool  # whether whoever reads may open the page for leads
    elsewhere: str  # where people sign in, beside here; empty where nowhere


@blueprint.get("/what-we-keep")
def what_we_keep() -> str:
    times, viewer = retention.times(db(), today()), g.get("viewer")
    told = for_whom(times.months) if times.agreed else []
    there = either([each.label for each in providers.configured(db(), site().settings)])
    page = KeptPage(current_programme().school.name, told, viewer is not None and viewer.role is Role.LEAD, there)
    return render_template("public/what-we-keep.html", page=page)


@blueprint.get("/accessibility")
def accessibility() -> str:
    return render_template("public/accessibility.html", page=contacts())

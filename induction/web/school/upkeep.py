"""How the site is: the health page, and what of it stands on the overview until it is seen to."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template

from ...services.findings import Finding
from ...services.health import FOR_LEADS
from ...wording import health as wording
from ..parts.looks import findings
from ..site import site
from .room import blueprint

HERE = "/school/health"
SAID_THERE_BESIDES = frozenset({"facts to confirm", "dormant"})  # reminders of their own say these
WHERE = {  # findings by their names: the page where it is seen to, and what the link is called
    "mail": ("/school/mail", "Mail"),
    "sign-in elsewhere": ("/school/sign-in", "Signing in"),
    "backups": ("/school/settings#backups", "Backups"),
    "copy elsewhere": ("/school/settings#backups", "Backups"),
    "drill": ("/school/settings#backups", "Backups"),
    "evidence": ("/school/evidence", "Evidence"),
    "answers": ("/school/policy", "Policy"),
    "badges": ("/school/evidence#badges", "Evidence"),
    "lessons": ("/school/courses", "Courses"),
    "facts to confirm": ("/school/courses#facts", "Look them up"),
    "dormant": ("/school/people?show=dormant", "See who"),
    "second step": ("/school/people?show=no-second-step", "See who"),
}


@dataclass(frozen=True, slots=True)
class Line:
    title: str
    word: str  # *Well*, *Look*, *Act now*, *Not known*
    words: str
    do: str
    href: str
    link: str


@dataclass(frozen=True, slots=True)
class HealthPage:
    lead: str
    groups: list[tuple[str, list[Line]]]  # heading, and what stands under it


@blueprint.get("/health", endpoint="health")
def read() -> str:
    """Each thing in a line: what waits first."""
    found = [_line(each) for each in findings()]
    of = {word: [each for each in found if each.word == word] for word in (wording.ACT_NOW, wording.LOOK, wording.NOT_KNOWN, wording.WELL)}
    groups = [(word, lines) for word, lines in of.items() if lines]
    lead = wording.how_it_is(len(of[wording.ACT_NOW]), len(of[wording.LOOK])) if site().readiness.findings() else wording.STILL_LOOKING
    page = HealthPage(lead, groups)
    return render_template("school/health.html", page=page)


def _line(found: Finding) -> Line:
    href, link = WHERE.get(found.name, ("", ""))
    word = wording.word(found.ok, found.known, found.stops or found.urgent)
    return Line(wording.title(found.name), word, found.words, found.what_to_do, href, link)


def notices() -> list[str]:
    """What is not well, each with what to do. Empty in the demonstration's good hands."""
    unwell = [each for each in findings() if not each.ok and each.name not in SAID_THERE_BESIDES]
    return [
        f"{'' if each.name in FOR_LEADS else 'For whoever looks after the server: '}{each.words} {each.what_to_do}" for each in unwell
    ]

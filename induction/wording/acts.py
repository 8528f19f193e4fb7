"""What leads did, in sentences that begin after their name: *made an invitation for Tess Okafor*."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from ..content.model import Facet, Library
from ..rules.acts import Done, Kind, What
from ..rules.reminders import Reminder
from . import reminders
from .dates import short_day, short_in_full
from .history import THE_SERVER

KINDS: Mapping[Kind, str] = {
    Kind.PEOPLE: "People and roles",
    Kind.LINKS: "Links and passwords",
    Kind.POLICY: "Policy",
    Kind.COURSES: "Courses",
    Kind.ACCOUNTS: "Register of accounts",
    Kind.FILES: "Downloads",
    Kind.SETTINGS: "Settings",
    Kind.LETTERS: "Letters",
    Kind.BACKUPS: "Backups",
    Kind.DATA: "Data protection",
}
_SENTENCES: Mapping[What, str] = {
    What.ADDED: "added {person}",
    What.CHANGED: "changed what is said of {person}",
    What.ENDED: "ended the account of {person}",
    What.BROUGHT_BACK: "opened the account of {person} again",
    What.DEPUTY: "named {about} to stand in for {person}",
    What.NO_DEPUTY: "said that nobody stands in for {person}",
    What.FOLLOWER: "said that {about} follows {person} as a mentor",
    What.GROUP_MADE: "made the group {about}",
    What.GROUP_RENAMED: "gave a group another name: {about}",
    What.GROUP_CLOSED: "closed the group {about}",
    What.GROUP_OPENED: "opened the group {about} again",
    What.INTO_A_GROUP: "took {person} into the group {about}",
    What.OUT_OF_A_GROUP: "took {person} out of the group {about}",
    What.INVITATION: "made an invitation for {person}",
    What.RESET: "made {person} a link for a new password",
    What.PASSWORD_SET: "set a password for {person}",
    What.PUBLISHED: "published version {about} of the policy",
    What.PAPER_SIGNATURE: "recorded the signature on paper of {person} under version {about} of the policy",
    What.ASKED_AGAIN: "asked {person} once more about “{lesson}”",
    What.APPROVED: "approved the course “{course}”",
    What.READ: "read the lesson “{lesson}” for its approval",
    What.PUT_ASIDE: "put a scenario of “{lesson}” aside: {about}",
    What.TAKEN_BACK: "took a scenario of “{lesson}” back: {about}",
    What.GIVEN: "gave the course “{course}” to the group {about}",
    What.NO_LONGER_GIVEN: "gave the course “{course}” to the group {about} no longer",
    What.COMES_ROUND: "said when the course “{course}” comes round",
    What.DONE_ELSEWHERE: "recorded what {person} has done elsewhere for “{course}”: {about}",
    What.ELSEWHERE_TAKEN_BACK: "took back what {person} has done elsewhere for “{course}”: {about}",
    What.STRUCK: "said that an entry of {person} does not count: {about}",
    What.COUNTED_AGAIN: "said that an entry of {person} counts after all: {about}",
    What.NOTED_BESIDE: "wrote a note beside an entry of {person}: {about}",
    What.REGISTERED: "put {about} on the register of accounts",
    What.ASSESSED_ANEW: "wrote another risk assessment of {about}",
    What.SECOND_SIGNATURE: "gave the second signature to {about}",
    What.SWITCHED_OFF: "switched {about} off",
    What.SWITCHED_ON: "switched {about} on again",
    What.REMINDER: "changed the reminder “{about}”",
    What.HOLIDAY: "entered a school holiday: {about}",
    What.HOLIDAY_ENDED: "took a school holiday out: {about}",
    What.KEEPS_THE_HEAD: "named {person} to keep the head of the chain of evidence",
    What.HEAD_NOT_KEPT: "took away one of those who keep the head of the chain of evidence",
    What.COPY_ELSEWHERE: "said that a copy of the backups lies elsewhere",
    What.NO_COPY_ELSEWHERE: "said that no copy of the backups lies elsewhere any more",
    What.SIGNING_KEY: "made a new key with which badges are signed",
    What.SIGN_IN_RULES: "changed the rules of signing in",
    What.UNLINKED: "took away the account elsewhere with which {person} signs in",
    What.LET_IN: "let {person} in, who had not been invited",
    What.RESET_ASKED: "asked that the second step of {person} be reset",
    What.RESET_AGREED: "agreed that the second step of {person} be reset",
    What.RESET_REFUSED: "did not agree that the second step of {person} be reset",
    What.FACTOR_RESET: "reset the second step of {person}",
    What.LIST_BROUGHT_IN: "brought in a list of people: {about}",
    What.DOWNLOADED: "downloaded {about}",
    What.SETTINGS: "changed the settings",
    What.LETTERS_HELD: "held all letters back",
    What.LETTERS_LET_GO: "let the letters go again",
    What.LETTER_AGAIN: "sent {person} a letter again: {about}",
    What.TEST_LETTER: "sent a test letter",
    What.RESTORED: "put the records back from {about}",
    What.ERASED: "erased the record of {person}: {about}",
    What.RETENTION_SET: "changed how long records are kept",
    What.RECORDS_GONE: "let records go whose time was over: {about}",
    What.PROVIDER_SET: "set up signing in with {about}",
    What.PROVIDER_GONE: "took away signing in with {about}",
    What.TURNED_AWAY: "did not let {about} in, who had not been invited",
    What.RECORD_GIVEN: "took out everything held about {person}: {about}",
}
_LABELS = {"due": "date", "starts": "first day", "ends": "last day"}
_DAY, _DAY_OF_A_YEAR = re.compile(r"\d{4}-\d\d-\d\d"), re.compile(r"\d\d-\d\d")
CORRECTIONS = frozenset({What.STRUCK, What.COUNTED_AGAIN, What.NOTED_BESIDE})
LEAP = 2024  # a year that has every day
SOMEBODY = "somebody"


@dataclass(frozen=True, slots=True)
class Called:
    """How people call what the records name by a word."""

    titles: Mapping[tuple[str, str], str] = field(default_factory=dict)  # of lessons and, under (course, ''), of courses
    facets: Mapping[str, Facet] = field(default_factory=dict)

    @classmethod
    def of(cls, library: Library) -> Called:
        courses = library.courses.values()
        lessons = {(course.slug, lesson.slug): lesson.title for course in courses for lesson in course.lessons}
        return cls(lessons | {(course.slug, ""): course.title for course in courses}, library.facets)


def list_brought_in(added: int, changed: int, returning: int) -> str:
    """*40 added, 2 changed*: of what there is."""
    said = ((added, "added"), (changed, "changed"), (returning, "brought back"))
    return ", ".join(f"{count} {what}" for count, what in said if count)


def who(done: Done) -> str:
    return done.by_name or THE_SERVER


def sentence(done: Done, called: Called, person: str | None = None) -> str:
    """*put @wrenfield on the register of accounts*: what was done, behind the name of who did it.

    `person` stands in place of the name of whom it concerns, where it is given.
    """
    if done.what is What.DOWNLOADED and done.person_name:
        return f"downloaded {done.about} of {person or done.person_name}"
    if done.what is What.FOLLOWER and not done.about:
        return f"said that nobody follows {person or done.person_name or SOMEBODY} as a mentor at first"
    if done.what is What.READ and not done.lesson:
        return f"read what the course “{_course(done, called)}” says of itself, for its approval"
    about = reminders.TITLES[Reminder(done.about)] if done.what is What.REMINDER else done.about
    if done.what in CORRECTIONS and done.course:
        about = f"{about}{' of ' if about else ''}“{called.titles.get((done.course, done.lesson), done.lesson or done.course)}”"
    return _SENTENCES[done.what].format(
        person=person or done.person_name or SOMEBODY, about=about, course=_course(done, called),
        lesson=called.titles.get((done.course, done.lesson), done.lesson),
    )


def _course(done: Done, called: Called) -> str:
    return called.titles.get((done.course, ""), done.course)


def changes(done: Done, called: Called) -> list[str]:
    """*role from teacher to mentor*, *date set to 4 December 2026*: what became another with it."""
    return [_change(*each) for each in _named(done, called)]


def _change(label: str, was: str, became: str) -> str:
    label = f"{label} " if label else ""
    if was and became:
        return f"{label}from {was} to {became}"
    return f"{label}set to {became}" if became else f"{label}taken away: {was}"


def _named(done: Done, called: Called) -> list[tuple[str, str, str]]:
    """What became another, as people call it."""
    found = []
    for label, was, became in done.changes:
        if done.what is What.ADDED and label == "name":
            continue
        facet = called.facets.get(label) if done.what is What.PUBLISHED else None
        shown = facet.title if facet else _LABELS.get(label, label)
        found.append((shown, _value(label, was, facet, called), _value(label, became, facet, called)))
    return found


def _value(label: str, value: str, facet: Facet | None, called: Called) -> str:
    if facet:
        stance = facet.stance(value)
        return f"“{stance.label}”" if stance else value
    if label == "course":
        return called.titles.get((value, ""), value)
    if _DAY_OF_A_YEAR.fullmatch(value):
        return short_day(date.fromisoformat(f"{LEAP}-{value}"), date(LEAP, 1, 1))
    return short_in_full(date.fromisoformat(value)) if _DAY.fullmatch(value) else value


# As a sheet

COLUMNS = ("at", "by_name", "by_email", "kind", "what", "person_name", "person_email", "from", "to")


def row(done: Done, called: Called) -> dict[str, str]:
    """An act as a row: a server's has no name."""
    named = _named(done, called)
    return {
        "at": f"{done.at:%Y-%m-%dT%H:%M:%S}Z",
        "by_name": done.by_name or "",
        "by_email": done.by_email or "",
        "kind": str(done.kind),
        "what": sentence(done, called),
        "person_name": done.person_name or "",
        "person_email": done.person_email or "",
        "from": _cell([(label, was) for label, was, _ in named]),
        "to": _cell([(label, became) for label, _, became in named]),
    }


def _cell(values: list[tuple[str, str]]) -> str:
    return "; ".join(f"{label}: {value}" if label else value for label, value in values if value)


# The page


LEAD = "Who did what, when, for whom, and what it was before. Nothing in it belongs to a teacher’s answers. It is kept for seven years."


def heading(narrowed: bool) -> str:
    return "What you asked for, the latest first" if narrowed else "The latest first"


def nothing_found(nobody: str) -> str:
    """Where the log holds nothing of what was asked for. `nobody`: a name that nobody has; empty where somebody has it."""
    if nobody:
        return f"Nobody here is called “{nobody}”, nor has that in their email. Try fewer letters."
    return "Leads did nothing of that kind then. Ask for less at once: another kind, or more days."

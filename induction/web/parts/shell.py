"""What stands round every page: the school's name, the tabs, and what a lead should know."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from flask import Flask, g, get_template_attribute, request
from markupsafe import Markup

from ...records.store.database import DatabaseFault
from ...rules.roles import Role
from ...services.programme import Programme
from ...wording import dates
from ...wording.notices import courses_wait, policy_waits
from ..site import current_programme, now, site, today

UNNAMED = "Our school"
BANNER = "An invented school, to look round in. Everybody here is made up, and all of it is made anew at each start."


class Frame(NamedTuple):
    """The pieces of HTML that stand round a page, as macros of the same names write them."""

    files: Markup
    brand: Markup
    tabs: Markup
    notices: Markup
    foot: Markup


Tab = tuple[str, str, bool]  # label, address, whether it is the current one


@dataclass(frozen=True)
class Shell:
    school: str
    tabs: tuple[Tab, ...]
    signed_in: bool
    demo: str | None = None  # the banner of the demonstration
    notices: tuple[tuple[str, str], ...] = ()  # (`done` or `wait`, words): for leads, what needs a hand
    is_lead: bool = False

    @cached_property
    def frame(self) -> Frame:
        """Drawn once for each role and place, not for each person."""
        return Frame(*(get_template_attribute("_frame.html", piece)(self) for piece in Frame._fields))


NOT_KNOWN = Shell("", (), False)  # of pages that are drawn before anybody asks


# label, address, how the addresses begin on which the tab is the current one besides
_HOME = ("/", ("/courses/", "/attempts/"))
_MINE = (("My record", "/record", ("/account/",)), ("Our policy", "/policy", ("/policy/",)))
_AS_MENTOR = (("My teachers", "/mentor/", ("/mentor/",)), ("My induction", *_HOME), *_MINE)
TABS: dict[Role | None, tuple[tuple[str, str, tuple[str, ...]], ...]] = {
    None: (("Sign in", "/sign-in", ()),),
    Role.TEACHER: (("Home", *_HOME), *_MINE),
    Role.MENTOR: _AS_MENTOR,
    Role.LEAD: (
        ("Overview", "/school/overview", ()),
        ("People", "/school/people", ("/school/people/",)),
        ("Policy", "/school/policy", ("/school/policy/",)),
        ("Courses", "/school/courses", ("/school/courses/", "/school/notes")),
        ("Settings", "/school/settings", ()),
        *_AS_MENTOR,
    ),
}
# where what waits for a lead is done, so that it need not be said there
POLICY_IS_MADE = re.compile("/school/policy(/choices/[^/]+|/text|/preview|/publish)?")
COURSES_ARE_APPROVED = re.compile("/school/courses(/[^/]+)?")


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody is, as far as the shell goes by it."""

    tab: str | None  # the address of the current one
    policy_is_made: bool = False  # a lead is told there what waits, but not where it is done
    courses_are_approved: bool = False

    @classmethod
    def of(cls, role: Role | None, path: str) -> Place:
        tab = next((href for _, href, within in TABS[role] if path == href or path.startswith(within)), None)
        if role is not Role.LEAD:
            return cls(tab)
        return cls(tab, bool(POLICY_IS_MADE.fullmatch(path)), bool(COURSES_ARE_APPROVED.fullmatch(path)))


def register(app: Flask) -> None:
    app.jinja_env.globals["asset"] = app.extensions["induction"].assets.address
    app.context_processor(lambda: {"shell": shell()})
    app.add_template_filter(lambda when: dates.day(when, today()), "day")
    app.add_template_filter(dates.in_full, "plain_day")
    app.add_template_filter(lambda then: f"{dates.recently(then, now())}, {dates.clock(then)}", "moment")
    app.add_template_filter(_theme_words, "theme_words")


def _theme_words(name: str) -> str:
    """A theme as people read it; its bare name where no course has it any more."""
    for course in current_programme().courses:
        if name in course.themes:
            return course.themes[name].words
    return name.replace("-", " ")


def shell() -> Shell:
    """The shell of the page being drawn. Never fails: without a database it knows less."""
    person = g.get("viewer")
    role = person.role if person else None
    try:
        programme = current_programme()
    except DatabaseFault:
        return _shell(UNNAMED, role, Place.of(role, request.path))
    place = Place.of(role, request.path)
    key = ("shell", role, place, *site().shelf.problems, *site().shelf.changed)
    return programme.remember(key, lambda: _shell(programme.school.name or UNNAMED, role, place, programme))


def _shell(school: str, role: Role | None, place: Place, programme: Programme | None = None) -> Shell:
    return Shell(
        school=school,
        tabs=tuple((label, href, href == place.tab) for label, href, _ in TABS[role]),
        signed_in=role is not None,
        demo=BANNER if site().settings.demo else None,
        notices=_notices(place, programme) if role is Role.LEAD else (),
        is_lead=role is Role.LEAD,
    )


def _notices(place: Place, programme: Programme | None) -> tuple[tuple[str, str], ...]:
    """For leads: the school's own content where it does not pass, copies that have fallen behind, what waits for them."""
    notices = []
    if faults := site().shelf.problems:
        first = faults[0]
        more = f" There are {len(faults) - 1} more; induction check lists them." if len(faults) > 1 else ""
        notices.append(
            "The school’s own content does not pass the check, so what passed it last is taught. "
            f"{first.path}, line {first.line}: {first.message}.{more}"
        )
    notices += [f"{changed.path}: {changed.message}." for changed in site().shelf.changed]
    if programme and (words := _waits(place, programme)):
        notices.append(words)
    return tuple(("wait", words) for words in notices)


def _waits(place: Place, programme: Programme) -> str:
    """What comes first of that which only a lead can do; empty on the pages where it is done."""
    if words := policy_waits(programme.policy_state):
        return "" if place.policy_is_made else words
    if place.courses_are_approved:
        return ""
    return courses_wait([(course.title, programme.course_state(course)) for course in programme.courses])

"""What stands round every page: the school's name, the tabs, and what is one's own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from flask import Flask, g, get_template_attribute, request
from markupsafe import Markup, escape

from ...records.store.database import DatabaseFault
from ...rules.roles import Role
from ...wording import dates
from ...wording.sentences import sentence
from ..site import current_programme, now, site, today

UNNAMED = "Our school"
BANNER = "An invented school, to look round in. Everybody here is made up, and all of it is made anew at each start."


class Frame(NamedTuple):
    """The pieces of HTML that stand round a page, as macros of the same names write them."""

    files: Markup
    brand: Markup
    tabs: Markup
    mine: Markup
    foot: Markup


Tab = tuple[str, str, bool]  # label, address, whether it is the current one


@dataclass(frozen=True)
class Shell:
    school: str
    tabs: tuple[Tab, ...]
    mine: tuple[Tab, ...]  # what is a lead's own, under their name; else none
    signed_in: bool
    demo: str | None = None  # the banner of the demonstration
    is_lead: bool = False
    home: str = "/"  # where one's own induction stands

    @cached_property
    def frame(self) -> Frame:
        """Drawn once for each role and place, not for each person."""
        return Frame(*(get_template_attribute("_frame.html", piece)(self) for piece in Frame._fields))


NOT_KNOWN = Shell("", (), (), False)  # of pages that are drawn before anybody asks


# label, address, how the addresses begin on which the tab is the current one besides
Way = tuple[str, str, tuple[str, ...]]
_OWN_HOME = "/induction"
_LEARNING = ("/induction/", "/courses/", "/attempts/")
_TEACHERS: Way = ("My teachers", "/mentor/", ("/mentor/",))
_INDUCTION: Way = ("My induction", _OWN_HOME, _LEARNING)
_RECORD: Way = ("My record", "/record", ("/record/", "/account/"))
_POLICY: Way = ("Our policy", "/policy", ("/policy/",))
_UNDER_SETTINGS = (
    "/school/acts", "/school/data-protection", "/school/health", "/school/holidays", "/school/mail", "/school/reminders",
    "/school/retention",
)
TABS: dict[Role | None, tuple[Way, ...]] = {
    None: (("Sign in", "/sign-in", ()),),
    Role.TEACHER: (("Home", "/", (_OWN_HOME, *_LEARNING)), _RECORD, _POLICY),
    Role.MENTOR: (_TEACHERS, _INDUCTION, _RECORD, _POLICY),
    Role.LEAD: (
        ("Overview", "/school/overview", ()),
        ("People", "/school/people", ("/school/people/",)),
        ("Policy", "/school/policy", ("/school/policy/",)),
        ("Courses", "/school/courses", ("/school/courses/", "/school/given/", "/school/notes")),
        ("Settings", "/school/settings", _UNDER_SETTINGS),
    ),
}
MINE: tuple[Way, ...] = (_INDUCTION, _TEACHERS, _RECORD, ("Our policy, as staff read it", *_POLICY[1:]))


def own_home(role: Role | None) -> str:
    """The address of somebody's own induction; whose work is with others land elsewhere."""
    return "/" if role in (None, Role.TEACHER) else _OWN_HOME


def current_way(ways: tuple[Way, ...], path: str) -> str | None:
    return next((href for _, href, within in ways if path == href or (within and path.startswith(within))), None)


def register(app: Flask) -> None:
    app.jinja_env.globals["asset"] = app.extensions["induction"].assets.address
    app.context_processor(lambda: {"shell": shell()})
    app.add_template_filter(lambda when: dates.day(when, today()), "day")
    app.add_template_filter(dates.in_full, "plain_day")
    app.add_template_filter(lambda then: f"{dates.recently(then, now())}, {dates.clock(then)}", "moment")
    app.add_template_filter(_theme_words, "theme_words")
    app.add_template_filter(sentence)
    app.add_template_filter(_with_commands, "with_commands")


def _with_commands(words: str) -> Markup:
    """Words in which what is typed on the server stands in backticks."""
    parts = [escape(each) for each in words.split("`")]
    marked = [Markup("<code>{}</code>").format(each) if place % 2 else each for place, each in enumerate(parts)]
    return Markup("").join(marked)


def _theme_words(name: str) -> str:
    """A theme as people read it; its bare name where no course has it any more."""
    for course in current_programme().courses:
        if name in course.themes:
            return course.themes[name].words
    return name.replace("-", " ")


def shell() -> Shell:
    """The shell of the page being drawn. Never fails: without a database it knows less."""
    person = None if "half" in g else g.get("viewer")
    role = person.role if person else None
    mine = MINE if role is Role.LEAD else ()
    current = current_way((*TABS[role], *mine), request.path)
    try:
        programme = current_programme()
    except DatabaseFault:
        return _shell(UNNAMED, role, current)
    if "half" in g:  # nothing is open to them yet but what is due, and the way out
        return replace(_shell(_named(programme.school.name), None, None), tabs=(), signed_in=True)
    return programme.remember(("shell", role, current), lambda: _shell(_named(programme.school.name), role, current))


def _named(school: str) -> str:
    """Its name, where it stands by itself; it has none before it is set up."""
    return UNNAMED if school.casefold() == UNNAMED.casefold() else school


def _shell(school: str, role: Role | None, current: str | None) -> Shell:
    is_lead = role is Role.LEAD
    return Shell(
        school=school,
        tabs=_tabs(TABS[role], current),
        mine=_tabs(MINE, current) if is_lead else (),
        signed_in=role is not None,
        demo=BANNER if site().settings.demo else None,
        is_lead=is_lead,
        home=own_home(role),
    )


def _tabs(ways: tuple[Way, ...], current: str | None) -> tuple[Tab, ...]:
    return tuple((label, href, href == current) for label, href, _ in ways)

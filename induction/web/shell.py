"""What stands round every page: the school's name, the tabs, and what a lead should know."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, g, get_flashed_messages, request

from ..learning.people import Role
from ..records.database import DatabaseFault
from .site import site, teaching

UNNAMED = "Our school"


@dataclass(frozen=True, slots=True)
class Tab:
    label: str
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class Shell:
    school: str
    tabs: tuple[Tab, ...]
    signed_in: bool
    demo: bool
    notices: tuple[str, ...]  # for leads: what needs a hand
    flashes: tuple[tuple[str, str], ...]  # (kind, words): `done` or `waiting`
    css: str
    js: str
    checklist_key: str | None


# label, address, endpoints on which the tab is the current one
TABS = {
    None: (("Sign in", "/sign-in", ("account.sign_in",)),),
    Role.TEACHER: (
        ("Home", "/", ("learning.home", "learning.course", "learning.lesson", "attempts.attempt", "attempts.step")),
        ("My record", "/record", ("record.mine", "account.password", "account.devices")),
        ("Our policy", "/policy", ("learning.policy",)),
    ),
}
_MY_INDUCTION = ("My induction", *TABS[Role.TEACHER][0][1:])
_MY_TEACHERS = ("My teachers", "/mentor/", ("mentoring.teachers", "mentoring.teacher"))
TABS[Role.MENTOR] = (_MY_TEACHERS, _MY_INDUCTION, *TABS[Role.TEACHER][1:])
TABS[Role.LEAD] = (
    ("Overview", "/school/overview", ("school.overview",)),
    ("People", "/school/people", ("school.people", "school.person", "school.add_person")),
    ("Settings", "/school/settings", ("school.settings",)),
    _MY_TEACHERS,
    _MY_INDUCTION,
    *TABS[Role.TEACHER][1:],
)


def register(app: Flask) -> None:
    app.jinja_env.globals["shell"] = shell


def shell() -> Shell:
    """The shell of the page being drawn. Never fails: without a database it knows less."""
    person = g.get("viewer")
    assets = site().assets
    try:
        school = teaching().school.name
    except DatabaseFault:
        school = UNNAMED
    return Shell(
        school=school,
        tabs=tuple(Tab(label, href, request.endpoint in on) for label, href, on in TABS[person.role if person else None]),
        signed_in=person is not None,
        demo=site().settings.demo,
        notices=_notices() if person and person.role is Role.LEAD else (),
        flashes=tuple(get_flashed_messages(with_categories=True)),
        css=assets.address("induction.css"),
        js=assets.address("induction.js"),
        checklist_key=person.checklist_key if person else None,
    )


def _notices() -> tuple[str, ...]:
    faults = site().shelf.problems
    if not faults:
        return ()
    first = faults[0]
    more = f" There are {len(faults) - 1} more." if len(faults) > 1 else ""
    return (
        f"The school's own content does not pass the check, so what was taught before goes on. "
        f"{first.path}, line {first.line}: {first.message}.{more}",
    )

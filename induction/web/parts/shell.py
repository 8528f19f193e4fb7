"""What stands round every page: the school's name, the tabs, and what a lead should know."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from flask import Flask, g, render_template, request
from markupsafe import Markup

from ...records.store.database import DatabaseFault
from ...rules.roles import Role
from ...services.programme import Programme
from ...wording import dates
from ...wording.notices import courses_wait, policy_waits
from ..site import current_programme, now, site, today

UNNAMED = "Our school"
BANNER = "An invented school, to look round in. Everybody here is made up, and all of it is made anew at each start."


Tab = tuple[str, str, bool]  # label, address, whether it is the current one


@dataclass(frozen=True)
class Shell:
    school: str
    tabs: tuple[Tab, ...]
    signed_in: bool
    demo: str | None  # the banner of the demonstration
    notices: tuple[tuple[str, str], ...]  # (`done` or `wait`, words): for leads, what needs a hand

    @cached_property
    def tabs_drawn(self) -> Markup:
        """The tabs, drawn once for each role and page, not for each person."""
        return Markup(render_template("_tabs.html", tabs=self.tabs))


# label, address, endpoints on which the tab is the current one
TABS = {
    None: (("Sign in", "/sign-in", ("account.sign_in",)),),
    Role.TEACHER: (
        ("Home", "/", (
            "learning.home", "learning.course", "learning.lesson", "attempts.attempt", "attempts.answer", "attempts.step",
            "notes.note", "confidence.questions",
        )),
        ("My record", "/record", ("record.mine", "account.password", "account.devices")),
        ("Our policy", "/policy", ("policy.read", "policy.acknowledge", "accounts.register")),
    ),
}
_MY_INDUCTION = ("My induction", *TABS[Role.TEACHER][0][1:])
_MY_TEACHERS = ("My teachers", "/mentor/", ("mentoring.teachers", "mentoring.teacher"))
TABS[Role.MENTOR] = (_MY_TEACHERS, _MY_INDUCTION, *TABS[Role.TEACHER][1:])
TABS[Role.LEAD] = (
    ("Overview", "/school/overview", ("school.overview",)),
    ("People", "/school/people", (
        "school.people", "school.person", "school.add_person", "school.change_person", "school.invite", "school.reset_link",
        "school.deactivate",
    )),
    ("Policy", "/school/policy", (
        "school.policy", "school.choose", "school.policy_facet", "school.policy_text",
        "school.policy_preview", "school.preview_lesson", "school.publish_policy", "school.policy_versions", "school.policy_version",
        "school.readers", "school.paper_signature", "school.touched", "school.ask_again", "school.accounts",
        "school.account", "school.add_account", "school.change_account", "school.sign_account", "school.switch_account",
    )),
    ("Courses", "/school/courses", ("school.courses", "school.course", "school.approve", "school.notes", "school.answer_note")),
    ("Settings", "/school/settings", ("school.settings",)),
    _MY_TEACHERS,
    _MY_INDUCTION,
    *TABS[Role.TEACHER][1:],
)
WHERE_THE_POLICY_IS_MADE = (
    "school.policy", "school.choose", "school.policy_facet", "school.policy_text", "school.policy_preview", "school.publish_policy",
)
WHERE_COURSES_ARE_APPROVED = ("school.courses", "school.course", "school.approve")  # they say it themselves


def register(app: Flask) -> None:
    app.jinja_env.globals["asset"] = app.extensions["assets"].address
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
        return _shell(UNNAMED, role)
    key = ("shell", role, request.endpoint, *site().shelf.problems, *site().shelf.changed)
    return programme.remember(key, lambda: _shell(programme.school.name or UNNAMED, role, programme))


def _shell(school: str, role: Role | None, programme: Programme | None = None) -> Shell:
    return Shell(
        school=school,
        tabs=tuple((label, href, request.endpoint in on) for label, href, on in TABS[role]),
        signed_in=role is not None,
        demo=BANNER if site().settings.demo else None,
        notices=_notices(programme) if role is Role.LEAD else (),
    )


def _notices(programme: Programme | None) -> tuple[tuple[str, str], ...]:
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
    if programme and (words := _waits(programme)):
        notices.append(words)
    return tuple(("wait", words) for words in notices)


def _waits(programme: Programme) -> str:
    """What comes first of that which only a lead can do; empty on the pages where it is done."""
    if words := policy_waits(programme.policy_state):
        return "" if request.endpoint in WHERE_THE_POLICY_IS_MADE else words
    if request.endpoint in WHERE_COURSES_ARE_APPROVED:
        return ""
    return courses_wait([(course.title, programme.course_state(course)) for course in programme.courses])

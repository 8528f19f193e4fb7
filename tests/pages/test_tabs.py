"""Which tab is the current one, by the beginning of the address; where each lands; what is a lead's own."""

import pytest

from induction.rules.roles import Role
from induction.web.parts.shell import MINE, TABS, current_way
from tests.walking import start


@pytest.mark.parametrize(
    "role, path, tab",
    [
        (None, "/sign-in", "/sign-in"),
        (None, "/help", None),
        (Role.TEACHER, "/", "/"),
        (Role.TEACHER, "/courses/online/late", "/"),
        (Role.TEACHER, "/attempts/7/1/note", "/"),
        (Role.TEACHER, "/account/devices", "/record"),
        (Role.TEACHER, "/policy/accounts", "/policy"),
        (Role.TEACHER, "/presence", None),
        (Role.TEACHER, "/nowhere", None),
        (Role.MENTOR, "/mentor/7", "/mentor/"),
        (Role.MENTOR, "/induction", "/induction"),
        (Role.MENTOR, "/courses/online/late", "/induction"),
        (Role.TEACHER, "/induction", "/"),
        (Role.LEAD, "/school/people/add", "/school/people"),
        (Role.LEAD, "/school/policy/accounts/7", "/school/policy"),
        (Role.LEAD, "/school/notes", "/school/courses"),
        (Role.LEAD, "/mentor/7", "/mentor/"),
        (Role.TEACHER, "/school/people", None),
    ],
)
def test_a_tab_is_current_by_the_beginning_of_the_address(role, path, tab):
    assert current_way((*TABS[role], *(MINE if role is Role.LEAD else ())), path) == tab


def test_each_lands_where_their_work_is(cast):
    assert cast.tess.open("/").path == "/" and cast.tess.open("/").heading == "Hello, Tess"
    assert cast.max.open("/").path == "/mentor/"
    assert cast.lou.open("/").path == "/school/overview"
    for browser in (cast.tess, cast.max, cast.lou):
        assert browser.open("/induction").heading.startswith("Hello, ")


def test_somebody_who_signs_in_from_the_front_door_lands_there_too(cast):
    for name, landing in (("tess", "/"), ("max", "/mentor/"), ("lou", "/school/overview")):
        browser = cast.browser()
        cast.was_here(name)
        browser.open("/")
        assert cast.try_to_sign_in(name, browser).path == landing


def test_a_lead_finds_what_is_their_own_under_their_name_without_a_script(cast):
    page = cast.lou.open("/school/people")
    [menu] = page.document.all("details")[:1]
    assert menu.all("summary")[0].text == "Lou Hartley"
    assert [each.text for each in menu.all("a")] == ["My induction", "My teachers", "My record", "Our policy, as staff read it"]
    assert [each.text for each in menu.all("button")] == ["Sign out"]
    tabs = [each.text for each in page.document.all("nav")[0].all("a")]
    assert tabs[:5] == ["Overview", "People", "Policy", "Courses", "Settings"]


def test_a_mentor_is_led_back_to_their_own_induction_and_not_to_their_teachers(cast):
    start(cast.max, "friend-requests")
    assert 'href="/induction">Stop here and go on later' in cast.max.open("/attempts/1").html

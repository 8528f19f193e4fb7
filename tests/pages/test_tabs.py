"""Which tab is the current one, and where a lead is not told what waits: by the beginning of the address."""

import pytest

from induction.rules.roles import Role
from induction.web.parts.shell import Place


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
        (Role.MENTOR, "/", "/"),
        (Role.LEAD, "/school/people/add", "/school/people"),
        (Role.LEAD, "/school/policy/accounts/7", "/school/policy"),
        (Role.LEAD, "/school/notes", "/school/courses"),
        (Role.LEAD, "/mentor/7", "/mentor/"),
        (Role.TEACHER, "/school/people", None),
    ],
)
def test_a_tab_is_current_by_the_beginning_of_the_address(role, path, tab):
    assert Place.of(role, path).tab == tab


@pytest.mark.parametrize(
    "path, policy_is_made, courses_are_approved",
    [
        ("/school/policy", True, False),
        ("/school/policy/choices/gaming", True, False),
        ("/school/policy/preview", True, False),
        ("/school/policy/versions", False, False),
        ("/school/courses/online", False, True),
        ("/school/notes", False, False),
    ],
)
def test_what_waits_is_not_said_where_it_is_done(path, policy_is_made, courses_are_approved):
    place = Place.of(Role.LEAD, path)
    assert (place.policy_is_made, place.courses_are_approved) == (policy_is_made, courses_are_approved)

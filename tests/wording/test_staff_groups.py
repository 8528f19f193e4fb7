"""Groups of staff, in words."""

from dataclasses import dataclass

import pytest

from induction.wording import staff_groups, vacancies


@dataclass(frozen=True)
class Said:
    name: str
    so: bool
    by_name: str | None = "Lou Hartley"


@pytest.mark.parametrize(
    "typed, found",
    [
        ("", []), ("a@x.example", ["a@x.example"]),
        ("a@x.example, b@x.example;\nc@x.example", ["a@x.example", "b@x.example", "c@x.example"]),
        ("Tess <a@x.example>;", ["Tess", "a@x.example"]), ("a@x.example.", ["a@x.example."]), (" . ; ", []),
    ],
)  # fmt: skip
def test_emails_are_found_however_they_are_parted(typed, found):
    assert staff_groups.emails(typed) == found


def test_whom_nobody_knows():
    assert staff_groups.unknown(["a@x.example"]) == "Nobody here has this email: a@x.example."
    many = [f"p{number}@x.example" for number in range(7)]
    assert staff_groups.unknown(many).endswith("p4@x.example and 2 more.")


@pytest.mark.parametrize("count, words", [(0, "nobody yet"), (1, "1 person"), (2, "2 people"), (1200, "1,200 people")])
def test_how_many_belong(count, words):
    assert staff_groups.members(count) == words


def test_how_many_were_put_in():
    assert staff_groups.added(1, "kitchen") == "Saved. 1 person more belongs to kitchen."
    assert staff_groups.added(3, "kitchen") == "Saved. 3 people more belong to kitchen."


@pytest.mark.parametrize(
    "kind, said, words",
    [
        ("member", Said("Tess", True), "Today, Lou Hartley: Tess belongs to it."),
        ("member", Said("Tess", False, None), "Today, Somebody on the server: Tess belongs to it no longer."),
        ("course", Said("short", True), "Today, Lou Hartley: Ten minutes is given to it."),
        ("course", Said("gone", False), "Today, Lou Hartley: gone is no longer given to it."),
        ("name", Said("kitchen", False), "Today, Lou Hartley: it is called kitchen."),
        ("name", Said("kitchen", True), "Today, Lou Hartley: kitchen is closed."),
    ],
)
def test_what_was_said(kind, said, words):
    assert staff_groups.said(kind, said, {"short": "Ten minutes"}, "Today") == words


def test_a_course_that_is_gone():
    words = "The group kitchen is given a course that is no longer here (x); it is asked of nobody."
    assert vacancies.group_without_course("kitchen", "x") == words

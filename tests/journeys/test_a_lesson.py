"""A lesson as it is read: a choice on the way, the button after its last words, and what is folded away."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest

from tests.faults.server import Server
from tests.journeys.eyes import Person
from tests.journeys.test_at_this_school import sign_in

INDEX = "---\ntitle: For coaches\nthemes: {messages: Messages}\n---\n\nWhat it is for.\n"
LESSON = """---
title: Late
reviewed: 2026-11-22
sources:
  - One
  - england, wales: Two
  - scotland: Three
---

/// try | Your phone lights up. What now?
//// phone | Instagram, Tuesday 20:52
**ella.sings** sent you a message
////

- Answer with one kind line

  > Nobody else can see that chat.

- Leave it, and note the time

  > Nothing is lost by morning.
///

//// policy | pupil-contact: none, school-platforms, approved-accounts
/// try | And then?
- This

  > The one.

- That

  > The other.
///
////

/// key | Take this with you
Open, not private.
///
"""
QUIZ = "---\ntitle: Late\n---\n\n## A message {#m .messages}\n\nIt is late.\n\n- [best] Wait.\n\n  > Yes.\n\n- [poor] Go.\n\n  > No.\n"
both_ways = pytest.mark.parametrize("view", [(True, 375), (False, 1280)], indirect=True, ids=["phone", "no JavaScript"])


@pytest.fixture
def site(template, tmp_path) -> Iterator[Server]:
    data = tmp_path / "data"
    shutil.copytree(template, data)
    for path, text in (("courses/coaches/index.md", INDEX), ("courses/coaches/01-late.md", LESSON), ("quizzes/coaches/01-late.md", QUIZ)):
        (data / path).parent.mkdir(parents=True, exist_ok=True)
        (data / path).write_text(text, encoding="utf-8")
    with Server(data) as server:
        yield server


def open_choices(person: Person) -> list[str]:
    return [each.inner_text() for each in person.page.locator(".choice[open] > summary").all()]


@both_ways
def test_a_choice_on_the_way(site, sit_down):
    """Touched or by the keyboard: what follows is shown, nothing is sent, and on paper all of it lies open."""
    tess = sign_in(sit_down(), "tess").open("/courses/coaches/late")
    page = tess.page
    asked = len(tess.asked)
    page.goto(page.url)  # what `look` opened is folded again
    loaded = len(tess.asked) - asked
    choices, feedback = page.locator(".choice > summary"), page.locator(".choice-text")
    assert page.get_by_role("group", name="Your phone lights up. What now?").is_visible()
    assert all(each.bounding_box()["height"] >= 44 for each in choices.all()), "each is large enough to touch"
    assert not any(each.is_visible() for each in feedback.all()) and "It isn’t marked or kept." in tess.words
    choices.nth(0).click()
    choices.nth(2).click()
    assert feedback.nth(0).is_visible() and open_choices(tess) == ["Answer with one kind line", "This"]
    choices.nth(1).focus()
    page.keyboard.press("Enter")
    assert feedback.nth(1).is_visible() and open_choices(tess) == ["Leave it, and note the time", "This"]
    assert len(tess.asked) == asked + loaded, "nothing is asked of the server"
    page.goto(page.url)
    page.emulate_media(media="print")
    assert all(each.is_visible() and each.bounding_box()["height"] > 30 for each in feedback.all())


@both_ways
def test_the_button_follows_the_last_words_and_sources_come_last(site, sit_down):
    tess = sign_in(sit_down(), "tess").open("/courses/coaches/late")
    page = tess.page
    page.goto(page.url)
    tops = [page.locator(each).bounding_box()["y"] for each in (".key", ".main-button", ".next .more", ".sources")]
    assert tops == sorted(tops)
    assert "Who sees what" in tess.words and "You see every answer." not in tess.words
    assert "Sources, checked on Sunday 22 November 2026" in tess.words and "Two" not in tess.words
    page.get_by_text("Who sees what", exact=True).click()
    page.get_by_text("Sources, checked").click()
    assert "You see every answer." in tess.words and "What we keep, and for how long" in tess.words
    assert [each.inner_text() for each in page.locator(".sources li").all()] == ["One", "Two"]
    tess.press("Start the scenarios")
    assert "It is late." in tess.words


@pytest.mark.parametrize("view", [(True, 375)], indirect=True, ids=["phone"])
def test_from_a_result_to_what_was_taught_that_day_and_to_what_changed_since(site, sit_down):
    tess = sign_in(sit_down(), "tess").open("/courses/coaches/late")
    tess.press("Start the scenarios")
    tess.page.get_by_label("Wait.").check()
    tess.press("Answer").follow("Next").follow("The lesson, the scenarios and our policy as they were for this try")
    assert tess.heading == "Late" and "100 of 100, passed" in tess.words
    tess.follow("The scenarios")
    assert "You chose this." in tess.words and "Go." in tess.words
    tess.follow("The lesson")
    assert tess.page.locator(".phone").is_visible() and "Open, not private." in tess.words
    tess.follow("What has changed since")
    assert "Nothing has changed." in tess.words

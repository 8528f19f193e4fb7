"""A lead answers every question of the policy in a browser, one a page, and never has to go back up."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest

from tests.faults.server import Server
from tests.journeys.eyes import Person
from tests.journeys.test_at_this_school import sign_in

desk_and_phone = pytest.mark.parametrize(
    "view", [(True, 1280), (False, 375)], indirect=True, ids=["desktop", "phone without JavaScript"]
)
SAVE = "Save and next"


@pytest.fixture
def site(template, tmp_path) -> Iterator[Server]:
    with Server(shutil.copytree(template, tmp_path / "data")) as server:
        yield server


@pytest.fixture
def lou(sit_down) -> Person:
    return sign_in(sit_down(), "lou").open("/school/policy")


def tick(lead: Person, place: int) -> Person:
    """Tick the answer at a place, by its card."""
    lead.page.locator(".option label").nth(place).click()
    return lead


@desk_and_phone
def test_all_questions_are_answered_one_after_another(lou):
    lou.follow("Answer the first open question")
    for number in range(1, 23):
        assert f"Question {number} of 22" in lou.words
        below = lou.page.evaluate("scrollY")
        assert below == 0, "a page begins at its top"
        tick(lou, -1)
        lou.press(SAVE)
        assert "Saved in the draft: " in lou.words
    assert lou.heading == "Preview and publish" and "That was the last open question." in lou.words
    assert "Published: version 1" in lou.press("Publish").words
    assert "All 22 questions are answered" in lou.open("/school/policy").words


@desk_and_phone
def test_what_the_ticked_answer_would_change_is_what_stands_there(lou, view):
    lou.follow("Answer the first open question")
    effects = lou.page.locator("section[data-answer]")
    assert effects.locator("visible=true").count() == (0 if view[0] else 2), "without JavaScript, of each that would change anything"
    tick(lou, 1)
    assert "From “No online contact” to “School platforms only”" in lou.words
    assert ("to “Approved school accounts too”" in lou.words) is not view[0]
    tick(lou, 2)
    assert "From “No online contact” to “Approved school accounts too”" in lou.words
    tick(lou, 0)
    assert ("is the cautious rule, which applies already" in lou.words) is view[0]


@desk_and_phone
def test_going_back_and_a_second_tab_lose_nothing(lou):
    lou.open("/school/policy/choices/gaming")
    tick(lou, 0).press(SAVE)
    lou.page.go_back()
    lou.page.wait_for_load_state()
    assert lou.look().page.locator("input[value=none]").is_checked()
    other = Person(lou.page.context.new_page(), lou.address, False, {})
    other.open("/school/policy/choices/gaming")
    tick(lou, 1).press("Save and back to the list")
    assert lou.heading == "Policy" and "Only in the school's club" in lou.words
    tick(other, 0).press(SAVE)
    assert "Not saved yet" in other.words and "Lou Hartley chose “Only in the school's club”" in other.words
    other.press(SAVE)
    assert "Saved in the draft: Gaming, “No gaming with pupils”." in other.words


@desk_and_phone
def test_what_is_wrong_is_mended_in_its_place(lou):
    lou.open("/school/policy/choices/contact-hours")
    tick(lou, 0).fill(**{"words_school-day": "9 to 3"}).press(SAVE)
    assert "Not saved yet" in lou.words and lou.page.locator("[name=words_school-day]").input_value() == "9 to 3"
    lou.fill(**{"words_school-day": "9am to 3pm"}).press(SAVE)
    assert "Saved in the draft: Contact hours, “In the school day (9am to 3pm)”." in lou.words


@desk_and_phone
def test_the_cautious_rule_on_the_rest_is_read_and_taken(lou):
    lou.open("/school/policy/choices/parents")
    tick(lou, 1).press("Save and back to the list")
    lou.follow("Take the cautious rule for the rest")
    assert lou.page.locator("main dt").count() == 21 and "Staff do not use AI tools for school work." in lou.words
    lou.press("Take the cautious rule for these")
    assert "the cautious rule on 21 questions" in lou.words and "clock times missing" in lou.words
    lou.follow("Contact hours").fill(**{"words_school-day": "8.40am to 3.10pm"}).press("Save and back to the list")
    assert "clock times missing" not in lou.words
    assert lou.follow("Read it as staff will, and publish").heading == "Preview and publish"

"""Ways through a school that is running and change it: what its policy decides, what a lead mends."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from induction.settings import HOME
from tests.cast import PASSWORD, email_of
from tests.faults.server import Server, command
from tests.journeys.eyes import Person

COURSE = "professional-boundaries-online"
NEW_PASSWORD = "four plain river stones"

both_ways = pytest.mark.parametrize("view", [(True, 375), (False, 1280)], indirect=True, ids=["phone", "no JavaScript"])


@pytest.fixture
def site(template, tmp_path) -> Iterator[Server]:
    with Server(with_few_moments(template, tmp_path / "data")) as server:
        yield server


def with_few_moments(template: Path, folder: Path) -> Path:
    """A copy of the school with the cast in it; its own quizzes ask few moments, always the same."""
    shutil.copytree(template, folder)
    own = folder / "quizzes" / COURSE
    own.mkdir(parents=True)
    _ask(own, "01-where-the-line-is.md", "get-well")
    _ask(own, "02-friend-requests.md", "sunday-night")
    _ask(own, "03-following-pupils.md", "just-checking")
    return folder


def _ask(own: Path, name: str, *words: str) -> None:
    """A quiz of the shipped one's scenarios with these words."""
    shipped = (HOME / "quizzes" / COURSE / name).read_text(encoding="utf-8")
    head, *sections = re.split(r"(?m)^(?=## )", shipped)
    asked = re.sub(r"ask: \d+", f"ask: {len(words)}", head)
    chosen = [section for section in sections if any(f"{{#{word}" in section.splitlines()[0] for word in words)]
    assert len(chosen) == len(words), f"{name} lacks one of {words}"
    (own / name).write_text(asked + "".join(map(alone, chosen)), encoding="utf-8")


def alone(section: str) -> str:
    """A scenario without its twin."""
    return re.sub(r' twin="?[\w-]+"?', "", section, count=1)


def sign_in(person: Person, who: str, password: str = PASSWORD) -> Person:
    person.open("/sign-in").fill(email=email_of(who), password=password).press("Sign in")
    return person.follow("Go on") if "/welcome" in person.page.url else person


def start(person: Person, lesson: str) -> Person:
    return person.open(f"/courses/{COURSE}/{lesson}").press("Start the scenarios")


def choose(person: Person, words: str) -> Person:
    """Choose the option that begins so, and send it."""
    person.page.locator(".option label", has_text=words).click()
    return person.press("Answer")


def judgement(person: Person) -> str:
    return person.page.locator("main .tag").first.inner_text()


@both_ways
def test_the_policy_of_the_day_judges(site, sit_down):
    """The same answer to the same scenario, before the school chooses and after."""
    tess = start(sign_in(sit_down(), "tess"), "where-the-line-is")
    assert judgement(choose(tess, "Write them on the platform tomorrow")) == "Poor"
    assert "the cautious rule" in tess.words and "Our policy at" not in tess.words
    before = tess.page.url

    assert command(site.data, "policy", "set", "pupil-contact", "school-platforms").returncode == 0
    assert tess.follow("Next").heading.startswith("Not yet")
    tess.press("Try again")
    assert judgement(choose(tess, "Write them on the platform tomorrow")) == "Best"
    assert "Our policy at Wrenfield School" in tess.words
    assert tess.follow("Next").heading == "Passed"
    tess.open(before)  # nothing is ever judged again
    assert judgement(tess) == "Poor"
    assert "Our policy at Wrenfield School" in tess.open(f"/courses/{COURSE}/where-the-line-is").words


@both_ways
def test_a_lead_mends_what_is_wrong(site, sit_down):
    lou = sign_in(sit_down(), "lou").open("/school/people?search=tess").follow("Tess Okafor")
    lou.fill(name="Tess Okafor-Featherstonehaugh", email="not an address").press("Save")
    assert "Not saved yet" in lou.words
    lou.fill(email="tess@wrenfield.example").press("Save")
    assert lou.heading == "Tess Okafor-Featherstonehaugh"
    link = lou.press("Make a link for a new password").page.locator("#copy").input_value()

    tess = sit_down().open(link).fill(password=NEW_PASSWORD).press("Save the password")
    assert tess.heading == "Hello, Tess"
    assert sit_down().open(link).page.locator("[name=password]").count() == 0, "the link works once"
    lou.open("/school/settings").fill(headteacher="Ruth Oyelaran").press("Save the settings")
    assert "Ruth Oyelaran" in tess.open("/help").words
    assert "Ruth Oyelaran" in start(tess, "friend-requests").open(f"/courses/{COURSE}/where-the-line-is").words

    lou.open("/school/people?search=tess").follow("Tess Okafor-Featherstonehaugh")
    lou.follow("End Tess’s account").press("End Tess’s account")
    assert "What they did stays on record" in lou.words and "Featherstonehaugh" not in lou.page.locator("table").inner_text()
    assert tess.open("/").heading == "Sign in", "whoever has left is signed out"
    assert "You are not signed in yet" in sign_in(tess, "tess", NEW_PASSWORD).words
    lou.open("/school/people?show=left&search=tess").follow("Tess Okafor-Featherstonehaugh").press("Bring them back")

"""A lead brings people in: from the overview to the letter, and many slips to a page of paper."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from induction.records.people import people
from induction.records.people.person import Details
from induction.records.store.database import Database, transaction
from induction.rules.roles import Role
from tests.faults.server import Server
from tests.journeys.test_at_this_school import both_ways, sign_in

LONG = "Wilhelmina " * 10


@pytest.fixture
def site(template, tmp_path) -> Iterator[Server]:
    data = tmp_path / "data"
    shutil.copytree(template, data)
    db = Database(data / "induction.db")
    names = [f"Teacher {number:02}" for number in range(40)]
    with transaction(db):
        for number, name in enumerate(names):
            details = Details(f"t{number}@wrenfield.example", name, Role.TEACHER)
            people.put_new(db, details, by=None, now=datetime.now(UTC))
    db.close()
    with Server(data) as server:
        yield server


@both_ways
def test_from_the_overview_to_the_letter(site, sit_down):
    lou = sign_in(sit_down(), "lou").open("/school/overview").follow("People").follow("Add a person")
    lou.fill(name=LONG, email="ida@wrenfield.example").press("Add and make the invitation")
    assert lou.heading == f"An invitation for {LONG.strip()}"
    link, shown = lou.page.locator("#copy").input_value(), lou.page.url
    letter = lou.page.get_by_role("link", name="Write the email").get_attribute("href")
    assert letter.startswith("mailto:ida@wrenfield.example?subject=")
    lou.follow("Add another")
    lou.page.go_back()
    assert lou.page.locator("#copy").input_value() == link
    assert lou.open(shown).page.locator("#copy").input_value() == link
    ida = sit_down().open(link).fill(password="four plain river stones").press("Open my induction")
    assert "who sees what" in ida.words
    ida.follow("Go on")
    assert ida.heading == "Hello, Wilhelmina"
    assert "There is nothing to send" in lou.open(shown).words


@both_ways
def test_forty_slips_are_five_pages_of_paper(site, sit_down):
    lou = sign_in(sit_down(), "lou").open("/school/people").follow("Invited: links, and slips to print")
    lou.press("Make the links that are missing")
    assert "40 invitations made" in lou.words
    lou.follow("Print slips")
    paper = lou.page.pdf(prefer_css_page_size=True, format="A4")
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 5
    lou.page.emulate_media(media="print")
    assert not lou.page.get_by_role("heading", level=1).is_visible()


@pytest.mark.parametrize("view", [(True, 320)], indirect=True)
def test_nothing_scrolls_sideways(site, sit_down):
    lou = sign_in(sit_down(), "lou").open("/school/people/add")
    lou.fill(name="W" * 120, email="ida@wrenfield.example").press("Add and make the invitation")
    for path in (lou.page.url, lou.address + "/school/people/links", lou.address + "/school/people/links/slips"):
        lou.page.goto(path)
        lou.page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert lou.page.evaluate("document.documentElement.scrollWidth") <= 320, path

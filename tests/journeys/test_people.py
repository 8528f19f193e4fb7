"""A lead and the people of a school: narrowed, many changed at once, a deputy named, somebody's end taken back."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest

from tests.faults.server import Server
from tests.journeys.test_at_this_school import both_ways, sign_in


@pytest.fixture
def site(template, tmp_path) -> Iterator[Server]:
    shutil.copytree(template, tmp_path / "data")
    with Server(tmp_path / "data") as server:
        yield server


@both_ways
def test_a_lead_sees_to_the_people(site, sit_down):
    lou = sign_in(sit_down(), "lou").open("/school/people?show=not-begun")
    assert "people have not begun." in lou.words
    lou.page.get_by_label("Choose Tess Okafor, tess@wrenfield.example").check()
    lou.page.get_by_label("Choose Sam Price, sam@wrenfield.example").check()
    lou.page.get_by_label("Do this").select_option(label="set their mentor")
    lou.press("Go on").press("Show what changes")
    assert "Choose a mentor, or that there is none at present." in lou.words
    lou.page.get_by_label("Who is their mentor from now on?").select_option(label="Nia Évans")
    lou.press("Show what changes").press("Give 1 person Nia Évans as mentor")
    assert "Done. 1 person has Nia Évans as mentor." in lou.words

    lou.open("/school/people").follow("Nia Évans").follow("Name a deputy").press("Save the deputy")
    assert "Choose who stands in." in lou.words
    lou.page.get_by_label("Who stands in?").select_option(label="Max Adeyemi")
    lou.press("Save the deputy")
    assert "Max Adeyemi stands in for Nia Évans until you take it back." in lou.words
    max_ = sign_in(sit_down(), "max").open("/mentor/")
    assert "Tess Okafor" in max_.words and "Sam Price" in max_.words

    lou.follow("End Nia’s account").press("End Nia’s account")
    lou.page.get_by_label("Who mentors").select_option(label="Nobody at present")
    lou.press("End Nia’s account").follow("Take it back")
    assert "Was it too early?" in lou.words
    lou.press("Take it back")
    assert "and mentors Sam Price and Tess Okafor again" in lou.words

    lou.open("/school/people?show=left").open("/school/people?show=overdue")
    assert "Nobody is past a date." in lou.words
    lou.open("/school/people")
    lou.page.get_by_label("For", exact=True).select_option(label="all 5 on this page")
    lou.page.get_by_label("Do this").select_option(label="end their accounts")
    lou.press("Go on").page.get_by_label("Who mentors").first.wait_for(state="detached")
    lou.press("End 5 accounts")
    assert "This is the only lead who can sign in." in lou.words

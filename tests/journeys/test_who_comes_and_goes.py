"""A lead adds supply staff for a week, has a mentor hand over, and records a certificate; whose it is reads it and takes it along."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from induction.rules.calendar import written
from induction.wording import badges as wording
from tests.faults.server import Server
from tests.journeys.test_at_this_school import both_ways, sign_in
from tests.pages.test_badges import badge_of
from tests.rules.test_documents import HTML, PDF
from tests.services.test_badges import Elsewhere


@pytest.fixture
def site(template, tmp_path) -> Iterator[Server]:
    shutil.copytree(template, tmp_path / "data")
    with Server(tmp_path / "data") as server:
        yield server


def in_days(count: int) -> str:
    return written(date.today() + timedelta(days=count))


@both_ways
def test_who_comes_who_goes_and_what_was_done_elsewhere(site, sit_down, tmp_path):
    lou = sign_in(sit_down(), "lou").open("/school/people/add")
    lou.fill(name="Sue Supply", email="sue@wrenfield.example", starts=in_days(11), ends=in_days(7))
    lou.press("Add and make the invitation")
    assert "The last day is before the first." in lou.words
    lou.fill(starts=in_days(7), ends=in_days(11)).press("Add and make the invitation")
    link = lou.page.locator("#copy").input_value()
    assert "This link works from" in sit_down().open(link).heading
    assert "Sue Supply" in lou.open("/school/people?show=to-come").words
    assert "Sue begins on" in lou.follow("Sue Supply").words

    lou.open("/school/people").follow("Max Adeyemi").fill(ends=in_days(20)).press("Save")
    lou.open("/school/overview").follow("Say who follows").press("Save who follows")
    assert "Choose who follows, or nobody at first." in lou.words
    lou.page.get_by_label("Who mentors").select_option(label="Nia Évans")
    lou.press("Save who follows")
    assert "Nia Évans mentors them after" in lou.words

    lou.open("/school/people").follow("Tess Okafor").follow("What Tess did elsewhere")
    lou.page.get_by_label("It counts for").select_option(label="Professional boundaries online")
    lou.fill(provider="Kent Safeguarding", title="Level 1", done_on=in_days(-60), expires_on=in_days(300))
    lou.page.locator("[name=file]").set_input_files([{"name": "c.pdf", "mimeType": "application/pdf", "buffer": HTML}])
    lou.press("Keep it")
    assert "The file is a web page" in lou.words
    lou.page.locator("[name=file]").set_input_files([{"name": "c.pdf", "mimeType": "application/pdf", "buffer": PDF}])
    lou.press("Keep it")
    assert "Kept. Professional boundaries online: done elsewhere, Kent Safeguarding" in lou.words
    assert "done elsewhere" in lou.open("/school/overview").words

    lou.open("/school/people").follow("Sam Price").follow("What Sam did elsewhere").follow("Read its badge")
    badge = {"name": "badge.json", "mimeType": "application/json", "buffer": badge_of(Elsewhere(tmp_path / "elsewhere"))}
    lou.page.locator("[name=file]").set_input_files([badge | {"buffer": HTML}])
    lou.press("Read it")
    assert "The file is no badge." in lou.words
    lou.page.locator("[name=file]").set_input_files([badge])
    lou.press("Read it").press("Count it as done elsewhere")
    assert wording.SAY_WHOSE in lou.words
    lou.page.get_by_label("I have looked").check()
    lou.press("Count it as done elsewhere")
    assert "done elsewhere, Ysgol Tŷ Ŵyn" in lou.words
    assert "The key that signs" in lou.open("/school/evidence").words

    tess = sign_in(sit_down(), "tess").open("/")
    assert "no lesson is asked of you" in tess.words
    tess.open("/record")
    with tess.page.expect_download() as taken:
        tess.page.get_by_role("link", name="c.pdf").click()
    assert taken.value.suggested_filename == "c.pdf"
    assert "done elsewhere, Kent Safeguarding" in sign_in(sit_down(), "max").open("/mentor/").words

"""The overview and the staff meeting as they are seen: by axe, in the dark, on a phone, from the back of a room, on paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from induction import create_app
from induction.content.model import Rating
from induction.records.people import people
from induction.records.people.person import Details
from induction.records.store.database import transaction
from induction.rules.roles import Role
from induction.settings import Settings
from tests.faults.server import Server
from tests.journeys.test_at_this_school import COURSE, sign_in, with_few_moments
from tests.judgements import judge_here, of

MEETING = f"/school/meeting/{COURSE}"
PAGES = ("/school/overview", "/school/overview?show=not+begun", f"{MEETING}/friend-requests/sunday-night",
         f"{MEETING}/following-pupils/just-checking", "/school/insight", f"/school/insight/{COURSE}/friend-requests/sunday-night",
         "/school/insight?theme=Friend+requests+and+followers")  # fmt: skip
LONG = "Wilhelmina-Alexandrina Featherstonehaugh-Cholmondeley of the Upper and Lower Valleys and Elsewhere"


@pytest.fixture(scope="module")
def site(template, tmp_path_factory) -> Iterator[Server]:
    data = with_few_moments(template, tmp_path_factory.mktemp("school") / "data")
    _fill(data)
    with Server(data) as server:
        yield server


def _fill(data: Path) -> None:
    """Some are late, one of a very long name; ten have met a scenario."""
    school = create_app(Settings(data)).extensions["induction"]
    db, now = school.records, datetime.now(UTC)
    with transaction(db):
        for number, name in enumerate(("Ben Achterberg", "Sam Reed", "Sam Réed", LONG)):
            due = date.today() - timedelta(days=1 + number)
            people.add(db, Details(f"late{number}@wrenfield.example", name, Role.TEACHER, due=due), now=now)
    judge_here(db, school.programmes.current(), of("sunday-night", *[Rating.POOR] * 4, *[Rating.BEST] * 6))
    db.close()


@pytest.mark.parametrize("view", [(True, 1280), (False, 375)], indirect=True, ids=["desktop", "phone without JavaScript"])
def test_a_lead_goes_from_the_overview_to_the_meeting(site, sit_down):
    lou = sign_in(sit_down(), "lou").open("/school/overview")
    assert lou.page.get_by_role("link", name="Invite Ben again").is_visible()
    lou.open(PAGES[1]).follow("The whole overview").follow("Sunday-night request")
    assert not lou.page.get_by_text("people judged it here").is_visible() or lou.page.locator("details[open]").count()
    lou.page.reload()
    line = lou.page.get_by_text("Where the line is", exact=True)
    line.click()
    assert lou.page.get_by_text("people judged it here").is_visible(), "without a script"
    lou.open(PAGES[3])
    lou.page.reload()
    assert not lou.page.locator(".story").first.is_visible(), "what it warns of is folded"


@pytest.mark.parametrize("view", [(True, 1280), (False, 375)], indirect=True, ids=["desktop", "phone without JavaScript"])
def test_a_lead_reads_what_to_bring_to_the_meeting(site, sit_down):
    lou = sign_in(sit_down(), "lou").open("/school/overview").follow("What to bring to the next staff meeting")
    assert lou.page.get_by_text("6 of 10 first choices were wise").is_visible()
    lou.follow("Friend requests and followers").follow("Sunday-night request")
    assert lou.page.get_by_role("columnheader", name="Teachers, 10").count() and "Eve" not in lou.page.inner_text("main")


@pytest.mark.parametrize("view", [(True, 320)], indirect=True)
def test_nothing_scrolls_sideways(site, sit_down):
    lou = sign_in(sit_down(), "lou")
    for path in PAGES:
        lou.page.goto(lou.address + path)
        lou.page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        for size in ("100%", "200%"):
            lou.page.evaluate("size => document.documentElement.style.fontSize = size", size)
            assert lou.page.evaluate("document.documentElement.scrollWidth") <= 320, f"{path} at {size}"
    for width in (768, 1024, 1280, 1920):
        lou.page.set_viewport_size({"width": width, "height": 900})
        for path in PAGES:
            lou.page.goto(lou.address + path)
            assert lou.page.evaluate("document.documentElement.scrollWidth") <= width, f"{path} at {width}"


@pytest.mark.parametrize("view", [(True, 1280)], indirect=True)
def test_the_lessons_names_stand_over_the_picture_apart_from_each_other(site, sit_down):
    lou = sign_in(sit_down(), "lou")
    lou.page.goto(lou.address + "/school/overview")
    names = lou.page.locator(".picture thead .full-name")
    # Aslant by 45 degrees, names stand apart where their lines do: their distance is that across the slant.
    apart = names.evaluate_all(
        "all => all.map(each => ({x: each.closest('th').getBoundingClientRect().x, thick: each.offsetHeight}))"
    )
    for one, next_one in zip(apart, apart[1:], strict=False):
        assert (next_one["x"] - one["x"]) / 2**0.5 >= (one["thick"] + next_one["thick"]) / 2 - 1
    assert names.first.is_visible() and not lou.page.locator(".picture .number").first.evaluate("each => each.offsetWidth > 1")
    lou.page.set_viewport_size({"width": 1100, "height": 900})
    assert lou.page.locator(".picture .number").first.evaluate("each => each.offsetWidth > 1")
    assert lou.page.locator(".picture-key").is_visible()


@pytest.mark.parametrize("view", [(True, 1280)], indirect=True)
def test_a_meeting_reads_from_the_back_of_the_room(site, sit_down):
    lou = sign_in(sit_down(), "lou")
    for width, least in ((1280, 26), (1920, 35)):
        lou.page.set_viewport_size({"width": width, "height": width * 9 // 16})
        lou.page.goto(lou.address + PAGES[2])
        option = lou.page.locator(".numbered li").first
        lines = option.evaluate("each => { const range = document.createRange(); range.selectNodeContents(each);"
                                " return range.getClientRects()[0].height }")  # fmt: skip
        assert lines >= least, f"letters of {lines} px at {width}"


@pytest.mark.parametrize("view", [(True, 1280)], indirect=True)
def test_a_hand_out_has_the_answers_on_a_page_of_their_own(site, sit_down):
    lou = sign_in(sit_down(), "lou")
    lou.page.goto(lou.address + PAGES[2])
    lou.page.emulate_media(media="print")
    lou.page.set_viewport_size({"width": 673, "height": 952})
    assert lou.page.locator(".feedback").first.is_visible(), "folded parts are open on paper"
    assert not lou.page.locator(".margin").is_visible() and not lou.page.locator(".tabs").is_visible()
    assert lou.page.locator(".answers-apart").evaluate("each => getComputedStyle(each).breakBefore") == "page"
    assert lou.page.locator(".answers-apart").bounding_box()["y"] < 952, "what comes before fits one page"
    pages = re.findall(rb"/Type\s*/Page\b", lou.page.pdf(format="A4"))
    assert len(pages) >= 2


@pytest.mark.parametrize("view", [(True, 1280)], indirect=True)
def test_the_overview_on_paper_reads_in_grey(site, sit_down):
    lou = sign_in(sit_down(), "lou")
    lou.page.goto(lou.address + "/school/overview")
    lou.page.emulate_media(media="print")
    lou.page.set_viewport_size({"width": 673, "height": 952})
    assert lou.page.locator(".picture-key").is_visible() and lou.page.locator(".picture .number").first.is_visible()
    assert not lou.page.get_by_role("link", name=re.compile("^(Write to|Invite)")).first.is_visible(), "no link on paper"
    for kind in (".did", ".late", ".cell:not(.did, .late, .begun)"):
        assert lou.page.locator(f".picture {kind} svg use").count() or kind == ".did"
    assert "printed on" in lou.page.locator(".only-print").inner_text()

"""Ways through one school that is running, which leave each other alone: by keyboard, on a phone, on a shared computer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from induction.settings import HOME
from tests.faults.server import Server, command
from tests.journeys.test_at_this_school import COURSE, both_ways, choose, judgement, sign_in, start, with_few_moments

at_a_desk = pytest.mark.parametrize("view", [(True, 1280)], indirect=True)


@pytest.fixture(scope="module")
def site(template, tmp_path_factory) -> Iterator[Server]:
    with Server(with_few_moments(template, tmp_path_factory.mktemp("school") / "data")) as server:
        yield server


@at_a_desk
def test_scenarios_by_keyboard_alone(site, sit_down):
    """One that lies open, and one that is folded behind its warning."""
    tess = sign_in(sit_down(), "tess")
    keyboard = tess.page.keyboard

    def tab_to(what: str, wanted: str) -> None:
        for _ in range(30):
            keyboard.press("Tab")
            if tess.page.evaluate(f"document.activeElement.{what}") == wanted:
                return
        raise AssertionError(f"no way by Tab to {wanted}")

    for number, lesson in enumerate(("where-the-line-is", "following-pupils"), start=1):
        start(tess, lesson).page.reload()  # as it is served: whoever looks at a page opens its folds
        if lesson == "following-pupils":
            assert not tess.page.locator("[name=option]").first.is_visible()
            tab_to("textContent.trim()", "Show the scenario")
            keyboard.press("Enter")
        tab_to("name", "option")
        keyboard.press("Space")
        tab_to("textContent.trim()", "Answer")
        keyboard.press("Enter")
        tess.page.wait_for_url(f"**/attempts/{number}/1")
        assert tess.heading == "What follows"


@both_ways
def test_a_story_goes_on(site, sit_down, view):
    """What is chosen decides which scene follows."""
    tess = start(sign_in(sit_down(), "tess" if view[0] else "sam"), "friend-requests")
    assert tess.heading == "Sunday-night request"
    choose(tess, "Send Jordan a line")
    assert "here it cost nothing" in tess.words
    assert tess.follow("Next").heading == "A minute later"
    assert "scenario 1 of 1" in tess.words
    choose(tess, "Write nothing more tonight, and tell")
    assert judgement(tess) == "Best"
    assert tess.follow("Next").heading.startswith(("Nearly there", "Not yet"))
    assert "The one that crossed" in tess.words

    tess.press("Try again")  # what went wrong is asked again
    assert judgement(choose(tess, "Leave it, and send")) == "Best"
    assert tess.follow("Next").heading == "Monday"


@both_ways
def test_a_mentor_and_a_list(site, sit_down):
    mentor = sign_in(sit_down(), "max").open("/mentor/")
    assert mentor.page.locator("table.people tbody tr").count() == 1
    mentor.page.get_by_label("Show", exact=True).select_option("on track")
    mentor.page.get_by_label("Sort by").select_option("name")
    mentor.press("Show")
    assert "sort=name" in mentor.page.url and "Tess Okafor" in mentor.words
    mentor.open("/mentor/?show=complete")
    assert "Nobody stands there" in mentor.words
    listed = mentor.page.request.get(f"{mentor.address}/mentor/teachers.csv").text()
    assert "Tess Okafor" in listed and "Sam Price" not in listed

    mentor.follow("Show everyone").follow("Tess Okafor")
    hers = mentor.page.url
    assert "Everything on this page, under My record." in mentor.words
    mentor.press("Save the conversation")
    assert "Not kept yet" in mentor.words and "Choose at least one theme" in mentor.words

    other = sign_in(sit_down(), "nia")
    assert other.page.goto(hers).status == 404
    assert other.look().heading == "There is no such page here"


@at_a_desk
def test_the_first_visit_of_a_lesson_is_small(site, sit_down, chromium):
    """With nothing kept by the browser: at most six requests and 60 kB over the wire."""
    lou = sign_in(sit_down(), "lou")
    fresh = chromium.new_context(storage_state=lou.page.context.storage_state())
    page, asked, sent = fresh.new_page(), [], []
    wire = fresh.new_cdp_session(page)
    wire.send("Network.enable")
    wire.on("Network.requestWillBeSent", lambda event: asked.append(event["request"]["url"]))
    wire.on("Network.loadingFinished", lambda event: sent.append(event["encodedDataLength"]))
    page.goto(f"{lou.address}/courses/{COURSE}/friend-requests", wait_until="networkidle")
    fresh.close()
    assert 3 <= len(asked) <= 6, asked
    assert 10_000 < sum(sent) <= 60_000, sent


@at_a_desk
def test_private_ticks_are_nobodys_business(site, sit_down):
    """They outlive a reload, leave the browser in no address and no form, and are not the next person's."""
    tess = sign_in(sit_down(), "tess")
    said = []
    tess.page.on("request", lambda request: said.append(request.url + (request.post_data or "")))
    first = tess.open("/presence").page.locator(".checklist input").first
    name = first.get_attribute("id")
    first.check()
    tess.page.reload()
    assert first.is_checked()
    tess.press("Sign out")
    sign_in(tess, "max").open("/presence")
    assert not first.is_checked(), "another person at the same computer"
    tess.press("Sign out")
    sign_in(tess, "tess").open("/presence")
    assert first.is_checked()
    assert said and not any(name in each or "ticks" in each for each in said)
    tess.page.get_by_role("button", name="Clear my ticks").first.click()
    assert not first.is_checked()


LESSONS = sorted(path.stem[3:] for path in (HOME / "courses" / COURSE).glob("[0-9]*.md"))
PAGES = {
    "lou": (
        "/school/overview", "/school/people", "/school/people/add", "/school/settings", "/mentor/", "/school/policy",
        "/school/policy/choices/pupil-contact", "/school/policy/cautious", "/school/policy/text", "/school/policy/preview",
        "/school/policy/versions", "/school/policy/versions/1", "/school/policy/readers", "/school/policy/touched",
        "/school/policy/accounts", "/school/policy/accounts/add", "/school/courses", "/school/courses/boundaries-in-ten-minutes",
        f"/school/courses/{COURSE}/friend-requests", f"/school/courses/{COURSE}/friend-requests/sunday-night",
        f"/school/meeting/{COURSE}/friend-requests/sunday-night", "/school/people/import", "/school/people/links",
        "/school/people/many?do=mentor&who=4", "/school/notes", "/school/people/4/corrections", "/school/evidence/pack",
        "/school/people/4/pack",
    ),
    "max": ("/mentor/", "/mentor/4", "/"),
    "tess": (
        "/",
        f"/courses/{COURSE}/",
        *(f"/courses/{COURSE}/{lesson}" for lesson in LESSONS),
        f"/courses/{COURSE}/confidence",
        "/policy",
        "/policy/accounts",
        "/presence",
        "/record",
        "/account/devices",
        "/account/password",
        "/help",
        "/what-we-keep",
        "/accessibility",
    ),
}


@pytest.mark.parametrize("view", [(True, 320)], indirect=True)
def test_nothing_scrolls_sideways(site, sit_down):
    """At 320 px, and there at twice the text, with folded parts open."""
    assert command(site.data, "policy", "set", "pupil-contact", "approved-accounts").returncode == 0
    for who, paths in PAGES.items():
        person = sign_in(sit_down(), who)
        page = person.page
        for path in paths:
            assert page.goto(person.address + path).status == 200, path
            page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
            for size in ("100%", "200%"):
                page.evaluate("size => document.documentElement.style.fontSize = size", size)
                wide = page.evaluate("document.documentElement.scrollWidth")
                assert wide <= 320, f"{path} at {size} is {wide} px wide"

"""Ways through a school that is running: what its policy changes, what a mentor sees, what a lead mends."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator

import pytest

from induction.settings import HOME
from tests.cast import PASSWORD, email_of
from tests.faults.server import Server, command
from tests.journeys.eyes import Person

COURSE = "professional-boundaries-online"
NEW_PASSWORD = "four plain river stones"

at_a_desk = pytest.mark.parametrize("view", [(True, 1280)], indirect=True)
both_ways = pytest.mark.parametrize("view", [(True, 375), (False, 1280)], indirect=True, ids=["phone", "no JavaScript"])


@pytest.fixture
def site(template, tmp_path) -> Iterator[Server]:
    """A server on a copy of the school with the cast in it; its own quizzes ask few moments, always the same."""
    folder = tmp_path / "data"
    shutil.copytree(template, folder)
    own = folder / "quizzes" / COURSE
    own.mkdir(parents=True)
    _ask(own, "01-where-the-line-is.md", "get-well")
    _ask(own, "02-friend-requests.md", "sunday-night", "one-more-request", ask=1)
    _ask(own, "03-following-pupils.md", "just-checking")
    server = Server(folder)
    yield server
    server.stop()


def _ask(own, name: str, *words: str, ask: int | None = None) -> None:
    """A quiz of the shipped one's scenarios with these words."""
    shipped = (HOME / "quizzes" / COURSE / name).read_text(encoding="utf-8")
    head, *sections = re.split(r"(?m)^(?=## )", shipped)
    asked = re.sub(r"ask: \d+", f"ask: {ask or len(words)}", head)
    chosen = [section for section in sections if any(f"{{#{word}" in section.splitlines()[0] for word in words)]
    assert len(chosen) == len(words), f"{name} lacks one of {words}"
    (own / name).write_text(asked + "".join(chosen), encoding="utf-8")


def sign_in(person: Person, who: str, password: str = PASSWORD) -> Person:
    return person.open("/sign-in").fill(email=email_of(who), password=password).press("Sign in")


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
    assert judgement(choose(tess, "Write her a few lines there in contact hours")) == "Over the line"
    assert "the cautious rule" in tess.words and "Our policy at" not in tess.words
    before = tess.page.url

    assert command(site.data, "policy", "set", "pupil-contact", "school-platforms").returncode == 0
    assert tess.follow("Next").heading.startswith("Not yet")
    tess.press("Try again")
    assert judgement(choose(tess, "Write her a few lines there in contact hours")) == "Best"
    assert "Our policy at Wrenfield School" in tess.words
    assert tess.follow("Next").heading == "Passed"
    tess.open(before)  # nothing is ever judged again
    assert judgement(tess) == "Over the line"


@at_a_desk
@pytest.mark.parametrize("lesson", ["where-the-line-is", "following-pupils"], ids=["open", "folded behind its warning"])
def test_a_scenario_by_keyboard_alone(site, sit_down, lesson):
    tess = start(sign_in(sit_down(), "tess"), lesson)
    tess.page.reload()  # as it is served: whoever looks at a page opens its folds
    keyboard = tess.page.keyboard

    def tab_to(what: str, wanted: str) -> None:
        for _ in range(30):
            keyboard.press("Tab")
            if tess.page.evaluate(f"document.activeElement.{what}") == wanted:
                return
        raise AssertionError(f"no way by Tab to {wanted}")

    if lesson == "following-pupils":
        assert not tess.page.locator("[name=option]").first.is_visible()
        tab_to("textContent.trim()", "Show the scenario")
        keyboard.press("Enter")
    tab_to("name", "option")
    keyboard.press("Space")
    tab_to("textContent.trim()", "Answer")
    keyboard.press("Enter")
    tess.page.wait_for_url("**/attempts/1/1")
    assert tess.heading == "What follows"


@both_ways
def test_a_story_goes_on(site, sit_down):
    """What is chosen decides which scene follows; a scenario that warns first can be put off."""
    tess = start(sign_in(sit_down(), "tess"), "friend-requests")
    if tess.page.get_by_role("button", name="Another one instead").count():
        assert "This one is about threats" in tess.words
        tess.press("Another one instead")
    assert tess.heading == "Sunday-night request"
    choose(tess, "Accept so as not to hurt Jordan")
    assert "here it cost nothing" in tess.words
    assert tess.follow("Next").heading == "A minute later"
    assert "scenario 1 of 1" in tess.words
    choose(tess, "Stop there, keep all of it")
    assert judgement(tess) == "Best"
    assert tess.follow("Next").heading.startswith(("Nearly there", "Not yet"))
    assert "The one that crossed" in tess.words

    tess.press("Try again")  # what went wrong is asked again
    assert judgement(choose(tess, "Leave it as it is")) == "Best"
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

    lou.open("/school/people?search=tess").follow("Tess Okafor-Featherstonehaugh").press("End Tess’s account")
    assert "What they did stays on record" in lou.words and "Featherstonehaugh" not in lou.page.locator("table").inner_text()
    assert tess.open("/").heading == "Sign in", "whoever has left is signed out"
    assert "You are not signed in yet" in sign_in(tess, "tess", NEW_PASSWORD).words
    lou.open("/school/people?show=left&search=tess").follow("Tess Okafor-Featherstonehaugh").press("Bring them back")
    assert "You are not signed in yet" in sign_in(tess, "tess", NEW_PASSWORD).words, "the password of before ended"
    link = lou.press("Make a new invitation").page.locator("#copy").input_value()
    assert tess.open(link).fill(password=NEW_PASSWORD).press("Open my induction").heading.startswith("Hello, Tess")


@at_a_desk
def test_the_first_visit_of_a_lesson(site, sit_down, chromium):
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


LESSONS = sorted(path.stem[3:] for path in (HOME / "courses" / COURSE).glob("[0-9]*.md"))
PAGES = {
    "lou": (
        "/school/overview", "/school/people", "/school/people/add", "/school/settings", "/mentor/", "/school/policy",
        "/school/policy/choices/pupil-contact", "/school/policy/text", "/school/policy/preview", "/school/policy/versions",
        "/school/policy/versions/1", "/school/policy/readers", "/school/policy/touched", "/school/policy/accounts",
        "/school/policy/accounts/add", "/school/courses", "/school/courses/boundaries-in-ten-minutes", "/school/notes",
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

"""What this product is for, in a browser: a school sets its policy, and lessons, judgements and evidence follow."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from induction.settings import HOME
from tests.faults.server import Server, command
from tests.journeys.eyes import Person
from tests.journeys.test_at_this_school import alone, choose, judgement, sign_in, start

COURSE = "professional-boundaries-online"
SHORT = "boundaries-in-ten-minutes"
READ = "I have read and understood it"
desk_and_phone = pytest.mark.parametrize(
    "view", [(True, 1280), (False, 375)], indirect=True, ids=["desktop", "phone without JavaScript"]
)
on_a_phone = pytest.mark.parametrize("view", [(True, 375)], indirect=True, ids=["phone"])


@pytest.fixture(scope="module")
def with_two_leads(template, tmp_path_factory) -> Path:
    """A copy of the school with the cast in it, and a second lead. One quiz asks one moment, always the same."""
    folder = tmp_path_factory.mktemp("two-leads") / "data"
    shutil.copytree(template, folder)
    own = folder / "quizzes" / COURSE
    own.mkdir(parents=True)
    shipped = (HOME / "quizzes" / COURSE / "01-where-the-line-is.md").read_text(encoding="utf-8")
    head, *sections = re.split(r"(?m)^(?=## )", shipped)
    asked = [section for section in sections if "{#get-well" in section.splitlines()[0]]
    (own / "01-where-the-line-is.md").write_text(re.sub(r"ask: \d+", "ask: 1", head) + "".join(map(alone, asked)), encoding="utf-8")
    added = command(
        folder, "people", "add", "kit@wrenfield.example", "--name", "Kit Moran", "--role", "lead", "--password-stdin",
        typed="nine calm otters paddle",
    )
    assert added.returncode == 0, added.stderr
    return folder


@pytest.fixture
def site(with_two_leads, tmp_path) -> Iterator[Server]:
    with Server(shutil.copytree(with_two_leads, tmp_path / "data")) as server:
        yield server


def take_stance(lead: Person, facet: str, stance: str) -> Person:
    lead.open(f"/school/policy/choices/{facet}")
    lead.page.locator(f"label[for=stance-{stance}]").click()
    return lead.press("Save and back to the list")


def publish(lead: Person) -> Person:
    return lead.open("/school/policy/preview").press("Publish")


def acknowledge(person: Person, name: str) -> Person:
    return person.open("/policy").fill(name=name).press(READ)


@desk_and_phone
def test_a_policy_set_once_is_followed_everywhere(site, sit_down):
    """The same teacher, the same scenario, before and after the lead chooses; asked again only after what is material."""
    tess = start(sign_in(sit_down(), "tess"), "where-the-line-is")
    assert judgement(choose(tess, "Write them on the platform tomorrow")) == "Poor"
    assert "the cautious rule" in tess.words and "Our policy at" not in tess.words

    lou = sign_in(sit_down(), "lou").open("/school/policy")
    assert lou.heading == "Policy" and lou.words.count("not chosen: the cautious rule applies") == 22
    assert lou.follow("Answer the first open question").heading == "How may staff be in touch with pupils online?"
    lou.page.get_by_text("School platforms only", exact=True).click()
    assert "A get-well message" in lou.words
    take_stance(lou, "pupil-contact", "school-platforms")
    assert "One change is not published yet" in lou.words
    lou.follow("Preview and publish")
    assert lou.heading == "Preview and publish" and "This would be the first text of your policy" in lou.words
    assert "Published: version 1" in lou.press("Publish").words

    tess.follow("Next").press("Try again")
    assert judgement(choose(tess, "Write them on the platform tomorrow")) == "Best"
    assert "Our policy at Wrenfield School" in tess.words
    assert tess.follow("Next").heading == "Passed"

    assert "and the policy" in tess.open("/").words
    tess.open("/policy").press(READ)
    assert "Not kept yet" in tess.words and "Type your name, as a signature" in tess.words
    assert "You have read and understood version 1" in tess.fill(name="Tess Okafor").press(READ).words

    lou.open("/school/policy/text").page.locator("[name=words]").fill("## Bicycles\n\nBicycles are walked in the yard.")
    lou.press("Save and preview")
    lou.page.get_by_text("No. Only words changed").click()
    assert "What people have acknowledged stands" in lou.press("Publish").words
    assert "Bicycles" in tess.open("/policy").words
    assert tess.page.get_by_role("button", name=READ).count() == 0, "a minor version asks nobody"

    take_stance(lou, "pupil-contact", "none")
    assert "Whom it touches" in lou.open("/school/policy/preview").words
    lou.press("Publish")
    assert lou.heading == "Asked again" and "Tess" in lou.page.content()
    lou.press("Ask them these scenarios again")

    assert "Asked again, because our policy changed" in tess.open("/").words
    tess.open("/policy")
    assert "What has changed" in tess.words and "Being in touch with pupils" in tess.words
    acknowledge(tess, "Tess Okafor").press("Meet it again")
    assert judgement(choose(tess, "Write them on the platform tomorrow")) == "Poor"
    assert "Our policy at Wrenfield School" in tess.words
    tess.follow("Next").press("Try again")
    choose(tess, "Write them on a card")
    assert tess.follow("Next").heading == "Passed"
    assert "Asked again" not in tess.open("/").words
    assert "Version 3" in tess.open("/record").words

    lou.open("/school/policy/readers")
    assert "1 of 6 have read it" in lou.words and "Sam Price" in lou.words
    lou.page.locator("li", has_text="Sam Price").get_by_role("link").click()
    lou.page.wait_for_load_state()
    lou.look().fill(name="S. Price", signed_on=f"{date.today():%d/%m/%Y}").press("Record the signature")
    assert "Kept, as signed on paper: Sam Price" in lou.words
    assert "Lou Hartley" in lou.open("/school/policy/versions").words
    assert lou.follow("Version 3").heading.startswith("Version 3")


@desk_and_phone
def test_an_approved_account_is_assessed_signed_off_and_printed(site, sit_down):
    lou = take_stance(sign_in(sit_down(), "lou"), "pupil-contact", "approved-accounts")
    publish(lou).open("/school/policy/accounts").follow("Add an account")
    review = f"{date.today() + timedelta(days=120):%d/%m/%Y}"
    words = {
        "handle": "@wrenfieldscience", "purpose": "Practical work, for families.", "closed_platform": "They are not on it.",
        "audience": "Families", "youngest": "16", "school_email": "science@wrenfield.example", "device": "Tablet 7",
        "handover": "The head of science takes over.", "follows": "Museums. No pupils.", "tagging": "No tags.",
        "consent": "Max keeps the list, Tess checks it.", "hours": "8 to 5", "incident": "Ring the office.",
        "keeping": "A year.", "accessibility": "Tess describes each.", "switch_off": "A week without Max.", "review_on": review,
    }
    lou.fill(**words)
    page = lou.page
    page.locator("[name=platform]").select_option(label="Instagram (13 or older)") if page.locator(
        "select[name=platform]"
    ).count() else page.get_by_text("Instagram (13 or older)").click()
    for name in ("first_responsible", "second_responsible"):
        page.locator(f"[name={name}]").select_option(label="Max Adeyemi")
    assert "Not saved yet" in lou.press("Save the risk assessment").words, "one person is too few"
    page.locator("[name=second_responsible]").select_option(label="Tess Okafor")
    for name in ("two_steps", "messages", "comments", "live", "dpia"):
        page.locator(f"[name={name}]").first.check()
    lou.press("Save the risk assessment")
    if "Not saved yet" in lou.words:  # what went with a choice
        for name in ("comments_words", "messages_words", "live_words", "dpia_words"):
            page.locator(f"[name={name}]").fill("As agreed with the head.")
        lou.press("Save the risk assessment")
    assert "waiting" in lou.words.lower() and "a second person signs it off" in lou.words
    tess = sign_in(sit_down(), "tess").open("/policy/accounts")
    assert "Not approved now" in tess.words

    kit = sign_in(sit_down(), "kit").open("/school/policy/accounts")
    kit.page.locator("main a", has_text="@wrenfieldscience").first.click()
    kit.page.wait_for_load_state()
    kit.look().page.locator("form[action$='/sign'] [name=name]").fill("Kit Moran")
    kit.press("Sign it off")
    kit.page.emulate_media(media="print")
    printed = kit.page.locator("main").inner_text()
    assert "Signatures" in printed and "Tablet 7" in printed and "Museums. No pupils." in printed
    assert not kit.page.get_by_role("button", name="Switch it off").is_visible()
    kit.page.emulate_media(media="screen")
    assert "@wrenfieldscience" in tess.open("/policy/accounts").words and "Not approved now" not in tess.words


@on_a_phone
def test_a_course_is_approved_and_a_wrong_question_is_answered(site, sit_down):
    tess = sign_in(sit_down(), "tess").open(f"/courses/{SHORT}/the-essentials")
    assert "Not yet approved by Wrenfield School" in tess.words
    lou = sign_in(sit_down(), "lou").open("/school/courses")
    lou.open(f"/school/courses/{SHORT}").follow("Read it").press("Read").press("Approve for our school")
    assert "Not kept yet" in lou.words
    lou.fill(name="Lou Hartley").press("Approve for our school")
    assert "Not yet approved" not in tess.open(f"/courses/{SHORT}/the-essentials").words

    start(tess, "where-the-line-is")
    choose(tess, "Write them on the platform tomorrow").follow("This question is wrong")
    tess.page.locator("textarea").fill("Two of the choices are the same to me.")
    tess.press("Send the note")
    assert "Two of the choices are the same to me." in lou.open("/school/notes").words
    lou.page.locator("textarea").first.fill("Thank you. The second one goes by the office; we will say so.")
    lou.press("Answer")
    assert "we will say so" in tess.open("/record").words


@on_a_phone
def test_how_ready_somebody_feels_is_theirs_to_share(site, sit_down):
    tess = sign_in(sit_down(), "tess").follow("Before you begin: three questions, one minute")
    for group in tess.page.locator("fieldset").all():
        group.locator("label").nth(1).click()
    tess.press("Save")
    mentor = sign_in(sit_down(), "max").open("/mentor/").follow("Tess Okafor")
    assert "Would like to talk about" not in mentor.words
    tess.open(f"/courses/{COURSE}/confidence")
    tess.page.locator("input[name=share]").check()
    tess.press("Save this choice")
    mentor.page.reload()
    assert "Would like to talk about" in mentor.words

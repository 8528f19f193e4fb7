"""The first run: four short pages at one address. What was typed stays in the browser until the third is sent."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from induction.records.people import people
from induction.records.people.one_time_links import LinkKind
from induction.rules.roles import Role
from tests.browser import Browser, Page, form_values
from tests.cast import Cast, email_of, move_in

PASSWORD = "eleven brave herons nest"
THE_SCHOOL = {"name": "Hollin Bank School", "phase": "Primary", "nation": "Wales"}
CONTACTS = {"out_of_hours": "Ffion Rees", "out_of_hours_phone": "01632 960155"}
YOURSELF = {"lead_name": "Ffion Rees", "lead_email": "ffion@hollin.example", "lead_password": PASSWORD}
TO_CONTACTS, TO_YOURSELF, OPEN = "Next: whom staff tell", "Next: yourself", "Open the site"
AT_ONCE = {**THE_SCHOOL, "phase": "primary", "nation": "wales", **CONTACTS, **YOURSELF}


@pytest.fixture
def empty(app, tmp_path):
    """A school that nobody has set up."""
    (tmp_path / "nobody").mkdir()
    cast = move_in(app, tmp_path / "nobody", tmp_path / "data")
    yield cast
    cast.records.close()


@pytest.fixture
def link(empty) -> str:
    return f"/first-run/{empty.link(LinkKind.FIRST_RUN, None)}"


def to_page(browser: Browser, link: str, number: int, **contacts: str) -> Page:
    """The page of that number, with the pages before it filled in."""
    page = browser.open(link)
    if number > 1:
        page = browser.press(TO_CONTACTS, **THE_SCHOOL)
    if number > 2:
        page = browser.press(TO_YOURSELF, **{**CONTACTS, **contacts})
    return page


def set_up(browser: Browser, link: str, **contacts: str) -> Page:
    to_page(browser, link, 3, **contacts)
    return browser.press(OPEN, **YOURSELF)


# The way through

def test_four_pages_set_up_the_school(empty, link):
    browser, nobody = empty.browser(), empty.all_that_is_kept()
    page = browser.open(link)
    assert page.heading == "Set up this site" and "Page 1 of 4" in page.title
    page = browser.press(TO_CONTACTS, **THE_SCHOOL)
    assert page.heading == "Whom staff tell" and "Page 2 of 4" in page.title
    page = browser.press(TO_YOURSELF, **CONTACTS)
    assert page.heading == "Yourself" and "Page 3 of 4" in page.title
    assert empty.all_that_is_kept() == nobody, "nothing is kept before the third page is sent"
    page = browser.press(OPEN, **YOURSELF)
    assert page.way == [(303, link)] and page.heading == "Your school is set up" and "Page 4 of 4" in page.title
    assert "Hollin Bank School" in page.title and "Primary, Wales" in page.text and "Ffion Rees, 01632 960155" in page.text
    assert page.link("01632 960155").get("href") == "tel:01632960155"
    lead = empty.who("ffion@hollin.example")
    assert lead.role is Role.LEAD and lead.has_password and lead.name == "Ffion Rees"
    about = empty.programme.school
    assert (about.name, about.nation, about.phase) == ("Hollin Bank School", "wales", "primary")
    assert about.words == {"out of hours": "Ffion Rees", "out of hours phone": "01632 960155"}
    page = browser.press("Go to the overview")
    assert page.is_at("/school/overview") and "Four things are left" in page.text


def test_neither_phase_nor_nation_is_ticked_beforehand(empty, link):
    page = empty.browser().open(link)
    assert not [each for each in page.document.all("input") if each.get("type") == "radio" and "checked" in each.attrs]


@pytest.mark.parametrize("number, needed", [(1, "all three"), (2, "whom staff reach out of hours"), (3, "all three")])
def test_each_page_says_before_its_button_what_is_needed(empty, link, number, needed):
    page = to_page(empty.browser(), link, number)
    said = page.text.index(f"Needed on this page: {needed}")
    assert said < page.text.index({1: TO_CONTACTS, 2: TO_YOURSELF, 3: OPEN}[number])


def test_all_at_once_goes_through_too(empty, link):
    """As whoever fills in the one page of before by a program sends it."""
    page = empty.browser().send(link, AT_ONCE)
    assert page.way == [(303, link)] and page.heading == "Your school is set up"


def test_people_are_called_as_in_the_nation_of_the_page_before(empty, link):
    browser = empty.browser()
    browser.open(link)
    page = browser.press(TO_CONTACTS, **{**THE_SCHOOL, "nation": "Northern Ireland"})
    assert "Principal: name" in page.text


# Show it to anyone?

def test_contacts_are_shown_to_anyone_unless_the_tick_is_taken_away(empty, link):
    browser = empty.browser()
    page = to_page(browser, link, 2)
    assert "checked" in page.field("public_contacts").attrs
    page = set_up(browser, link)
    assert "Anyone who opens Help now sees these names" in page.text
    help_page = empty.browser().open("/help")
    assert "Ffion Rees" in help_page.text and help_page.link("01632 960155").get("href") == "tel:01632960155"


def test_a_tick_that_was_taken_away_stays_away_on_the_way_back_and_on(empty, link):
    browser = empty.browser()
    to_page(browser, link, 2)
    browser.press(TO_YOURSELF, **CONTACTS, public_contacts=[])
    browser.press("Back to page 2", lead_name="Ffion Rees")
    page = browser.press("Back to page 1")
    page = browser.press(TO_CONTACTS)
    assert "checked" not in page.field("public_contacts").attrs
    browser.press(TO_YOURSELF)
    page = browser.press(OPEN, **YOURSELF)
    assert "Staff who are signed in see these names" in page.text
    assert "Ffion Rees" not in empty.browser().open("/help").html


# What is missing, and the way back

@pytest.mark.parametrize(
    "number, button, problems",
    [
        (1, TO_CONTACTS, ["Write the school's name.", "Choose the phase.", "Choose the nation."]),
        (2, TO_YOURSELF, ["Write whom staff reach in the evening and at weekends."]),
        (3, OPEN, ["Write your name.", "Write the email address.", "Choose a password."]),
    ],
)
def test_what_is_missing_is_said_on_its_own_page(empty, link, number, button, problems):
    browser, nobody = empty.browser(), empty.all_that_is_kept()
    before = to_page(browser, link, number)
    page = browser.press(button)
    assert sorted(page.problems) == sorted(problems) and page.title.startswith("Not set up yet: ")
    assert page.heading == before.heading and page.status == 200
    assert empty.all_that_is_kept() == nobody


def test_the_way_back_keeps_what_was_typed_but_for_the_password(empty, link):
    browser = empty.browser()
    to_page(browser, link, 3, headteacher="Gwen <Pugh> & \"Co\"")
    page = browser.press("Back to page 2", **YOURSELF)
    assert page.heading == "Whom staff tell" and page.problems == []
    assert page.field("headteacher").get("value") == 'Gwen <Pugh> & "Co"' and PASSWORD not in page.html
    page = browser.press("Back to page 1", out_of_hours="", safeguarding_lead="Elin Vaughan")
    assert page.heading == "Set up this site" and page.problems == []
    assert page.field("name").get("value") == "Hollin Bank School"
    assert [each.get("value") for each in page.document.all("input") if "checked" in each.attrs] == ["primary", "wales"]
    page = browser.press(TO_CONTACTS, name="Ysgol Hollin")
    assert page.field("out_of_hours").get("value") == "" and page.field("safeguarding_lead").get("value") == "Elin Vaughan"
    page = browser.press(TO_YOURSELF, out_of_hours="Elin Vaughan")
    assert page.field("lead_name").get("value") == "Ffion Rees" and page.field("lead_password").get("value") == ""
    page = browser.press(OPEN, lead_password=PASSWORD)
    assert page.heading == "Your school is set up" and "Ysgol Hollin" in page.text and "Elin Vaughan" in page.text


def test_the_password_never_travels(empty, link):
    browser = empty.browser()
    to_page(browser, link, 3)
    page = browser.press(OPEN, **{**YOURSELF, "lead_email": "not an address"})
    assert page.heading == "Yourself" and PASSWORD not in page.html
    assert page.field("lead_name").get("value") == "Ffion Rees"


def test_more_contacts_are_folded_until_something_stands_in_them(empty, link):
    browser = empty.browser()
    page = to_page(browser, link, 2)
    [folded] = page.main.all("details")
    assert "open" not in folded.attrs
    page = browser.press(TO_YOURSELF, **CONTACTS, headteacher_phone="0" * 60)
    [folded] = page.main.all("details")
    assert "open" in folded.attrs and page.problems == ["Use at most 40 characters."]
    assert page.field("headteacher_phone").get("value") == "0" * 60


def test_each_page_can_be_opened_again_as_it_was_sent(empty, link):
    """As the browser's own *Back*, *Forward* and *Reload* do."""
    browser = empty.browser()
    to_page(browser, link, 3)
    page = browser.open(link)
    assert page.heading == "Set up this site" and page.field("name").get("value") == "Hollin Bank School"
    page = browser.open(f"{link}?page=2")
    assert page.heading == "Whom staff tell" and page.field("out_of_hours_phone").get("value") == "01632 960155"
    assert browser.open(f"{link}?page=3").heading == "Yourself"
    assert browser.press(OPEN, **YOURSELF).heading == "Your school is set up"


@pytest.mark.parametrize("page", ["2", "3", "4", "0", "x", "9" * 50, "\u00b2"])
def test_a_page_before_its_turn_is_the_first_that_is_not_filled_in(empty, link, page):
    browser = empty.browser()
    found = browser.open(f"{link}?page={page}")
    assert found.heading == "Set up this site" and found.problems == []
    browser.press(TO_CONTACTS, **THE_SCHOOL)
    found = browser.open(f"{link}?page=3")
    assert found.heading == "Whom staff tell" and found.problems == []


def test_a_browser_that_lost_what_was_typed_before_is_told_what_is_missing(empty, link):
    page = empty.browser().send(link, {"stage": "3", **YOURSELF})
    assert page.heading == "Set up this site" and len(page.problems) == 3
    assert empty.fact_count()["people"] == 0


def test_long_names_fit_and_what_no_cookie_holds_is_said(empty, link):
    chance, browser = random.Random(1), empty.browser()

    def text(first: int, many: int, length: int) -> str:
        return "".join(chr(first + chance.randrange(many)) for _ in range(length))

    to_page(browser, link, 2)
    contacts = [each.get("name") for each in browser.page.main.all("input") if each.get("type") in ("text", "tel")]
    lengths = {name: 40 if name.endswith("phone") or name == "switchboard" else 120 for name in contacts}
    page = browser.press(TO_YOURSELF, **{name: text(0x61, 26, length) for name, length in lengths.items()})
    assert page.heading == "Yourself" and len(browser.cookie()) < 4000
    browser.open(f"{link}?page=2")
    page = browser.press(TO_YOURSELF, **{name: text(0x4E00, 20_000, length) for name, length in lengths.items()})
    assert page.heading == "Whom staff tell" and len(page.problems) == 1 and "more than these pages can carry" in page.text
    assert len(page.field("safeguarding_lead").get("value")) == 120, "it came back"
    page = browser.press(TO_YOURSELF, **{**dict.fromkeys(contacts, ""), "out_of_hours": "Ffion Rees"})
    assert page.heading == "Yourself"


@pytest.mark.parametrize("stage", ["0", "4", "99", "-1", "x", "", "²"])
def test_a_page_of_no_number_is_all_of_them(empty, link, stage):
    page = empty.browser().send(link, {"stage": stage, "name": "Hollin Bank School"})
    assert page.heading == "Set up this site" and sorted(page.problems) == ["Choose the nation.", "Choose the phase."]


def test_an_email_that_somebody_has_already_is_said(empty, link):
    """People may be added on the server before the site is set up."""
    empty.add("Ivy Early")
    browser = empty.browser()
    to_page(browser, link, 3)
    page = browser.press(OPEN, **{**YOURSELF, "lead_email": email_of("ivy")})
    assert page.heading == "Yourself" and "Somebody with that email is here already" in page.problems[0]
    assert browser.press(OPEN, **YOURSELF).heading == "Your school is set up"


# The link

def test_opening_it_changes_nothing(empty, link):
    nobody = empty.all_that_is_kept()
    for _ in range(3):
        assert empty.browser().open(link).heading == "Set up this site"
        assert empty.browser().request("HEAD", link).status == 200
    assert empty.all_that_is_kept() == nobody


def test_a_page_sent_again_is_the_same_page(empty, link):
    """As a reload sends it."""
    browser = empty.browser()
    to_page(browser, link, 2)
    path, values, _ = browser.filled(TO_YOURSELF, **CONTACTS)
    first, again = (browser.send(path, values, token=False) for _ in range(2))
    assert first.html == again.html and first.heading == "Yourself"


def test_the_last_page_can_be_opened_again_by_a_lead_and_by_nobody_else(empty, link):
    browser = empty.browser()
    set_up(browser, link)
    again = browser.open(link)
    assert (again.status, again.heading) == (200, "Your school is set up")
    stranger = empty.browser().open(link)
    assert (stranger.status, stranger.heading) == (404, "This site is set up already") and "Ffion" not in stranger.html
    assert browser.open(f"/first-run/{'x' * 43}").status == 404, "another link is not this one"


def test_a_second_tab_that_lags_behind_is_told(empty, link):
    browser = empty.browser()
    to_page(browser, link, 2)
    path, lagging, _ = browser.filled(TO_YOURSELF, **CONTACTS)
    set_up(browser, link)
    page = browser.send(path, lagging, token=False)
    assert page.status == 400 and "nothing was changed" in page.text
    assert browser.open(link).heading == "Your school is set up"


def test_two_browsers_with_one_link_make_one_lead(empty, link):
    first, second = empty.browser(), empty.browser()
    to_page(first, link, 3)
    to_page(second, link, 3)
    first.press(OPEN, **YOURSELF)
    page = second.press(OPEN, **{**YOURSELF, "lead_email": "pupil@hollin.example"})
    assert (page.status, page.heading) == (404, "This site is set up already")
    assert people.by_email(empty.records, "pupil@hollin.example") is None


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_link_that_ends_meanwhile_says_so_on_each_page(empty, number):
    link = f"/first-run/{empty.link(LinkKind.FIRST_RUN, None)}"
    browser = empty.browser()
    to_page(browser, link, number)
    button, fields = {1: (TO_CONTACTS, THE_SCHOOL), 2: (TO_YOURSELF, CONTACTS), 3: (OPEN, YOURSELF)}[number]
    empty.link(LinkKind.FIRST_RUN, None)  # `induction first-run` prints another
    page = browser.press(button, **fields)
    assert (page.status, page.heading) == (404, "There is a newer link")


def test_a_late_link_says_so(empty):
    late = empty.link(LinkKind.FIRST_RUN, None, datetime.now(UTC) - timedelta(days=7, minutes=1))
    page = empty.browser().open(f"/first-run/{late}")
    assert (page.status, page.heading) == (404, "This link’s time is over")


def test_no_first_run_link_works_once_there_is_a_lead(cast: Cast):
    """Not even one that is good: a lead may have been added on the command line."""
    token = cast.link(LinkKind.FIRST_RUN, None)
    assert cast.browser().open(f"/first-run/{token}").status == 404
    assert cast.lou.open(f"/first-run/{token}").status == 404
    assert cast.browser().send(f"/first-run/{token}", AT_ONCE).status == 404
    assert people.by_email(cast.records, "ffion@hollin.example") is None


# Before it

def test_the_sign_in_page_says_that_nobody_has_set_it_up(empty):
    page = empty.browser().open("/")
    assert page.is_at("/sign-in") and page.heading == "This site is not set up yet"
    assert "induction first-run prints a new one" in page.text and "invitation link" not in page.document.text
    [folded] = page.main.all("details")
    assert "open" not in folded.attrs


def test_whoever_has_a_password_already_can_sign_in_there(empty):
    """People may be added on the server before the site is set up."""
    empty.add("Ivy Early")
    browser = empty.browser()
    browser.open(f"/invitation/{empty.link(LinkKind.INVITATION, 'ivy')}")
    browser.press("Open my induction", password=PASSWORD)
    other = empty.browser()
    other.open("/sign-in")
    page = other.press("Sign in", email=email_of("ivy"), password="not the password")
    [folded] = page.main.all("details")
    assert "open" in folded.attrs and page.heading == "This site is not set up yet"
    assert other.press("Sign in", email=email_of("ivy"), password=PASSWORD).heading == "Hello, Ivy"


def test_a_school_that_is_set_up_has_its_plain_sign_in(cast):
    page = cast.browser().open("/sign-in")
    assert page.heading == "Sign in" and "set up" not in page.text
    assert len(form_values(page.main.all("form")[0])) == 4


def test_a_site_without_a_name_is_called_so_with_a_capital(empty):
    brand = next(each for each in empty.browser().open("/sign-in").document.all("a") if each.get("class") == "brand")
    assert brand.text.startswith("Our school")


def test_an_open_attempt_of_nobody_is_not_there(empty):
    assert empty.browser().open("/attempts/1").is_at("/sign-in")
    assert email_of("tess") not in empty.browser().open("/help").html

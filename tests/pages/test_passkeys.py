"""The pages on which a passkey is asked for, and what is said where it is not taken."""

import html
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from induction.records.people import passkeys as records
from induction.records.people import people
from induction.records.store.columns import moment_text
from induction.records.store.database import transaction
from induction.web.security.headers import HEADERS
from tests.authenticator import PRESENT, Authenticator
from tests.browser import form_values
from tests.cast import PASSWORD
from tests.pages.test_asked_again import a_while_ago
from tests.pages.test_sessions import write_a_note

HERE = "http://localhost"
ADD = "/account/second-step/passkeys"
NOT_KNOWN = "It opens nothing here: it may have been removed, or belong to another account."


@pytest.fixture
def here(cast):
    """A site that is known by a name."""
    made = cast.app.extensions["induction"]
    cast.app.extensions["induction"] = replace(made, settings=replace(made.settings, url=HERE))
    yield cast
    cast.app.extensions["induction"] = replace(made, settings=replace(made.settings, url=None))


def the_form(page):
    [form] = [each for each in page.document.all("form") if each.get("data-passkey")]
    return form


def asked(page):
    """What the page would have the browser ask for."""
    return json.loads(html.unescape(the_form(page).get("data-passkey")))


def add(here, who, device, **fields):
    browser = getattr(here, who)
    page = browser.open(ADD)
    return browser.send(ADD, {"called": "My laptop", "answer": device.make(asked(page)), **fields})


@pytest.fixture
def laptop(here):
    """Lou's, with a passkey of hers."""
    device = Authenticator(HERE)
    add(here, "lou", device)
    assert [each.name for each in records.of_person(here.records, here.who("lou").id)] == ["My laptop"]
    return device


def sign_in(here, device, browser=None, at="/sign-in/passkey"):
    browser = browser or here.browser()
    return browser.send(at, {"answer": device.use(asked(browser.open(at)))})


def test_signing_in_by_it_alone_leads_where_it_began(here, laptop):
    browser = here.browser()
    page = browser.open("/sign-in?next=/help")
    assert page.link("Sign in with a passkey").get("href") == "/sign-in/passkey?next=/help"
    page = browser.press("Sign in with a passkey")
    assert asked(page)["allowCredentials"] == [], "whoever it opens is found by it"
    assert page.link("Sign in with a password").get("href") == "/sign-in?next=/help"
    page = browser.send("/sign-in/passkey?next=/help", {"answer": laptop.use(asked(page))})
    assert page.path == "/help" and browser.cookie("induction_device"), "a browser that is known from now on"
    assert browser.open("/sign-in/passkey?next=/help").is_at("/help"), "who is in goes on"


def test_an_unknown_one_and_a_removed_one_get_the_same_words(here, laptop):
    stranger = replace(laptop, credential=bytes(32))
    unknown = sign_in(here, stranger)
    kept = records.of_person(here.records, here.who("lou").id)[0]
    here.lou.send(f"{ADD}/{kept.id}", {})
    removed = sign_in(here, laptop)
    assert NOT_KNOWN in removed.text and removed.text == unknown.text and removed.is_at("/sign-in/passkey")
    assert removed.title.startswith("Your passkey was not taken: ")


@pytest.mark.parametrize(
    "changed, words",
    [
        ({"origin": "http://localhost:8000"}, f"Open {HERE} and try there."),
        ({"flags": PRESENT}, "did not ask for your face, your finger or its PIN"),
        ({"spoil": True}, "can’t be read as the answer of a passkey"),
    ],
)
def test_what_is_not_taken_is_said_in_words(here, laptop, changed, words):
    assert words in sign_in(here, replace(laptop, **changed)).text


def test_an_answer_of_another_browser_or_sent_twice(here, laptop):
    first, second = here.browser(), here.browser()
    answer = laptop.use(asked(first.open("/sign-in/passkey")))
    second.open("/sign-in/passkey")
    assert "had been sent before" in second.send("/sign-in/passkey", {"answer": answer}).text
    assert first.send("/sign-in/passkey", {"answer": answer}).path != "/sign-in/passkey"
    assert "had been sent before" in second.send("/sign-in/passkey", {"answer": answer}).text


@pytest.mark.parametrize("answer", ["", "x", "[1]", "x" * 1_000_000, "{" * 9_000], ids=["nothing", "a letter", "a list", "1 MB", "deep"])
def test_nonsense_is_refused_in_words(here, answer):
    browser = here.browser()
    browser.open("/sign-in/passkey")
    page = browser.send("/sign-in/passkey", {"answer": answer})
    assert page.status == 200 and "can’t be read as the answer of a passkey" in page.text and asked(page)


def test_more_than_a_megabyte_is_too_much(here):
    browser = here.browser()
    browser.open("/sign-in/passkey")
    assert browser.send("/sign-in/passkey", {"answer": "x" * 1_100_000}).status == 413


def test_it_is_the_second_step_after_a_password(here, laptop):
    browser = here.browser()
    page = here.try_to_sign_in("lou", browser, to="/help")
    browser.open("/school/people")
    page = browser.open("/second-step?next=/school/people")
    assert len(asked(page)["allowCredentials"]) == 1
    before = browser.cookie()
    page = browser.send("/second-step/passkey?next=/school/people", {"answer": replace(laptop, spoil=True).use(asked(page))})
    assert page.heading == "Use your passkey" and "can’t be read" in page.text
    assert page.link("Use another way").get("href") == "/second-step?next=/school/people"
    assert browser.open("/school/people").is_at("/second-step"), "nobody is in yet"
    page = browser.open("/second-step/passkey?next=/school/people")
    page = browser.send("/second-step/passkey?next=/school/people", {"answer": laptop.use(asked(page))})
    assert page.is_at("/school/people") and page.heading == "People" and browser.cookie() != before
    assert browser.open("/second-step/passkey?next=/help").is_at("/help")
    assert here.browser().open("/second-step/passkey").is_at("/sign-in")


def test_words_typed_in_a_session_that_ended_come_along(here):
    phone = Authenticator(HERE)
    add(here, "tess", phone)
    write_a_note(here)
    page = here.tess.press("Sign in with a passkey")
    page = here.tess.send("/sign-in/passkey", {**form_values(the_form(page)), "answer": replace(phone, spoil=True).use(asked(page))})
    assert page.status == 200 and "second choice" not in page.html
    page = here.tess.send("/sign-in/passkey", {**form_values(the_form(page)), "answer": phone.use(asked(page))})
    assert page.heading == "You are signed in again" and "second choice" in page.html


def test_a_page_that_stood_open_for_long_comes_anew_with_what_was_typed(here, laptop):
    here.lou.open(ADD)
    page = here.lou.send(ADD, {"called": "My tablet"})
    assert page.field("called").get("value") == "My tablet" and not page.problems and page.title.startswith("Add a passkey")
    page = here.browser()
    page.open("/sign-in/passkey")
    assert page.send("/sign-in/passkey", {}).title.startswith("Sign in with a passkey")


def test_it_confirms_before_an_act_that_matters(here, laptop):
    here.lou.open("/school/people")
    a_while_ago(here, "lou")
    page = here.lou.open(ADD)
    assert page.is_at("/confirm")
    page = here.lou.send(the_form(page).get("action"), {"answer": laptop.use(asked(page))})
    assert page.is_at(ADD) and page.heading == "Add a passkey"
    assert len(asked(page)["excludeCredentials"]) == 1


def test_a_password_does_not_confirm_where_there_is_a_passkey(here, laptop):
    a_while_ago(here, "lou")
    page = here.lou.open(ADD)
    page = here.lou.send("/confirm", {"password": PASSWORD, "next": ADD})
    assert not page.is_at(ADD)


def test_a_name_is_asked_for_and_what_was_typed_comes_back(here):
    page = add(here, "tess", Authenticator(HERE), called="x" * 61)
    assert page.problems and page.field("called").get("value") == "x" * 61
    page = add(here, "tess", Authenticator(HERE), called=" ")
    assert page.problems == ["Write a name, so that you know it from others."]
    assert records.of_person(here.records, here.who("tess").id) == []
    assert here.tess.open(ADD).field("called").get("value") == "Safari on iPhone"
    assert ' required' in here.tess.page.html.partition('id="called"')[2].partition(">")[0], "asked for before a device makes one"
    page = add(here, "tess", Authenticator("http://localhost:81"), called="Café phone")
    assert "used it at another address" in page.text and page.field("called").get("value") == "Café phone"


def test_what_is_sent_late_is_asked_again_before_more_is_offered(here):
    here.max.open(ADD)
    a_while_ago(here, "max")
    assert here.max.send(ADD, {"called": "x", "answer": "x"}).is_at("/confirm")


def test_a_first_one_is_what_was_due_and_brings_recovery_codes(here):
    here.max.open("/help")
    with transaction(here.records):
        here.records.execute("update sessions set due = 'set up', confirmed_at = null")
    page = here.max.open("/mentor/")
    assert page.heading == "Set up your second step"
    page = here.max.press("Add a passkey")
    page = here.max.send(the_form(page).get("action"), {"called": "My phone", "answer": Authenticator(HERE).make(asked(page))})
    assert page.heading == "Your recovery codes" and "Your passkey is added." in page.text and len(page.main.all("code")) == 10
    page = here.max.press("I have kept them")
    assert page.is_at("/mentor/") and here.max.open("/account/second-step").heading == "Your second step"


def test_one_of_which_there_is_a_copy_says_so_and_is_still_asked_for(here, laptop):
    laptop.count = 5
    assert sign_in(here, laptop).status == 200
    copy = replace(laptop, count=2)
    assert "there seems to be a copy of it" in sign_in(here, copy).text
    assert "it opens nothing, as there seems to be a copy of it" in here.lou.open("/account/second-step").text
    browser = here.browser()
    page = here.try_to_sign_in("lou", browser)
    assert page.is_at("/second-step") and not [each for each in page.document.all("form") if each.get("data-passkey")]
    assert "You have no passkey here that can be used." in browser.open("/second-step/passkey").text


def test_the_last_one_stays_with_whoever_has_to_have_one(here, laptop):
    with transaction(here.records):
        add_rules = "insert into sign_in_rules (at, grace_days, teachers_by_password, strangers) values (?, 0, 1, 'refused')"
        here.records.execute(add_rules, [moment_text(datetime.now(UTC))])
    kept = records.of_person(here.records, here.who("lou").id)[0]
    page = here.lou.send(f"{ADD}/{kept.id}", {})
    assert "It is your only second step" in page.text and page.has_button("Remove it (My laptop)")


def test_nobody_removes_anothers(here, laptop):
    kept = records.of_person(here.records, here.who("lou").id)[0]
    assert here.tess.send(f"{ADD}/{kept.id}", {}).status == 404
    assert len(records.of_person(here.records, here.who("lou").id)) == 1


def test_a_site_that_has_only_a_number_says_so(cast):
    for page in (cast.browser().open("/sign-in/passkey"), cast.tess.open(ADD)):
        assert "this site’s address is a bare number" in page.text and not page.document.all("script")[1:]
    browser = cast.browser()
    assert not browser.open("/sign-in").has_link("Sign in with a passkey")
    browser.open("/sign-in/passkey")
    assert browser.send("/sign-in/passkey", {"answer": "x"}).status == 200


def test_without_javascript_the_page_says_so_and_leads_back(here, laptop):
    page = here.browser().open("/sign-in/passkey")
    assert "Passkeys need JavaScript" in page.text and page.has_link("Sign in with a password")
    [button] = [each for each in page.main.all("button")]
    assert "hidden" in button.attrs, "which the script shows"


def test_an_answer_waits_in_the_lanes_of_those_who_bring_a_password(here):
    assert here.site.marks.place_of("POST", "/sign-in/passkey", "") is not None
    assert "publickey" not in HEADERS["Permissions-Policy"]


def test_whoever_was_shut_out_reads_why(here):
    phone, now = Authenticator(HERE), datetime.now(UTC)
    add(here, "tess", phone)
    with transaction(here.records):
        people.update(here.records, here.who("tess").id, starts=(now + timedelta(days=3)).date(), now=now)
    assert "Your account opens on" in sign_in(here, phone).text

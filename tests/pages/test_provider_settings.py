"""A lead sets up where people sign in: what is typed, what a test finds, by which rules, and that the secret stands nowhere."""

import logging
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from induction.records.people import people, sign_in_rules, waiting_accounts
from induction.records.store.database import transaction
from induction.rules.openid import ProviderKind, google
from induction.rules.sign_in_rules import SignInRules, Strangers
from induction.services import providers
from induction.services import sign_in_rules as rule_deeds
from induction.settings import OpenIDThere
from induction.web.browser_mark import ELSEWHERE
from tests.cast import PASSWORD
from tests.hostile_provider import WELL_KNOWN, Hostile
from tests.pages.test_asked_again import ASKED, a_while_ago
from tests.ports import free_port
from tests.providers import CLIENT

PAGE = "/school/sign-in"
TENANT = "5f1e7d4a-0c1b-4a6e-9a52-3d0f8f6f7a11"
SECRET = "GOCSPX-of-the-tests"
GOOGLE = {"client_id": "7.apps.googleusercontent.com", "client_secret": SECRET, "domain": "wrenfield.example"}
MICROSOFT = {"client_id": "5f1e7d4a-0c1b-4a6e-9a52-3d0f8f6f7a22", "client_secret": SECRET, "domain": TENANT}
OTHER = {"label": "Keycloak", "issuer": "https://id.wrenfield.example/realms/staff", "client_id": "induction", "client_secret": SECRET}
THERE = OpenIDThere("https://accounts.google.com", "8.apps.googleusercontent.com", SECRET, "wrenfield.example", "")


@contextmanager
def started_with(cast, **settings):
    """The one site of all tests, as if it had been started with other settings."""
    before = cast.app.extensions["induction"]
    cast.app.extensions["induction"] = replace(before, settings=replace(before.settings, **settings))
    try:
        yield
    finally:
        cast.app.extensions["induction"] = before


def save(browser, kind="google", **typed):
    browser.open(f"{PAGE}/{kind}")
    return browser.press("Save", **typed)


def put(cast, provider):
    providers.set_up(
        cast.records, cast.site.settings, provider, lambda _: True, by=cast.who("lou").id, now=datetime.now(UTC)
    )  # fmt: skip


def put_google(cast):
    put(cast, google(*GOOGLE.values()))


def waits(cast, name="Kim Lee", address="kim@wrenfield.example", subject="s1"):
    with transaction(cast.records):
        return waiting_accounts.put(
            cast.records, "https://accounts.google.com", subject, address, name, "Safari on iPhone", datetime.now(UTC)
        )  # fmt: skip


# Setting up


def test_set_up_it_says_so_and_never_shows_the_secret_again(cast):
    page = save(cast.lou, **GOOGLE)
    assert "Saved. Test it next: the sign-in page offers Google from now on" in page.text
    assert "It is set up." in page.text and SECRET not in page.html
    assert page.field("client_id").get("value") == GOOGLE["client_id"] and not page.field("client_secret").get("value")
    assert "Kept, and not shown again." in page.text
    page = cast.lou.press("Save", client_id="9")
    assert providers.configured(cast.records, cast.site.settings) == [google("9", SECRET, "wrenfield.example")]
    assert "That is how it stands already" in cast.lou.press("Save").document.text


@pytest.mark.parametrize(("kind", "typed"), [("google", GOOGLE), ("microsoft", MICROSOFT), ("other", OTHER)])
def test_its_secret_stands_nowhere(cast, kind, typed, caplog):
    caplog.set_level(logging.DEBUG)
    shown = [save(cast.lou, kind, **typed).html, save(cast.lou, kind, client_id="5f1e7d4a", client_secret=f"{SECRET}-anew").html]
    paths = (PAGE, f"{PAGE}/{kind}", f"{PAGE}/{kind}/away", "/school/acts", "/school/acts.csv", "/record/export", "/school/settings")
    shown += [cast.lou.open(path).html for path in paths]
    shown.append(str(cast.all_that_is_kept()))
    shown.append(caplog.text)
    assert not [words[:200] for words in shown if SECRET in words]
    assert "a new client secret" in cast.lou.open("/school/acts").text
    assert not any(SECRET.encode() in file.read_bytes() for file in cast.data.rglob("*") if file.is_file())


def test_the_address_to_come_back_to_can_be_copied_without_a_script(cast):
    for kind in ProviderKind:
        page = cast.lou.open(f"{PAGE}/{kind.value}")
        field = next(each for each in page.document.all("input") if each.get("id") == "copy")
        assert field.get("value") == f"{cast.site.settings.address}/sign-in/from/{kind.value}" and "readonly" in field.attrs
    assert "24 months at most" in cast.lou.open(f"{PAGE}/microsoft").text and "Internal" in cast.lou.open(f"{PAGE}/google").text


@pytest.mark.parametrize(
    ("kind", "typed", "words"),
    [
        ("google", GOOGLE | {"domain": ""}, "Write your school’s Google Workspace domain"),
        ("google", GOOGLE | {"domain": "gmail.com"}, "That domain is everybody’s."),
        ("google", GOOGLE | {"domain": "not a domain"}, "Write a domain alone"),
        ("google", GOOGLE | {"client_id": ""}, "Write the client ID"),
        ("google", GOOGLE | {"client_secret": ""}, "Write the client secret"),
        ("google", GOOGLE | {"client_id": "x" * 301}, "Use at most 300"),
        ("google", GOOGLE | {"client_id": "x" * 600}, "Use at most 500"),
        ("google", GOOGLE | {"client_id": "a\x07b"}, "can’t be stored"),
        ("microsoft", MICROSOFT | {"domain": "common"}, "people of any school could come in"),
        ("microsoft", MICROSOFT | {"domain": "wrenfield.example"}, "That is a domain. Write the Directory (tenant) ID"),
        ("microsoft", MICROSOFT | {"client_secret": TENANT}, "That is the secret’s ID."),
        ("other", OTHER | {"issuer": "http://id.wrenfield.example"}, "The issuer has to begin with https"),
        ("other", OTHER | {"issuer": "https://accounts.google.com"}, "That is Google."),
        ("other", OTHER | {"issuer": ""}, "Write the issuer"),
        ("other", OTHER | {"label": ""}, "Write what the button says."),
        ("other", OTHER | {"label": "k" * 61}, "Use at most 60"),
    ],
)
def test_what_cant_be_is_said_beside_its_field_and_nothing_typed_is_lost(cast, kind, typed, words):
    page = save(cast.lou, kind, **typed)
    assert page.problems and words.replace("can’t", "can") in page.text.replace("can’t", "can").replace("can't", "can"), page.problems
    assert providers.configured(cast.records, cast.site.settings) == [] and SECRET not in page.html
    for name, value in typed.items():
        if name != "client_secret" and len(value) < 500:
            assert page.field(name).get("value") == value


def test_a_secret_that_was_typed_goes_along_while_the_rest_is_mended(cast):
    save(cast.lou, **GOOGLE | {"domain": ""})
    page = cast.lou.press("Save", domain="wrenfield.example")
    assert page.problems == [] and providers.configured(cast.records, cast.site.settings)[0].client_secret == SECRET


@pytest.mark.parametrize("kind", ["facebook", "Google", "google%00", "1"])
def test_there_are_three_kinds(cast, kind):
    assert cast.lou.open(f"{PAGE}/{kind}").status == 404
    assert cast.lou.send(f"{PAGE}/{kind}/test").status == cast.lou.send(f"{PAGE}/{kind}/away").status == 404


def test_another_lead_was_faster(cast):
    cast.add("Kit Moran", "lead")
    kit = cast.sign_in_new("kit")
    kit.open(f"{PAGE}/google")
    save(cast.lou, **GOOGLE)
    page = kit.press("Save", **GOOGLE | {"client_id": "9"})
    assert "Not saved yet" in page.document.text and GOOGLE["client_id"] in page.text and SECRET not in page.html
    assert providers.configured(cast.records, cast.site.settings)[0].client_id == GOOGLE["client_id"]
    kit.press("Save")
    assert providers.configured(cast.records, cast.site.settings)[0].client_id == "9"


def test_asked_again_first_the_secret_goes_along_unseen(cast):
    cast.lou.open(f"{PAGE}/google")
    a_while_ago(cast, "lou")
    page = cast.lou.press("Save", **GOOGLE)
    assert page.heading == ASKED and SECRET not in page.html
    page = cast.lou.press("Confirm", password=PASSWORD)
    assert page.heading == "You have confirmed" and SECRET not in page.html and SECRET not in str(cast.all_that_is_kept())
    page = cast.lou.press("Change where people sign in")
    assert "Saved." in page.text and providers.configured(cast.records, cast.site.settings)[0].client_secret == SECRET


def test_what_is_set_up_on_the_server_is_shown_and_not_changed_here(cast):
    put_google(cast)
    with started_with(cast, openid=THERE):
        page = cast.lou.open(f"{PAGE}/google")
        assert "This is set up on the server" in page.text and not page.has_button("Save") and page.has_button("Test it")
        assert "on the server" in cast.lou.open(PAGE).text and SECRET not in page.html
        cast.lou.send(f"{PAGE}/google", GOOGLE | {"client_id": "9"})
        cast.lou.send(f"{PAGE}/google/away", {"saw": "x"})
    assert providers.stored(cast.records, ProviderKind.GOOGLE).provider.client_id == GOOGLE["client_id"]
    with started_with(cast, openid=OpenIDThere("https://id.wrenfield.example", "9", SECRET, "", "Canaille")):
        page = cast.lou.open(f"{PAGE}/other")
        assert page.heading == "Signing in with Canaille" and f"{cast.site.settings.address}/sign-in/from/other" in page.html


def test_what_is_done_with_whose_data_tells_of_it(cast):
    assert "No other organisation learns who signs in." in cast.lou.open("/school/data-protection").text
    assert "tells it that they do" not in cast.lou.open("/what-we-keep").text
    put_google(cast)
    assert "Google learns that somebody signs in here, and when" in cast.lou.open("/school/data-protection").text
    assert "Whoever signs in with Google tells it that they do" in cast.browser().open("/what-we-keep").text


def test_without_https_it_says_what_google_and_microsoft_refuse(cast):
    for url, said in (("http://induction.wrenfield.example", True), ("https://induction.wrenfield.example", False), (None, False)):
        with started_with(cast, url=url):
            assert ("has no https" in cast.lou.open(f"{PAGE}/google").text) is said


def test_taken_away_it_is_said_first_what_goes(cast):
    put_google(cast)
    cast.lou.open(f"{PAGE}/google")
    page = cast.lou.press("Take it away")
    assert "whoever is signed in by it is signed out" in page.text
    twice = cast.lou.filled("Take it away")
    for _ in range(2):
        page = cast.lou.send(twice[0], twice[1], token=False)
        assert page.is_at(PAGE)
    assert providers.configured(cast.records, cast.site.settings) == []
    assert cast.lou.open(f"{PAGE}/google/away").is_at(PAGE)


# The test


def test_a_provider_that_works_is_well_in_every_point(cast, there):
    put(cast, there.plain)
    cast.lou.open(PAGE)
    page = cast.lou.press("Test Keycloak")
    assert page.text.count("Not well") == 0 and "It takes the client ID and the client secret." in page.text, page.text
    assert f"{cast.site.settings.address}/sign-in/from/other" in page.text and CLIENT["secret"] not in page.html
    assert page.link("Try it yourself").get("href") == "/sign-in/with/other?next=/school/sign-in&anew=1"


def test_a_wrong_secret_is_found_there(cast, there):
    put(cast, replace(there.plain, client_secret="of-another-client"))
    cast.lou.open(f"{PAGE}/other")
    page = cast.lou.press("Test it")
    assert "Keycloak refuses the client ID or the client secret." in page.text and "of-another-client" not in page.html


def test_what_is_wrong_is_said_with_what_to_do(cast):
    with Hostile() as hostile:
        put(cast, hostile.provider)
        cast.lou.open(f"{PAGE}/other")
        hostile.discovery = {"issuer": "https://somebody.else"}
        page = cast.lou.press("Test it")
        assert "another issuer answers" in page.text and "It takes the client ID" not in page.text
        hostile.discovery = {"code_challenge_methods_supported": ["plain"]}
        page = cast.lou.press("Test it")
        assert "Switch it on there." in page.text and "This server reaches Keycloak." in page.text
        hostile.at = {WELL_KNOWN: lambda answer: answer.send_error(500)}
        assert "Not well" in cast.lou.press("Test it").text
    assert "can’t be reached from this server" in cast.lou.press("Test it").text


def test_a_provider_that_is_not_there_changes_nothing(cast):
    put(cast, replace(google(*GOOGLE.values()), issuer=f"http://127.0.0.1:{free_port()}"))
    cast.lou.open(f"{PAGE}/google")
    kept = cast.all_that_is_kept()
    assert "can’t be reached from this server" in cast.lou.press("Test it").text and cast.all_that_is_kept() == kept


@pytest.mark.parametrize("kind", ["google", "microsoft", "other"])
def test_a_test_takes_no_thread_of_the_pages(cast, kind):
    assert cast.site.marks.place_of("POST", f"{PAGE}/{kind}/test", "")[0] == ELSEWHERE
    assert cast.site.marks.place_of("POST", f"{PAGE}/{kind}", "") is None


# The rules


def rules(cast):
    return sign_in_rules.now(cast.records)


def test_the_rules_are_kept_and_stand_among_what_leads_did(cast):
    cast.lou.open(PAGE)
    page = cast.lou.press("Save the rules", strangers="held", grace="3")
    assert "Saved." in page.text and rules(cast) == SignInRules(3, True, Strangers.HELD)
    assert "changed the rules of signing in" in cast.lou.open("/school/acts").text
    cast.lou.open(PAGE)
    assert "That is how it stands already" in cast.lou.press("Save the rules").document.text


@pytest.mark.parametrize("typed", ["", "15", "-1", "1.5", "three", "١", "99999", "0x1"])
def test_days_that_cant_be_are_said_and_come_back(cast, typed):
    cast.lou.open(PAGE)
    page = cast.lou.press("Save the rules", grace=typed, strangers="held")
    assert len(page.problems) == 1 and rules(cast) == SignInRules(14, True, Strangers.REFUSED)
    assert page.field("grace").get("value") == typed or len(typed) > 4


@pytest.mark.parametrize("typed", [{}, {"strangers": "welcome", "grace": "3"}, {"grace": "3"}])
def test_a_form_of_somebodys_own_making_changes_nothing(cast, typed):
    assert cast.lou.send(f"{PAGE}/rules", typed).status == 200
    assert rules(cast) == SignInRules(14, True, Strangers.REFUSED)


def test_passwords_close_for_teachers_when_a_lead_has_read_what_becomes_of_them(cast):
    cast.lou.open(PAGE)
    page = cast.lou.press("Save the rules", teachers=[])
    assert "no teacher could get in" in page.text and rules(cast).teachers_by_password
    put_google(cast)
    cast.lou.open(PAGE)
    page = cast.lou.press("Save the rules", teachers=[], grace="3")
    assert page.heading == page.document.all("title")[0].text.partition(" · ")[0] == "Close passwords for teachers?"
    assert "Days without a second step 3" in page.text and "2 of 2 teachers have never signed in with Google" in page.text
    assert rules(cast) == SignInRules(14, True, Strangers.REFUSED)
    page = cast.lou.press("Yes, close passwords for teachers")
    assert rules(cast) == SignInRules(3, False, Strangers.REFUSED) and "teachers with Google" in page.text
    assert "Teachers with Google; mentors and leads with a password too" in cast.lou.open("/school/settings").text
    cast.lou.open(f"{PAGE}/google/away")
    assert "Teachers get in with Google alone." in cast.lou.press("Take it away").text
    assert providers.configured(cast.records, cast.site.settings)


def test_closed_passwords_open_again_where_nothing_else_can_be_used_and_the_page_says_so(cast):
    put_google(cast)
    rule_deeds.decide(
        cast.records, cast.site.settings, SignInRules(14, False, Strangers.REFUSED), lambda _: True, by=None, now=datetime.now(UTC)
    )  # fmt: skip
    assert "open for teachers all the same" not in cast.lou.open(PAGE).text
    with transaction(cast.records):
        cast.records.execute("update providers set client_secret = 'sealed-with-another-key'")
    page = cast.lou.open(PAGE)
    assert "open for teachers all the same" in page.text and "its client secret has to be typed anew" in page.text
    assert cast.sign_in("tess").page.status == 200


def test_rules_decided_meanwhile_are_shown(cast):
    cast.lou.open(PAGE)
    rule_deeds.decide(
        cast.records, cast.site.settings, SignInRules(0, True, Strangers.HELD), lambda _: True, by=None, now=datetime.now(UTC)
    )  # fmt: skip
    page = cast.lou.press("Save the rules", grace="7")
    assert "Not saved yet" in page.document.text and "held until a lead lets them in" in page.text
    cast.lou.press("Save the rules")
    assert rules(cast).grace_days == 7


def test_the_rules_are_asked_again_about(cast):
    cast.lou.open(PAGE)
    a_while_ago(cast, "lou")
    assert cast.lou.press("Save the rules", grace="3").heading == ASKED and rules(cast).grace_days == 14


# Who waits


def test_whoever_waits_is_let_in_as_a_teacher_under_the_name_that_a_lead_writes(cast):
    number = waits(cast)
    assert "One person with an account of the school waits to be let in." in cast.lou.open("/school/overview").text
    cast.lou.open(f"{PAGE}/waiting")
    page = cast.lou.press("Kim Lee")
    assert page.field("name").get("value") == "Kim Lee" and "kim@wrenfield.example" in page.text
    assert "Write the name." in cast.lou.press("Let them in", name=" ").text
    page = cast.lou.press("Let them in", name="Kim Lee-Jones", mentor="Max Adeyemi")
    kim = people.by_email(cast.records, "kim@wrenfield.example")
    assert (kim.name, kim.role, kim.mentor_id) == ("Kim Lee-Jones", "teacher", cast.who("max").id)
    assert page.path == f"/school/people/{kim.id}" and waiting_accounts.count(cast.records) == 0
    assert cast.lou.open(f"{PAGE}/waiting/{number}").status == 404
    assert "let Kim Lee-Jones in, who had not been invited" in cast.lou.open("/school/acts").text


def test_pressed_twice_one_person_is_made(cast):
    waits(cast)
    cast.lou.open(f"{PAGE}/waiting")
    cast.lou.press("Kim Lee")
    path, values, _ = cast.lou.filled("Let them in")
    cast.lou.send(path, values, token=False)
    assert "That account waits no longer" in cast.lou.send(path, values, token=False).text
    assert cast.records.value("select count(*) from people where email like 'kim%'") == 1


def test_who_is_not_ours_is_told_apart_and_may_be_let_in_after_all(cast):
    waits(cast)
    cast.lou.open(f"{PAGE}/waiting")
    cast.lou.press("Kim Lee")
    twice = cast.lou.filled("Not ours")
    assert "is not let in, now or later" in cast.lou.send(twice[0], twice[1], token=False).text
    page = cast.lou.send(twice[0], twice[1], token=False)
    assert "waits no longer" in page.text and "Nobody waits" in page.text
    cast.lou.press("1 account that you did not let in")
    cast.lou.press("Kim Lee")
    cast.lou.press("Let them in")
    assert people.by_email(cast.records, "kim@wrenfield.example")


def test_an_address_that_somebody_has_here_is_sent_to_their_page(cast):
    number = waits(cast, "T Okafor", "tess@wrenfield.example")
    page = cast.lou.open(f"{PAGE}/waiting/{number}")
    assert "Tess Okafor has that email here" in page.text and not page.has_button("Let them in")
    page = cast.lou.send(f"{PAGE}/waiting/{number}", {"name": "T Okafor"})
    assert "Somebody here has that email already." in page.text and waiting_accounts.count(cast.records) == 1


def test_many_who_wait_stand_on_pages(cast):
    for each in range(60):
        waits(cast, f"Kim No{each}", f"kim{each}@wrenfield.example", f"s{each}")
    page, seen = cast.lou.open(f"{PAGE}/waiting"), []
    while True:
        seen += [row.all("a")[0].text for row in page.document.all("tr")[1:]]
        if not page.has_link("Next"):
            break
        page = cast.lou.press("Next")
    assert seen == [f"Kim No{each}" for each in range(60)]


def test_only_leads_find_any_of_it(cast):
    put_google(cast)
    number = waits(cast)
    for browser in (cast.tess, cast.max):
        for path in (PAGE, f"{PAGE}/google", f"{PAGE}/google/away", f"{PAGE}/waiting", f"{PAGE}/waiting/{number}"):
            assert browser.open(path).status == 404
        for path in (f"{PAGE}/rules", f"{PAGE}/google", f"{PAGE}/google/test", f"{PAGE}/google/away", f"{PAGE}/waiting/{number}",
                     f"{PAGE}/waiting/{number}/refuse"):  # fmt: skip
            assert browser.send(path, {"name": "Kim", "grace": "0", "strangers": "held"}).status == 404
    assert rules(cast).grace_days == 14 and waiting_accounts.count(cast.records) == 1

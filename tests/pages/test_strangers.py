"""What a stranger is told: no names, no direct numbers, and the right words where their browser keeps no cookies."""

import re
from itertools import pairwise

import pytest

from induction.records.school import school
from induction.records.store.database import transaction
from induction.web.security.access import audiences
from tests.cast import COURSE, PASSWORD, SCHOOL, WORDS, email_of

PRIVATE = {word: said for word, said in WORDS.items() if word != "switchboard"}
OPEN = [
    "/sign-in", "/forgotten", "/help", "/accessibility", "/what-we-keep", "/", "/record", "/nowhere", "/school/people",
    "/invitation/" + "x" * 43, "/reset/" + "x" * 43, "/first-run/" + "x" * 43, f"/courses/{COURSE}/", "/static/nothing.css",
    "/calendar/" + "x" * 32 + ".ics", "/certificates/", "/certificates/" + "X" * 14, "/certificates/" + "X" * 14 + ".pdf",
    "/certificates/" + "X" * 14 + "/badge", "/certificates/key", "/certificates/key.jwks",
    "/sign-in/with/google", "/sign-in/from/google",
    "/second-step", "/second-step/passkey", "/sign-in/passkey", "/not-me/" + "x" * 43,
]  # fmt: skip


@pytest.mark.parametrize("path", OPEN)
def test_a_stranger_reads_no_names_or_direct_numbers(cast, path):
    page = cast.browser().open(path)
    assert [said for said in PRIVATE.values() if said in page.document.text or said in page.html] == []


def test_every_page_that_is_open_to_strangers_is_in_that_list(app):
    read = {rule.endpoint: rule for rule in app.url_map.iter_rules() if "GET" in rule.methods}
    opened = {read[name].rule.split("<")[0] for name, roles in audiences(app).items() if None in roles and name in read}
    covered = {path for path in opened if any(path == each or (path.endswith("/") and each.startswith(path)) for each in OPEN)}
    assert opened - covered == {"/healthz", "/metrics", "/readyz"}


def test_where_a_lead_made_them_public_strangers_read_whom_to_ask(cast):
    with transaction(cast.records):
        school.save(cast.records, **{**SCHOOL, "public_contacts": True})
    for path in ("/sign-in", "/forgotten", "/accessibility"):
        assert WORDS["induction lead"] in cast.browser().open(path).document.text
    assert WORDS["switchboard"] in cast.browser().open("/sign-in").document.text


def test_the_switchboard_is_there_for_everybody(cast):
    for path in ("/sign-in", "/forgotten", "/accessibility", "/help"):
        assert WORDS["switchboard"] in cast.browser().open(path).document.text, path


def test_without_cookies_the_words_say_that_and_not_another_session(cast):
    browser = cast.browser()
    page = browser.open("/sign-in")
    token = page.field("csrf_token").get("value")
    browser.client.delete_cookie("induction")
    page = browser.send("/sign-in", {"email": email_of("tess"), "password": PASSWORD, "csrf_token": token}, token=False)
    assert page.status == 400 and "cookies are blocked" in page.text and "another session" not in page.text


def test_a_page_of_another_session_is_said_to_be_one(cast):
    other = cast.browser().token()
    browser = cast.browser()
    browser.open("/sign-in")
    page = browser.send("/sign-in", {"email": email_of("tess"), "password": PASSWORD, "csrf_token": other}, token=False)
    assert page.status == 400 and "another session" in page.text


def test_what_is_not_there_under_static_is_not_kept_by_a_browser(cast):
    for method, path in (("GET", "/static/nothing.css"), ("POST", "/static/induction.css"), ("GET", "/static/")):
        answer = cast.browser().client.open(path, method=method)
        assert answer.status_code in (404, 405, 400) and answer.headers["Cache-Control"] == "no-store", path
    kept = cast.browser().client.get("/static/induction.css")
    assert "immutable" in kept.headers["Cache-Control"] and kept.headers["Cache-Control"].count("max-age") == 1
    again = cast.browser().client.get("/static/induction.css", headers={"If-None-Match": kept.headers["ETag"]})
    assert again.status_code == 304 and "immutable" in again.headers["Cache-Control"]


def test_accounts_of_every_kind_wait_alike(cast):
    """The same words, and a wait at the same try; of how many seconds is the clock's affair."""
    cast.add("Ivy Invited")
    ways = {who: tries_of(cast, who) for who in ("nobody@wrenfield.example", "ana", "ivy", "tess")}
    assert all(one == other for one, other in pairwise(ways.values()))


def tries_of(cast, who):
    browser, found = cast.browser(), []
    for _ in range(8):
        page = cast.try_to_sign_in(who, browser, "a wrong guess at it")
        words = re.sub(r"\d+ seconds?", "N seconds", page.main.all("h1")[0].text + page.title + page.text)
        found.append((page.status, "Retry-After" in page.headers, words, page.problems))
    return found

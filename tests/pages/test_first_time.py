"""The first time somebody comes in they read who sees what, once; and what others did to their ways in stands on home and in the record."""

from datetime import UTC, datetime

import pytest

from induction.records import exports
from induction.records.people import sign_in_events
from induction.records.store.database import transaction
from induction.rules.sign_in_events import EventKind, SignInEvent
from tests.cast import PASSWORD, email_of

LANDING = {"tess": "/", "max": "/mentor/", "lou": "/school/overview"}


@pytest.mark.parametrize("who, more", [("tess", None), ("max", "As a mentor"), ("lou", "As a lead")])
def test_the_first_time_leads_by_who_sees_what_and_no_other_does(cast, who, more):
    page = cast.try_to_sign_in(who, cast.browser())
    assert page.is_at("/welcome") and "who sees what" in page.text and page.has_link("What we keep about you")
    assert more is None or more in page.text
    assert ("As a lead" in page.text) is (who == "lou")
    assert cast.try_to_sign_in(who, cast.browser()).is_at(LANDING[who])


def test_the_page_that_was_asked_for_comes_at_once_and_who_sees_what_before_home(cast):
    browser = cast.browser()
    browser.open("/record?print=yes")
    assert browser.press("Sign in", email=email_of("tess"), password=PASSWORD).path == "/record?print=yes"
    assert browser.open("/").is_at("/welcome")
    assert browser.press("Go on").is_at("/") and browser.open("/").is_at("/")


def note(cast, what, by, about=""):
    with transaction(cast.records):
        event = SignInEvent(what, cast.who("tess").id, datetime.now(UTC), by and cast.who(by).id, about)
        sign_in_events.note(cast.records, event)


def test_what_others_did_to_somebodys_ways_in_is_told_to_them_and_to_leads(cast):
    note(cast, EventKind.RESET_ASKED, "lou", "she lost her phone")
    note(cast, EventKind.LINKED, None, "tess@wrenfield.example, by the invitation of 1 December 2026")
    home = cast.tess.open("/").text
    assert "Lou Hartley asked on" in home and "that your second step be reset: “She lost her phone”" in home
    assert "by the invitation of 1 December 2026. If you know nothing of that" in home, "she had a password before"
    words = "Lou Hartley asked that the second step be reset: “She lost her phone”."
    assert words in cast.tess.open("/record").text
    assert words in cast.lou.open(f"/school/people/{cast.who('tess').id}").text
    assert words in [row["words"] for row in exports.history_of_people(cast.records, {}, email_of("tess"))]


def test_what_somebody_did_themselves_is_no_news_to_them(cast):
    note(cast, EventKind.PASSKEY_ADDED, "tess", "my phone")
    assert "passkey" not in cast.tess.open("/").text and "A passkey was added: my phone." in cast.tess.open("/record").text

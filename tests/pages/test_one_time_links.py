"""Invitations and links for a new password: a page with a button; opening it changes nothing."""

from datetime import UTC, datetime, timedelta

import pytest

from induction.records.people import people
from induction.records.people.one_time_links import LinkKind
from induction.records.store.database import transaction
from tests.browser import Browser

NEW = "eleven brave herons nest"
BUTTONS = {LinkKind.INVITATION: "invitation", LinkKind.RESET: "reset"}


def take(browser: Browser, kind: LinkKind, token: str, password: str = NEW):
    page = browser.open(f"/{kind.value}/{token}")
    assert page.status == 200, page.heading
    button = next(each.text for each in page.main.all("button"))
    return browser.press(button, password=password)


@pytest.fixture(autouse=True)
def was_here(cast):
    """Tess has signed in before: the first time leads by the page that says who sees what."""
    cast.was_here("tess")


@pytest.mark.parametrize("kind", BUTTONS)
def test_a_link_lets_one_choose_a_password_and_signs_in(cast, kind):
    page = take(cast.browser(), kind, cast.link(kind, "tess"))
    assert page.is_at("/") and page.heading == "Hello, Tess"
    assert cast.try_to_sign_in("tess", cast.browser(), NEW).is_at("/")


@pytest.mark.parametrize("kind", BUTTONS)
def test_opening_it_changes_nothing(cast, kind):
    token, before = cast.link(kind, "tess"), cast.fact_count()
    for _ in range(3):
        assert cast.browser().open(f"/{kind.value}/{token}").heading == "Hello, Tess"
        assert cast.browser().request("HEAD", f"/{kind.value}/{token}").status == 200
    assert cast.fact_count() == before
    assert cast.try_to_sign_in("tess", cast.browser()).is_at("/"), "the old password still fits"
    assert take(cast.browser(), kind, token).is_at("/")


@pytest.mark.parametrize("kind", BUTTONS)
def test_it_works_once(cast, kind):
    token = cast.link(kind, "tess")
    take(cast.browser(), kind, token)
    page = cast.browser().open(f"/{kind.value}/{token}")
    assert (page.status, page.heading) == (404, "This link is used up")
    page = cast.browser().send(f"/{kind.value}/{token}", {"password": "twelve other herons nest"})
    assert page.status == 404
    assert cast.try_to_sign_in("tess", cast.browser(), NEW).is_at("/")


@pytest.mark.parametrize(
    "kind, lasts", [(LinkKind.INVITATION, timedelta(days=14)), (LinkKind.RESET, timedelta(hours=1))]
)
def test_it_ends_by_itself(cast, kind, lasts):
    now, minute = datetime.now(UTC), timedelta(minutes=1)
    assert cast.browser().open(f"/{kind.value}/{cast.link(kind, 'tess', now - lasts + minute)}").status == 200
    assert cast.browser().open(f"/{kind.value}/{cast.link(kind, 'tess', now - lasts - minute)}").status == 404


@pytest.mark.parametrize("kind", BUTTONS)
def test_a_newer_one_ends_the_older(cast, kind):
    older, newer = cast.link(kind, "tess"), cast.link(kind, "tess")
    assert cast.browser().open(f"/{kind.value}/{older}").status == 404
    assert cast.browser().open(f"/{kind.value}/{newer}").status == 200


def ended(cast, kind, why):
    """The token of a link of Tess's that has ended in one of the ways."""
    now = datetime.now(UTC)
    if why == "made up":
        return "x" * 43
    if why == "late":
        return cast.link(kind, "tess", now - timedelta(days=15))
    token = cast.link(kind, "tess")
    if why == "newer":
        cast.link(kind, "tess")
    elif why == "used":
        take(cast.browser(), kind, token)
    elif why == "left":
        with transaction(cast.records):
            people.deactivate(cast.records, cast.who("tess").id, now=now)
    elif why == "moved":
        ivy = cast.add("Ivy Invited")
        token = cast.link(kind, "ivy")
        with transaction(cast.records):
            people.update(cast.records, ivy.id, email="ivy.invited@wrenfield.example", now=now)
    return token


STATES = {
    "made up": ("This link does not work", "Perhaps a part of it is missing"),
    "late": ("This link’s time is over", "It worked for"),
    "newer": ("There is a newer link", "Another link was made for you"),
    "used": ("This link is used up", "Each link works once"),
    "left": ("This link has ended", "closed at present"),
    "moved": ("This link was taken back", "changed after it had been made"),
}


@pytest.mark.parametrize("kind", BUTTONS)
@pytest.mark.parametrize("why", STATES)
def test_each_way_of_ending_has_its_own_words(cast, kind, why):
    token = ended(cast, kind, why)
    for page in (
        cast.browser().open(f"/{kind.value}/{token}"),
        cast.browser().send(f"/{kind.value}/{token}", {"password": NEW}),
    ):
        assert (page.status, page.heading) == (404, STATES[why][0])
        assert STATES[why][1] in page.text
        assert "Tess" not in page.document.text and "tess@" not in page.html


STUCK = [".", ",", ")", ").", ">", "&gt;", "%3E", "”", '"', "]", "!", "…", "%20", "’s", "/", "//", ";utm=1"]


@pytest.mark.parametrize("stuck", STUCK)
@pytest.mark.parametrize("kind", BUTTONS)
def test_what_stuck_to_a_link_in_a_message_does_no_harm(cast, kind, stuck):
    token = cast.link(kind, "tess")
    browser = cast.browser()
    page = browser.open(f"/{kind.value}/{token}{stuck}")
    assert page.status == 200 and page.heading == "Hello, Tess"
    assert browser.press(page.main.all("button")[0].text, password=NEW).is_at("/")


def test_a_link_of_one_kind_is_none_of_another(cast):
    token = cast.link(LinkKind.INVITATION, "tess")
    assert cast.browser().open(f"/reset/{token}").status == 404
    assert cast.browser().open(f"/first-run/{token}").status == 404


def test_a_new_password_ends_sessions_and_the_other_links(cast):
    cast.tess.open("/")
    other = cast.link(LinkKind.INVITATION, "tess")
    take(cast.browser(), LinkKind.RESET, cast.link(LinkKind.RESET, "tess"))
    assert cast.tess.open("/").is_at("/sign-in")
    assert cast.browser().open(f"/invitation/{other}").status == 404


@pytest.mark.parametrize("password", ["", "short", "tess-okafor-1", "password1234", "x" * 300])
def test_a_password_that_wont_do_leaves_the_link_as_it_was(cast, password):
    token = cast.link(LinkKind.INVITATION, "tess")
    page = take(cast.browser(), LinkKind.INVITATION, token, password)
    assert page.status == 200 and len(page.problems) == 1
    assert take(cast.browser(), LinkKind.INVITATION, token).is_at("/")


@pytest.mark.parametrize("token", ["x", "x" * 43, "x" * 5000, "..%2f..", "%00", "%ff", "'%20or%201=1"])
@pytest.mark.parametrize("kind", ["invitation", "reset", "first-run"])
def test_a_made_up_token_is_not_there(cast, kind, token):
    assert cast.browser().open(f"/{kind}/{token}").status in (400, 404)


def test_somebody_who_left_has_no_link(cast):
    token = cast.link(LinkKind.INVITATION, "tess")
    cast.lou.open(f"/school/people/{cast.who('tess').id}/deactivate")
    cast.lou.press("End Tess’s account")
    assert cast.browser().open(f"/invitation/{token}").status == 404


def test_links_are_built_on_the_sites_own_address(cast):
    cast.lou.open(f"/school/people/{cast.who('tess').id}", Host="localhost:81")
    page = cast.lou.press("Make a new invitation")
    link = page.document.all("input")
    shown = next(each.get("value") for each in link if each.get("id") == "copy")
    assert shown.startswith("http://127.0.0.1:8000/invitation/")

"""Somebody signs in with the account that they have at school: by an invitation, a second time, on their own phone."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from induction.records.people import one_time_links, people
from induction.records.people.one_time_links import LinkKind
from induction.records.store import migrations
from induction.records.store.database import transaction
from induction.services import providers
from induction.settings import Settings
from tests.faults.server import Server
from tests.journeys.eyes import Person
from tests.journeys.test_at_this_school import both_ways
from tests.providers import SCHOOL, member


@pytest.fixture
def invitation(template, tmp_path, there) -> str:
    """A school that has set up Google, and Sam's invitation."""
    there.account("s.price", member("Sam Price", f"s.price@{SCHOOL}", 21))
    there.account("eve", member("Eve", "eve@gmail.com", 22, hd=None))
    data, now = tmp_path / "data", datetime.now(UTC)
    shutil.copytree(template, data)
    db = migrations.open_database(data / "induction.db", now)
    providers.set_up(db, Settings(data), there.google, lambda _: True, by=None, now=now)
    with transaction(db):
        sam = people.by_email(db, f"sam@{SCHOOL}")
        token = one_time_links.make(db, LinkKind.INVITATION, sam.id, now)
    db.close()
    return token


@pytest.fixture
def site(invitation, tmp_path) -> Iterator[Server]:
    with Server(tmp_path / "data") as server:
        yield server


def go(person: Person, words: str, account: str | None, button: str = "Sign in") -> Person:
    """Follow that link to the provider, whose pages keep no rules of ours, say who they are there, and come back."""
    person.page.get_by_role("link", name=words, exact=True).click()
    if account:
        person.page.locator("[name=account]").fill(account)
        person.page.get_by_role("button", name=button, exact=True).click()
    person.page.wait_for_url(re.compile(f"^{person.address}/(?!sign-in/(from|with))|{person.address}/sign-in/from/.*state"))
    person.page.wait_for_load_state()
    return person.look()


@both_ways
def test_by_an_invitation_and_from_then_on_with_a_press(site, sit_down, invitation):
    sam = sit_down().open(f"/invitation/{invitation}")
    assert "Sign in with the account that you have at school already" in sam.words
    go(sam, "Sign in with Google", "s.price", "Cancel")
    assert sam.heading == "Hello, Sam" and "You stopped at Google, so nothing was done." in sam.words
    go(sam, "Sign in with Google", "eve")
    assert sam.heading == "You are not signed in" and "That was a personal Google account" in sam.words
    sam.page.context.clear_cookies(name=re.compile("google"))
    sam.follow("Back to the invitation")
    assert go(sam, "Sign in with Google", "s.price").heading == "Hello, Sam"
    assert "My induction" in sam.words or "lessons" in sam.words
    sam.press("Sign out")
    assert go(sam, "This is my own phone: stay signed in with Google", None).heading == "Hello, Sam"
    assert "stays signed in" in sam.open("/account/devices").words or "30 days" in sam.words or "until" in sam.words

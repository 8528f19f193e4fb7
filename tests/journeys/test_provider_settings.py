"""A lead sets up a provider, tests it and closes passwords; a teacher gets in there and not with a password; who waits is let in."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from induction.records.people import waiting_accounts
from induction.records.store.database import Database, transaction
from tests.cast import PASSWORD, email_of
from tests.faults.server import Server
from tests.journeys.eyes import Person
from tests.journeys.signed_in import signed_in
from tests.journeys.test_at_this_school import both_ways
from tests.journeys.test_elsewhere import go
from tests.providers import CLIENT

SETTINGS = "/school/sign-in"


@pytest.fixture
def site(template, tmp_path) -> Iterator[Server]:
    shutil.copytree(template, tmp_path / "data")
    with Server(tmp_path / "data") as server:
        yield server


@both_ways
def test_from_setting_it_up_to_signing_in_there_alone(site, sit_down, there):
    lou = signed_in(sit_down(), site.data, "lou").open("/school/settings").follow("Signing in").follow("Another provider")
    assert f"{lou.address}/sign-in/from/other" == lou.page.get_by_label("Redirect address").input_value()
    lou.press("Save")
    assert "Write the issuer" in lou.words
    lou.fill(label="Keycloak", issuer=there.plain.issuer, client_id=CLIENT["id"], client_secret="not-it").press("Save").press("Test it")
    assert "Keycloak refuses the client ID or the client secret." in lou.words
    lou.fill(client_secret=CLIENT["secret"]).press("Save").press("Test it")
    assert "Not well" not in lou.words and "It takes the client ID and the client secret." in lou.words
    lou.open(SETTINGS)
    lou.page.get_by_label("Teachers may sign in with a password").uncheck()
    lou.page.locator("[value=held]").check()
    lou.press("Save the rules")
    assert "2 of 2 teachers have never signed in with Keycloak." in lou.words
    lou.press("Yes, close passwords for teachers")
    tess = sit_down().open("/sign-in")
    if not tess.page.locator("[name=email]").is_visible():
        tess.page.get_by_text("Mentors, leads and the technician sign in with a password here").click()
    tess.fill(email=email_of("tess"), password=PASSWORD).press("Sign in")
    assert "Keycloak" in tess.words and "Sign out" not in tess.words
    go(tess, "Sign in with Keycloak", "tess")
    assert tess.heading == "Hello, Tess"
    let_in(site, lou)


def let_in(site: Server, lou: Person) -> None:
    """Kim has an account of the school and was not invited."""
    db = Database(site.data / "induction.db")
    with transaction(db):
        waiting_accounts.put(db, "https://a.example", "s", "kim@wrenfield.example", "Kim Lee", "Safari on iPhone", datetime.now(UTC))
    db.close()
    lou.open(SETTINGS).follow("See who waits").follow("Kim Lee").fill(name="").press("Let them in")
    assert "Write the name." in lou.words
    lou.fill(name="Kim Lee-Jones").press("Let them in")
    assert "Kim Lee-Jones is let in, as a teacher, and can sign in now." in lou.words
    lou.open(f"{SETTINGS}/other").follow("Take it away").press("Take it away")
    assert "Teachers get in with Keycloak alone." in lou.words

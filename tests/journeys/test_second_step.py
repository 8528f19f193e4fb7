"""A lead sets up an app for codes by scanning the square, prints recovery codes, and comes in with one of each."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest

from induction.records.people import sign_in_rules
from induction.records.store.database import Database, transaction
from induction.rules.sign_in_rules import SignInRules
from tests.cast import PASSWORD
from tests.faults.server import Server
from tests.journeys.eyes import Person
from tests.journeys.test_at_this_school import both_ways
from tests.markup import parse
from tests.pages.test_invitations import pictures


@pytest.fixture
def site(template, tmp_path) -> Iterator[Server]:
    """A school in which the days without a second step are over."""
    data = tmp_path / "data"
    shutil.copytree(template, data)
    db = Database(data / "induction.db")
    with transaction(db):
        sign_in_rules.add(db, SignInRules(0, True, "refused"), by=None, at=datetime.now(UTC))
    db.close()
    with Server(data) as server:
        yield server


def with_password(lou: Person, to: str = "/") -> Person:
    lou.open(f"/sign-in?next={to}").fill(email="lou@wrenfield.example", password=PASSWORD)
    return lou.press("Sign in")


@both_ways
def test_from_the_square_to_the_door(site, sit_down):
    lou = with_password(sit_down(), "/school/people")
    assert lou.heading == "Set up your second step" and lou.open("/school/overview").heading == "Set up your second step"
    lou.open("/school/people").follow("Set up an app")
    [link] = pictures(SimpleNamespace(document=parse(lou.page.content())))
    app = pyotp.TOTP(parse_qs(urlsplit(link).query)["secret"][0])
    lou.fill(code="12345").press("Set it up")
    assert "Write the six figures that your app shows." in lou.words
    lou.fill(code=app.now()).press("Set it up")
    codes = re.findall(r"\b(?:[a-z2-9]{4} ){3}[a-z2-9]{4}\b", lou.words)
    assert lou.heading == "Your recovery codes" and len(codes) == 10
    paper = lou.page.pdf(prefer_css_page_size=True, format="A4")
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1
    assert lou.press("I have kept them").heading == "People"

    other = with_password(sit_down(), "/record")
    assert other.heading == "Your second step"
    other.fill(code=app.at(datetime.now(UTC) + timedelta(seconds=30))).press("Go on")
    assert other.heading == "My record"

    third = with_password(sit_down())
    third.page.get_by_text("I have not got my phone").click()
    third.fill(recovery=codes[3].upper()).press("Use this code")
    assert third.heading == "How the school stands" and "You have 9 recovery codes left." in third.words
    third.page.go_back()
    assert third.open("/school/overview").heading == "How the school stands"

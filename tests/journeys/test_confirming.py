"""Asked again who it is before an act that matters, and a sign-in that was not theirs: on a desk, and on a phone without JavaScript."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from induction.records.people import new_devices, people
from induction.records.people.new_devices import NewDevice
from induction.records.store.columns import moment_text
from induction.records.store.database import Database, transaction
from induction.rules.second_factor import SessionWay
from tests.cast import PASSWORD, email_of
from tests.faults.server import Server
from tests.journeys.eyes import DESKTOP, PHONE
from tests.journeys.test_at_this_school import sign_in

both_ways = pytest.mark.parametrize("view", [(True, DESKTOP), (False, PHONE)], indirect=True, ids=["desk", "phone without JavaScript"])


@pytest.fixture
def site(template, tmp_path) -> Iterator[Server]:
    shutil.copytree(template, tmp_path / "data")
    with Server(tmp_path / "data") as server:
        yield server


@both_ways
def test_a_lead_confirms_and_a_teacher_says_that_a_sign_in_was_not_they(site, sit_down):
    confirm(site, sit_down)
    not_me(site, sit_down)


def confirm(site, sit_down) -> None:
    """Lou erases a record, and is asked first who she is."""
    lou = sign_in(sit_down(), "lou").open("/school/people?show=left").follow("Ana Costa").follow("Erase Ana’s record")
    db = Database(site.data / "induction.db")
    with transaction(db):
        db.execute("update sessions set confirmed_at = ?", [moment_text(datetime.now(UTC) - timedelta(minutes=11))])
    db.close()
    lou.fill(why="She wrote on Monday", typed="Ana Costa").press("Erase Ana’s record for good")
    assert lou.heading == "Confirm that it is you" and "to erase somebody’s record: Ana Costa" in lou.words
    lou.press("Confirm")
    assert "Write your password." in lou.words
    lou.fill(password=PASSWORD).press("Confirm")
    assert lou.heading == "You have confirmed" and "She wrote on Monday" in lou.words
    lou.press("Erase the record of Ana Costa")
    assert lou.heading.startswith("Erased person")


def not_me(site, sit_down) -> None:
    """Tess opens the link in a letter, and says that it was not she."""
    db, at = Database(site.data / "induction.db"), datetime.now(UTC)
    with transaction(db):
        tess = people.by_email(db, email_of("tess"))
        token = new_devices.put(db, NewDevice(tess.id, at, "Firefox on Windows", SessionWay.GOOGLE))
    db.close()
    tess = sign_in(sit_down(), "tess")
    tess.open(f"/not-me/{token}")
    assert tess.heading == "Was this not you?" and "with Google, in Firefox on Windows" in tess.words
    tess.press("This was not me")
    assert tess.heading == "You are safe for now: everybody was signed out" and "sign out everywhere there" in tess.words
    assert tess.open("/record").heading == "Sign in"
    assert tess.open(f"/not-me/{token}").heading == "This link does not work"

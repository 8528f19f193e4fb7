"""Asked again who it is before an act that matters, and a sign-in that was not theirs: on a desk, and on a phone without JavaScript."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from induction.records.people import new_devices, people
from induction.records.people.new_devices import NewDevice
from induction.records.people.person import Details
from induction.records.store.columns import moment_text
from induction.records.store.database import Database, transaction
from induction.rules.roles import Role
from induction.rules.second_factor import SessionWay
from tests.cast import PASSWORD, email_of
from tests.faults.server import Server
from tests.journeys.eyes import DESKTOP, PHONE
from tests.journeys.signed_in import signed_in

both_ways = pytest.mark.parametrize("view", [(True, DESKTOP), (False, PHONE)], indirect=True, ids=["desk", "phone without JavaScript"])


@pytest.fixture
def site(lasting_site) -> Server:
    return lasting_site


@both_ways
def test_a_lead_confirms_and_a_teacher_says_that_a_sign_in_was_not_they(site, sit_down, view):
    confirm(site, sit_down, *(("Bo", "Bo Left") if view[0] else ("Cy", "Cy Left")))
    not_me(site, sit_down, "sam" if view[0] else "nia")


def confirm(site, sit_down, first: str, name: str) -> None:
    """Lou erases a record, and is asked first who she is."""
    at, db = datetime.now(UTC), Database(site.data / "induction.db")
    with transaction(db):
        people.deactivate(db, people.add(db, Details(email_of(first.lower()), name, Role.TEACHER), now=at).id, now=at)
    lou = signed_in(sit_down(), site.data, "lou").open("/school/people?show=left").follow(name).follow(f"Erase {first}’s record")
    with transaction(db):
        db.execute("update sessions set confirmed_at = ?", [moment_text(datetime.now(UTC) - timedelta(minutes=11))])
    db.close()
    lou.fill(why="She wrote on Monday", typed=name).press(f"Erase {first}’s record for good")
    assert lou.heading == "Confirm that it is you" and f"to erase somebody’s record: {name}" in lou.words
    lou.press("Confirm")
    assert "Write your password." in lou.words
    lou.fill(password=PASSWORD).press("Confirm")
    assert lou.heading == "You have confirmed" and "She wrote on Monday" in lou.words
    lou.press(f"Erase the record of {name}")
    assert lou.heading.startswith("Erased person")


def not_me(site, sit_down, who: str) -> None:
    """Somebody opens the link in a letter, and says that it was not they."""
    db, at = Database(site.data / "induction.db"), datetime.now(UTC)
    with transaction(db):
        person = people.by_email(db, email_of(who))
        token = new_devices.put(db, NewDevice(person.id, at, "Firefox on Windows", SessionWay.GOOGLE))
    db.close()
    them = signed_in(sit_down(), site.data, who)
    them.open(f"/not-me/{token}")
    assert them.heading == "Was this not you?" and "with Google, in Firefox on Windows" in them.words
    them.press("This was not me")
    assert them.heading == "You are safe for now: everybody was signed out" and "sign out everywhere there" in them.words
    assert them.open("/record").heading == "Sign in"
    assert them.open(f"/not-me/{token}").heading == "This link does not work"

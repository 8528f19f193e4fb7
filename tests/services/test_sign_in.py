"""Signing in, without a page: whose tries are counted, what begins a session, and what ends it."""

from datetime import timedelta

import pytest

from induction.records.people import people, sessions
from induction.records.store.database import transaction
from induction.rules.roles import Role
from induction.rules.turns import FREE
from induction.services import sign_in
from induction.services.password_hashing import Hashing
from induction.services.sign_in import Browser, Entrance, Turn, Wait
from tests.records.making import NOW

PASSWORD, WRONG = "nine calm otters paddle", "nine calm otters puddle"
STRANGER = Browser("Firefox on Windows", None, "a browser's own random part", None)
COUNTED = "select device = '' as strangers, wrong from tries order by device"


@pytest.fixture(scope="module")
def hashing():
    return Hashing()


@pytest.fixture
def tess(db, cast, hashing):
    with transaction(db):
        people.set_password(db, cast.tess.id, hashing.hash(PASSWORD), now=NOW)
    return people.find(db, cast.tess.id)


@pytest.fixture
def check(db, tess, hashing):
    return lambda password, browser=STRANGER, at=NOW: sign_in.check(db, hashing, tess.email, password, browser, at)


@pytest.fixture
def begun(db, check):
    """Tess, signed in."""
    return sign_in.begin(db, check(PASSWORD), STRANGER, NOW)


def test_a_right_password_begins_a_session_and_marks_the_browser(db, tess, begun):
    assert sessions.find(db, begun.token, NOW).person.id == begun.signed_in.person.id == tess.id
    assert db.rows(COUNTED) == []
    again = sign_in.begin(db, people.password_of(db, tess.email), Browser("", begun.mark, "", None), NOW, ends=begun.token)
    assert again.mark == begun.mark and sessions.find(db, begun.token, NOW) is None
    assert db.value("select count(*) from devices") == 1


def test_a_wrong_password_is_counted_for_the_browser_from_which_it_came(db, check, begun):
    assert check(WRONG) is None
    assert [(row["strangers"], row["wrong"]) for row in db.rows(COUNTED)] == [(1, 1), (0, 1)]
    assert check(WRONG, Browser("", begun.mark, "", None)) is None
    assert [(row["strangers"], row["wrong"]) for row in db.rows(COUNTED)] == [(1, 1), (0, 1), (0, 1)]


def test_who_waits_keeps_the_turn_that_they_were_given_first(check):
    for _ in range(FREE):
        assert check(WRONG) is None
    first = check(PASSWORD)
    assert isinstance(first, Wait) and first.seconds and first.turn.told_at == NOW
    soon = NOW + timedelta(seconds=1)
    assert check(PASSWORD, Browser("", None, STRANGER.secret, first.turn), soon).turn == first.turn
    other = Turn("of another account", NOW)
    assert check(PASSWORD, Browser("", None, STRANGER.secret, other), soon).turn == Turn(first.turn.account, soon)


def test_signing_out_ends_one_session_or_all(db, tess, check, begun):
    other = sign_in.begin(db, check(PASSWORD), STRANGER, NOW)
    sign_in.sign_out(db, begun.token)
    assert [bool(sessions.find(db, each.token, NOW)) for each in (begun, other)] == [False, True]
    sign_in.sign_out_everywhere(db, tess.id)
    assert sessions.find(db, other.token, NOW) is None


@pytest.mark.parametrize("role, stays", [(Role.TEACHER, True), (Role.MENTOR, False), (Role.LEAD, False)])
def test_on_an_own_phone_a_teacher_stays_and_nobody_else(db, tess, check, role, stays):
    with transaction(db):
        people.update(db, tess.id, role=role, now=NOW)
    begun = sign_in.begin(db, check(PASSWORD), STRANGER, NOW, by=Entrance(own_phone=True))
    assert begun.signed_in.own_phone is stays
    assert bool(sessions.find(db, begun.token, NOW + timedelta(days=29))) is stays


def test_signing_out_there_ends_that_one_of_ones_own_sessions(db, cast, tess, check, begun):
    other = sign_in.begin(db, check(PASSWORD), STRANGER, NOW)
    sign_in.sign_out_there(db, cast.max.id, begun.signed_in.session_id)
    assert sessions.find(db, begun.token, NOW)
    for _ in range(2):
        sign_in.sign_out_there(db, tess.id, begun.signed_in.session_id)
        assert [bool(sessions.find(db, each.token, NOW)) for each in (begun, other)] == [False, True]
